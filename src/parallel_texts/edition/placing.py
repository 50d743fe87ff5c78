"""Where findings stand on a page, how they are numbered, and which words they mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from parallel_texts.edition.addresses import PageAnchors
from parallel_texts.edition.labels import (
    CODES,
    KINDS,
    LEVELS,
    STATUSES,
    Translate,
    autonym,
    label,
    level,
)
from parallel_texts.edition.markup import Span
from parallel_texts.edition.views import Elsewhere, Note, Quote
from parallel_texts.model import Alignment, Evidence, Finding, Link, Passage

__all__ = ["NoteMaker", "Placed", "Placement", "note_of", "span_of"]

Key = tuple[str, str]

_FULL_STOP = 2
"""Characters that evidence of a whole passage may leave out at its ends."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with its number on the page and the link it stands beside, if any."""

    finding: Finding
    number: int
    link: str | None


class Placement:
    """Findings in the order of the page.

    Attributes:
        placed: All findings; those on the whole work come first, the rest in the order of rows.
        spans: Evidence per language and passage id.
        beside: Findings per link id.
    """

    def __init__(self, alignment: Alignment, findings: Sequence[Finding]) -> None:
        self.placed = _place(alignment, findings)
        self.spans = _spans(alignment, self.placed)
        self.beside: dict[str | None, list[Placed]] = defaultdict(list)
        for placed in self.placed:
            self.beside[placed.link].append(placed)


def _place(alignment: Alignment, findings: Sequence[Finding]) -> tuple[Placed, ...]:
    order = {link.id: number for number, link in enumerate(alignment)}
    homes = _homes(alignment)
    linked = [(f, _home(f, alignment.work, order, homes)) for f in findings]
    linked.sort(key=lambda pair: -1 if pair[1] is None else order[pair[1]])
    return tuple(Placed(f, number, link) for number, (f, link) in enumerate(linked, 1))


def _homes(alignment: Alignment) -> dict[Key, str]:
    return {
        (lang, passage.id): link.id
        for link in alignment
        for lang in alignment.languages
        for passage in alignment.of(link, lang)
    }


def _home(
    finding: Finding, work: str, order: Mapping[str, int], homes: Mapping[Key, str]
) -> str | None:
    """Return the finding's own link, else that of its first evidence; a work's has none."""
    if finding.unit in order:
        return finding.unit
    if finding.unit == work:
        return None
    places = (homes.get((e.lang, e.passage)) for e in finding.evidence)
    return next((place for place in places if place), None)


def _spans(alignment: Alignment, placed: Sequence[Placed]) -> dict[Key, list[Span]]:
    sides = zip(alignment.languages, alignment.passages, strict=True)
    lengths = {(lang, p.id): len(p.text) for lang, side in sides for p in side}
    spans: dict[Key, list[Span]] = defaultdict(list)
    for item in placed:
        for evidence in item.finding.evidence:
            key = evidence.lang, evidence.passage
            spans[key].append(
                span_of(evidence, item.number, item.finding.kind, lengths.get(key, 0))
            )
    return spans


def span_of(evidence: Evidence, number: int, kind: str, length: int) -> Span:
    """Return the words to mark in a passage of ``length`` characters."""
    whole = kind == "version" and evidence.end - evidence.start >= length - _FULL_STOP
    return Span(evidence.start, evidence.end, number, kind, whole)


class NoteMaker:
    """Turns placed findings into what the reader sees."""

    def __init__(
        self,
        placement: Placement,
        anchors: PageAnchors,
        tags: Mapping[str, str],
        translate: Translate,
    ) -> None:
        self._placement = placement
        self._anchors = anchors
        self._tags = tags
        self._translate = translate

    def general(self) -> tuple[Note, ...]:
        """Return the notes on the work as a whole."""
        return tuple(self._note(placed) for placed in self._placement.beside.get(None, ()))

    def beside(self, link: Link) -> tuple[Note, ...]:
        """Return the notes beside a row."""
        return tuple(self._note(placed) for placed in self._placement.beside.get(link.id, ()))

    def also(self, link: Link, passages: Sequence[Passage]) -> tuple[Elsewhere, ...]:
        """Return the findings whose evidence is in this row and whose place is another."""
        spans = self._placement.spans
        numbers = {span.number for p in passages for span in spans.get((p.lang, p.id), ())}
        beside = {placed.number for placed in self._placement.beside.get(link.id, ())}
        return tuple(self._elsewhere(number) for number in sorted(numbers - beside))

    def _elsewhere(self, number: int) -> Elsewhere:
        code = self._placement.placed[number - 1].finding.code
        return Elsewhere(f"f{number}", number, code, label(CODES, code, self._translate))

    def _note(self, placed: Placed) -> Note:
        return note_of(placed.finding, placed.number, self._quotes(placed.finding), self._translate)

    def _quotes(self, finding: Finding) -> Iterator[Quote]:
        for evidence in finding.evidence:
            tag = self._tags.get(evidence.lang, evidence.lang)
            anchor = self._anchors.passages.get((evidence.lang, evidence.passage), "")
            yield Quote(tag, autonym(tag), anchor, evidence.text)


def note_of(finding: Finding, number: int, quotes: Iterable[Quote], translate: Translate) -> Note:
    """Return a finding as the reader sees it, under its number on the page."""
    return Note(
        anchor=f"f{number}",
        number=number,
        code=finding.code,
        title=label(CODES, finding.code, translate),
        kind=finding.kind,
        kind_label=label(KINDS, finding.kind, translate),
        confidence=finding.confidence,
        level=level(finding.confidence),
        level_label=label(LEVELS, level(finding.confidence), translate),
        status=finding.status,
        status_label=label(STATUSES, finding.status, translate),
        message=finding.message,
        rule=finding.rule,
        quotes=tuple(quotes),
    )
