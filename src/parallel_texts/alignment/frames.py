"""The cells of some rows of a band, all at once, and what stands around each.

A value for each cell is an array (rows, width), whatever the band's course: what belongs to the
passages before a cell is picked from tables by *shift*, one table for each number of passages
back. Nothing outside the band is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.lattice import Band
from parallel_texts.alignment.strips import AFTER, BEFORE, Flags, Floats, Ints, Singles, Strip
from parallel_texts.alignment.units import Met, meet

__all__ = ["Frame", "frames"]

_ROWS = 128
"""Rows that are scored together."""
_FIRST = BEFORE + 1
"""Passages before a cell whose units are compared: a longest link and two beside it."""

Value = TypeVar("Value")


class Frame:
    """Some rows of a band.

    Args:
        first: The rows' text.
        second: The columns' text.
        band: The band.
        rows: Numbers of its rows, one after the other.
        ratio: Characters of the first text for one of the second.
    """

    def __init__(self, first: Strip, second: Strip, band: Band, rows: Ints, ratio: float) -> None:
        self.first, self.second, self.ratio = first, second, ratio
        self.rows, self.width = rows, band.width
        self._low = band.low[rows]
        self._columns = self._low[:, None] + np.arange(band.width)
        self._known: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return what ``make`` gave the first time."""
        if key not in self._known:
            self._known[key] = make()
        found: Value = self._known[key]
        return found

    def _of_rows(self, values: NDArray[Any], shift: int = 0) -> NDArray[Any]:
        """Return what stands at the row of each cell, or so many passages before: (rows, 1)."""
        return values[self.rows - shift + BEFORE][:, None]

    def _of_columns(self, values: NDArray[Any], shift: int = 0) -> NDArray[Any]:
        """Return what stands at the column of each cell, or so many before: (rows, width)."""
        return values.take(self._columns - (shift - BEFORE))

    def outside(self, a: int, b: int) -> Flags:
        """Return whether a link of so many passages would begin before its text."""
        return np.asarray((self.rows < a)[:, None] | (self._columns < b))

    # Lengths and marks.

    def lengths(self, a: int, b: int) -> tuple[Singles, Singles]:
        """Return lengths of runs of ``a`` and ``b`` passages, at least a character each."""

        def span(sums: Floats, size: int, pick: Callable[[Floats, int], Floats]) -> Singles:
            return np.maximum(pick(sums, 0) - pick(sums, size), 1.0).astype(np.float32)

        return (
            self.once(("rows", a), lambda: span(self.first.lengths, a, self._of_rows)),
            self.once(("columns", b), lambda: span(self.second.lengths, b, self._of_columns)),
        )

    def log_lengths(self, a: int, b: int) -> tuple[Singles, Singles]:
        """Return the logarithms of :meth:`lengths`."""
        one, two = self.lengths(a, b)
        return (
            self.once(("log rows", a), lambda: np.log(one)),
            self.once(("log columns", b), lambda: np.log(two)),
        )

    def long_ones(self) -> tuple[Singles, Singles]:
        """Return logarithms of the lengths of the passages before a cell over the usual."""
        return self._of_rows(self.first.long), self._of_columns(self.second.long)

    def quotes(self, a: int, b: int) -> tuple[Flags, Flags]:
        """Return whether runs have an odd number of quotation marks."""
        here, there = self.first.odd_quotes, self.second.odd_quotes
        return (
            self.once(("quotes", a), lambda: self._of_rows(here) != self._of_rows(here, a)),
            self.once(
                ("quotes there", b), lambda: self._of_columns(there) != self._of_columns(there, b)
            ),
        )

    @cached_property
    def unlike_ends(self) -> Flags:
        """Whether one text has a sentence's final mark before a cell and the other does not."""
        return np.asarray(self._of_rows(self.first.finals) != self._of_columns(self.second.finals))

    # Likeness of runs.

    @cached_property
    def _passages(self) -> Singles:
        """Products of weighted vectors around each cell: (shift, rows, columns around).

        The first axis has the passage of the first text, from ``AFTER`` after the cell to
        ``BEFORE`` before it; the last those of the second, in text order, from ``BEFORE`` before
        the first cell on.
        """
        span = self.width + BEFORE + AFTER - 1
        top, left = int(self.rows[0]) - BEFORE, int(self._low[0]) - BEFORE
        one = self.first.weighted(top, int(self.rows[-1]) + AFTER)
        two = self.second.weighted(left, int(self._low[-1]) - BEFORE + span)
        cells = (self.rows - 1 + AFTER - top) * len(two) + self._low - BEFORE - left
        shifts = np.arange(BEFORE + AFTER)[:, None, None] * len(two)
        return (one @ two.T).take(cells[:, None] + np.arange(span) - shifts)

    @cached_property
    def _sums(self) -> Floats:
        """Sums of ``_passages`` up to each shift and each column, zeros first on both axes."""
        shifts, rows, span = self._passages.shape
        sums = np.zeros((shifts + 1, rows, span + 1))
        np.cumsum(self._passages, axis=2, dtype=np.float64, out=sums[1:, :, 1:])
        np.cumsum(sums, axis=0, out=sums)
        return sums

    def cosine(self, a: int, b: int, up: int = 0, left: int = 0) -> Singles:
        """Return cosines of runs of ``a`` and ``b`` passages.

        Args:
            a: Passages of the first text.
            b: Passages of the second.
            up: Passages between the run's end and the cell; below 0, by how many it goes beyond.
            left: The same of the second text.
        """
        return self.once(("cosine", a, b, up, left), lambda: self._compare(a, b, up, left))

    def _compare(self, a: int, b: int, up: int, left: int) -> Singles:
        rows = self.once(
            ("sums", a, up), lambda: self._sums[up + a + AFTER] - self._sums[up + AFTER]
        )
        end = BEFORE - left
        found = rows[:, end : end + self.width] - rows[:, end - b : end - b + self.width]
        found *= self._of_rows(self.first.norms[a - 1], up)
        found *= self._norms_of_columns(b, left)
        return np.asarray(found, dtype=np.float32)

    def _norms_of_columns(self, b: int, left: int) -> Singles:
        norms = self.second.norms[b - 1]
        return self.once(("norms", b, left), lambda: self._of_columns(norms, left))

    def near(self) -> tuple[Singles, Singles]:
        """Return the best likeness near by of the passage before a cell, of either text."""
        return self._near_rows(), self._near_columns()

    def _near_rows(self) -> Singles:
        cosines = self._passages[AFTER] * self._of_rows(self.first.norms[0])
        ends = self._low[:, None] + np.arange(1 - BEFORE, cosines.shape[1] + 1 - BEFORE)
        cosines *= self.second.norms[0].take(ends + BEFORE, mode="clip")
        places = range(BEFORE - AFTER, BEFORE + AFTER)
        return np.asarray(np.max([cosines[:, t : t + self.width] for t in places], axis=0))

    def _near_columns(self) -> Singles:
        inner = slice(BEFORE - 1, BEFORE - 1 + self.width)
        rows = [
            self._passages[shift, :, inner] * self._of_rows(self.first.norms[0], shift - AFTER)
            for shift in range(2 * AFTER)
        ]
        return np.asarray(np.max(rows, axis=0) * self._norms_of_columns(1, 0))

    # How units are met.

    @cached_property
    def _met(self) -> tuple[Met, Met]:
        """How the units of either text are met in the other, around the cells."""
        top, left = max(int(self.rows[0]) - _FIRST, 0), max(int(self._low[0]) - _FIRST, 0)
        bottom = min(int(self.rows[-1]) + AFTER, len(self.first.side))
        right = min(int(self._columns[-1, -1]) + AFTER, len(self.second.side))
        one, two = meet(self.first.units(top, bottom), self.second.units(left, right))
        rows = np.broadcast_to((self.rows - top)[:, None], self._columns.shape)
        columns = self._columns - left
        return Met(one, rows, columns), Met(two, columns, rows)

    def inside(self, a: int, b: int) -> tuple[Singles, Singles]:
        """Return how well units are met inside a link: sums over its passages, of either text."""
        one, two = self._met
        return one.inside(a, b), two.inside(b, a)

    def least_inside(self, a: int, b: int) -> tuple[Singles, Singles]:
        """Return how well units of the passage that is met worst are met, of either text."""
        one, two = self._met
        return one.least(a, b), two.least(b, a)

    def excess(self, a: int, b: int) -> tuple[Singles, Singles]:
        """Return how much better units are met beside a link: sums, of either text."""
        one, two = self._met
        return one.excess(a, b), two.excess(b, a)


def frames(one: Strip, two: Strip, band: Band, ratio: float) -> Iterator[Frame]:
    """Yield a band in frames, from its start to its end."""
    for start in range(0, band.rows + 1, _ROWS):
        rows = np.arange(start, min(start + _ROWS, band.rows + 1))
        yield Frame(one, two, band, rows, ratio)
