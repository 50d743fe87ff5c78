"""Paths through two texts: the best one, and how probable each link is over all of them.

A path is a sequence of links of given shapes (passages of the first text, of the second). Scores
are natural logarithms of odds; only cells in a band around a guide path are looked at, so time
and memory grow with the length of the texts. Rows are numpy operations, never single cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.rows import Rows

__all__ = ["Band", "Bead", "Lattice", "band_around", "best_path", "posteriors"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bead = tuple[int, int, int, int]
"""First and end passage of the first text, first and end passage of the second."""

_NEVER = -1e9


@dataclass(frozen=True)
class Band:
    """Which cells are looked at: in row ``i`` the columns from ``low[i]``, ``width`` of them.

    Attributes:
        rows: Passages of the first text; there is one more row of cells.
        columns: Passages of the second.
        low: First column of each row, never falling: (rows + 1,).
        width: Cells in a row.
    """

    rows: int
    columns: int
    low: Ints
    width: int


@dataclass(frozen=True)
class Lattice:
    """Scores of every link that ends in a cell of the band.

    Attributes:
        band: The cells.
        shapes: Links' shapes; the last is ``(0, 1)``, a passage of the second text skipped.
        scores: (rows + 1, shapes, width).
    """

    band: Band
    shapes: tuple[tuple[int, int], ...]
    scores: NDArray[np.float32]


def band_around(guide: Ints, columns: int, width: int) -> Band:
    """Return the band of ``width`` cells around ``guide``, a column for each row of cells."""
    width = min(width, columns + 1)
    low = np.clip(guide - width // 2, 0, columns + 1 - width)
    low = np.maximum.accumulate(low)
    low[0] = 0
    return Band(len(guide) - 1, columns, low, width)


class _Steps:
    """Finds, for all shapes but the last, the cells that links of a row come from."""

    def __init__(self, lattice: Lattice) -> None:
        shapes = np.array(lattice.shapes[:-1])
        self._a, self._b = shapes[:, 0], shapes[:, 1]
        self._band = lattice.band
        self._cells = np.arange(lattice.band.width)

    def into(self, i: int) -> Ints:
        """Return flat numbers of the earlier cells, (shapes, width); outside is the last cell."""
        band = self._band
        row = i - self._a
        column = band.low[i] - band.low[np.maximum(row, 0)] - self._b
        cells = column[:, None] + self._cells
        inside = (cells >= 0) & (cells < band.width) & (row >= 0)[:, None]
        flat = row[:, None] * (band.width + 1) + cells
        return np.where(inside, flat, (band.rows + 1) * (band.width + 1) - 1)


def _empty(band: Band) -> Floats:
    """Return a table of cells, with one more column that stands for everything outside."""
    return np.full((band.rows + 1, band.width + 1), _NEVER)


def best_path(lattice: Lattice) -> list[tuple[Bead, float]]:
    """Return the links of the path with the highest sum of scores, and their scores."""
    band, steps = lattice.band, _Steps(lattice)
    table, moves = _empty(band), np.zeros((band.rows + 1, band.width), dtype=np.int8)
    flat = table.ravel()
    for i in range(band.rows + 1):
        options = flat[steps.into(i)] + lattice.scores[i, :-1]
        moves[i] = options.argmax(axis=0)
        entered = options.max(axis=0)
        if i == 0:
            entered[:] = _NEVER
            entered[0] = 0.0
        skips = _skips(lattice, i)
        reached = np.maximum.accumulate(entered - skips) + skips
        moves[i][reached > entered + 1e-9] = len(lattice.shapes) - 1
        table[i, :-1] = reached
        table[-1, -1] = _NEVER
    return _trace(lattice, moves)


def _skips(lattice: Lattice, i: int) -> Floats:
    """Return the sums of skipping columns from the row's first cell up to each cell."""
    return np.concatenate([[0.0], np.cumsum(lattice.scores[i, -1, 1:], dtype=np.float64)])


def _trace(lattice: Lattice, moves: NDArray[np.int8]) -> list[tuple[Bead, float]]:
    band = lattice.band
    i, j = band.rows, band.columns
    beads: list[tuple[Bead, float]] = []
    while i or j:
        cell = j - band.low[i]
        shape = int(moves[i, cell])
        a, b = lattice.shapes[shape]
        score = float(lattice.scores[i, shape, cell])
        beads.append(((i - a, i, j - b, j), score))
        i, j = i - a, j - b
    return beads[::-1]


def posteriors(lattice: Lattice) -> NDArray[np.float32]:
    """Return the probability of each link over all paths, (rows + 1, shapes, width)."""
    band, steps = lattice.band, _Steps(lattice)
    before, after = _forward(lattice, steps), _backward(lattice, steps)
    total = before[band.rows, band.columns - band.low[band.rows]]
    out = Rows()
    flat = before.ravel()
    for i in range(band.rows + 1):
        rest = after[i, :-1] - total
        row = np.zeros((1, *lattice.scores.shape[1:]), dtype=np.float32)
        row[0, :-1] = np.exp(np.minimum(flat[steps.into(i)] + lattice.scores[i, :-1] + rest, 0.0))
        last = before[i, :-2] + lattice.scores[i, -1, 1:] + rest[1:]
        row[0, -1, 1:] = np.exp(np.minimum(last, 0.0))
        out.add(row)
    return out.table()


def _forward(lattice: Lattice, steps: _Steps) -> Floats:
    band = lattice.band
    table = _empty(band)
    flat = table.ravel()
    for i in range(band.rows + 1):
        entered = _sum_of_logs(flat[steps.into(i)] + lattice.scores[i, :-1])
        if i == 0:
            entered[:] = _NEVER
            entered[0] = 0.0
        skips = _skips(lattice, i)
        table[i, :-1] = np.logaddexp.accumulate(entered - skips) + skips
        table[-1, -1] = _NEVER
    return table


def _backward(lattice: Lattice, steps: _Steps) -> Floats:
    band = lattice.band
    table = _empty(band)
    flat = table.ravel()
    for i in range(band.rows, -1, -1):
        left = table[i, :-1].copy()
        if i == band.rows:
            left[band.columns - band.low[i]] = 0.0
        skips = _skips(lattice, i)
        row = np.logaddexp.accumulate((left + skips)[::-1])[::-1] - skips
        table[i, :-1] = row
        sources = steps.into(i)
        options = row + lattice.scores[i, :-1]
        for source, option in zip(sources, options, strict=True):
            flat[source] = np.logaddexp(flat[source], option)
        table[-1, -1] = _NEVER
    return table


def _sum_of_logs(rows: Floats) -> Floats:
    """Return the logarithm of the sum of exponentials over the first axis."""
    top = rows.max(axis=0)
    return np.asarray(top + np.log(np.exp(rows - top).sum(axis=0)))
