"""What a translator's file changes: a three-way comparison of export, file and corpus.

The fingerprints that were exported tell who changed a passage: the translator, the corpus, or
both. Nothing is written here; :class:`MergePlan` says what would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from parallel_texts.exchange.links import Links, clean_line, clean_texts
from parallel_texts.exchange.proposals import Proposal
from parallel_texts.exchange.rows import Cell, fingerprints
from parallel_texts.model import Alignment, Passage
from parallel_texts.tei import APPROVED, DRAFT

__all__ = ["Change", "Conflict", "Edit", "MergePlan", "Said", "plan_merge"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One passage to change, insert or remove.

    Attributes:
        action: ``replace`` the text of ``passage``, ``insert`` after it or before it, or
            ``remove`` it.
        passage: Id.
        text: New text; empty for a removal.
    """

    action: Literal["replace", "insert", "insert-before", "remove"]
    passage: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What the translator made of one side of a link."""

    link: str
    lang: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A passage that both the translator and the corpus changed since the export."""

    link: str
    lang: str
    corpus: tuple[str, ...]
    file: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A comment that is new, or a state that a translator changed.

    Attributes:
        link: Id of the link.
        lang: Language of the passages.
        comment: What was written, or empty.
        needs_work: The new state, or ``None`` where it is as it was.
    """

    link: str
    lang: str
    comment: str = ""
    needs_work: bool | None = None


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Everything a file says about a version.

    Attributes:
        changes: To be carried out.
        conflicts: To be decided by a person.
        said: Comments and states to be recorded.
        unknown: Units of the file that the alignment has no link for.
        emptied: Links whose text the file has lost; never deleted from the corpus.
        outdated: Links whose source the corpus has changed since the export.
        unchanged: How many entries say what the corpus says.
    """

    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    said: tuple[Said, ...] = ()
    unknown: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    unchanged: int = 0


def plan_merge(
    alignment: Alignment,
    proposals: Sequence[Proposal],
    *,
    known: Mapping[str, Cell] | None = None,
    prefer_file: bool = False,
) -> MergePlan:
    """Compare proposals for one language with an alignment of the corpus as it stands.

    Args:
        alignment: Of the work, as it is now.
        proposals: From a translator's file.
        known: Per link its side as it is in the corpus, with comments and state.
        prefer_file: Take the file's text where both changed a passage.
    """
    links = Links(alignment)
    found = [(proposal, links.find(proposal)) for proposal in proposals]
    paired = [(proposal, link) for proposal, link in found if link is not None]
    outcomes = [_outcome(links, proposal, link, prefer_file) for proposal, link in paired]
    said = (_said(p, (known or {}).get(link, Cell(p.lang)), link) for p, link in paired)
    return MergePlan(
        changes=tuple(o for o in outcomes if isinstance(o, Change)),
        conflicts=tuple(o for o in outcomes if isinstance(o, Conflict)),
        said=tuple(s for s in said if s is not None),
        unknown=tuple(p.link or _first_words(p) for p, link in found if link is None),
        emptied=tuple(
            link for (_, link), o in zip(paired, outcomes, strict=True) if o == "emptied"
        ),
        outdated=tuple(
            link
            for (p, link), o in zip(paired, outcomes, strict=True)
            if isinstance(o, Change) and links.is_outdated(p, link)
        ),
        unchanged=outcomes.count("unchanged"),
    )


def _first_words(proposal: Proposal) -> str:
    texts = [text for _, passages in proposal.source for text in passages] or [*proposal.texts, ""]
    return f"“{texts[0][:40]}”"


def _outcome(
    links: Links, proposal: Proposal, link: str, prefer_file: bool
) -> Change | Conflict | str:
    current = links.current(link, proposal.lang)
    now, theirs = tuple(p.text for p in current), clean_texts(proposal.texts)
    base = proposal.facts.exported if proposal.facts else fingerprints(now)
    if now == theirs or (proposal.facts and fingerprints(theirs) == base):
        return "unchanged"
    if not theirs:
        return "emptied"
    merged = _merged(base, now, theirs, prefer_file)
    if merged is None:
        return Conflict(link, proposal.lang, now, theirs)
    place = (True, "") if current else links.place(link, proposal.lang)
    edits = tuple(_edits(current, merged, place))
    return Change(link, proposal.lang, now, merged, edits) if edits else "unchanged"


def _merged(
    base: Sequence[str], now: tuple[str, ...], theirs: tuple[str, ...], prefer_file: bool
) -> tuple[str, ...] | None:
    """Merge passage by passage; ``None`` where both sides changed the same.

    Where passages were split, merged, added or taken out on either side, the link is one whole.
    """
    if fingerprints(now) == tuple(base) or prefer_file:
        return theirs
    if not len(base) == len(now) == len(theirs):
        return None
    prints = zip(base, fingerprints(now), fingerprints(theirs), strict=True)
    chosen = tuple(
        ours if their == old or mine == their else new if mine == old else None
        for (old, mine, their), ours, new in zip(prints, now, theirs, strict=True)
    )
    return None if None in chosen else tuple(text for text in chosen if text is not None)


def _edits(
    current: Sequence[Passage], texts: Sequence[str], place: tuple[bool, str]
) -> Iterator[Edit]:
    """Turn a new list of passages into the fewest edits; equal passages are not touched."""
    matcher = SequenceMatcher(a=[p.text for p in current], b=list(texts), autojunk=False)
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        shared = min(a_end - a, b_end - b)
        for offset in range(shared):
            yield Edit("replace", current[a + offset].id, texts[b + offset])
        yield from (Edit("remove", passage.id) for passage in current[a + shared : a_end])
        at = _place(current, a + shared, place)
        yield from _insertions(texts[b + shared : b_end], at)


def _place(current: Sequence[Passage], at: int, place: tuple[bool, str]) -> tuple[bool, str]:
    """Return after (True) or before which passage the text before the ``at``-th is inserted."""
    if at:
        return True, current[at - 1].id
    return (False, current[0].id) if current else place


def _insertions(texts: Sequence[str], place: tuple[bool, str]) -> Iterator[Edit]:
    """Each insertion goes right beside the same passage: after it, the last text comes first."""
    is_after, passage = place
    for text in reversed(texts) if is_after else texts:
        yield Edit("insert" if is_after else "insert-before", passage, text)


def _said(proposal: Proposal, cell: Cell, link: str) -> Said | None:
    """Return what a translator said of a link that was not known before."""
    known = set(cell.comment.splitlines())
    lines = [clean_line(line) for line in proposal.comment.splitlines()]
    new = " ".join(line for line in lines if line and line not in known)
    state = _new_state(proposal, cell)
    return Said(link, proposal.lang, new, state) if new or state is not None else None


def _new_state(proposal: Proposal, cell: Cell) -> bool | None:
    """Return the state that a translator gave, if it is neither the exported nor the known one."""
    state = proposal.needs_work
    if state is None or proposal.facts is None or not proposal.texts:
        return None
    is_known = cell.status == (DRAFT if state else APPROVED)
    return None if is_known or state == proposal.facts.needs_work else state
