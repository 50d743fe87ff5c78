"""Two stretches of text side by side, and what their measures share: cosines, strays, numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.sides import LONGEST_RUN, Part

__all__ = ["Block", "Floats", "Strays", "best_mean"]

Floats = NDArray[np.float64]
Value = TypeVar("Value")

_REACH = 2
"""How many passages beside a link may hold a clause's better counterpart."""


class Block:
    """Two stretches of text and what their measures share.

    Args:
        first: Rows.
        second: Columns.
        ratio: Characters of the first text for one of the second.
    """

    def __init__(self, first: Part, second: Part, ratio: float) -> None:
        self.first, self.second, self.ratio = first, second, ratio
        self.relative_lengths = (
            first.lengths / first.side.usual_length,
            second.lengths / second.side.usual_length,
        )
        self._cosines: dict[tuple[int, int], Floats] = {}
        self._known: dict[str, tuple[int, int, Any]] = {}

    @cached_property
    def _runs(self) -> list[dict[int, NDArray[np.float32]]]:
        sizes = range(1, LONGEST_RUN + 1)
        return [{size: part.runs(size) for size in sizes} for part in (self.first, self.second)]

    @property
    def size(self) -> tuple[int, int]:
        """Passages of both texts."""
        return len(self.first), len(self.second)

    def cosine(self, a: int, b: int) -> Floats:
        """Return cosines of runs of ``a`` and ``b`` passages, by the cell where they end."""
        if (a, b) not in self._cosines:
            n, m = self.size
            table = np.zeros((n + 1, m + 1))
            if a <= n and b <= m:
                added = self.first.side.fast and self.second.side.fast
                table[a:, b:] = self._added(a, b) if added else self._compared(a, b)
            self._cosines[a, b] = table
        return self._cosines[a, b]

    def _compared(self, a: int, b: int) -> Floats:
        return np.asarray(self._runs[0][a] @ self._runs[1][b].T)

    def _added(self, a: int, b: int) -> Floats:
        """Return cosines of averages: products of sums are sums of the passages' products."""
        sums = _added_up(_added_up(self._products, a).T, b).T
        return np.asarray(sums / np.outer(self.first.norms(a), self.second.norms(b)))

    @cached_property
    def _products(self) -> Floats:
        one, two = self.first.weighted, self.second.weighted
        return np.asarray(one @ two.T, dtype=np.float64)

    def once(self, name: str, a: int, b: int, measure: Callable[[], Value]) -> Value:
        """Return what ``measure`` gave for the shape asked for last: it is asked for in a row."""
        known = self._known.get(name)
        if known is None or known[:2] != (a, b):
            known = self._known[name] = (a, b, measure())
        return cast("Value", known[2])

    @cached_property
    def clause_cosine(self) -> NDArray[np.float32]:
        """Cosines of all clauses of the first with all of the second."""
        return self.first.clauses @ self.second.clauses.T

    @cached_property
    def nearest(self) -> tuple[Floats, Floats]:
        """Mean cosine of each passage's four best counterparts, per text."""
        cosines = self.cosine(1, 1)[1:, 1:]
        return best_mean(cosines), best_mean(cosines.T)

    @cached_property
    def stray(self) -> tuple[Strays, Strays]:
        """Where clauses have their counterparts, seen from either text."""
        cosines = self.clause_cosine
        return (
            Strays(cosines, self.first, self.second),
            Strays(cosines.T, self.second, self.first),
        )

    @cached_property
    def numbers(self) -> tuple[Floats, Floats]:
        """Which numbers that occur in both texts each passage has: (passages, numbers)."""
        both = sorted(set().union(*self.first.numbers) & set().union(*self.second.numbers))
        column = {number: i for i, number in enumerate(both)}
        return _incidence(self.first, column), _incidence(self.second, column)


def _added_up(rows: Floats, size: int) -> Floats:
    """Return sums of ``size`` neighbouring rows."""
    count = len(rows) - size + 1
    return np.asarray(sum(rows[t : t + count] for t in range(size)))


def best_mean(cosines: Floats) -> Floats:
    """Return the mean of each row's four highest values."""
    count = min(4, cosines.shape[1])
    return np.asarray(np.partition(cosines, -count, axis=1)[:, -count:].mean(axis=1))


def _incidence(part: Part, column: dict[str, int]) -> Floats:
    table = np.zeros((len(part), len(column)))
    for row, numbers in enumerate(part.numbers):
        table[row, [column[n] for n in numbers if n in column]] = 1.0
    return table


class Strays:
    """For each passage and each run of the other text: how well its clauses are met inside.

    ``inside[b]`` and ``excess[b]`` have a row for each passage and a column for each cell where
    a run of ``b`` passages may end: the share-weighted best cosine inside the run, and by how
    much the best one beside it is better.
    """

    def __init__(self, cosines: NDArray[np.float32], here: Part, there: Part) -> None:
        best = np.maximum.reduceat(cosines, there.bounds[:-1], axis=1)
        self.passages = _by_passage(best, here)
        self.inside: dict[int, Floats] = {}
        self.excess: dict[int, Floats] = {}
        width = best.shape[1]
        edge = np.full((len(best), _REACH), -1.0, best.dtype)
        padded = np.concatenate([edge, best, edge], axis=1)
        within = padded[:, _REACH : _REACH + width + 1].copy()
        for b in range(1, min(LONGEST_RUN, width + 1)):
            ends = np.arange(b, width + 1)
            within = best if b == 1 else np.maximum(within[:, :-1], best[:, b - 1 :])
            beside = np.max(
                [padded[:, ends - b + _REACH - t] for t in range(1, _REACH + 1)]
                + [padded[:, ends + _REACH + t] for t in range(_REACH)],
                axis=0,
            )
            self.inside[b] = _by_passage(within, here)
            self.excess[b] = _by_passage(np.maximum(beside - within, 0), here)


def _by_passage(values: NDArray[np.float32], part: Part) -> Floats:
    """Add clause rows up to passages, each by its share."""
    weighted = values * part.shares[:, None]
    return np.asarray(np.add.reduceat(weighted, part.bounds[:-1], axis=0))
