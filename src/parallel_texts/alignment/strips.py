"""One text as the quick search sees it: values by place, norms of runs, vectors of its units."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.rows import Rows
from parallel_texts.alignment.sides import LONGEST_RUN, Side, unit

__all__ = ["AFTER", "BEFORE", "Strip"]

BEFORE = LONGEST_RUN
"""Passages before a cell that measures look at."""
AFTER = 3
"""Passages after it."""
_PORTION = 2048
"""Passages whose units are made together."""

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]


class Strip:
    """What measures need of one text, by passage, with room before and after it.

    Attributes:
        side: The text.
        lengths: Sums of the lengths up to each passage: (BEFORE + passages + AFTER + 1,).
        odd_quotes: Whether an odd number of quotation marks stands before each passage.
        finals: Whether the passage before each place ends with a final mark.
        long: Logarithm of the length of the passage before each place over the usual length.
    """

    def __init__(self, side: Side) -> None:
        whole = side.part(0, len(side))
        self.side = side
        self.lengths = _sums(whole.lengths)
        self.odd_quotes = _sums(whole.quotes) % 2 == 1
        self.finals = _after(whole.finals)
        self.long = _after(np.log(whole.lengths / side.usual_length).astype(np.float32))

    @cached_property
    def _lags(self) -> list[Floats]:
        """Products of each passage's weighted vector with that of one so many passages before."""
        vectors, lengths = self.side.vectors, self.side.lengths
        lags = []
        for lag in range(LONGEST_RUN):
            count = max(len(vectors) - lag, 0)
            product = np.einsum("ij,ij->i", vectors[lag:], vectors[:count]).astype(np.float64)
            product *= lengths[lag:] * lengths[:count]
            lags.append(np.pad(product, (BEFORE + len(vectors) - count, AFTER)))
        return lags

    @cached_property
    def norms(self) -> list[Singles]:
        """One over the norm of the sum of each run's weighted vectors, by size and run's end."""
        norms, squares = [], np.zeros(len(self.lengths) - 1)
        for size in range(1, LONGEST_RUN + 1):
            squares = np.concatenate([[0.0], squares[:-1]]) + self._lags[0]
            for lag in range(1, size):
                squares = squares + 2 * self._lags[lag]
            inverse = 1 / np.sqrt(np.maximum(squares, 1e-9))
            norms.append(np.concatenate([[0.0], inverse]).astype(np.float32))
        return norms

    def divide(self) -> None:
        """Make vectors of all clauses; that of a passage's only one is the passage's own."""
        clauses = Rows()
        for start in range(0, len(self.side), _PORTION):
            clauses.add(self._pool(start, min(start + _PORTION, len(self.side))))
        self._clauses = clauses.table()

    def _pool(self, start: int, end: int) -> Singles:
        """Return the vectors of some passages' clauses, and their shares as the last column."""
        side, bounds = self.side, self.side.bounds[start : end + 1]
        states, counts = side.clauses[bounds[0] : bounds[-1]], np.diff(bounds)
        several = np.repeat(counts > 1, counts)
        out = np.empty((len(states), side.vectors.shape[1] + 1), dtype=np.float32)
        out[~several, :-1] = side.vectors[start:end][counts == 1]
        if several.any():
            out[several, :-1] = unit(side.encoder.pool(states[several]) - side.mean)
        weights, owner = side.encoder.weigh(states), np.repeat(np.arange(end - start), counts)
        out[:, -1] = weights / np.bincount(owner, weights)[owner]
        return out

    def units(self, start: int, end: int) -> tuple[Singles, Ints, Singles]:
        """Return vectors of passages' clauses, where each passage's begin, and their shares."""
        bounds = self.side.bounds[start : end + 1]
        rows = self._clauses[bounds[0] : bounds[-1]]
        return rows[:, :-1], bounds[:-1] - bounds[0], rows[:, -1]

    def weighted(self, start: int, end: int) -> Singles:
        """Return vectors of passages times their lengths; zeros where there is no passage."""
        low, high = max(start, 0), min(end, len(self.side))
        rows = self.side.vectors[low:high] * self.side.lengths[low:high, None].astype(np.float32)
        return np.pad(rows, ((low - start, end - max(high, low)), (0, 0)))


def _after(values: NDArray[Any]) -> NDArray[Any]:
    """Return values of passages by the place after each."""
    return np.pad(values, (BEFORE + 1, AFTER))


def _sums(values: Floats) -> Floats:
    return np.concatenate([np.zeros(BEFORE + 1), np.cumsum(values), np.full(AFTER, values.sum())])
