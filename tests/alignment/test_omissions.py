"""Skips are made as likely as is usual in texts of all kinds."""

from __future__ import annotations

import numpy as np
import pytest

from parallel_texts.alignment.lattice import Lattice, band_around
from parallel_texts.alignment.omissions import USUAL, promised, settle_omissions, shift

SHAPES = ((1, 1), (1, 0), (0, 1))


def lattice(size: int, skipped: float) -> Lattice:
    band = band_around(np.arange(size + 1), size, 9)
    scores = np.zeros((size + 1, len(SHAPES), band.width), np.float32)
    scores[:, 1:] = skipped
    return Lattice(band, SHAPES, scores)


def test_a_text_with_the_usual_share_is_left_as_it_is() -> None:
    assert shift(USUAL * 1000, 1000) == pytest.approx(0.0)


def test_shift_goes_against_what_is_promised_and_is_bounded() -> None:
    shifts = [shift(expected, 200) for expected in (0, 3, 9, 20, 200)]
    assert shifts == sorted(shifts, reverse=True)
    assert shifts[0] > 0 > shifts[-1]
    assert max(map(abs, shifts)) <= 1


def test_a_short_text_says_little_of_itself() -> None:
    assert abs(shift(1, 6)) < abs(shift(100, 600))


@pytest.mark.parametrize(("skipped", "more"), [(-8.0, True), (-0.5, False)])
def test_skips_become_as_likely_as_usual(skipped: float, more: bool) -> None:
    before = lattice(150, skipped)
    after = settle_omissions(before)
    assert (promised(after) > promised(before)) is more
    np.testing.assert_array_equal(after.scores[:, 0], before.scores[:, 0])
    np.testing.assert_array_equal(before.scores[:, 1:], np.float32(skipped))
