"""Links over all languages at once, from what each two of them say."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from parallel_texts.alignment.confidence import calibrated
from parallel_texts.alignment.joining import Ranges, join
from parallel_texts.alignment.lattice import Bead
from parallel_texts.alignment.omissions import settle_omissions
from parallel_texts.alignment.pairwise import Pair, compare
from parallel_texts.alignment.sides import Side

__all__ = ["align_sides"]

_BONUS = 0.45
"""What an omission is worth beyond a link with three texts or more: a passage is an omission
only where every pair agrees, so each may speak up more easily."""
_AGREED = 0.6
"""Least probability of an omission that two pairs of languages agree on: of those that neither
is sure of, about two in three are right (``bench/align_quality.py``)."""

Found = Mapping[tuple[int, int], Sequence[tuple[Bead, float]]]


def align_sides(
    sides: Sequence[Side], ratios: Mapping[tuple[int, int], float] | None = None
) -> list[tuple[Ranges, float]]:
    """Align two or more stretches of text, none with a barrier inside.

    Args:
        sides: The texts; some may be empty.
        ratios: Characters of one text for one of another, by their numbers.

    Returns:
        Links in text order: a range of passages per text, and the probability that it is right.
    """
    pairs = {
        (one, two): _compare(sides[one], sides[two], (ratios or {}).get((one, two)))
        for one, two in itertools.combinations(range(len(sides)), 2)
        if len(sides[one]) and len(sides[two])
    }
    if len(sides) == 2 and pairs:
        return [(((a, b), (c, d)), calibrated(p)) for (a, b, c, d), p in pairs[0, 1].links()]
    found = {pair: compared.links(_BONUS) for pair, compared in pairs.items()}
    beads = [(one, two, [bead for bead, _ in links]) for (one, two), links in found.items()]
    joined = join([len(side) for side in sides], beads)
    return [(link, calibrated(_probability(link, pairs, found))) for link in joined]


def _compare(first: Side, second: Side, ratio: float | None) -> Pair:
    """Return two texts compared; the quick measures are left as they are."""
    pair = compare(first, second, ratio)
    if first.fast and second.fast:
        return pair
    return replace(pair, lattice=settle_omissions(pair.lattice))


def _probability(link: Ranges, pairs: Mapping[tuple[int, int], Pair], found: Found) -> float:
    """Return the least probability of any two sides; 1 where nothing else could be.

    That a language lacks something is as probable as the others say on average, and more
    probable than not where they agree: none need be sure of it alone (:data:`_BONUS`).
    """
    tied: list[float] = []
    missing: dict[int, list[float]] = {}
    for one, two in pairs:
        value = _between(link[one], link[two], found[one, two])
        here, there = link[one][1] > link[one][0], link[two][1] > link[two][0]
        if here and there:
            tied.append(value)
        elif here or there:
            missing.setdefault(two if here else one, []).append(value)
    averages = [_agreed(values) for values in missing.values()]
    return min([*tied, *averages], default=1.0)


def _agreed(values: Sequence[float]) -> float:
    """Return how probable it is that a language lacks what others say that it lacks."""
    return max(sum(values) / len(values), _AGREED if len(values) > 1 else 0.0)


def _between(
    first: tuple[int, int], second: tuple[int, int], links: Sequence[tuple[Bead, float]]
) -> float:
    """Return the least probability among the links inside two ranges."""
    inside = [
        probability
        for (a, b, c, d), probability in links
        if (b > a and first[0] <= a and b <= first[1])
        or (d > c and second[0] <= c and d <= second[1])
    ]
    return min(inside, default=1.0)
