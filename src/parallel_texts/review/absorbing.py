"""A change that was written, taken into memory: as much work as there is change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parallel_texts.model import Passage
from parallel_texts.review.desk import Desk, Made
from parallel_texts.review.sheet import Splice
from parallel_texts.review.texts import with_passages
from parallel_texts.review.upkeep import Upkeep
from parallel_texts.tei import KeptLink, Patch, read_links, read_passages, segment_ids

__all__ = ["Effect", "absorb"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change did to the rows.

    Attributes:
        start: Number of the first row that changed.
        removed: How many rows from there went.
        added: How many are there now.
        findings: Keys of findings that changed, came or went.
    """

    start: int
    removed: int
    added: int
    findings: tuple[str, ...]


def absorb(desk: Desk, upkeep: Upkeep, made: Made) -> Effect:
    """Take a change into memory; return what it did to the rows."""
    before, length = desk.board.snapshot(), len(desk.sheet.links)
    exchanged = [_passages(desk, patch) for patch in made.patches]
    touched = [passage.id for _, passages in exchanged for passage in passages]
    gone: list[KeptLink] = []
    new: list[KeptLink] = []
    for splice in [s for patch in made.patches if (s := _splice(desk, patch)) is not None]:
        gone += desk.sheet.links[splice.start : splice.start + splice.removed]
        desk.sheet.apply(splice)
        new += splice.links
    for old, passages in exchanged:  # once the links name passages that are there
        desk.board.requote(old, passages)
    _annotations(desk, made.patches, touched)
    changed = _links_of(desk, touched, new)
    if changed:
        upkeep.links_changed([link.id for link in gone or changed], changed)
    findings = desk.board.changed_since(before)
    rows = [desk.sheet.numbers[link.id] for link in changed] or _rows_of(desk, findings)
    if not rows:
        return Effect(0, 0, 0, findings)
    start, end = min(rows), max(rows) + 1
    return Effect(start, end - start - (len(desk.sheet.links) - length), end - start, findings)


def _passages(desk: Desk, patch: Patch) -> tuple[Sequence[str], Sequence[Passage]]:
    """Take in the passages of a patch; return the ids that were there, and what is there now."""
    old = () if patch.file == "alignments" else segment_ids(patch.before)
    if not old:
        return (), ()
    new = read_passages(patch.after, desk.sheet.passage(old[0]))
    desk.sheet.replace_passages(patch.file, old, new)
    desk.work = with_passages(desk.work, patch.file, old, new)
    return old, new


def _splice(desk: Desk, patch: Patch) -> Splice | None:
    """Return the links that a patch puts in the place of others."""
    if patch.file != "alignments" or "link " not in patch.before:
        return None
    sheet = desk.sheet
    old, new = (
        read_links(source, desk.group, sheet.owners, sheet.places)
        for source in (patch.before, patch.after)
    )
    return Splice(sheet.numbers[old[0].id], len(old), tuple(new)) if old else None


def _links_of(desk: Desk, passages: Sequence[str], links: Sequence[KeptLink]) -> list[KeptLink]:
    """Return the new links, and those of changed passages, in the order of the rows."""
    names = {link.id for link in links} | {desk.sheet.holders[name] for name in passages}
    numbers = sorted(desk.sheet.numbers[name] for name in names)
    return [desk.sheet.links[number] for number in numbers]


def _annotations(desk: Desk, patches: Sequence[Patch], passages: Sequence[str]) -> None:
    """Take in what people say of findings, as far as it changed or its words did."""
    sources = [
        (patch.before, patch.after)
        for patch in patches
        if patch.file == "alignments" and "annotation " in patch.before + patch.after
    ]
    gone = [one.id for before, _ in sources for one in desk.annotations(before)]
    there = [one for _, after in sources for one in desk.annotations(after)]
    quoting = desk.board.concerned((), passages)
    known = {one.id for one in there} | set(gone)
    again = [new for one in quoting if one.id not in known for new in desk.annotations(one.source)]
    if gone or there or again:
        desk.board.keep(gone, [*there, *again])


def _rows_of(desk: Desk, findings: Sequence[str]) -> list[int]:
    """Return the row of findings that changed, where they are all on one."""
    found = [desk.board.review_finding(key) for key in findings]
    links = {one.link for one in found if one is not None and one.link is not None}
    return [desk.sheet.numbers[link] for link in links] if len(links) == 1 else []
