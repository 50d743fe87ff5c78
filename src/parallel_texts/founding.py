"""A new work from files: listed in ``corpus.xml``, its versions written and aligned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from parallel_texts.adding import Added, add_versions, check_id
from parallel_texts.corpus import installed_corpus, load_corpus
from parallel_texts.errors import CorpusError
from parallel_texts.model import Corpus, Version, Work
from parallel_texts.tei import empty_header, list_work

__all__ = ["found_work"]

_HEADER = "corpus.xml"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def found_work(
    folder: Path,
    versions: Sequence[Version],
    *,
    kind: str = "agreement",
    titles: Mapping[str, str] | None = None,
    date: str = "",
    place: str = "",
    parties: Sequence[str] = (),
    data: Mapping[str, bytes] | None = None,
    dry_run: bool = False,
) -> Added:
    """Add a work with its versions to a corpus; an empty folder becomes one.

    Nothing else of ``corpus.xml`` changes, and all files are written as one.

    Args:
        folder: The corpus.
        versions: Of one work, at least one.
        kind: ``agreement`` or ``memoir``.
        titles: Per language, before the versions' own.
        date: ISO date, possibly without day or month.
        place: Id of a place that ``corpus.xml`` lists.
        parties: Ids of parties that ``corpus.xml`` lists.
        data: Per language a version file's bytes, written as they are.
        dry_run: Work everything out and write nothing.

    Raises:
        CorpusError: The corpus has the work, or lacks a party or place; the date is none.
        ParallelTextsError: A file cannot be written; nothing is changed then.
    """
    work_id = check_id(versions[0].work)
    if date and not _DATE.fullmatch(date):
        raise CorpusError(f"{date!r} is no date: write 1955, 1955-09 or 1955-09-27")
    header = folder / _HEADER
    corpus = load_corpus(folder) if _holds_something(folder) else Corpus(str(folder), ())
    known = corpus.work(work_id)
    if known is not None:
        raise CorpusError(f"{folder}: has {work_id!r} already: use add to bring versions in")
    named = {v.lang: v.title for v in versions} | dict(titles or {})
    work = Work(
        work_id, kind, tuple(named.items()), (), date=date, place=place, parties=tuple(parties)
    )
    before = header.read_bytes() if header.is_file() else empty_header(installed_corpus() / _HEADER)
    tags = {v.lang: v.language_tag for v in versions}
    extra = {header: list_work(before, header, work, tags)}
    return add_versions(corpus, versions, dry_run=dry_run, data=data, extra=extra)


def _holds_something(folder: Path) -> bool:
    return (folder / _HEADER).is_file() or any(folder.glob("*/*.xml"))
