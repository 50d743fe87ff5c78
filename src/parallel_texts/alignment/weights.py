"""How much each measure counts, in natural logarithms of odds.

Learned by ``bench/align_train.py``: the weights under which human links of the gold texts are
most probable among all paths. docs/alignment.md has the figures on texts that were not learned
from, and what each measure contributes.
"""

from __future__ import annotations

__all__ = ["WEIGHTS"]

WEIGHTS: dict[str, float] = {
    "one_to_many": -2.66,
    "beyond_two": -3.33,
    "many_to_many": -5.49,
    "cosine": 3.92,
    "cosine_grown": 1.08,
    "margin": 2.14,
    "gain": 3.84,
    "extension": -2.55,
    "stray": -3.6,
    "stray_worst": -2.62,
    "covered": 1.48,
    "covered_grown": 2.63,
    "least_covered": 3.03,
    "length_gap": -3.9,
    "length_gap_squared": 0.75,
    "unlike_end": -1.76,
    "unlike_questions": 0.36,
    "unlike_quotes": -0.84,
    "numbers_shared": 0.73,
    "numbers_unlike": 0.08,
    "skipped": -2.03,
    "skipped_cosine": 0.39,
    "skipped_best": 0.19,
    "skipped_clauses": -0.54,
    "skipped_numbers": 0.08,
}
