"""Results of all works together, in files of a bounded size: JSON lines or Parquet.

``shards/links-00001.jsonl`` and so on, likewise ``findings`` and ``works``. Works stand in the
order of their ids and are never divided, so the files are the same however the work was shared
out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from parallel_texts.batch.columns import format_parquet
from parallel_texts.batch.jobs import Outcome
from parallel_texts.batch.records import unpack
from parallel_texts.batch.storage import Storage, folder_of, open_storage
from parallel_texts.batch.work import FINDINGS, LINKS

__all__ = ["FORMATS", "SHARD_ROWS", "write_shards"]

SHARD_ROWS = 50_000
"""A shard is closed after the work that brings it to so many rows."""
_FOLDER = "shards"
_NAME = re.compile(r"shards/(links|findings|works)-\d{5}\.(jsonl|parquet)")

Record = dict[str, Any]


def _format_jsonl(kind: str, records: Sequence[Record], languages: Sequence[str]) -> bytes:
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    return "".join(lines).encode("utf-8", "replace")


FORMATS: dict[str, Callable[[str, Sequence[Record], Sequence[str]], bytes]] = {
    "jsonl": _format_jsonl,
    "parquet": format_parquet,
}
"""Format to the function that turns the records of a kind into a file."""


def write_shards(
    out: Path | str,
    outcomes: Sequence[Outcome],
    forms: Sequence[str] = ("jsonl",),
    *,
    rows: int = SHARD_ROWS,
) -> tuple[str, ...]:
    """Write the shards anew and remove those of an earlier run.

    Args:
        out: The folder of results, by path or address.
        outcomes: One a work; failed ones appear among the works only.
        forms: Keys of :data:`FORMATS`.
        rows: A shard is closed after the work that brings it to so many rows.

    Returns:
        Names of the files in the folder of results, links first.

    Raises:
        MissingDependencyError: pyarrow is not installed.
        ParallelTextsError: A file cannot be written.
    """
    storage = open_storage(str(out))
    languages = sorted({lang for outcome in outcomes for lang, _ in outcome.passages})
    kinds = {
        "links": (_packed(storage, outcome, LINKS) for outcome in outcomes),
        "findings": (_packed(storage, outcome, FINDINGS) for outcome in outcomes),
        "works": ([_work(outcome)] for outcome in outcomes),
    }
    written = []
    for kind, works in kinds.items():
        for number, records in enumerate(_grouped(works, rows), start=1):
            for form in forms:
                name = f"{_FOLDER}/{kind}-{number:05}.{form}"
                storage.write(name, FORMATS[form](kind, records, languages))
                written.append(name)
    _remove_others(storage, written)
    return tuple(written)


def _packed(storage: Storage, outcome: Outcome, name: str) -> list[Record]:
    if name not in outcome.files:
        return []
    return list(unpack(storage.read(f"{folder_of(outcome.id)}/{name}")))


def _work(outcome: Outcome) -> Record:
    record = outcome.without_times().record()
    for name in ("seconds", "signatures", "files"):
        del record[name]
    return record | {name: dict(record[name]) for name in _COUNTED}


_COUNTED = ("passages", "characters", "links", "findings")


def _grouped(works: Iterable[list[Record]], rows: int) -> Iterator[list[Record]]:
    group: list[Record] = []
    for records in works:
        group += records
        if len(group) >= rows:
            yield group
            group = []
    if group:
        yield group


def _remove_others(storage: Storage, written: Sequence[str]) -> None:
    """Remove shards that this run did not write: of another format, or more of them."""
    for name in storage.names(_FOLDER):
        if _NAME.fullmatch(name) and name not in written:
            storage.remove(name)
