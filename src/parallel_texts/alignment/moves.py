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
            found += [(left[i], right[j], cosine) for i, j, cosine in _sure(a @ b.T)]
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


def _sure(cosines: NDArray[np.float32]) -> list[tuple[int, int, float]]:
    """Return pairs that are by far the best for each other."""
    out = []
    for i, j in enumerate(cosines.argmax(axis=1)):
        best = float(cosines[i, j])
        rivals = np.concatenate([np.delete(cosines[i], j), np.delete(cosines[:, j], i)])
        if best >= _SURE and best - rivals.max(initial=-1.0) >= _LEAD:
            out.append((i, int(j), best))
    return out
