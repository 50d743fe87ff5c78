"""How much each measure counts, in natural logarithms of odds.

Learned by ``bench/align_train.py``: the weights under which human links of the gold texts are
most probable among all paths. docs/alignment.md has the figures on texts that were not learned
from, and what each measure contributes.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LEXICAL_WEIGHTS", "WEIGHTS", "weights_of"]

WEIGHTS: dict[str, float] = {
    "one_to_many": -2.48,
    "beyond_two": -3.06,
    "many_to_many": -5.16,
    "cosine": 1.47,
    "cosine_grown": 1.26,
    "cosine_fitted": 5.79,
    "cosine_squared": 2.45,
    "margin": 0.08,
    "gain": 3.67,
    "extension": -2.59,
    "stray": -4.53,
    "stray_worst": -3.89,
    "covered": 2.62,
    "covered_grown": 3.47,
    "covered_long": 3.99,
    "least_covered": 3.81,
    "long": -2.74,
    "length_gap": -5.06,
    "length_gap_squared": 1.50,
    "unlike_end": -1.44,
    "open_inside": 1.08,
    "unlike_quotes": -0.83,
    "numbers_shared": 0.13,
    "numbers_unlike": -0.73,
    "skipped": -1.76,
    "skipped_cosine": 0.60,
    "skipped_clauses": -0.21,
    "skipped_long": -0.12,
    "skipped_short": -1.36,
}
"""For the bundled encoder, and any other with vectors of meaning."""

LEXICAL_WEIGHTS: dict[str, float] = {
    "one_to_many": -2.87,
    "beyond_two": -3.33,
    "many_to_many": -6.30,
    "cosine": 2.91,
    "cosine_grown": 0.92,
    "margin": 2.12,
    "gain": 1.37,
    "extension": -1.03,
    "stray": -0.13,
    "stray_worst": -3.06,
    "covered": 2.32,
    "covered_grown": -0.55,
    "covered_long": 4.57,
    "least_covered": 2.85,
    "long": -0.97,
    "length_gap": -7.12,
    "length_gap_squared": -0.01,
    "unlike_end": -2.43,
    "unlike_quotes": -1.73,
    "numbers_shared": 0.96,
    "numbers_unlike": -1.59,
    "skipped": -5.21,
    "skipped_cosine": 0.02,
    "skipped_clauses": 0.08,
    "skipped_long": -0.54,
    "cosine_fitted": 0.00,
    "cosine_squared": 0.00,
    "open_inside": 0.00,
    "skipped_short": 0.00,
}
"""For ``lexical``, whose cosines are small: ``bench/align_train.py --encoder lexical --print``."""


def weights_of(encoder: str) -> Mapping[str, float]:
    """Return the weights that go with an encoder, by its name.

    >>> weights_of("use-4") is WEIGHTS
    True
    """
    return LEXICAL_WEIGHTS if encoder.startswith("lexical") else WEIGHTS
