"""Which part of a passage inside a link has no counterpart there.

A link may be right and yet one side say more: a clause was left out, or put in. Each clause of
one side is compared with the other side: how well any stretch of it meets the clause, and
whether the sides grow more alike and more equal in length without the clause. A small logistic
model makes a probability of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.sides import unit
from parallel_texts.encoders import AdditiveEncoder, Array, Encoder, additive, load_encoder
from parallel_texts.model import Alignment, Link, Passage
from parallel_texts.segmentation import clauses

__all__ = ["FEATURES", "Compared", "Uncovered", "compare_clauses", "uncovered"]

_LONGEST = 4
"""Clauses of the other side that one clause may answer to."""
_PRIOR = 8
"""A text's usual likeness counts as if so many clauses of usual likeness were with it."""
_USUAL = 0.5
_STOPS = " ,;:，；：、—–-"

FEATURES = ("always", "met", "usual", "likeness_lost", "gap_closed", "share")
"""What is measured of each clause: 1; best cosine with a stretch of the other side; the mean of
that over the text; how much less alike the sides are without it; how much more equal in length,
as a logarithm; its share of its side."""

_WEIGHTS = np.array([-4.39, -6.11, 4.73, -10.43, 2.55, 7.25])
"""Learned by ``bench/align_coverage.py``, in the order of :data:`FEATURES`."""

Floats = NDArray[np.float64]
_Clause = tuple[Passage, int, int]
"""Passage, offset of the first character, offset after the last."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A stretch of a passage without counterpart.

    Attributes:
        passage: The passage.
        start: Offset of its first character in the passage's text.
        end: Offset after its last character.
        likeness: Best cosine of its clauses with a stretch of the other side, -1 to 1.
        confidence: Probability that it has no counterpart, 0 to 1.
    """

    passage: Passage
    start: int
    end: int
    likeness: float
    confidence: float

    @property
    def text(self) -> str:
        """The words."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Compared:
    """The clauses of a link's first side, measured against its second.

    Attributes:
        link: The link.
        clauses: Passage and offsets of each clause.
        features: :data:`FEATURES` of each clause: (clauses, features).
    """

    link: Link
    clauses: Sequence[_Clause]
    features: Floats


def uncovered(
    alignment: Alignment,
    first: str,
    second: str,
    *,
    least: float = 0.5,
    encoder: Encoder | None = None,
) -> dict[str, tuple[Uncovered, ...]]:
    """Return what passages of one language say inside their links and those of another do not.

    Args:
        alignment: Links with passages in both languages are looked into.
        first: Language whose passages are looked through.
        second: Language in which the counterparts should be.
        least: Least confidence.
        encoder: Default: the bundled one, with its cache.

    Returns:
        By link id, in text order; neighbouring clauses make one stretch. Links where nothing is
        lacking are left out, and those with one clause alone: such a link is right or wrong.

    Example:
        >>> from parallel_texts.alignment import align
        >>> english = "The Parties met in May, and nobody spoke of the ships."
        >>> found = align({"en": [english], "ru": ["Стороны встретились в мае."]})
        >>> [part.text for part in uncovered(found, "en", "ru")["l1"]]
        ['and nobody spoke of the ships.']
    """
    compared = compare_clauses(alignment, first, second, encoder=encoder)
    found = {one.link.id: tuple(_stretches(one, least)) for one in compared}
    return {link: parts for link, parts in found.items() if parts}


def compare_clauses(
    alignment: Alignment, first: str, second: str, *, encoder: Encoder | None = None
) -> list[Compared]:
    """Measure the clauses of one language against another's, link by link.

    Args:
        alignment: Links with passages in both languages are looked into.
        first: Language whose clauses are measured.
        second: Language that they are compared with.
        encoder: Default: the bundled one, with its cache.
    """
    links = [link for link in alignment if link[first] and link[second]]
    if not links:
        return []
    vectors = additive(encoder or load_encoder())
    one, two = (_Text(alignment, links, lang, vectors) for lang in (first, second))
    ratio = float(one.lengths.sum() / two.lengths.sum())
    met = [_met(one, two, n) for n in range(len(links))]
    usual = (sum(m.sum() for m in met) + _PRIOR * _USUAL) / (sum(map(len, met)) + _PRIOR)
    return [
        Compared(link, one.clauses[n], _features(one, two, n, (met[n], usual, ratio)))
        for n, link in enumerate(links)
        if len(one.clauses[n]) > 1
    ]


class _Text:
    """The clauses of one language, by link, with their states."""

    def __init__(
        self, alignment: Alignment, links: Sequence[Link], lang: str, encoder: AdditiveEncoder
    ) -> None:
        passages = alignment.passages[alignment.languages.index(lang)]
        self.clauses = [
            [c for number in link[lang] for c in _split(passages[number])] for link in links
        ]
        self.bounds = np.cumsum([0, *map(len, self.clauses)])
        texts = [p.text[start:end] for link in self.clauses for p, start, end in link]
        self.lengths = np.array([len(text) for text in texts], dtype=np.float64)
        self.states = encoder.encode_parts(texts).totals()
        self._encoder = encoder
        self._mean = _shrunk_mean(encoder.pool(self.states))
        self._whole_mean = _shrunk_mean(self._raw([self.of(n).sum(0) for n in range(len(links))]))

    def of(self, number: int) -> Array:
        """Return the states of a link's clauses."""
        return self.states[self.bounds[number] : self.bounds[number + 1]]

    def sizes(self, number: int) -> Floats:
        """Return the lengths of a link's clauses."""
        return self.lengths[self.bounds[number] : self.bounds[number + 1]]

    def vectors(self, states: Array) -> Array:
        """Return unit vectors of stretches of clauses, centred on that of all clauses."""
        return unit(self._encoder.pool(states) - self._mean)

    def wholes(self, states: Sequence[Array]) -> Array:
        """Return unit vectors of whole sides, centred on those of all sides."""
        return unit(self._raw(states) - self._whole_mean)

    def _raw(self, states: Sequence[Array]) -> Array:
        return self._encoder.pool(np.array(states, dtype=np.float32))


def _split(passage: Passage) -> list[_Clause]:
    found = [(passage, c.start, c.end) for c in clauses(passage.text, passage.lang)]
    return found or [(passage, 0, len(passage.text))]


def _shrunk_mean(vectors: Array) -> Array:
    return np.asarray(vectors.sum(axis=0) / (len(vectors) + _PRIOR), dtype=np.float32)


def _met(one: _Text, two: _Text, number: int) -> Floats:
    """Return the best cosine of each clause with a stretch of the other side."""
    states = two.of(number)
    runs = [
        states[start : start + size].sum(axis=0)
        for size in range(1, min(_LONGEST, len(states)) + 1)
        for start in range(len(states) - size + 1)
    ]
    cosines = one.vectors(one.of(number)) @ two.vectors(np.array(runs)).T
    return np.asarray(cosines.max(axis=1), dtype=np.float64)


def _features(one: _Text, two: _Text, number: int, known: tuple[Floats, float, float]) -> Floats:
    met, usual, ratio = known
    states, sizes = one.of(number), one.sizes(number)
    whole = states.sum(axis=0)
    vectors = one.wholes([whole, *(whole - state for state in states)])
    alike = vectors @ two.wholes([two.of(number).sum(axis=0)])[0]
    other = two.sizes(number).sum() * ratio
    gap = np.abs(np.log(np.array([sizes.sum(), *(sizes.sum() - sizes)]) / other))
    columns = np.broadcast_arrays(
        1.0, met, usual, alike[0] - alike[1:], gap[0] - gap[1:], sizes / sizes.sum()
    )
    return np.stack(columns, axis=1).astype(np.float64)


def _stretches(one: Compared, least: float) -> Iterator[Uncovered]:
    """Yield stretches of neighbouring clauses that are likely to have no counterpart."""
    odds = 1 / (1 + np.exp(-(one.features @ _WEIGHTS)))
    kept: list[int] = []
    for k in range(len(odds) + 1):
        if k < len(odds) and odds[k] >= least and (not kept or _follows(one, kept[-1], k)):
            kept.append(k)
            continue
        if kept:
            yield _stretch(one, kept, odds)
        kept = [k] if k < len(odds) and odds[k] >= least else []


def _follows(one: Compared, before: int, after: int) -> bool:
    return one.clauses[before][0] is one.clauses[after][0]


def _stretch(one: Compared, kept: Sequence[int], odds: Floats) -> Uncovered:
    passage, start, _ = one.clauses[kept[0]]
    end = one.clauses[kept[-1]][2]
    text = passage.text[start:end]
    start, end = start + len(text) - len(text.lstrip(_STOPS)), start + len(text.rstrip(_STOPS))
    likeness = one.features[list(kept), FEATURES.index("met")]
    return Uncovered(passage, start, end, float(likeness.min()), float(odds[list(kept)].max()))
