"""Divisions as barriers: which articles answer to each other, in whatever order they stand.

Articles are matched by what they say, by their number and by their id. An article that another
version divides in two is joined again; one that no other version has stands alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.sides import Side, unit
from parallel_texts.model import Division

__all__ = ["Stretch", "Zone", "match_divisions"]

Stretch = tuple[int, int]
"""First passage and the one after the last."""

_SAME_ID = 0.15
_SAME_NUMBER = 0.15
"""What the same id and the same number add to the likeness of two divisions."""
_ALIKE = 0.3
"""Below this likeness two divisions are not the same."""


@dataclass(frozen=True)
class Zone:
    """Stretches of the texts that answer to each other, and to nothing outside.

    Attributes:
        stretches: Per language, in the order of the texts; empty where a language has none.
        moved: True where the division stands elsewhere in another version.
    """

    stretches: tuple[Stretch, ...]
    moved: bool = False


@dataclass
class _Text:
    """One text's divisions: their passages, weights and states."""

    divisions: Sequence[Division]
    side: Side

    def __post_init__(self) -> None:
        sizes = [len(d.passages) for d in self.divisions]
        ends = list(itertools.accumulate(sizes))
        self.stretches = [(end - size, end) for end, size in zip(ends, sizes, strict=True)]
        self.vectors = unit(np.array([self._vector(s) for s in self.stretches], np.float32))

    def _vector(self, stretch: Stretch) -> NDArray[np.float32]:
        start, end = stretch
        weights = np.sqrt(self.side.lengths[start:end, None])
        return np.asarray((self.side.vectors[start:end] * weights).sum(axis=0), np.float32)


def match_divisions(divisions: Sequence[Sequence[Division]], sides: Sequence[Side]) -> list[Zone]:
    """Return the zones between barriers, in the order of the first text that has each."""
    if any(len(text) < 2 for text in divisions):
        return [Zone(tuple((0, len(side)) for side in sides))]
    texts = [_Text(d, s) for d, s in zip(divisions, sides, strict=True)]
    groups = _join_parts(texts, _groups(texts))
    stretches = [
        tuple(_stretch(text, member) for text, member in zip(texts, group, strict=True))
        for group in groups
    ]
    return _mark_moved(_in_order(stretches))


_Group = tuple[tuple[int, ...], ...]
"""Per text the numbers of divisions that belong together."""


def _groups(texts: Sequence[_Text]) -> list[_Group]:
    """Put divisions together that are each other's best match, the most alike first."""
    found = sorted(
        (-float(likeness), one, i, two, j)
        for one, two in itertools.combinations(range(len(texts)), 2)
        for i, j, likeness in _mutual(_likeness(texts[one], texts[two]))
    )
    group_of = {(t, i): {t: i} for t, text in enumerate(texts) for i in range(len(text.divisions))}
    for _, one, i, two, j in found:
        left, right = group_of[one, i], group_of[two, j]
        if left is not right and not left.keys() & right.keys():
            left |= right
            group_of |= dict.fromkeys(left.items(), left)
    unique = {id(group): group for group in group_of.values()}.values()
    return [tuple((g[t],) if t in g else () for t in range(len(texts))) for g in unique]


def _likeness(one: _Text, two: _Text) -> NDArray[np.float32]:
    likeness = one.vectors @ two.vectors.T
    for i, first in enumerate(one.divisions):
        for j, second in enumerate(two.divisions):
            same_kind = first.type == second.type
            likeness[i, j] += _SAME_ID * (first.id == second.id)
            likeness[i, j] += _SAME_NUMBER * (same_kind and first.n == second.n)
    return likeness


def _mutual(likeness: NDArray[np.float32]) -> list[tuple[int, int, float]]:
    """Return pairs that are each other's best and alike enough."""
    return [
        (i, int(j), float(likeness[i, j]))
        for i, j in enumerate(likeness.argmax(axis=1))
        if likeness[:, j].argmax() == i and likeness[i, j] >= _ALIKE
    ]


def _join_parts(texts: Sequence[_Text], groups: list[_Group]) -> list[_Group]:
    """Join a division without match to a neighbour whose counterpart it makes more alike."""
    changed = True
    while changed:
        changed = False
        for lone in [g for g in groups if sum(map(bool, g)) == 1]:
            best = max(
                ((_gain(texts, group, lone), k) for k, group in enumerate(groups)), default=(0.0, 0)
            )
            if best[0] > 0:
                host = groups[best[1]]
                merged = tuple(tuple(sorted(a + b)) for a, b in zip(host, lone, strict=True))
                groups = [g for g in groups if g is not lone and g is not host] + [merged]
                changed = True
                break
    return groups


def _gain(texts: Sequence[_Text], host: _Group, lone: _Group) -> float:
    """Return how much more alike ``host`` becomes with ``lone``; nothing if they do not touch."""
    t = next(i for i, member in enumerate(lone) if member)
    here = host[t]
    if not here or host is lone or not {lone[t][0] - 1, lone[t][-1] + 1} & set(here):
        return 0.0
    joined = tuple(sorted(here + lone[t]))
    gains = [
        _cosine(texts, t, joined, other, member) - _cosine(texts, t, here, other, member)
        for other, member in enumerate(host)
        if other != t and member
    ]
    return sum(gains) / len(gains) if gains else 0.0


def _cosine(
    texts: Sequence[_Text], one: int, first: tuple[int, ...], two: int, second: tuple[int, ...]
) -> float:
    left, right = _stretch(texts[one], first), _stretch(texts[two], second)
    a, b = texts[one]._vector(left), texts[two]._vector(right)
    norm = float(np.linalg.norm(a)) * float(np.linalg.norm(b))
    return float(a @ b) / max(norm, 1e-9)


def _stretch(text: _Text, member: tuple[int, ...]) -> Stretch:
    if not member:
        return (0, 0)
    return text.stretches[member[0]][0], text.stretches[member[-1]][1]


def _in_order(zones: list[tuple[Stretch, ...]]) -> list[tuple[Stretch, ...]]:
    """Sort zones by the first text; others go after what stands before them in their text."""
    texts = range(len(zones[0])) if zones else range(0)
    ordered: list[tuple[Stretch, ...]] = []
    for text in texts:
        mine = sorted(
            (z for z in zones if _has(z, text) and z not in ordered), key=lambda z: z[text]
        )
        for zone in mine:
            before = [k for k, z in enumerate(ordered) if _has(z, text) and z[text] < zone[text]]
            place = 1 + max(before, key=lambda k: ordered[k][text], default=len(ordered) - 1)
            ordered.insert(place if before or text == 0 else 0, zone)
    return ordered + [z for z in zones if z not in ordered]


def _has(zone: tuple[Stretch, ...], text: int) -> bool:
    return zone[text][1] > zone[text][0]


def _mark_moved(zones: list[tuple[Stretch, ...]]) -> list[Zone]:
    """Mark zones that leave the longest common order of some two texts."""
    moved: set[int] = set()
    for one, two in itertools.combinations(range(len(zones[0]) if zones else 0), 2):
        both = sorted(
            (k for k, z in enumerate(zones) if _has(z, one) and _has(z, two)),
            key=lambda k, one=one: zones[k][one],  # type: ignore[misc]
        )
        kept = _longest_rise([zones[k][two][0] for k in both])
        moved |= {k for place, k in enumerate(both) if place not in kept}
    return [Zone(zone, k in moved) for k, zone in enumerate(zones)]


def _longest_rise(values: Sequence[int]) -> set[int]:
    """Return the places of a longest rising subsequence."""
    best: list[tuple[int, int]] = []
    for k, value in enumerate(values):
        before = [(best[q][0], q) for q in range(k) if values[q] < value]
        count, last = max(before, default=(0, -1))
        best.append((count + 1, last))
    at = max(range(len(best)), key=lambda q: best[q][0], default=-1)
    kept = set()
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    return kept
