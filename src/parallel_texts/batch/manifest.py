"""What is finished: a journal of outcomes by the digest of what they were made from.

One JSON object a line, added when a job is done. A line that a crash cut short is passed over, so
its job is done again; :meth:`Manifest.compact` rewrites the file atomically, a line a job.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from parallel_texts.batch.jobs import Job, Outcome
from parallel_texts.batch.journals import open_journal
from parallel_texts.batch.limits import Limits, check_size
from parallel_texts.batch.places import file_key, is_remote, on_disk, size_of
from parallel_texts.errors import ParallelTextsError

__all__ = ["MANIFEST", "Manifest", "digest_inputs", "job_key"]

MANIFEST = "manifest.jsonl"
"""Name of the file in the folder of results."""
_BLOCK = 2**20


class Manifest:
    """Outcomes under a folder of results, by job.

    Args:
        place: The folder of results, by path or address.
    """

    def __init__(self, place: Path | str) -> None:
        self._journal = open_journal(str(place), MANIFEST)
        self._kept = dict(_read(self._journal.lines()))

    def known(self, job: Job) -> tuple[str, Outcome | None]:
        """Return the key and outcome of a job, whatever it was made from."""
        return self._kept.get(job.id, ("", None))

    def finished(self, job: Job, key: str) -> Outcome | None:
        """Return a job's outcome if it was made from the same inputs with the same settings."""
        known, outcome = self._kept.get(job.id, ("", None))
        return outcome if known == key else None

    def add(self, key: str, outcome: Outcome) -> None:
        """Keep an outcome; on disk the line is with the system when this returns."""
        self._kept[outcome.id] = (key, outcome)
        self._journal.add(_line(key, outcome))

    def compact(self) -> None:
        """Rewrite the file with a line a job, sorted, old file or new one, never half."""
        lines = [_line(*self._kept[work]) for work in sorted(self._kept)]
        self._journal.rewrite(lines)


def _line(key: str, outcome: Outcome) -> bytes:
    record = {"key": key} | outcome.record()
    return (json.dumps(record, ensure_ascii=True) + "\n").encode("ascii")


def _read(lines: Iterable[bytes]) -> Iterator[tuple[str, tuple[str, Outcome]]]:
    """Yield what whole lines say; the last one of a job counts."""
    for line in lines:
        record = _parse(line)
        if record is not None:
            yield record["id"], (record["key"], Outcome.from_record(record))


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    fits = isinstance(record, dict) and {"id", "key", "status"} <= record.keys()
    return record if fits and line.endswith(b"\n") else None


def job_key(settings_digest: str, inputs: str) -> str:
    """Return what an outcome depends on, as one word."""
    return f"{settings_digest}.{inputs}"


def digest_inputs(job: Job, limits: Limits) -> str:
    """Return 32 hex digits for the job's languages and the content of its files.

    A file that is missing or larger than allowed is not read; its size stands for it.
    """
    total = blake2b(digest_size=16)
    for lang, file in job.texts:
        total.update(f"{lang}\0{Path(file).suffix.lower()}\0".encode())
        total.update(_digest_file(file, limits))
    return total.hexdigest()


def _digest_file(file: str, limits: Limits) -> bytes:
    digest = blake2b(digest_size=16)
    try:
        check_size(file, size_of(file), limits)
        for block in _blocks(file):
            digest.update(block)
    except (OSError, ParallelTextsError) as error:
        digest.update(type(error).__name__.encode())
    return digest.digest()


def _blocks(file: str) -> Iterator[bytes]:
    """Yield a file's content; of a file in object storage what its store says of it."""
    if is_remote(file):
        yield file_key(file)
        return
    with on_disk(file).open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block
