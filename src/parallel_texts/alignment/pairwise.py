"""Two texts: scores in a band around the guide, probabilities of links, the best links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.evidence import SHAPES, Block, score_block
from parallel_texts.alignment.guide import guide_path
from parallel_texts.alignment.lattice import (
    Band,
    Bead,
    Lattice,
    band_around,
    best_path,
    posteriors,
)
from parallel_texts.alignment.sides import Side

__all__ = ["Pair", "choose", "compare"]

_WIDTH = 31
"""Cells in a row of the band: fifteen passages on either side of the guide."""
_ROWS = 96
"""Rows that are scored together."""
_CONTEXT = 9
"""Passages beside them that measures look at: a longest link and what lies around it."""
_PRICE = 0.47
"""What a predicted link costs: half the F1 that is to be expected, so that a link is set only
where it raises F1."""
_OMISSION_BONUS = 0.2
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

    def links(self) -> list[tuple[Bead, float]]:
        """Return the links that promise the highest F1, with their probabilities."""
        return choose(self.lattice, self.probabilities)


def choose(
    lattice: Lattice, probabilities: NDArray[np.float32] | None = None
) -> list[tuple[Bead, float]]:
    """Return the path whose links promise the highest F1, with their probabilities."""
    if probabilities is None:
        probabilities = posteriors(lattice)
    gains = probabilities - _PRICE
    gains[:, -2:] += _OMISSION_BONUS
    wanted = np.where(lattice.scores < -1e8, -1e9, gains).astype(np.float32)
    found = best_path(Lattice(lattice.band, lattice.shapes, wanted))
    return [(bead, _probability(bead, score)) for bead, score in found]


def _probability(bead: Bead, gain: float) -> float:
    a, b, c, d = bead
    bonus = _OMISSION_BONUS if a == b or c == d else 0.0
    return min(max(gain + _PRICE - bonus, 0.0), 1.0)


def compare(first: Side, second: Side) -> Pair:
    """Score the links of two texts, neither of them empty."""
    band = band_around(guide_path(first, second), len(second), _WIDTH)
    ratio = float(first.lengths.sum() / second.lengths.sum())
    return Pair(first, second, _score(first, second, band, ratio), ratio)


def _score(first: Side, second: Side, band: Band, ratio: float) -> Lattice:
    scores = np.empty((band.rows + 1, len(SHAPES), band.width), dtype=np.float32)
    for start in range(0, band.rows + 1, _ROWS):
        rows = np.arange(start, min(start + _ROWS, band.rows + 1))
        columns = band.low[rows][:, None] + np.arange(band.width)
        block, row0, column0 = _block(first, second, rows, columns, ratio)
        table = score_block(block)
        scores[rows] = table[:, rows[:, None] - row0, columns - column0].transpose(1, 0, 2)
    return Lattice(band, SHAPES, scores)


def _block(
    first: Side,
    second: Side,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    ratio: float,
) -> tuple[Block, int, int]:
    """Return the block around cells, and the passages it starts with."""
    one = first.part(int(rows[0]) - _CONTEXT, int(rows[-1]) + _CONTEXT)
    two = second.part(int(columns.min()) - _CONTEXT, int(columns.max()) + _CONTEXT)
    return Block(one, two, ratio), one.start, two.start
