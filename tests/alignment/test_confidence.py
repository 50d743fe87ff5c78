"""Probabilities are told as how often links with them are right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.alignment.confidence import CALIBRATION, calibrated

SHARES = st.floats(0, 1)


@given(SHARES, SHARES)
def test_more_probable_links_are_never_less_certain(one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert 0 <= calibrated(low) <= calibrated(high) <= 1


@pytest.mark.parametrize(("known", "right"), CALIBRATION)
def test_the_table_itself_is_met(known: float, right: float) -> None:
    assert calibrated(known) == pytest.approx(right)


def test_between_seven_and_eight_tenths_less_is_promised() -> None:
    assert calibrated(0.75) < 0.7
