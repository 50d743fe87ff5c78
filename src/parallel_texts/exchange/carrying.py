"""Carries out a merge: TEI edited in memory, the alignment mended, then both files written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parallel_texts.corpus import alignment_path, load_corpus, version_path
from parallel_texts.errors import ExchangeError
from parallel_texts.exchange.merging import Change, MergePlan
from parallel_texts.files import write_atomic
from parallel_texts.model import Alignment, Corpus, Link, Passage, Version
from parallel_texts.tei import (
    Edited,
    PassageEdit,
    edit_version,
    update_alignment,
)

__all__ = ["Carried", "carry_out"]


@dataclass(frozen=True, slots=True)
class Carried:
    """What carrying out a merge made.

    Attributes:
        path: The version file that was written.
        lost_markup: Passages whose tags could not all be kept.
        inserted: Ids of new passages.
    """

    path: Path
    lost_markup: tuple[str, ...]
    inserted: tuple[str, ...]


def carry_out(
    corpus: Corpus, alignment: Alignment, plan: MergePlan, lang: str, *, who: str = ""
) -> Carried:
    """Write the changes of a plan into the corpus: the version first, then the alignment.

    Both are made in memory before the first is written. Between the two writes the kept
    alignment no longer fits and is made anew, so an interruption leaves a corpus that works.

    Raises:
        ExchangeError: The plan is of another language, or a passage is gone.
        ParallelTextsError: A file cannot be written.
    """
    path = version_path(corpus, lang, alignment.work)
    edits = [edit for change in plan.changes for edit in change.edits]
    passage_edits = [PassageEdit(e.action, e.passage, e.text) for e in edits]
    edited = edit_version(path, passage_edits, who=who, what=_summary(plan.changes))
    new_ids = _ids_after(alignment, plan.changes, edited, lang)
    before = path.read_bytes()
    write_atomic(path, edited.data)
    try:
        _mend_alignment(Path(corpus.path), alignment, new_ids, lang)
    except BaseException:
        write_atomic(path, before)
        raise
    return Carried(path, edited.lost_markup, edited.inserted)


def _summary(changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    links = ", ".join(change.link for change in changes[:8])
    more = f" and {len(changes) - 8} more" if len(changes) > 8 else ""
    return f"merged from a translator's file: links {links}{more}"


def _ids_after(
    alignment: Alignment, changes: Sequence[Change], edited: Edited, lang: str
) -> dict[str, tuple[str, ...]]:
    """Return, per link, the passage ids of its side in ``lang`` after the edits."""
    ids = {link.id: [p.id for p in alignment.of(link, lang)] for link in alignment}
    fresh = iter(edited.inserted)
    for change in changes:
        side = ids.get(change.link)
        if side is None:
            raise ExchangeError(f"no link {change.link!r} in the alignment: export the work again")
        for edit in change.edits:
            if edit.action == "remove":
                side.remove(edit.passage)
            elif edit.action == "insert":
                at = side.index(edit.passage) + 1 if edit.passage in side else 0
                side.insert(at, next(fresh))
    return {link: tuple(side) for link, side in ids.items()}


def _mend_alignment(
    folder: Path, old: Alignment, ids: Mapping[str, tuple[str, ...]], lang: str
) -> None:
    """Write the alignment over the passages as they are now."""
    path = alignment_path(folder, old.work)
    if not path.is_file():
        return
    work = load_corpus(folder).work(old.work)
    if work is None:
        raise ExchangeError(f"{folder}: {old.work} is gone")
    versions = {version.lang: version for version in work.versions}
    number = {p.id: n for n, p in enumerate(versions[lang].passages)}
    links = tuple(
        link
        for link in (_mended(link, lang, ids[link.id], number) for link in old)
        if any(link.sides)
    )
    mended = replace(old, links=links, passages=_passages(old.languages, versions))
    write_atomic(path, update_alignment(mended, work.versions, path))


def _passages(
    languages: Iterable[str], versions: Mapping[str, Version]
) -> tuple[tuple[Passage, ...], ...]:
    return tuple(versions[lang].passages for lang in languages)


def _mended(link: Link, lang: str, ids: Sequence[str], number: Mapping[str, int]) -> Link:
    side = tuple(sorted(number[i] for i in ids))
    at = link.languages.index(lang)
    return replace(link, sides=(*link.sides[:at], side, *link.sides[at + 1 :]))
