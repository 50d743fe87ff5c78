"""How much each measure counts, in natural logarithms of odds.

Learned by ``bench/align_train.py``: the weights under which human links of the gold texts are
most probable among all paths. docs/alignment.md has the figures on texts that were not learned
from, and what each measure contributes.
"""

from __future__ import annotations

__all__ = ["WEIGHTS"]

WEIGHTS: dict[str, float] = {
    "one_to_many": -2.74,
    "beyond_two": -3.20,
    "many_to_many": -5.67,
    "cosine": 5.53,
    "cosine_grown": 1.73,
    "margin": 2.94,
    "gain": 4.66,
    "extension": -3.23,
    "stray": -4.48,
    "stray_worst": -3.60,
    "covered": 3.07,
    "covered_grown": 2.84,
    "covered_long": 3.82,
    "least_covered": 3.86,
    "long": -2.17,
    "length_gap": -5.82,
    "length_gap_squared": 1.52,
    "unlike_end": -1.93,
    "unlike_quotes": -0.87,
    "numbers_shared": 0.18,
    "numbers_unlike": -0.74,
    "skipped": -2.23,
    "skipped_cosine": 0.14,
    "skipped_clauses": -0.11,
    "skipped_long": 0.61,
}
