"""How well each content word of one side is met by a word of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_texts.encoders import Array
from parallel_texts.findings.vectors import Spoken

__all__ = ["Floats", "Met", "features", "meet"]

_SHARPNESS = 20.0
"""How strictly a word chooses among the other side's: odds grow as e to this times the cosine."""
_RUN = 4
"""Content words of a short phrase."""
_WORST = 3

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Met:
    """The content words of one side against those of the other.

    Attributes:
        far: One less the best cosine of each word with one of the other side.
        unclaimed: How little each word is chosen: every word of the other side shares itself out
            among the words it may answer to, and a word whose shares add up to one is claimed.
            Of two words that one answers to, the second is as near as the first but unclaimed.
    """

    far: Floats
    unclaimed: Floats

    @property
    def lack(self) -> Floats:
        """Both together, for each word."""
        return np.asarray(self.far + self.unclaimed)


def meet(a: Spoken, b: Spoken, *, by_vectors: bool) -> tuple[Met, Met]:
    """Compare the words of two sides, each with its neighbours.

    Args:
        a: A side.
        b: The other.
        by_vectors: Compare vectors; else sums of states.
    """
    if not len(a.content) or not len(b.content):
        return _alone(len(a.content)), _alone(len(b.content))
    ours, theirs = (a.vectors, b.vectors) if by_vectors else (a.sums, b.sums)
    alike = _alike(ours, theirs)
    odds = np.exp((alike - alike.max()) * _SHARPNESS)
    claims = (odds / (odds.sum(axis=0, keepdims=True) + 1e-12)).sum(axis=1)
    back = (odds / (odds.sum(axis=1, keepdims=True) + 1e-12)).sum(axis=0)
    return (
        Met(1 - alike.max(axis=1), 1 - np.minimum(claims, 1)),
        Met(1 - alike.max(axis=0), 1 - np.minimum(back, 1)),
    )


def _alike(ours: Sequence[Array], theirs: Sequence[Array]) -> Floats:
    """Return cosines of each two words, averaged over the widths of windows."""
    cosines = [one @ two.T for one, two in zip(ours, theirs, strict=True)]
    return np.asarray(np.mean(cosines, axis=0), dtype=np.float64)


def _alone(count: int) -> Met:
    return Met(np.ones(count), np.ones(count))


def features(ours: Met, theirs: Met) -> list[float]:
    """Return what the second and third model see of a pair of sides: sixteen values."""
    parts = (ours.far, theirs.far, ours.unclaimed, theirs.unclaimed)
    return [value for part in parts for value in _summary(part)]


def _summary(values: Floats) -> list[float]:
    """Return the mean, the mean of the worst words, that of the worst run, and the sum."""
    if not len(values):
        return [0.0] * 4
    width = min(_RUN, len(values))
    added = np.concatenate([[0.0], np.cumsum(values)])
    runs = (added[width:] - added[:-width]) / width
    worst = np.sort(values)[-_WORST:]
    return [float(values.mean()), float(worst.mean()), float(runs.max()), float(values.sum() / 10)]
