"""Divisions as barriers: which articles answer to each other, in whatever order they stand.

Articles are matched by what they say, by their number and by their id. An article that another
version divides in two is joined again; one that no other version has stands alone.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Hashable, Iterator, Mapping, Sequence
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
_ROWS = 512
"""Divisions that are compared together."""
_FARTHEST = 2500
"""So many divisions of the other text, before and after the same place, are looked at: what bounds
the time of texts of very many divisions."""


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
        for i, j, likeness in _mutual(texts[one], texts[two])
    )
    group_of = {(t, i): {t: i} for t, text in enumerate(texts) for i in range(len(text.divisions))}
    for _, one, i, two, j in found:
        left, right = group_of[one, i], group_of[two, j]
        if left is not right and not left.keys() & right.keys():
            left |= right
            group_of |= dict.fromkeys(left.items(), left)
    unique = {id(group): group for group in group_of.values()}.values()
    return [tuple((g[t],) if t in g else () for t in range(len(texts))) for g in unique]


class _Numbered:
    """Ids, and kinds with numbers, of two texts' divisions as numbers that are quick to compare."""

    def __init__(self, one: _Text, two: _Text) -> None:
        ids = _as_numbers([[d.id for d in text.divisions] for text in (one, two)])
        numbers = _as_numbers([[(d.type, d.n) for d in text.divisions] for text in (one, two)])
        self._facts = ((_SAME_ID, *ids), (_SAME_NUMBER, *numbers))

    def bonus(self, rows: slice, columns: slice) -> Iterator[NDArray[np.float32]]:
        """Yield what the same id, and the same number, add to the likeness of divisions."""
        for weight, one, two in self._facts:
            yield np.float32(weight) * (one[rows, None] == two[None, columns])


def _as_numbers(
    facts: Sequence[Sequence[Hashable]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    known: dict[Hashable, int] = {}
    one, two = ([known.setdefault(fact, len(known)) for fact in text] for text in facts)
    return np.array(one, np.int64), np.array(two, np.int64)


def _mutual(one: _Text, two: _Text) -> list[tuple[int, int, float]]:
    """Return pairs that are each other's best and alike enough.

    Of texts of very many divisions only those about as far in their text are compared.
    """
    n, m = len(one.divisions), len(two.divisions)
    facts = _Numbered(one, two)
    best, row = np.full(m, -np.inf, np.float32), np.zeros(m, np.int64)
    found: list[tuple[int, int, float]] = []
    for start in range(0, n, _ROWS):
        rows, columns = slice(start, min(start + _ROWS, n)), _reach(start, n, m)
        likeness = one.vectors[rows] @ two.vectors[columns].T
        for bonus in facts.bonus(rows, columns):
            likeness += bonus
        better = likeness.max(axis=0) > best[columns]
        row[columns] = np.where(better, likeness.argmax(axis=0) + start, row[columns])
        best[columns] = np.maximum(likeness.max(axis=0), best[columns])
        found += [
            (start + k, columns.start + int(j), float(likeness[k, j]))
            for k, j in enumerate(likeness.argmax(axis=1))
        ]
    return [(i, j, value) for i, j, value in found if row[j] == i and value >= _ALIKE]


def _reach(start: int, rows: int, columns: int) -> slice:
    """Return which divisions some rows are compared with."""
    middle = min(start + _ROWS // 2, rows) * columns // rows
    return slice(max(middle - _FARTHEST, 0), min(middle + _FARTHEST, columns))


def _join_parts(texts: Sequence[_Text], groups: list[_Group]) -> list[_Group]:
    """Join a division without match to a neighbour whose counterpart it makes more alike.

    The first one that can be joined is, until none is left. Only what touches a group that has
    grown is looked at again.
    """
    ranked = dict(enumerate(groups))
    owner = {(t, d): k for k, g in ranked.items() for t, member in enumerate(g) for d in member}
    waiting = [k for k, group in ranked.items() if sum(map(bool, group)) == 1]
    lones = set(waiting)
    fresh = itertools.count(len(groups))
    while waiting:
        lone = heapq.heappop(waiting)
        if lone not in lones:
            continue
        hosts = _touching(ranked[lone], owner) - {lone}
        best = max(((_gain(texts, ranked[k], ranked[lone]), k) for k in hosts), default=(0.0, 0))
        if best[0] > 0:
            lones.discard(lone)
            both = zip(ranked.pop(best[1]), ranked.pop(lone), strict=True)
            merged, new = tuple(tuple(sorted(a + b)) for a, b in both), next(fresh)
            ranked[new] = merged
            owner |= {(t, d): new for t, member in enumerate(merged) for d in member}
            for neighbour in _touching(merged, owner) & lones:
                heapq.heappush(waiting, neighbour)
    return [ranked[k] for k in sorted(ranked)]


def _touching(group: _Group, owner: Mapping[tuple[int, int], int]) -> set[int]:
    """Return the ranks of groups that have a division beside one of this group."""
    beside = ((t, d + by) for t, member in enumerate(group) for d in member for by in (-1, 1))
    return {owner[place] for place in beside if place in owner}


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
    following: dict[int, int] = {}  # what comes next; -1 stands for the beginning and the end
    for text in range(len(zones[0]) if zones else 0):
        mine = sorted(
            (k for k, z in enumerate(zones) if _has(z, text)), key=lambda k: zones[k][text]
        )
        before = -1
        for zone in mine:
            if zone not in following:
                following[zone] = following.get(before, -1)
                following[before] = zone
            before = zone
    ordered, at = list[int](), following.get(-1, -1)
    while at >= 0:
        ordered.append(at)
        at = following[at]
    rest = set(range(len(zones))) - set(ordered)
    return [zones[k] for k in (*ordered, *sorted(rest))]


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
    """Return the places of a longest rising subsequence; of several the one that comes last."""
    rank = {value: n for n, value in enumerate(sorted(set(values)), start=1)}
    longest = _Longest(len(rank))
    best: list[tuple[int, int]] = []
    for k, value in enumerate(values):
        count, last = longest.below(rank[value])
        best.append((count + 1, last))
        longest.note(rank[value], (count + 1, k))
    at = max(range(len(best)), key=lambda q: best[q][0], default=-1)
    kept = set()
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    return kept


class _Longest:
    """The longest rise that ends at or below a rank, and where: a tree of Fenwick (1994)."""

    def __init__(self, size: int) -> None:
        self._best = [(0, -1)] * (size + 1)

    def below(self, rank: int) -> tuple[int, int]:
        """Return the length of the longest rise below ``rank``, and its last place."""
        best, rank = (0, -1), rank - 1
        while rank:
            best, rank = max(best, self._best[rank]), rank & (rank - 1)
        return best

    def note(self, rank: int, found: tuple[int, int]) -> None:
        """Take in a rise that ends at ``rank``."""
        while rank < len(self._best):
            self._best[rank] = max(self._best[rank], found)
            rank += rank & -rank
