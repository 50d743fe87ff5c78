"""How alike a link's sides are, and how far its probability can be trusted.

The search gives each link a probability among all paths *through these two texts*. That is
calibrated where the texts answer to each other (``bench/align_quality.py``); where they do
not, some path is still the most probable one. So probabilities are scaled down for texts whose
links are hardly alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from parallel_texts.alignment.joining import Ranges
from parallel_texts.alignment.sides import Side

__all__ = ["CALIBRATION", "calibrated", "link_scores", "text_trust"]

_PORTION = 4096
"""Links whose vectors are held together."""
_PARALLEL = 0.4
"""Mean likeness of links from which texts are taken for parallel: translations reach .5 to .8,
unrelated texts 0 to .25."""

CALIBRATION: tuple[tuple[float, float], ...] = (
    (0.0, 0.0),
    (0.332, 0.333),
    (0.455, 0.519),
    (0.564, 0.588),
    (0.654, 0.595),
    (0.751, 0.688),
    (0.86, 0.851),
    (0.928, 0.949),
    (0.978, 0.953),
    (0.998, 0.991),
    (1.0, 1.0),
)
"""Probabilities of the search and how often links with them are right, between them straight lines.
Of links of the news and textberg by weights of other families: ``align_train.py --calibrate``."""


def calibrated(probability: float, table: Sequence[tuple[float, float]] = CALIBRATION) -> float:
    """Return how often a link of this probability is right.

    Example:
        >>> calibrated(0.0), calibrated(1.0)
        (0.0, 1.0)
    """
    known, right = zip(*table, strict=True)
    return float(np.interp(probability, known, right))


def link_scores(links: Sequence[Ranges], sides: Sequence[Side]) -> list[float]:
    """Return for each link the mean cosine of its sides, two by two; 0 for an omission."""
    portions = (links[k : k + _PORTION] for k in range(0, len(links), _PORTION))
    return [score for portion in portions for score in _scores(portion, sides)]


def _scores(links: Sequence[Ranges], sides: Sequence[Side]) -> list[float]:
    vectors = [side.averages([link[k] for link in links]) for k, side in enumerate(sides)]
    present = np.array([[b > a for a, b in link] for link in links], dtype=bool)
    present = present.reshape(-1, len(sides))
    total, count = np.zeros(len(links)), np.zeros(len(links))
    for one, two in itertools.combinations(range(len(sides)), 2):
        both = present[:, one] & present[:, two]
        total += np.where(both, np.einsum("ij,ij->i", vectors[one], vectors[two]), 0.0)
        count += both
    return [float(score) for score in total / np.maximum(count, 1)]


def text_trust(scores: Sequence[float]) -> float:
    """Return a factor for all confidences: 1 where the texts are parallel, towards 0 if not."""
    linked = [score for score in scores if score]
    mean = sum(linked) / len(linked) if linked else 0.0
    return min(max(mean / _PARALLEL, 0.0), 1.0) ** 2 if linked else 1.0
