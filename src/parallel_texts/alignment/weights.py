"""How much each measure counts, in natural logarithms of odds.

Learned by ``bench/align_train.py``: the weights under which human links of the gold texts are
most probable among all paths. docs/alignment.md has the figures on texts that were not learned
from, and what each measure contributes.
"""

from __future__ import annotations

__all__ = ["WEIGHTS"]

WEIGHTS: dict[str, float] = {
    "one_to_many": -2.54,
    "beyond_two": -3.01,
    "many_to_many": -5.31,
    "cosine": 5.79,
    "cosine_grown": 1.85,
    "margin": 3.07,
    "gain": 4.53,
    "extension": -3.05,
    "stray": -4.38,
    "stray_worst": -3.64,
    "covered": 3.23,
    "covered_grown": 2.47,
    "covered_long": 5.03,
    "least_covered": 3.98,
    "long": -2.56,
    "length_gap": -5.55,
    "length_gap_squared": 1.19,
    "unlike_end": -1.93,
    "unlike_quotes": -0.84,
    "numbers_shared": -0.01,
    "numbers_unlike": -0.76,
    "skipped": -2.21,
    "skipped_cosine": 0.30,
    "skipped_clauses": -0.06,
    "skipped_long": 0.51,
}
