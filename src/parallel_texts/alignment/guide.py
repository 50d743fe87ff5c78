"""A rough path through two texts, coarse to fine: where the exact search has to look.

Both texts are halved until one table of cells holds them; a path is found there, doubled, and
mended in a narrow band, level by level. Time and memory grow linearly with the texts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.lattice import Band, Lattice, band_around, best_path
from parallel_texts.alignment.sides import Side, unit

__all__ = ["guide_path"]

_WHOLE = 300
"""Passages (or groups of them) up to which all cells are looked at."""
_WIDTH = 40
"""Cells in a row of the band below that."""
_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 0), (0, 1))
_ROWS = 256

Vectors = NDArray[np.float32]
Ints = NDArray[np.int64]


def guide_path(first: Side, second: Side) -> Ints:
    """Return for each number of passages of ``first`` how many of ``second`` answer to them."""
    levels = [(first.vectors * _mass(first), second.vectors * _mass(second))]
    while max(map(len, levels[-1])) > _WHOLE and min(map(len, levels[-1])) > 16:
        levels.append((_halve(levels[-1][0]), _halve(levels[-1][1])))
    guide: Ints | None = None
    for one, two in reversed(levels):
        guide = _mend(unit(one), unit(two), None if guide is None else _double(guide, one, two))
    assert guide is not None
    return guide


def _mass(side: Side) -> Vectors:
    return np.sqrt(side.lengths)[:, None].astype(np.float32)


def _halve(vectors: Vectors) -> Vectors:
    """Add up neighbours two by two."""
    return np.add.reduceat(vectors, np.arange(0, len(vectors), 2), axis=0)


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
    for shape, (a, b) in enumerate(_SHAPES[:-2]):
        one, two = _runs(first, a), _runs(second, b)
        bonus = (a + b) ** 0.2
        for start in range(a, band.rows + 1, _ROWS):
            rows = np.arange(start, min(start + _ROWS, band.rows + 1))
            columns = band.low[rows][:, None] + np.arange(band.width)
            left, right = max(int(columns.min()), b), int(columns.max())
            if right < left:
                continue
            cosines = one[rows - a] @ two[left - b : right - b + 1].T
            inside = columns >= b
            row = np.broadcast_to(np.arange(len(rows))[:, None], columns.shape)
            picked = cosines[row[inside], columns[inside] - left]
            scores[rows, shape][inside] = 0.0
            block = scores[rows, shape]
            block[inside] = picked * bonus
            scores[rows, shape] = block
    return Lattice(band, _SHAPES, scores)


def _runs(vectors: Vectors, size: int) -> Vectors:
    if size == 1:
        return vectors
    count = max(len(vectors) - size + 1, 0)
    added = sum((vectors[t : t + count] for t in range(size)), np.zeros_like(vectors[:count]))
    return unit(added)
