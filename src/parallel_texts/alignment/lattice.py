"""Paths through two texts: the best one, and how probable each link is over all of them.

A path is a sequence of links of given shapes (passages of the first text, of the second). Scores
are natural logarithms of odds; only cells in a band around a guide path are looked at, so time
and memory grow with the length of the texts. Rows are numpy operations, never single cells.
"""

from __future__ import annotations

from collections.abc import Iterator
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
_PORTION = 256
"""Rows whose links are prepared together."""
_SLACK = 4
"""Columns by which a band is wider than the steepest way through needs."""
_LEAST = -1e4
"""Score below which skipping is ruled out: sums of more would lose what they are compared by."""
_MOST = 100.0
"""Score beyond which a link is no more certain."""
_RESCALED = 4
"""Rows after which sums are scaled: no single one may leave the range of numbers."""


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
    """Return the band of ``width`` cells around ``guide``, a column for each row of cells.

    Neighbouring rows always have cells in common, so that some path leads through: where the guide
    leaps over much of the second text the band leaps in several rows, before and after; where
    there are more columns than so many rows can pass, it is wider.
    """
    rows = np.arange(len(guide))
    width = min(max(width, -(-columns // len(guide)) + _SLACK), columns + 1)
    end, step = columns + 1 - width, max(width - 2, 1)
    low = np.maximum.accumulate(np.clip(guide - width // 2, 0, end))
    late = np.minimum.accumulate(low - rows * step) + rows * step
    early = np.maximum.accumulate((low - rows * step)[::-1])[::-1] + rows * step
    low = np.maximum((late + early) // 2, end - rows[::-1] * step)
    low = np.clip(np.minimum(low, rows * step), 0, end)
    return Band(len(guide) - 1, columns, low, width)


class _Steps:
    """Finds, for all shapes but the last, the cells that links of a row come from.

    A table of cells has one more column than the band; its very last cell stands for everything
    outside.
    """

    def __init__(self, lattice: Lattice) -> None:
        shapes = np.array(lattice.shapes[:-1])
        self._a, self._b = shapes[:, 0], shapes[:, 1]
        self.farthest = int(self._a.max())
        self._lattice, self._band = lattice, lattice.band
        self._outside = (lattice.band.rows + 1) * (lattice.band.width + 1) - 1
        self._cells = np.arange(lattice.band.width)

    def into(self, rows: Ints) -> Ints:
        """Return flat numbers of the earlier cells: (rows, shapes, width)."""
        band = self._band
        earlier = self.before(rows)
        cells = band.low[rows][:, None] - band.low[earlier] - self._b
        return self._flat(earlier, cells, rows[:, None] >= self._a)

    def out_of(self, rows: Ints) -> tuple[Ints, NDArray[np.float32]]:
        """Return flat numbers of the later cells that a row's links lead to, and their scores."""
        band, (_, shapes, width) = self._band, self._lattice.scores.shape
        later = np.minimum(rows[:, None] + self._a, band.rows)
        cells = band.low[rows][:, None] - band.low[later] + self._b
        known = rows[:, None] + self._a <= band.rows
        there = later * shapes + np.arange(shapes - 1)
        places = np.clip(cells[..., None] + self._cells, 0, width - 1)
        scores = self._lattice.scores.reshape(-1)[there[..., None] * width + places]
        return self._flat(later, cells, known), scores

    def before(self, rows: Ints) -> Ints:
        """Return the row that links of each shape come from: (rows, shapes)."""
        return np.asarray(np.maximum(rows[:, None] - self._a, 0))

    def _flat(self, rows: Ints, first: Ints, known: NDArray[np.bool_]) -> Ints:
        width = self._band.width
        cells = first[..., None] + self._cells
        cells += (rows * (width + 1))[..., None]
        low = np.where(known, rows * (width + 1), self._outside)[..., None]
        high = np.where(known, rows * (width + 1) + width, 0)[..., None]
        return np.where((cells >= low) & (cells < high), cells, self._outside)


def _empty(band: Band, value: float) -> Floats:
    """Return a table of cells, with one more column that stands for everything outside."""
    return np.full((band.rows + 1, band.width + 1), value)


def _portions(band: Band) -> Iterator[Ints]:
    """Yield the numbers of rows whose links are prepared together."""
    for start in range(0, band.rows + 1, _PORTION):
        yield np.arange(start, min(start + _PORTION, band.rows + 1))


def best_path(lattice: Lattice) -> list[tuple[Bead, float]]:
    """Return the links of the path with the highest sum of scores, and their scores."""
    band, steps = lattice.band, _Steps(lattice)
    table = _empty(band, _NEVER)
    flat = table.reshape(-1)
    moves = np.zeros((band.rows + 1, band.width), dtype=np.int8)
    last = len(lattice.shapes) - 1
    for rows in _portions(band):
        sources, skips = steps.into(rows), _skips(lattice, rows)
        for i, source, skipped in zip(rows.tolist(), sources, skips, strict=True):
            options = flat.take(source)
            options += lattice.scores[i, :-1]
            entered = options.max(axis=0)
            if i == 0:
                entered[:] = _NEVER
                entered[0] = 0.0
            reached = np.maximum.accumulate(entered - skipped)
            reached += skipped
            moves[i] = np.where(reached > entered + 1e-9, last, options.argmax(axis=0))
            table[i, :-1] = reached
    return _trace(lattice, moves)


def _skips(lattice: Lattice, rows: Ints) -> Floats:
    """Return the sums of skipping columns from a row's first cell up to each cell."""
    sums = np.zeros((len(rows), lattice.band.width))
    scores = np.maximum(lattice.scores[rows, -1, 1:], _LEAST)
    np.cumsum(scores, axis=1, dtype=np.float64, out=sums[:, 1:])
    return sums


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
    before, after = _sums_before(lattice, steps), _sums_after(lattice, steps)
    end = band.columns - band.low[band.rows]
    total = np.log(max(before.table[band.rows, end], 1e-300)) + before.scale[band.rows]
    out = Rows()
    for rows in _portions(band):
        rest = after.scale[rows] - total
        odds = np.minimum(lattice.scores[rows], _MOST).astype(np.float64)
        odds[:, :-1] += (before.scale[steps.before(rows)] + rest[:, None])[..., None]
        odds[:, -1] += (before.scale[rows] + rest)[:, None]
        odds = np.exp(np.minimum(odds, 700.0, out=odds), out=odds)
        odds[:, :-1] *= before.table.reshape(-1)[steps.into(rows)]
        odds[:, -1, 1:] *= before.table[rows, :-2]
        odds[:, -1, 0] = 0.0
        odds *= after.table[rows, None, :-1]
        out.add(np.minimum(odds, 1.0).astype(np.float32))
    return out.table()


class _Sums:
    """Sums over all paths to each cell (or from it), scaled row by row.

    Attributes:
        table: (rows + 1, width + 1); the last column is zero and stands for everything outside.
        scale: Logarithm of what each row's sums are to be multiplied with: (rows + 1,).
    """

    def __init__(self, band: Band, farthest: int) -> None:
        self.table = _empty(band, 0.0)
        self.scale = np.zeros(band.rows + 1)
        self._farthest = farthest

    def rescale(self, newest: int, step: int) -> None:
        """Scale the rows that links still come from so that the newest ones' highest is 1."""
        oldest = max(newest - step * self._farthest, 0)
        rows = slice(min(newest, oldest), max(newest, oldest) + 1)
        highest = self.table[rows].max()
        if highest > 0:
            self.table[rows] /= highest
            self.scale[rows] += np.log(highest)


def _sums_before(lattice: Lattice, steps: _Steps) -> _Sums:
    """Return the sums over all ways from the start to each cell."""
    sums = _Sums(lattice.band, steps.farthest)
    flat = sums.table.reshape(-1)
    for rows in _portions(lattice.band):
        odds = _odds(lattice.scores[rows, :-1])
        skips = _skip_odds(_skips(lattice, rows))
        for i, source, odd, skip in zip(rows.tolist(), steps.into(rows), odds, skips, strict=True):
            odd *= flat.take(source)
            row = odd.sum(axis=0)
            if i == 0:
                row[:] = 0.0
                row[0] = 1.0
            sums.scale[i] = sums.scale[max(i - 1, 0)]
            np.matmul(row, skip, out=sums.table[i, :-1])
            if i % _RESCALED == 0:
                sums.rescale(i, 1)
    return sums


def _sums_after(lattice: Lattice, steps: _Steps) -> _Sums:
    """Return the sums over all ways from each cell to the end."""
    band = lattice.band
    sums = _Sums(band, steps.farthest)
    flat = sums.table.reshape(-1)
    for rows in reversed([*_portions(band)]):
        targets, scores = steps.out_of(rows)
        odds = _odds(scores)
        skips = _skip_odds(_skips(lattice, rows))
        backwards = (x[::-1] for x in (targets, odds, skips))
        for i, target, odd, skip in zip(rows[::-1].tolist(), *backwards, strict=True):
            odd *= flat.take(target)
            row = odd.sum(axis=0)
            if i == band.rows:
                row[:] = 0.0
                row[band.columns - band.low[i]] = 1.0
            sums.scale[i] = sums.scale[min(i + 1, band.rows)]
            np.matmul(skip, row, out=sums.table[i, :-1])
            if i % _RESCALED == 0:
                sums.rescale(i, -1)
    return sums


def _odds(scores: NDArray[np.float32]) -> Floats:
    return np.exp(np.minimum(scores, _MOST).astype(np.float64))


def _skip_odds(skips: Floats) -> Floats:
    """Return the odds of skipping from each cell of a row to each: (rows, width, width).

    Args:
        skips: Sums of the scores of skipping up to each cell, as :func:`_skips` gives them.
    """
    between = np.minimum(skips[:, None, :] - skips[:, :, None], _MOST)
    return np.triu(np.exp(between))
