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
    "counted",
    "ends_of",
    "none",
    "select",
    "union",
]

PLACE_BITS = 22
"""Bits of a row number that say the place in the version: four million passages."""
_PLACE = (1 << PLACE_BITS) - 1

Rows = NDArray[np.int64]


def none() -> Rows:
    """Return the empty set."""
    return np.empty(0, np.int64)


def as_rows(numbers: Iterable[int]) -> Rows:
    """Return ascending numbers as a set."""
    return np.fromiter(numbers, np.int64)


def select(connection: sqlite3.Connection, sql: str, values: Sequence[str | int]) -> Rows:
    """Return what a query for ``group_concat`` of numbers gives, in its order.

    One long string of numbers is read twice as fast as a row for each.
    """
    (numbers,) = connection.execute(sql, values).fetchone()
    return np.fromstring(numbers, np.int64, sep=",") if numbers else none()


def union(sets: Iterable[Rows]) -> Rows:
    """Return the rows that are in any of the sets."""
    found = [one for one in sets if len(one)]
    if len(found) < 2:
        return found[0] if found else none()
    together = np.sort(np.concatenate(found), kind="stable")
    distinct: Rows = together[np.append(True, together[1:] != together[:-1])]
    return distinct


def are_among(values: Rows, known: Rows) -> NDArray[np.bool_]:
    """Tell for each value whether it is one of those known, which ascend."""
    if not len(known):
        return np.zeros(len(values), bool)
    places = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.equal(known[places], values)


def ends_of(key: int) -> tuple[int, int]:
    """Return the first and the last row number that begin with ``key``."""
    return key << PLACE_BITS, (key + 1 << PLACE_BITS) - 1


def counted(rows: Rows, keys: Rows) -> dict[int, int]:
    """Return how many rows each version has, for the versions that have any."""
    firsts = np.searchsorted(rows, keys << PLACE_BITS)
    lasts = np.searchsorted(rows, keys + 1 << PLACE_BITS)
    numbers = zip(keys.tolist(), (lasts - firsts).tolist(), strict=True)
    return {key: number for key, number in numbers if number}


class Links:
    """Which link each passage is in, for all versions of an index.

    Links are numbered through here, work by work, so that a set of links is an array of truth.
    """

    def __init__(self, stored: Iterable[tuple[int, int, bytes]]) -> None:
        known = sorted(stored)
        places = [np.frombuffer(numbers, np.int32).astype(np.int64) for _, _, numbers in known]
        sizes: dict[int, int] = {}
        for (_, work, _), one in zip(known, places, strict=True):
            sizes[work] = max(sizes.get(work, 0), int(one.max(initial=-1)) + 1)
        self._works = as_rows(sizes)
        self._bases = np.cumsum([0, *sizes.values()])
        bases = dict(zip(sizes, self._bases.tolist(), strict=False))
        for (_, work, _), one in zip(known, places, strict=True):
            one[one >= 0] += bases[work]
        self._keys = as_rows(key for key, _, _ in known)
        self._starts = np.cumsum([0, *map(len, places)])
        self._links = np.concatenate([none(), *places])

    def of(self, rows: Rows) -> Rows:
        """Return the link of each row; -1 where it is in none."""
        starts = self._starts[np.searchsorted(self._keys, rows >> PLACE_BITS)]
        found: Rows = self._links[starts + (rows & _PLACE)]
        return found

    def of_versions(self, first: int, last: int) -> Rows:
        """Return the link of each passage of the versions with keys from first to last."""
        start = self._starts[np.searchsorted(self._keys, first)]
        return self._links[start : self._starts[np.searchsorted(self._keys, last, "right")]]

    def marked(self, links: Rows) -> NDArray[np.bool_]:
        """Return for each link there is, and for none, whether it is one of these."""
        marks = np.zeros(int(self._bases[-1]) + 1, bool)
        marks[links] = True
        marks[-1] = False
        return marks

    def numbers(self, links: Rows) -> Rows:
        """Return the links' numbers in the index."""
        places = np.searchsorted(self._bases, links, "right") - 1
        found: Rows = (self._works[places] << PLACE_BITS) | (links - self._bases[places])
        return found

    def from_numbers(self, numbers: Rows) -> Rows:
        """Return the links that have these numbers in the index."""
        order = np.argsort(self._works)
        places = order[np.searchsorted(self._works, numbers >> PLACE_BITS, sorter=order)]
        found: Rows = self._bases[places] + (numbers & _PLACE)
        return found
