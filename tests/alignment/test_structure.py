"""Divisions that answer to each other: as a plain search over all of them finds, and quickly."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallel_texts.alignment import structure
from parallel_texts.alignment.structure import (
    _gain,
    _in_order,
    _join_parts,
    _longest_rise,
    _mutual,
    _reach,
    _Text,
    match_divisions,
)
from parallel_texts.model import Division, Passage


class Vectors:
    """What structure needs of a side: vectors and lengths."""

    def __init__(self, vectors: np.ndarray) -> None:
        self.vectors = vectors
        self.lengths = np.ones(len(vectors))

    def __len__(self) -> int:
        return len(self.vectors)


def divisions(count: int, numbers: Sequence[int]) -> list[Division]:
    return [
        Division(f"a{numbers[k]}", "article", str(numbers[k]), "", (Passage(f"p{k}", "x", "en"),))
        for k in range(count)
    ]


def text(chance: np.random.Generator, count: int, like: np.ndarray) -> _Text:
    """Return a text whose divisions are like some of those given."""
    rows = like[chance.integers(len(like), size=count)] + chance.normal(size=(count, 6)) / 2
    numbers = chance.integers(0, 2 * count, size=count).tolist()
    return _Text(divisions(count, numbers), Vectors(rows.astype(np.float32)))  # type: ignore[arg-type]


@given(st.integers(0, 10**6), st.integers(1, 30), st.integers(1, 30), st.sampled_from([1, 4, 64]))
def test_mutual_matches_are_those_of_the_whole_table(seed: int, n: int, m: int, rows: int) -> None:
    chance = np.random.default_rng(seed)
    like = chance.normal(size=(8, 6))
    one, two = text(chance, n, like), text(chance, m, like)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structure, "_ROWS", rows)
        found = _mutual(one, two)
    table = one.vectors @ two.vectors.T
    for (i, a), (j, b) in itertools.product(enumerate(one.divisions), enumerate(two.divisions)):
        table[i, j] += 0.15 * (a.id == b.id) + 0.15 * (a.n == b.n)
    assert [(i, j) for i, j, _ in found] == [
        (i, int(j))
        for i, j in enumerate(table.argmax(axis=1))
        if table[:, j].argmax() == i and table[i, j] >= 0.3
    ]


@given(st.integers(1, 30_000), st.integers(1, 60_000))
def test_some_divisions_are_always_within_reach(rows: int, columns: int) -> None:
    for start in range(0, rows, 512):
        reach = _reach(start, rows, columns)
        assert 0 <= reach.start < reach.stop <= columns


def plain_join(texts: Sequence[_Text], groups: list[tuple[tuple[int, ...], ...]]) -> list[object]:
    """Look at all groups again after each that was joined."""
    changed = True
    while changed:
        changed = False
        for lone in [g for g in groups if sum(map(bool, g)) == 1]:
            gain, k = max((_gain(texts, group, lone), k) for k, group in enumerate(groups))
            if gain > 0:
                host = groups[k]
                both = zip(host, lone, strict=True)
                merged = tuple(tuple(sorted(a + b)) for a, b in both)
                groups = [g for g in groups if g is not lone and g is not host] + [merged]
                changed = True
                break
    return list(groups)


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 14), st.integers(2, 3))
def test_parts_are_joined_as_by_looking_at_all_again(seed: int, count: int, sides: int) -> None:
    chance = np.random.default_rng(seed)
    like = chance.normal(size=(4, 6))
    texts = [text(chance, count, like) for _ in range(sides)]
    left = [chance.permutation(count).tolist() for _ in texts]
    groups = []
    while any(left):
        present = [bool(side) and chance.random() < 0.6 for side in left]
        group = tuple((side.pop(),) if p else () for side, p in zip(left, present, strict=True))
        groups += [group] if any(group) else []
    assert _join_parts(texts, list(groups)) == plain_join(texts, list(groups))


def plain_order(zones: list[tuple[tuple[int, int], ...]]) -> list[tuple[tuple[int, int], ...]]:
    """Insert each zone after the last one that stands before it in its text."""
    ordered: list[tuple[tuple[int, int], ...]] = []
    for t in range(len(zones[0]) if zones else 0):
        mine = [z for z in zones if z[t][1] > z[t][0] and z not in ordered]
        for zone in sorted(mine, key=lambda z: z[t]):
            before = [k for k, z in enumerate(ordered) if z[t][1] > z[t][0] and z[t] < zone[t]]
            place = 1 + max(before, key=lambda k: ordered[k][t], default=len(ordered) - 1)
            ordered.insert(place if before or t == 0 else 0, zone)
    return ordered


@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 3))
def test_zones_are_in_order(seed: int, count: int, sides: int) -> None:
    chance = np.random.default_rng(seed)
    places = [chance.permutation(count).tolist() for _ in range(sides)]
    zones = []
    for k in range(count):
        has = chance.random(sides) < 0.6
        has[chance.integers(sides)] = True
        row = zip(places, has, strict=True)
        zones.append(tuple((p[k], p[k] + 1) if here else (0, 0) for p, here in row))
    assert _in_order(list(zones)) == plain_order(list(zones))


@given(st.lists(st.integers(0, 40), unique=True, max_size=20))
def test_longest_rise(values: list[int]) -> None:
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
    assert _longest_rise(values) == kept


def test_very_many_numbered_paragraphs_take_seconds() -> None:
    count = 6000
    chance = np.random.default_rng(0)
    vectors = chance.normal(size=(count, 32)).astype(np.float32)
    kept = np.flatnonzero(chance.random(count) > 0.05)
    sides = [Vectors(vectors), Vectors(vectors[kept])]
    texts = [divisions(count, range(count)), divisions(len(kept), kept.tolist())]
    start = time.process_time()
    zones = match_divisions(texts, sides)  # type: ignore[arg-type]
    assert time.process_time() - start < 20  # one second; in twos and twos it took minutes
    assert len(zones) == count
    assert sum(zone.stretches[1] != (0, 0) for zone in zones) == len(kept)
