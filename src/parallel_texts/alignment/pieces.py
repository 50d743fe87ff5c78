"""Very long texts cut where they certainly answer to each other, and aligned piece by piece.

A cut is looked for near the middle, then in the middle of both halves, and so on. Only what lies
around these places is encoded: some passages of the first text and, in the others, a window about
as far in their text. A cut is *certain* between two passages that are, with those next to them,
each other's best counterparts by far, where most passages near by answer to each other as well.
Where no place is certain the texts stay whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.align import Texts, align, as_divisions
from parallel_texts.alignment.sides import unit
from parallel_texts.encoders import Encoder, load_encoder
from parallel_texts.errors import AlignmentError
from parallel_texts.model import Alignment, Division, Link

__all__ = ["PIECE", "Stretches", "align_pieces", "cut", "pieces", "put_together"]

PIECE = 5000
"""Passages of the longest text in one piece."""

_AROUND = 48
"""Passages of the first text that are looked at on either side of a place."""
_REACH = 0.02
"""Share of a text's passages by which a place may be off in it."""
_LEAST_REACH = 80
_TRIES = ((0.0, 1), (-0.12, 1), (0.12, 1), (0.0, 4), (-0.2, 4), (0.2, 4))
"""Where to look for a cut, as share of a piece's size, and how many times as far."""
_RUN = 2
"""Passages on either side of a cut that must be certain."""
_ALIKE = 0.35
_LEAD = 0.06
"""Cosine of a certain pair, and by how much the second best must be less alike."""
_NEAR = 12
"""Passages off the line through a cut that still count as lying on it."""
_ON_LINE = 0.5
"""Share of passages around a cut whose best counterpart must lie on the line."""

Vectors = NDArray[np.float32]
Stretches = tuple[tuple[int, int], ...]
"""First passage and the one after the last, per text."""


def pieces(
    texts: Mapping[str, Sequence[str]], *, encoder: Encoder | None = None, size: int = PIECE
) -> list[Stretches]:
    """Return stretches of the texts, in their order, that can be aligned on their own.

    Args:
        texts: Passages per language, two languages or more.
        encoder: Default: the bundled one, with its cache.
        size: Passages of the longest text from which it is cut.

    Returns:
        Per piece the stretch of each text; one piece for texts that are short enough or nowhere
        certain.
    """
    order = sorted(texts)
    whole = tuple((0, len(texts[lang])) for lang in order)
    found = [whole]
    if len(texts) > 1 and max(end for _, end in whole) > size:
        cutter = _Cutter([texts[lang] for lang in order], encoder or load_encoder(), size)
        found = list(cutter.cut(whole))
    return [tuple(piece[order.index(lang)] for lang in texts) for piece in found]


def cut(texts: Texts, stretches: Stretches) -> dict[str, list[Division]]:
    """Return what lies inside ``stretches``; divisions that reach beyond them are shortened."""
    return {
        lang: list(_inside(as_divisions(lang, text), *stretch))
        for (lang, text), stretch in zip(texts.items(), stretches, strict=True)
    }


def _inside(divisions: Iterable[Division], start: int, end: int) -> Iterator[Division]:
    at = 0
    for division in divisions:
        size = len(division.passages)
        passages = division.passages[max(start - at, 0) : max(end - at, 0)]
        at += size
        if passages:
            yield replace(division, passages=passages)


def put_together(alignments: Sequence[Alignment]) -> Alignment:
    """Return one alignment of pieces' alignments, in the order of the texts.

    Raises:
        AlignmentError: There is none, or their languages differ.
    """
    if len({alignment.languages for alignment in alignments}) != 1:
        raise AlignmentError("pieces of one work need the same languages in the same order")
    first = alignments[0]
    passages = [tuple(p for a in alignments for p in a.passages[k]) for k in _columns(first)]
    links = list[Link]()
    before = [0] * len(first.languages)
    for part in alignments:
        for link in part:
            shifted = zip(link.sides, before, strict=True)
            sides = tuple(tuple(n + by for n in side) for side, by in shifted)
            links.append(replace(link, id=f"l{len(links) + 1}", sides=sides))
        before = [n + len(text) for n, text in zip(before, part.passages, strict=True)]
    return replace(first, passages=tuple(passages), links=tuple(links))


def _columns(alignment: Alignment) -> range:
    return range(len(alignment.languages))


def align_pieces(
    texts: Texts,
    *,
    encoder: Encoder | None = None,
    fast: bool = False,
    work: str = "",
    size: int = PIECE,
) -> Alignment:
    """Align texts as :func:`.align` does, very long ones piece by piece.

    Args:
        texts: Per language key its divisions, or its passages as strings.
        encoder: Default: the bundled one, with its cache.
        fast: As for :func:`.align`.
        work: Id of the work.
        size: Passages of the longest text in one piece.
    """
    encoder = encoder or load_encoder()
    divided = {lang: as_divisions(lang, text) for lang, text in texts.items()}
    plain = {lang: [p.text for d in found for p in d.passages] for lang, found in divided.items()}
    found = pieces(plain, encoder=encoder, size=size)
    parts = (divided if len(found) == 1 else cut(divided, stretches) for stretches in found)
    return put_together([align(part, encoder=encoder, fast=fast, work=work) for part in parts])


@dataclass(frozen=True)
class _Cutter:
    """Looks for certain places between passages of texts."""

    texts: Sequence[Sequence[str]]
    encoder: Encoder
    size: int

    @cached_property
    def _written(self) -> list[NDArray[np.int64]]:
        """Characters of each text before each passage."""
        lengths = ([0, *(max(len(passage), 1) for passage in text)] for text in self.texts)
        return [np.cumsum(row) for row in lengths]

    def cut(self, stretches: Stretches) -> Iterator[Stretches]:
        """Yield the stretches between certain cuts."""
        place = self._place(stretches)
        if place is None:
            yield stretches
            return
        yield from self.cut(tuple((s, p) for (s, _), p in zip(stretches, place, strict=True)))
        yield from self.cut(tuple((p, e) for (_, e), p in zip(stretches, place, strict=True)))

    def _place(self, stretches: Stretches) -> tuple[int, ...] | None:
        """Return a passage of each text before which it can be cut, near the middle."""
        longest = max(end - start for start, end in stretches)
        count = -(-longest // self.size)
        start, end = stretches[0]
        if count < 2 or end - start < 4 * _AROUND:
            return None
        wanted = start + (end - start) * (count // 2) // count
        step = (end - start) / count
        tries = (self._look(stretches, int(wanted + step * by), far) for by, far in _TRIES)
        return next((place for place in tries if place), None)

    def _look(self, stretches: Stretches, at: int, far: int) -> tuple[int, ...] | None:
        """Return the most certain place near passage ``at`` of the first text."""
        start, end = stretches[0]
        rows = (max(at - _AROUND, start), min(at + _AROUND, end))
        first = self._encode(0, rows)
        others = [
            _certain(first, rows, self._encode(k, columns), columns, self._slope(stretches, k))
            for k in range(1, len(self.texts))
            for columns in [self._window(stretches, k, at, far)]
        ]
        common = set(others[0]).intersection(*others[1:])
        best = max(common, key=lambda row: (min(o[row][1] for o in others), -row), default=None)
        return None if best is None else (best, *(other[best][0] for other in others))

    @staticmethod
    def _slope(stretches: Stretches, text: int) -> float:
        """Return passages of a text for one of the first."""
        (start, end), (low, high) = stretches[0], stretches[text]
        return (high - low) / (end - start)

    def _encode(self, text: int, rows: tuple[int, int]) -> Vectors:
        vectors = self.encoder.encode(self.texts[text][slice(*rows)])
        return unit(vectors - vectors.mean(axis=0))

    def _window(self, stretches: Stretches, text: int, at: int, far: int) -> tuple[int, int]:
        """Return the passages of a text about as far in it, by characters."""
        (start, end), (low, high) = stretches[0], stretches[text]
        here, there = self._written[0], self._written[text]
        share = (here[at] - here[start]) / (here[end] - here[start])
        characters = there[low] + share * (there[high] - there[low])
        middle = int(np.searchsorted(there, characters))
        reach = int(max(_LEAST_REACH, _REACH * (high - low))) * far
        return max(middle - reach, low), min(middle + reach, high)


def _certain(
    first: Vectors,
    rows: tuple[int, int],
    second: Vectors,
    columns: tuple[int, int],
    slope: float,
) -> dict[int, tuple[int, float]]:
    """Return certain cuts: passage of the first text, passage of the second, and how certain."""
    cosines = first @ second.T
    leads = _leads(cosines)
    best = cosines.argmax(axis=1)
    found = {}
    for row in range(_RUN, len(first) - _RUN + 1):
        run = np.arange(row - _RUN, row + _RUN)
        diagonal = best[row - _RUN] + np.arange(2 * _RUN)
        certainty = float(leads[run].min())
        if certainty >= _LEAD and np.array_equal(best[run], diagonal):
            column = int(diagonal[_RUN])
            if _on_line(best, row, column, slope):
                found[rows[0] + row] = (columns[0] + column, certainty)
    return found


def _leads(cosines: Vectors) -> Vectors:
    """Return by how much each row's best value leads its row and column; -1 where it does not."""
    best = cosines.argmax(axis=1)
    numbers = np.arange(len(cosines))
    top = cosines[numbers, best]
    rest = cosines.copy()
    rest[numbers, best] = -1.0
    rivals = np.maximum(rest.max(axis=1), rest.max(axis=0)[best])
    shared = np.bincount(best, minlength=cosines.shape[1])[best] > 1
    return np.where((top < _ALIKE) | shared, -1.0, top - rivals)


def _on_line(best: NDArray[np.int64], row: int, column: int, slope: float) -> bool:
    """Tell whether passages around a cut have their counterparts around it."""
    near = np.arange(max(row - 2 * _NEAR, 0), min(row + 2 * _NEAR, len(best)))
    off = np.abs(best[near] - column - (near - row) * slope)
    return bool((off <= _NEAR).mean() >= _ON_LINE)
