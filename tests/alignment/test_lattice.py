"""Paths and probabilities against a slow and obvious reference."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallel_texts.alignment.lattice import Band, Lattice, band_around, best_path, posteriors

SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 0), (0, 1))


def lattice_of(n: int, m: int, seed: int) -> Lattice:
    scores = np.random.default_rng(seed).normal(size=(n + 1, len(SHAPES), m + 1))
    return Lattice(Band(n, m, np.zeros(n + 1, dtype=np.int64), m + 1), SHAPES, scores.astype("f4"))


def all_paths(n: int, m: int):
    """Yield every path as (shape number, end row, end column) links."""
    if (n, m) == (0, 0):
        yield ()
    for number, (a, b) in enumerate(SHAPES):
        if n >= a and m >= b:
            for path in all_paths(n - a, m - b):
                yield (*path, (number, n, m))


def weigh(lattice: Lattice, path) -> float:
    return sum(float(lattice.scores[i, s, j]) for s, i, j in path)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 10**6))
def test_best_path_is_the_best_of_all(n: int, m: int, seed: int) -> None:
    lattice = lattice_of(n, m, seed)
    best = max(weigh(lattice, path) for path in all_paths(n, m))
    found = best_path(lattice)
    assert sum(score for _, score in found) == pytest.approx(best, abs=1e-4)
    ends = [(0, 0), *((b, d) for (_, b, _, d), _ in found)]
    starts = [(a, c) for (a, _, c, _), _ in found]
    assert ends == [*starts, (n, m)]


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 10**6))
def test_posteriors_are_shares_of_all_paths(n: int, m: int, seed: int) -> None:
    lattice = lattice_of(n, m, seed)
    expected = np.zeros(lattice.scores.shape)
    total = 0.0
    for path in all_paths(n, m):
        odds = math.exp(weigh(lattice, path))
        total += odds
        for shape, i, j in path:
            expected[i, shape, j] += odds
    assert np.allclose(posteriors(lattice), expected / total, atol=1e-4)


def test_a_band_that_holds_the_path_changes_nothing() -> None:
    n = 40
    scores = np.random.default_rng(3).normal(size=(n + 1, len(SHAPES), n + 1)).astype("f4")
    scores[:, 0] += 4
    whole = best_path(Lattice(Band(n, n, np.zeros(n + 1, dtype=np.int64), n + 1), SHAPES, scores))
    band = band_around(np.arange(n + 1), n, 21)
    cells = band.low[:, None] + np.arange(band.width)
    rows = np.arange(n + 1)[:, None]
    narrow = scores[rows, :, cells].transpose(0, 2, 1)
    found = best_path(Lattice(band, SHAPES, narrow))
    assert [bead for bead, _ in found] == [bead for bead, _ in whole]


def test_band_starts_and_ends_in_the_corners() -> None:
    for n, m, width in itertools.product((1, 5, 30), (1, 7, 50), (3, 31)):
        band = band_around(np.linspace(0, m, n + 1).astype(int), m, max(width, m + 1))
        assert band.low[0] == 0
        assert band.low[-1] + band.width > m


@pytest.mark.parametrize(("rows", "columns"), [(3, 400), (1, 30), (40, 400), (300, 20)])
@pytest.mark.parametrize("leap", [0, 1, 2])
def test_a_path_leads_through_any_band(rows: int, columns: int, leap: int) -> None:
    guide = np.zeros(rows + 1, dtype=np.int64)
    guide[(0, rows // 2, rows)[leap] :] = columns
    band = band_around(guide, columns, 21)
    assert band.low[0] == 0
    assert band.low[-1] + band.width == columns + 1
    assert all(0 <= rise < band.width for rise in np.diff(band.low))
    scores = np.zeros((rows + 1, len(SHAPES), band.width), dtype="f4")
    i, j = np.arange(rows + 1)[:, None], band.low[:, None] + np.arange(band.width)
    for shape, (a, b) in enumerate(SHAPES):
        scores[:, shape][(i < a) | (j < b)] = -1e9
    ends = [(0, 0), *((b, d) for (_, b, _, d), _ in best_path(Lattice(band, SHAPES, scores)))]
    assert ends[-1] == (rows, columns)
