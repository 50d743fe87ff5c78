"""Sets of passages, as ascending arrays of row numbers, and which links they are in.

A passage's row number is made of its version, whose key comes first, and its place there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "PLACE_BITS",
    "Links",
    "Rows",
    "are_among",
    "as_rows",
    "ends_of",
    "none",
    "select",
    "union",
]

PLACE_BITS = 22
"""Bits of a row number that say the place in the version: four million passages."""

Rows = NDArray[np.int64]


def none() -> Rows:
    """Return the empty set."""
    return np.empty(0, np.int64)


def as_rows(numbers: Iterable[int]) -> Rows:
    """Return ascending numbers as a set."""
    return np.fromiter(numbers, np.int64)


def select(connection: sqlite3.Connection, sql: str, values: Sequence[str | int]) -> Rows:
    """Return what a query for ``group_concat`` of row numbers gives.

    One long string of numbers is read twice as fast as a row for each.
    """
    (numbers,) = connection.execute(sql, values).fetchone()
    return np.sort(np.fromstring(numbers, np.int64, sep=",")) if numbers else none()


def union(sets: Iterable[Rows]) -> Rows:
    """Return the rows that are in any of the sets."""
    found = list(sets)
    return found[0] if len(found) == 1 else np.unique(np.concatenate([none(), *found]))


def are_among(values: Rows, known: Rows) -> NDArray[np.bool_]:
    """Tell for each value whether it is one of those known, which ascend."""
    if not len(known):
        return np.zeros(len(values), bool)
    places = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.equal(known[places], values)


def ends_of(key: int) -> tuple[int, int]:
    """Return the first and the last row number that begin with ``key``."""
    return key << PLACE_BITS, (key + 1 << PLACE_BITS) - 1


class Links:
    """Which link each passage is in: numbers of links by version, as they stand in the index."""

    def __init__(self, stored: Iterable[tuple[int, int, bytes]]) -> None:
        known = sorted(stored)
        self._keys = as_rows(key for key, _, _ in known)
        works = [work for _, work, _ in known]
        places = [np.frombuffer(numbers, np.int32) for _, _, numbers in known]
        self._starts = np.cumsum([0, *map(len, places)])
        full = (
            np.where(one < 0, -1, one | np.int64(work << PLACE_BITS))
            for one, work in zip(places, works, strict=True)
        )
        self._links = np.concatenate([none(), *full])

    def of(self, rows: Rows) -> Rows:
        """Return the link of each row; -1 where it is in none."""
        starts = self._starts[np.searchsorted(self._keys, rows >> PLACE_BITS)]
        found: Rows = self._links[starts + (rows & ((1 << PLACE_BITS) - 1))]
        return found

    def of_version(self, key: int) -> Rows:
        """Return the link of each passage of a version."""
        place = int(np.searchsorted(self._keys, key))
        return self._links[self._starts[place] : self._starts[place + 1]]
