"""What the first look of ``--fast`` is not sure of is looked at again, with clauses.

The stretches in doubt are put one behind the other as if they were two texts; no link may lead
out of its stretch. So clauses are compared for some passages only.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.evidence import SHAPES
from parallel_texts.alignment.lattice import Band, Bead, Lattice, band_around
from parallel_texts.alignment.quick import quick_frames, score_frame
from parallel_texts.alignment.rows import Rows
from parallel_texts.alignment.sides import Side

__all__ = ["SURE", "Doubts", "in_doubt"]

SURE = 0.8
"""Probability from which the first look at a link is enough."""
_BESIDE = 1
"""Links beside one in doubt that are looked at again with it."""
_SKIPPED = 8
"""Passages left out one after the other from which a stretch is not looked at again: the way
through it has to lie in the band."""
_WIDTH = 21
"""Cells in a row of the band around what the first look found."""

Links = list[tuple[Bead, float]]
Ints = NDArray[np.int64]


def in_doubt(links: Links) -> list[tuple[int, int]]:
    """Return the stretches of links that are looked at again: first link, the one after the last.

    >>> in_doubt([((n, n + 1, n, n + 1), p) for n, p in enumerate([1.0, 1.0, 0.5, 0.99, 1.0])])
    [(1, 4)]
    """
    stretches: list[tuple[int, int]] = []
    for number, (_, probability) in enumerate(links):
        if probability < SURE:
            start, end = max(number - _BESIDE, 0), min(number + _BESIDE + 1, len(links))
            if stretches and start <= stretches[-1][1]:
                start = stretches.pop()[0]
            stretches.append((start, end))
    return [stretch for stretch in stretches if _longest_skip(links[slice(*stretch)]) <= _SKIPPED]


def _longest_skip(links: Links) -> int:
    """Return how many passages of the second text at most are left out one after the other."""
    groups = itertools.groupby(links, key=lambda link: link[0][0] == link[0][1])
    return max((len([*group]) for skipped, group in groups if skipped), default=0)


@dataclass(frozen=True)
class Doubts:
    """Two texts and the links in which the first look is in doubt.

    Attributes:
        links: What the first look found.
        stretches: As :func:`in_doubt` returns them, one at least.
        ratio: Characters of the first text for one of the second.
    """

    first: Side
    second: Side
    links: Links
    stretches: Sequence[tuple[int, int]]
    ratio: float

    def lattice(self) -> Lattice:
        """Score the links inside the stretches, put one behind the other."""
        one = self.first.gathered(self._ranges(0))
        two = self.second.gathered(self._ranges(2))
        band = band_around(self._guide(), len(two), _WIDTH)
        inside, scores = _Inside(self._bounds(0), self._bounds(2), band), Rows()
        for frame in quick_frames(one, two, band, self.ratio, clauses=True):
            scores.add(inside.keep(frame.rows, score_frame(frame, clauses=True)))
        return Lattice(band, SHAPES, scores.table())

    def settle(self, found: Links) -> Links:
        """Return all links, those of the stretches as the second look has found them."""
        ends = self._bounds(0)[1:], self._bounds(2)[1:]
        shifts = zip(self._shifts(0), self._shifts(2), *ends, strict=True)
        again, at, settled = iter([*found]), 0, Links()
        left = next(again, None)
        for (start, end), (down, right, rows, columns) in zip(self.stretches, shifts, strict=True):
            settled += self.links[at:start]
            while left is not None and left[0][1] <= rows and left[0][3] <= columns:
                (a, b, c, d), probability = left
                settled.append(((a + down, b + down, c + right, d + right), probability))
                left = next(again, None)
            at = end
        return settled + self.links[at:]

    def _ranges(self, side: int) -> list[tuple[int, int]]:
        """Return which passages the stretches have; ``side`` is 0 or 2, as in a bead."""
        return [
            (self.links[start][0][side], self.links[end - 1][0][side + 1])
            for start, end in self.stretches
        ]

    def _bounds(self, side: int) -> list[int]:
        """Return where stretches begin when they stand one behind the other, and the end."""
        sizes = (end - start for start, end in self._ranges(side))
        return [*itertools.accumulate(sizes, initial=0)]

    def _shifts(self, side: int) -> list[int]:
        """Return how many passages stand before each stretch that no stretch has."""
        starts = (start for start, _ in self._ranges(side))
        return [start - at for start, at in zip(starts, self._bounds(side), strict=False)]

    def _guide(self) -> Ints:
        """Return the path of the first look through the stretches."""
        first, last = dict[int, int](), dict[int, int]()
        for row, column in self._corners():
            first.setdefault(row, column)
            last[row] = column
        middle = [(first[row] + last[row]) / 2 for row in last]
        path = np.interp(np.arange(self._bounds(0)[-1] + 1), list(last), middle)
        return np.asarray(path.round(), dtype=np.int64)

    def _corners(self) -> Iterator[tuple[int, int]]:
        """Yield the places between links, row by row; in one row the columns rise."""
        yield 0, 0
        shifts = zip(self._shifts(0), self._shifts(2), strict=True)
        for (start, end), (down, right) in zip(self.stretches, shifts, strict=True):
            for (_, b, _, d), _ in self.links[start:end]:
                yield b - down, d - right


class _Inside:
    """Rules out links that lead from one stretch into another."""

    def __init__(self, rows: Sequence[int], columns: Sequence[int], band: Band) -> None:
        self._band = band
        self._rows, self._columns = np.array(rows), np.array(columns)
        self._of_row = self._number(self._rows)
        self._of_column = self._number(self._columns)

    @staticmethod
    def _number(bounds: Ints) -> Ints:
        """Return the stretch of the passage before each place."""
        places = np.maximum(np.arange(bounds[-1] + 1) - 1, 0)
        found = np.searchsorted(bounds, places, side="right") - 1
        return np.asarray(np.minimum(found, len(bounds) - 2))

    def keep(self, rows: Ints, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return scores of some rows, -1e9 for links that lead out of their stretch."""
        columns = self._band.low[rows][:, None] + np.arange(self._band.width)
        here = self._of_row[rows]
        top, left, right = self._rows[here], self._columns[here], self._columns[here + 1]
        for number, (a, b) in enumerate(SHAPES[:-1]):
            out = (columns > right[:, None]) | (columns - b < left[:, None])
            scores[:, number][out | (rows - a < top)[:, None]] = -1e9
        there = self._of_column[columns]
        out = (rows[:, None] < self._rows[there]) | (rows[:, None] > self._rows[there + 1])
        scores[:, -1][out] = -1e9
        return scores
