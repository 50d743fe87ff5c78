"""The best monotone path through two texts: dynamic programming over links of many shapes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.spans import Spans

__all__ = ["SHAPES", "search"]

Bead = tuple[int, int, int, int]
"""First and end passage of the first text, first and end passage of the second."""

SHAPES = tuple((a, b) for a in range(1, 7) for b in range(1, 7) if a == 1 or b == 1 or a + b <= 6)
SKIP = 0.0


def search(first: Spans, second: Spans) -> list[tuple[Bead, float]]:
    """Return the best links and their similarities."""
    scores = _scores(first, second)
    _, moves = _fill(scores, len(first), len(second))
    return _trace(scores, moves, len(first), len(second))


def _scores(first: Spans, second: Spans) -> NDArray[np.float64]:
    n, m = len(first), len(second)
    left = {a: first.vectors(a) for a in {a for a, _ in SHAPES}}
    right = {b: second.vectors(b) for b in {b for _, b in SHAPES}}
    ratio = max(first.lengths.sum(), 1.0) / max(second.lengths.sum(), 1.0)
    x = np.concatenate([[0], np.cumsum(first.lengths)])
    y = np.concatenate([[0], np.cumsum(second.lengths)]) * ratio
    out = np.full((len(SHAPES), n + 1, m + 1), -np.inf)
    for s, (a, b) in enumerate(SHAPES):
        if a > n or b > m:
            continue
        cos = left[a][a:] @ right[b][b:].T
        la, lb = (x[a:] - x[:-a])[:, None], (y[b:] - y[:-b])[None, :]
        balance = np.minimum(la, lb) / np.maximum(la, lb)
        out[s, a:, b:] = cos * np.log2(1 + balance) ** 0.3 * (a + b) ** 0.2
    return out


def _fill(
    scores: NDArray[np.float64], n: int, m: int
) -> tuple[NDArray[np.float64], NDArray[np.int16]]:
    table = np.full((n + 1, m + 1), -np.inf)
    moves = np.full((n + 1, m + 1), -1, dtype=np.int16)
    table[0, 0] = 0.0
    ramp = np.arange(m + 1) * SKIP
    for i in range(n + 1):
        row = table[i]
        if i:
            row[:] = table[i - 1] + SKIP
            moves[i] = len(SHAPES)
        for s, (a, b) in enumerate(SHAPES):
            if a > i or b > m:
                continue
            candidate = table[i - a, : m + 1 - b] + scores[s, i, b:]
            better = candidate > row[b:]
            row[b:][better] = candidate[better]
            moves[i, b:][better] = s
        best = np.maximum.accumulate(row - ramp) + ramp
        skipped = best > row
        moves[i][skipped] = len(SHAPES) + 1
        row[:] = best
    return table, moves


def _trace(
    scores: NDArray[np.float64], moves: NDArray[np.int16], n: int, m: int
) -> list[tuple[Bead, float]]:
    beads: list[tuple[Bead, float]] = []
    i, j = n, m
    steps = [*SHAPES, (1, 0), (0, 1)]
    while i or j:
        s = int(moves[i, j])
        a, b = steps[s]
        score = float(scores[s, i, j]) if s < len(SHAPES) else 0.0
        beads.append(((i - a, i, j - b, j), score))
        i, j = i - a, j - b
    return beads[::-1]
