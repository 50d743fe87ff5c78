"""How much each measure counts, in natural logarithms of odds.

Learned by ``bench/align_train.py``: the weights under which human links of the gold texts are
most probable among all paths. docs/alignment.md has the figures on texts that were not learned
from, and what each measure contributes.
"""

from __future__ import annotations

__all__ = ["WEIGHTS"]

WEIGHTS: dict[str, float] = {
    "one_to_many": -2.65,
    "beyond_two": -3.25,
    "many_to_many": -5.50,
    "cosine": 4.03,
    "cosine_grown": 1.10,
    "margin": 2.09,
    "gain": 3.92,
    "extension": -2.43,
    "stray": -3.49,
    "stray_worst": -2.50,
    "covered": 1.48,
    "covered_grown": 2.51,
    "least_covered": 2.70,
    "length_gap": -3.84,
    "length_gap_squared": 0.69,
    "unlike_end": -1.72,
    "unlike_questions": 0.28,
    "unlike_quotes": -0.87,
    "numbers_shared": 0.90,
    "numbers_unlike": -0.27,
    "skipped": -2.39,
    "skipped_cosine": 0.95,
    "skipped_best": 0.06,
    "skipped_clauses": -0.99,
    "skipped_numbers": 0.66,
}
