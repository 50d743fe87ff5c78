"""How readily passages are skipped, by how many the text itself seems to skip.

Weights learned from some texts expect too few omissions in others and too many elsewhere: a free
translation looks as if much were left out, a close one as if nothing were. The share of passages
that translations of every kind leave out differs far less. So the first look at a text tells how
many omissions its scores promise, and all skips are made as much more or less likely as that is
below or above the usual share.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from parallel_texts.alignment.lattice import Lattice, posteriors
from parallel_texts.alignment.rows import Rows

__all__ = ["USUAL", "promised", "settle_omissions", "shift"]

USUAL = 0.03
"""Share of passages without counterpart that is expected beforehand. In gold texts of the news it
is .028, in textberg .029; tried from .02 to .04 on families not learned from."""
_KNOWN = 60
"""A text's share counts as if so many passages with the usual one were with it."""
_FARTHEST = 1.0
"""Most that is added to the score of a skipped passage or taken off it."""
_PORTION = 1024


def shift(expected: float, passages: int) -> float:
    """Return what is added to the score of every skipped passage.

    Args:
        expected: Skipped passages of both texts that their scores promise.
        passages: Passages of both texts.

    Example:
        >>> abs(shift(9, 300)) < 1e-9, shift(40, 300) < 0
        (True, True)
    """
    share = (expected + USUAL * _KNOWN) / (passages + _KNOWN)
    return round(min(max(math.log(USUAL / share), -_FARTHEST), _FARTHEST), 6)


def promised(lattice: Lattice) -> float:
    """Return how many skipped passages the scores promise."""
    return float(posteriors(lattice)[:, -2:].sum(dtype=np.float64))


def settle_omissions(lattice: Lattice) -> Lattice:
    """Return the lattice with skipped passages as likely as is usual in texts of all kinds."""
    band = lattice.band
    by = shift(promised(lattice), band.rows + band.columns)
    settled = Rows()
    for start in range(0, band.rows + 1, _PORTION):
        portion = np.array(lattice.scores[start : start + _PORTION])
        portion[:, -2:] += by
        settled.add(portion)
    return replace(lattice, scores=settled.table())
