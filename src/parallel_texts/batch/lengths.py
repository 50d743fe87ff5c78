"""Works whose versions differ in length as others do not: half a text, two texts in one file."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from parallel_texts.batch.jobs import Outcome

__all__ = ["Odd", "odd_lengths"]

_LEAST_WORKS = 5
"""Works with the same two languages that are needed to say what is usual."""
_LEAST_FACTOR = 1.5
_DEVIATIONS = 3.5
"""Times the median deviation, scaled to a normal distribution: Iglewicz and Hoaglin 1993."""
_SCALE = 0.6745


@dataclass(frozen=True, slots=True)
class Odd:
    """A work whose ``second`` version is ``factor`` times as long as usual beside its ``first``."""

    work: str
    first: str
    second: str
    factor: float


def odd_lengths(outcomes: Sequence[Outcome]) -> list[Odd]:
    """Return the works that stand out, the oddest first; lengths are counted in characters."""
    ratios: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for outcome in outcomes:
        for (one, a), (two, b) in combinations(sorted(outcome.characters), 2):
            ratios[one, two][outcome.id] = math.log(max(b, 1) / max(a, 1))
    odd = [odd for pair, of in ratios.items() for odd in _odd(pair, of)]
    return sorted(odd, key=lambda o: (-abs(math.log(o.factor)), o.work, o.first, o.second))


def _odd(pair: tuple[str, str], ratios: dict[str, float]) -> list[Odd]:
    if len(ratios) < _LEAST_WORKS:
        return []
    usual = median(ratios.values())
    spread = median(abs(ratio - usual) for ratio in ratios.values())
    least = max(math.log(_LEAST_FACTOR), _DEVIATIONS * spread / _SCALE)
    return [
        Odd(work, *pair, round(math.exp(ratio - usual), 3))
        for work, ratio in ratios.items()
        if abs(ratio - usual) > least
    ]
