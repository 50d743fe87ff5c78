"""Two texts: scores in a band around the guide, probabilities of links, the best links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.block import Block
from parallel_texts.alignment.evidence import SHAPES, score_block
from parallel_texts.alignment.guide import guide_path
from parallel_texts.alignment.lattice import (
    Band,
    Bead,
    Lattice,
    band_around,
    best_path,
    posteriors,
)
from parallel_texts.alignment.quick import quick_frames, score_frame
from parallel_texts.alignment.rows import Rows
from parallel_texts.alignment.second_look import Doubts, in_doubt
from parallel_texts.alignment.sides import LONGEST_RUN, Side

__all__ = ["OMISSION_BONUS", "PRICE", "Pair", "Tile", "choose", "compare", "tiles"]

_WIDTH = 31
"""Cells in a row of the band: fifteen passages on either side of the guide."""
_QUICK_WIDTH = 25
"""The same for fast sides."""
_ALIKE = 0.35
"""Cosine from which one passage and a long stretch of another text are linked."""
_BETTER = 0.0005
"""Cosine that must be won by taking a passage off such a stretch."""
_ROWS = 64
"""Rows that are scored together."""
_CONTEXT = 9
"""Passages beside them that measures look at: a longest link and what lies around it."""
PRICE = 0.47
"""What a predicted link costs: half the F1 that is to be expected, so that a link is set only
where it raises F1."""
OMISSION_BONUS = 0.2
"""What an omission is worth beyond a link: those that are found are right far more often."""


@dataclass(frozen=True)
class Pair:
    """Two texts compared.

    Attributes:
        lattice: Scores of links.
        ratio: Characters of the first text for one of the second.
    """

    first: Side
    second: Side
    lattice: Lattice
    ratio: float

    @cached_property
    def probabilities(self) -> NDArray[np.float32]:
        """Probability of each link, as in :func:`posteriors`."""
        return posteriors(self.lattice)

    def links(self, bonus: float | None = None) -> list[tuple[Bead, float]]:
        """Return the links that promise the highest F1, with their probabilities."""
        found = self._one_to_many()
        if found:
            return found
        found = choose(self.lattice, self.probabilities, bonus)
        return self._look_again(found, bonus) if self.first.fast and self.second.fast else found

    def _look_again(
        self, found: list[tuple[Bead, float]], bonus: float | None
    ) -> list[tuple[Bead, float]]:
        """Look at clauses where the first look at passages alone leaves doubts."""
        stretches = in_doubt(found)
        if not stretches:
            return found
        doubts = Doubts(self.first, self.second, found, stretches, self.ratio)
        return doubts.settle(choose(doubts.lattice(), bonus=bonus))

    def _one_to_many(self) -> list[tuple[Bead, float]]:
        """Link a text of one passage with a stretch that is longer than any other link's side."""
        n, m = len(self.first), len(self.second)
        if min(n, m) != 1 or max(n, m) < LONGEST_RUN:
            return []
        one, many = (self.first, self.second) if n == 1 else (self.second, self.first)
        start, end, likeness = _best_stretch(one, many)
        if likeness < _ALIKE:
            return []
        skips = [(k, k + 1) for k in range(len(many)) if not start <= k < end]
        columns = sorted([*skips, (start, end)])
        rows = [(0, 1) if c == (start, end) else (int(c[0] >= end),) * 2 for c in columns]
        both = zip(rows, columns, strict=True)
        return [((*a, *b) if n == 1 else (*b, *a), likeness) for a, b in both]


def _best_stretch(one: Side, many: Side) -> tuple[int, int, float]:
    """Return the stretch of ``many`` most like ``one``: ends are taken off while that helps."""
    whole = many.part(0, len(many))
    target = one.part(0, 1).joined(0, 1)
    start, end = 0, len(many)
    best = float(whole.joined(start, end) @ target)
    while end - start > 1:
        options = [(start + 1, end), (start, end - 1)]
        likeness, chosen = max((float(whole.joined(*o) @ target), o) for o in options)
        if likeness < best + _BETTER:
            break
        best, (start, end) = likeness, chosen
    return start, end, best


def choose(
    lattice: Lattice,
    probabilities: NDArray[np.float32] | None = None,
    bonus: float | None = None,
) -> list[tuple[Bead, float]]:
    """Return the path whose links promise the highest F1, with their probabilities.

    Args:
        lattice: Scores.
        probabilities: Of :func:`posteriors`, if they are known.
        bonus: What an omission is worth beyond a link.
    """
    bonus = OMISSION_BONUS if bonus is None else bonus
    if probabilities is None:
        probabilities = posteriors(lattice)
    gains = probabilities - PRICE
    gains[:, -2:] += bonus
    gains[lattice.scores < -1e8] = -1e9
    found = best_path(Lattice(lattice.band, lattice.shapes, gains))
    return [(bead, _probability(bead, score, bonus)) for bead, score in found]


def _probability(bead: Bead, gain: float, bonus: float) -> float:
    a, b, c, d = bead
    return min(max(gain + PRICE - bonus * (a == b or c == d), 0.0), 1.0)


def compare(first: Side, second: Side, ratio: float | None = None) -> Pair:
    """Score the links of two texts, neither of them empty.

    Args:
        first: Rows.
        second: Columns.
        ratio: Characters of the first for one of the second; measured if not given.
    """
    width = _QUICK_WIDTH if first.fast and second.fast else _WIDTH
    band = band_around(guide_path(first, second), len(second), width)
    ratio = ratio or float(first.lengths.sum() / second.lengths.sum())
    return Pair(first, second, _score(first, second, band, ratio), ratio)


def _score(first: Side, second: Side, band: Band, ratio: float) -> Lattice:
    scores = Rows()
    if first.fast and second.fast:
        for frame in quick_frames(first, second, band, ratio, clauses=False):
            scores.add(score_frame(frame, clauses=False))
        return Lattice(band, SHAPES, scores.table())
    for tile in tiles(first, second, band, ratio):
        scores.add(tile.pick(score_block(tile.block)).transpose(1, 0, 2))
    return Lattice(band, SHAPES, scores.table())


@dataclass(frozen=True)
class Tile:
    """Some rows of a band, and the block of passages around them.

    Attributes:
        rows: Numbers of the rows: (rows,).
        columns: Numbers of each row's cells: (rows, width).
        block: The passages that measures of these cells look at.
    """

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    block: Block

    def pick(self, table: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cells of a table by shape and cell of the block: (shapes, rows, width)."""
        rows = self.rows[:, None] - self.block.first.start
        return np.asarray(table[:, rows, self.columns - self.block.second.start])


def tiles(first: Side, second: Side, band: Band, ratio: float) -> Iterator[Tile]:
    """Yield a band in tiles, from its start to its end."""
    for start in range(0, band.rows + 1, _ROWS):
        rows = np.arange(start, min(start + _ROWS, band.rows + 1))
        columns = band.low[rows][:, None] + np.arange(band.width)
        one = first.part(int(rows[0]) - _CONTEXT, int(rows[-1]) + _CONTEXT)
        two = second.part(int(columns.min()) - _CONTEXT, int(columns.max()) + _CONTEXT)
        yield Tile(rows, columns, Block(one, two, ratio))
