"""How likely it is that one side of a link lacks a condition of the other.

One logistic model for all languages weighs how many marks of conditions each side has, how strong
they are, and lengths. ``bench/flags/fit_conditions.py`` makes the table ``condition_model`` that
holds it; the threshold comes from untouched rows of documents that were left out of the fit.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache

from parallel_texts.findings.proportion import features as proportions
from parallel_texts.findings.proportion import habit, logistic, measure
from parallel_texts.findings.proportion import probability as proportion_probability
from parallel_texts.languages.marks import Mark
from parallel_texts.languages.tables import read_table

__all__ = ["CLAUSES", "NAMES", "features", "is_above", "probability"]

CLAUSES = ("notice", "consent", "exception", "if", "request", "until")
"""Concepts of the table ``marks`` that take a clause or a phrase to say."""
NAMES = ("unsaid", "gone", "strong", "stated", "marks", "shorter")
"""What the model looks at, see :func:`features`."""

_MOST = 2
_DOUBT = 1e-4


def features(
    ours: Sequence[Mark], theirs: Sequence[Mark], texts: tuple[str, str], pair: tuple[str, str]
) -> list[float]:
    """Return what the model looks at.

    Args:
        ours: Marks of conditions on the fuller side.
        theirs: Marks on the side that may lack one.
        texts: Both texts, the fuller one first.
        pair: Their languages.

    Returns:
        Concepts that only the first side says plainly; strong marks beyond all of theirs; more
        strong marks; more strong marks and conjunctions; more marks of any kind (a log ratio);
        and how much shorter the second side is than usual, as log odds.
    """
    here, there = _Counts(ours), _Counts(theirs)
    strong = here.total("strong") - there.total("strong")
    stated = strong + here.weak("if") - there.weak("if")
    return [
        min(_MOST, sum(bool(here.strong(c)) and not there.stated(c) for c in CLAUSES)),
        min(_MOST, sum(max(0, here.strong(c) - there.any(c)) for c in CLAUSES)),
        max(-_MOST, min(_MOST, strong)),
        max(-_MOST, min(_MOST, stated)),
        math.log((1 + len(ours)) / (1 + len(theirs))),
        _shorter(texts, pair),
    ]


class _Counts:
    """Marks of one side by concept and strength."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._all = Counter((mark.concept, mark.strength) for mark in marks)

    def strong(self, concept: str) -> int:
        return self._all[concept, "strong"]

    def weak(self, concept: str) -> int:
        return self._all[concept, "weak"]

    def stated(self, concept: str) -> int:
        return self.strong(concept) + self.weak(concept)

    def any(self, concept: str) -> int:
        return self.stated(concept) + self._all[concept, "faint"]

    def total(self, strength: str) -> int:
        return sum(self._all[concept, strength] for concept in CLAUSES)


def _shorter(texts: tuple[str, str], pair: tuple[str, str]) -> float:
    """Return the log odds of the model of proportions that the second side says less."""
    ours, theirs = (measure(text, lang) for text, lang in zip(texts, pair, strict=True))
    chance = proportion_probability(pair, "proportion", proportions(ours, theirs, habit(pair, ())))
    chance = max(_DOUBT, min(1 - _DOUBT, chance))
    return math.log(chance / (1 - chance))


def probability(values: Sequence[float]) -> float:
    """Return the probability that the second side lacks a condition.

    Args:
        values: As :func:`features` returns them.
    """
    weights = _weights()
    return logistic([weights[name] for name in ("intercept", *NAMES)], values)


def is_above(chance: float) -> bool:
    """Tell whether a probability is one that few untouched rows reach."""
    return chance >= _weights()["threshold"]


@cache
def _weights() -> dict[str, float]:
    return {row["name"]: float(row["weight"]) for row in read_table("condition_model")}
