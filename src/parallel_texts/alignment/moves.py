"""Passages that answer to each other across the order of the texts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.joining import Ranges
from parallel_texts.alignment.sides import Side

__all__ = ["find_moves"]

_SURE = 0.5
"""Cosine from which two passages left over are taken for each other's counterparts."""
_LEAD = 0.15
"""By how much the second best must be less alike."""
_ROWS = 512
"""Passages left over that are compared together."""
_FARTHEST = 10_000
"""So many of the other text's passages left over, before and after the same place, are looked at:
what bounds the time of long texts that have little in common."""

Vectors = NDArray[np.float32]


def find_moves(links: Sequence[Ranges], sides: Sequence[Side]) -> list[tuple[int, int, float]]:
    """Return which two links, each without what the other has, belong together.

    Args:
        links: Ranges of passages per text.
        sides: The texts.

    Returns:
        Numbers of two links and their likeness, the most alike first; no link twice.
    """
    loose = [k for k, link in enumerate(links) if any(a == b for a, b in link)]
    found: list[tuple[int, int, float]] = []
    for one, two in itertools.combinations(range(len(sides)), 2):
        left = [k for k in loose if _only(links[k], one, two)]
        right = [k for k in loose if _only(links[k], two, one)]
        if left and right:
            a = sides[one].averages([links[k][one] for k in left])
            b = sides[two].averages([links[k][two] for k in right])
            found += [(left[i], right[j], cosine) for i, j, cosine in _sure(a, b)]
    taken: set[int] = set()
    chosen = []
    for one, two, cosine in sorted(found, key=lambda move: -move[2]):
        if not {one, two} & taken and not _overlap(links[one], links[two]):
            taken |= {one, two}
            chosen.append((one, two, cosine))
    return chosen


def _only(link: Ranges, here: int, there: int) -> bool:
    return link[here][1] > link[here][0] and link[there][1] == link[there][0]


def _overlap(first: Ranges, second: Ranges) -> bool:
    """Tell whether some text has passages in both links."""
    return any(b > a and d > c for (a, b), (c, d) in zip(first, second, strict=True))


def _sure(first: Vectors, second: Vectors) -> list[tuple[int, int, float]]:
    """Return rows of both that are by far the most alike for each other."""
    across, down = _Leaders(len(first)), _Leaders(len(second))
    for start in range(0, len(first), _ROWS):
        low, high = _reach(start, len(first), len(second))
        cosines = first[start : start + _ROWS] @ second[low:high].T
        across.note(cosines.T, slice(start, start + len(cosines)), low)
        down.note(cosines, slice(low, high), start)
    return [
        (i, int(j), float(across.best[i]))
        for i, j in enumerate(across.place)
        if across.best[i] >= _SURE
        and down.place[j] == i
        and across.best[i] - max(across.second[i], down.second[j]) >= _LEAD
    ]


def _reach(start: int, rows: int, columns: int) -> tuple[int, int]:
    """Return which columns some rows are compared with: those about as far in their text."""
    middle = min(start + _ROWS // 2, rows) * columns // rows
    return max(middle - _FARTHEST, 0), min(middle + _FARTHEST, columns)


class _Leaders:
    """The highest value seen for each column of a table that comes row by row, and the next."""

    def __init__(self, count: int) -> None:
        self.best = np.full(count, -1.0, dtype=np.float32)
        self.second = np.full(count, -1.0, dtype=np.float32)
        self.place = np.zeros(count, dtype=np.int64)

    def note(self, values: Vectors, columns: slice, first_row: int) -> None:
        """Take in more rows of the table, of which the first has this number."""
        rows = values.argmax(axis=0)
        both = np.stack([self.best[columns], values.max(axis=0)])
        runner_up = np.partition(values, -2, axis=0)[-2] if len(values) > 1 else -np.ones(len(rows))
        self.place[columns] = np.where(both[1] > both[0], rows + first_row, self.place[columns])
        self.best[columns] = both.max(axis=0)
        rivals = [both.min(axis=0), self.second[columns], runner_up]
        self.second[columns] = np.max(rivals, axis=0)
