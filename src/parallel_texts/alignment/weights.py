"""How much each measure counts, in natural logarithms of odds.

Learned by ``bench/align_train.py``: the weights under which human links of the gold texts are
most probable among all paths. docs/alignment.md has the figures on texts that were not learned
from, and what each measure contributes.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LEXICAL_WEIGHTS", "WEIGHTS", "weights_of"]

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
}
"""For ``lexical``, whose cosines are small: ``bench/align_train.py --encoder lexical --print``."""


def weights_of(encoder: str) -> Mapping[str, float]:
    """Return the weights that go with an encoder, by its name.

    >>> weights_of("use-4") is WEIGHTS
    True
    """
    return LEXICAL_WEIGHTS if encoder.startswith("lexical") else WEIGHTS
