"""What a translator's file changes: a three-way comparison of export, file and corpus.

The fingerprint that was exported tells who changed a passage: the translator, the corpus, or
both. Nothing is written here; :class:`MergePlan` says what would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from parallel_texts.exchange.proposals import Proposal
from parallel_texts.exchange.rows import fingerprint
from parallel_texts.model import Alignment, Passage

__all__ = ["Change", "Conflict", "Edit", "MergePlan", "plan_merge"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One passage to change, insert or remove.

    Attributes:
        action: ``replace`` the text of ``passage``, ``insert`` after it, or ``remove`` it.
        passage: Id; for an insertion the passage to insert after, empty for the very first.
        text: New text; empty for a removal.
    """

    action: Literal["replace", "insert", "remove"]
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
    comment: str = ""
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A passage that both the translator and the corpus changed since the export."""

    link: str
    lang: str
    corpus: tuple[str, ...]
    file: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Everything a file says about a version.

    Attributes:
        changes: To be carried out.
        conflicts: To be decided by a person.
        unknown: Links of the file that the alignment does not have.
        emptied: Links whose text the file has lost; never deleted from the corpus.
        unchanged: How many entries say what the corpus says.
    """

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    unknown: tuple[str, ...]
    emptied: tuple[str, ...]
    unchanged: int


def plan_merge(
    alignment: Alignment, proposals: Sequence[Proposal], *, prefer_file: bool = False
) -> MergePlan:
    """Compare proposals for one language with an alignment of the corpus as it stands.

    Args:
        alignment: Of the work, as it is now.
        proposals: From a translator's file.
        prefer_file: Take the file's text where both changed a passage.
    """
    sides = _Sides(alignment)
    outcomes = [_outcome(sides, proposal, prefer_file) for proposal in proposals]
    return MergePlan(
        changes=tuple(o for o in outcomes if isinstance(o, Change)),
        conflicts=tuple(o for o in outcomes if isinstance(o, Conflict)),
        unknown=tuple(p.link for p, o in zip(proposals, outcomes, strict=True) if o == "unknown"),
        emptied=tuple(p.link for p, o in zip(proposals, outcomes, strict=True) if o == "emptied"),
        unchanged=outcomes.count("unchanged"),
    )


class _Sides:
    """Finds the passages that a proposal speaks of, by their ids or by its link."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self._links: Mapping[str, int] = {link.id: i for i, link in enumerate(alignment.links)}
        self._passages = {p.id: p for side in alignment.passages for p in side}

    def current(self, proposal: Proposal) -> tuple[Passage, ...] | None:
        """Return the passages, or ``None`` where the corpus has no such link."""
        if proposal.ids and all(i in self._passages for i in proposal.ids):
            return tuple(self._passages[i] for i in proposal.ids)
        if proposal.link not in self._links:
            return None
        link = self._alignment.links[self._links[proposal.link]]
        return self._alignment.of(link, proposal.lang)

    def before(self, proposal: Proposal) -> str:
        """Return the id of the last passage of the language before an omission."""
        links = self._alignment.links[: self._links[proposal.link]]
        numbers = [number for link in links for number in link[proposal.lang]]
        if not numbers:
            return ""
        side = self._alignment.passages[self._alignment.languages.index(proposal.lang)]
        return side[max(numbers)].id


def _outcome(sides: _Sides, proposal: Proposal, prefer_file: bool) -> Change | Conflict | str:
    current = sides.current(proposal)
    if current is None:
        return "unknown"
    texts = tuple(passage.text for passage in current)
    if texts == proposal.texts or fingerprint(proposal.texts) == proposal.exported:
        return "unchanged"
    if not proposal.texts:
        return "emptied"
    changed_here = bool(proposal.exported) and fingerprint(texts) != proposal.exported
    if changed_here and not prefer_file:
        return Conflict(proposal.link, proposal.lang, texts, proposal.texts)
    edits = tuple(_edits(current, proposal.texts, "" if current else sides.before(proposal)))
    return Change(
        proposal.link,
        proposal.lang,
        texts,
        proposal.texts,
        edits,
        proposal.comment,
        proposal.unfinished,
    )


def _edits(current: Sequence[Passage], texts: Sequence[str], anchor: str) -> Iterator[Edit]:
    """Turn a new list of passages into the fewest edits; equal passages are not touched."""
    matcher = SequenceMatcher(a=[p.text for p in current], b=list(texts), autojunk=False)
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        shared = min(a_end - a, b_end - b) if tag != "equal" else 0
        for offset in range(shared):
            yield Edit("replace", current[a + offset].id, texts[b + offset])
        if tag == "equal":
            continue
        yield from (Edit("remove", passage.id) for passage in current[a + shared : a_end])
        last = current[a + shared - 1].id if a + shared else anchor
        # Each insertion goes right after the same passage, so the last text comes first.
        yield from (Edit("insert", last, text) for text in reversed(texts[b + shared : b_end]))
