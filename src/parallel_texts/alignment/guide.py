"""A rough path through two texts, coarse to fine: where the exact search has to look.

Both texts are halved until one table of cells holds them; a path is found there, doubled, and
mended in a narrow band, level by level. Time and memory grow linearly with the texts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.lattice import Band, Lattice, band_around, best_path
from parallel_texts.alignment.rows import Rows
from parallel_texts.alignment.sides import Side, unit

__all__ = ["guide_path"]

_WHOLE = 300
"""Passages (or groups of them) up to which all cells are looked at."""
_WIDTH = 40
"""Cells in a row of the band below that."""
_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 0), (0, 1))
_ROWS = 256
_LONGEST = 3
"""Passages on the longer side of a shape."""
_PORTION = 4096
"""Passages that are halved together; even."""

Vectors = NDArray[np.float32]
Ints = NDArray[np.int64]


def guide_path(first: Side, second: Side) -> Ints:
    """Return for each number of passages of ``first`` how many of ``second`` answer to them.

    For fast sides the path through pairs of passages is enough: the search mends it.
    """
    levels = [(first.vectors, second.vectors)]
    heavy = (_mass(first), _mass(second))
    while max(map(len, levels[-1])) > _WHOLE and min(map(len, levels[-1])) > 16:
        one, two = levels[-1]
        levels.append((_halve(one, heavy[0]), _halve(two, heavy[1])))
        heavy = (None, None)
    guide: Ints | None = None
    for one, two in reversed(levels):
        known = None if guide is None else _double(guide, one, two)
        enough = known is not None and first.fast and one is first.vectors
        guide = known if enough else _mend(one, two, known)
    assert guide is not None
    return guide


def _mass(side: Side) -> Vectors | None:
    return np.sqrt(side.lengths)[:, None].astype(np.float32)


def _halve(vectors: Vectors, mass: Vectors | None) -> Vectors:
    """Add up neighbours two by two, each with its mass."""
    halved = Rows()
    for start in range(0, len(vectors), _PORTION):
        part = vectors[start : start + _PORTION]
        if mass is not None:
            part = part * mass[start : start + _PORTION]
        halved.add(np.add.reduceat(part, np.arange(0, len(part), 2), axis=0))
    return halved.table()


def _double(guide: Ints, first: Vectors, second: Vectors) -> Ints:
    """Stretch a path to the level below."""
    rows = np.arange(len(first) + 1)
    known = np.minimum(np.arange(len(guide)) * 2, len(first))
    stretched = np.interp(rows, known, np.minimum(guide * 2, len(second)))
    return np.asarray(stretched.round(), dtype=np.int64)


def _mend(first: Vectors, second: Vectors, guide: Ints | None) -> Ints:
    n, m = len(first), len(second)
    if guide is None:
        band = Band(n, m, np.zeros(n + 1, dtype=np.int64), m + 1)
    else:
        band = band_around(guide, m, _WIDTH)
    corners = [(0, 0)] + [(b, d) for (_, b, _, d), _ in best_path(_lattice(first, second, band))]
    rows, columns = zip(*corners, strict=True)
    last = dict(zip(rows, columns, strict=True))
    path = np.interp(np.arange(n + 1), list(last), list(last.values()))
    return np.asarray(path.round(), dtype=np.int64)


def _lattice(first: Vectors, second: Vectors, band: Band) -> Lattice:
    """Score links by cosine, times a little more for more passages; skipping costs nothing."""
    scores = np.full((band.rows + 1, len(_SHAPES), band.width), -1e9, dtype=np.float32)
    scores[:, -2:] = 0.0
    for start in range(0, band.rows + 1, _ROWS):
        rows = np.arange(start, min(start + _ROWS, band.rows + 1))
        columns = band.low[rows][:, None] + np.arange(band.width)
        one = _Ends(first, start, int(rows[-1]))
        two = _Ends(second, int(columns.min()), int(columns.max()))
        for shape, (a, b) in enumerate(_SHAPES[:-2]):
            cosines = one.runs(a) @ two.runs(b).T
            inside = (rows[:, None] >= a) & (columns >= b)
            picked = cosines[rows[:, None] - start, columns - two.first] * (a + b) ** 0.2
            scores[rows, shape] = np.where(inside, picked, -1e9)
    return Lattice(band, _SHAPES, scores)


class _Ends:
    """Unit vectors of the runs of passages that end at each of some places, ``first`` on."""

    def __init__(self, vectors: Vectors, first: int, last: int) -> None:
        self.first = first
        before = max(_LONGEST - first, 0)
        known = unit(vectors[max(first - _LONGEST, 0) : last])
        self._vectors = np.pad(known, ((before, 0), (0, 0)))
        self._count = last - first + 1

    def runs(self, size: int) -> Vectors:
        """Return a row for each place; where a run would begin before the text, what is there."""
        shifts = range(_LONGEST - size, _LONGEST)
        added = sum(
            (self._vectors[t : t + self._count] for t in shifts),
            np.zeros((self._count, self._vectors.shape[1]), np.float32),
        )
        return unit(added)
