"""What a review holds in memory: the links in their order, by the ids of their passages."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parallel_texts.judgements import Verdict
from parallel_texts.model import Alignment, Finding, Link, Passage, Version
from parallel_texts.tei import KeptLink

__all__ = ["DOUBTFUL", "Change", "Progress", "ReviewFinding", "Row", "Sheet", "Splice", "marks"]

DOUBTFUL = 0.5
"""Confidence of a link below which a person should look at it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A link as a reviewer sees it.

    Attributes:
        number: Its place, from 0.
        link: Its id.
        passages: Per language, in text order; an empty tuple for an omission.
        confidence: 0 to 1; 1 where a person has checked it.
        score: As the aligner measured it.
        moved: True where its division stands elsewhere in another version.
        locked: True where aligning again leaves it alone.
        checked: True where a person has made or checked it.
        findings: Keys of the findings on this link.
    """

    number: int
    link: str
    passages: Mapping[str, tuple[Passage, ...]]
    confidence: float
    score: float
    moved: bool
    locked: bool
    checked: bool
    findings: tuple[str, ...] = ()

    @property
    def omission(self) -> bool:
        """Whether only one language has a passage here."""
        return sum(map(bool, self.passages.values())) < 2

    @property
    def doubtful(self) -> bool:
        """Whether a person should look: nobody has, and the confidence is low."""
        return not self.checked and self.confidence < DOUBTFUL


@dataclass(frozen=True, slots=True)
class ReviewFinding:
    """A finding with what people said of it.

    Attributes:
        key: What actions name it by.
        finding: Its status is what those who judged it agree on.
        link: Id of the link that it stands beside; ``None`` for the whole work.
        judgements: All that was said, newest first.
        own: True where a person has made it.
        holds: False where its passages have changed since it was judged.
    """

    key: str
    finding: Finding
    link: str | None
    judgements: tuple[Verdict, ...] = ()
    own: bool = False
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a review has come.

    Attributes:
        checked: Links that a person has made, checked or locked.
        links: All links.
        judged: Findings that were confirmed or refused.
        findings: All findings.
        doubtful: Links that a person should look at.
    """

    checked: int
    links: int
    judged: int
    findings: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class Change:
    """What an action changed.

    Attributes:
        revision: Of the review now.
        start: Number of the first row that changed.
        removed: How many rows from there went.
        rows: The rows that are there now.
        findings: Keys of findings that changed, came or went.
        progress: How far the review has come.
        can_undo: Whether this reviewer can take something back.
        can_redo: Whether this reviewer can do something again.
        files: Files that were written.
    """

    revision: int
    start: int
    removed: int
    rows: tuple[Row, ...]
    findings: tuple[str, ...]
    progress: Progress
    can_undo: bool
    can_redo: bool
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Splice:
    """Links that take the place of others which stand one after another.

    Attributes:
        start: Row number of the first.
        removed: How many go.
        links: What comes, at least one.
    """

    start: int
    removed: int
    links: tuple[KeptLink, ...]


class Sheet:
    """Links and passages of a work; each passage is in exactly one link."""

    def __init__(self, versions: Sequence[Version], links: Sequence[KeptLink]) -> None:
        self.languages = tuple(version.lang for version in versions)
        self.links = list(links)
        self.passages: dict[str, tuple[Passage, ...]] = {}
        self.owners: dict[str, str] = {}
        self.places: dict[str, int] = {}
        self.numbers: dict[str, int] = {}
        self.holders: dict[str, str] = {}
        self.checked = sum(link.checked for link in links)
        self.doubtful = sum(map(_is_doubtful, links))
        self.set_passages({version.lang: version.passages for version in versions})
        self._number_from(0)
        self._hold(self.links)

    def set_passages(self, passages: Mapping[str, Sequence[Passage]]) -> None:
        """Take in the passages of some languages; the links are not changed."""
        self.passages |= {lang: tuple(texts) for lang, texts in passages.items()}
        texts = [(lang, self.passages[lang]) for lang in self.languages]
        self.owners = {p.id: lang for lang, passages in texts for p in passages}
        self.places = {p.id: n for _, passages in texts for n, p in enumerate(passages)}

    def _number_from(self, start: int) -> None:
        links = itertools.islice(self.links, start, None)
        self.numbers |= {link.id: number for number, link in enumerate(links, start)}

    def _hold(self, links: Sequence[KeptLink]) -> None:
        self.holders |= {passage: link.id for link in links for passage in link.passages}

    def apply(self, splice: Splice) -> None:
        """Put links in the place of others."""
        end = splice.start + splice.removed
        gone = self.links[splice.start : end]
        for link in gone:
            del self.numbers[link.id]
        self._count(gone, -1)
        self._count(splice.links, 1)
        self.links[splice.start : end] = splice.links
        self._hold(splice.links)
        if splice.removed == len(splice.links):
            self.numbers |= {link.id: n for n, link in enumerate(splice.links, splice.start)}
        else:
            self._number_from(splice.start)

    def _count(self, links: Sequence[KeptLink], sign: int) -> None:
        self.checked += sign * sum(link.checked for link in links)
        self.doubtful += sign * sum(map(_is_doubtful, links))

    def replace_passages(self, lang: str, old: Sequence[str], new: Sequence[Passage]) -> None:
        """Put passages in the place of others that stand one after another; links stay."""
        texts = self.passages[lang]
        start = self.places[old[0]]
        self.passages[lang] = (*texts[:start], *new, *texts[start + len(old) :])
        for identifier in old:
            del self.owners[identifier], self.places[identifier]
        self.owners |= dict.fromkeys((p.id for p in new), lang)
        moved = itertools.islice(self.passages[lang], start, None)
        placed = enumerate(new if len(old) == len(new) else moved, start)
        self.places |= {passage.id: number for number, passage in placed}

    def passage(self, identifier: str) -> Passage:
        """Return a passage by its id."""
        return self.passages[self.owners[identifier]][self.places[identifier]]

    def side(self, link: KeptLink, lang: str) -> tuple[Passage, ...]:
        """Return the passages of one side of a link."""
        return tuple(map(self.passage, link.sides[self.languages.index(lang)]))

    def row(self, number: int, findings: tuple[str, ...] = ()) -> Row:
        """Return a link as a reviewer sees it."""
        link = self.links[number]
        return Row(
            number,
            link.id,
            {lang: self.side(link, lang) for lang in self.languages},
            link.confidence,
            _score(link.score),
            link.moved,
            link.locked,
            link.checked,
            findings,
        )

    def alignment(self, work: str, links: Sequence[KeptLink] | None = None) -> Alignment:
        """Return all links, or some, as an alignment."""
        chosen = self.links if links is None else links
        texts = tuple(self.passages[lang] for lang in self.languages)
        return Alignment(self.languages, texts, tuple(map(self._link, chosen)), work=work)

    def part(self, work: str, links: Sequence[KeptLink]) -> Alignment:
        """Return some links as an alignment of their own passages alone."""
        texts = tuple(
            tuple(p for link in links for p in self.side(link, lang)) for lang in self.languages
        )
        places = {p.id: n for passages in texts for n, p in enumerate(passages)}
        chosen = tuple(self._link(link, places) for link in links)
        return Alignment(self.languages, texts, chosen, work=work)

    def _link(self, link: KeptLink, places: Mapping[str, int] | None = None) -> Link:
        where = places or self.places
        sides = tuple(tuple(where[p] for p in side) for side in link.sides)
        score = _score(link.score)
        return Link(link.id, self.languages, sides, score, link.confidence, link.moved)


def _is_doubtful(link: KeptLink) -> bool:
    return not link.checked and link.confidence < DOUBTFUL


def _score(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0


def marks(sheet: Sheet) -> dict[str, object]:
    """Return what each link is, and what each passage says and where it belongs, by token."""
    found: dict[str, object] = {f"l/{link.id}": link.source for link in sheet.links}
    for texts in sheet.passages.values():
        found |= {f"p/{p.id}": (p.text, sheet.holders[p.id]) for p in texts}
    return found
