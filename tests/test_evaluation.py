"""Strict, lax and omission figures on alignments small enough to count by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.evaluation import Evaluation, evaluate

GOLD = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((4,), (2, 3))]


def test_perfect() -> None:
    result = evaluate(GOLD, GOLD)
    assert result.strict.f1 == result.lax.f1 == result.omissions.f1 == 1.0


def test_strict_needs_exactly_the_same_passages() -> None:
    result = evaluate(GOLD, [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3,), ()), ((4,), (2, 3))])
    assert (result.strict.right, result.strict.predicted) == (3, 5)
    assert (result.strict.found, result.strict.wanted) == (2, 3)


def test_empty_sides_count_in_precision_and_not_in_recall() -> None:
    result = evaluate(GOLD, [((0,), (0,)), ((1, 2), (1,)), ((3, 4), (2, 3))])
    assert result.strict.wanted == 3
    assert result.strict.precision == pytest.approx(2 / 3)
    assert evaluate(GOLD, GOLD[:2] + GOLD[3:]).strict.recall == 1.0


def test_lax_needs_a_passage_on_both_sides() -> None:
    result = evaluate(GOLD, [((0, 1), (0,)), ((2,), (2,)), ((3, 4), (3,))])
    assert result.lax.right == 2
    assert result.lax.found == 2


def test_omissions_are_counted_by_passage_and_missing_language() -> None:
    gold = [((0,), (0,), (0,)), ((1, 2), (), (1,)), ((), (1,), ())]
    result = evaluate(gold, [((0,), (0,), (0,)), ((1,), (), (1,)), ((2,), (1,), ())])
    assert result.omissions.wanted == 2 + 1 + 2
    assert result.omissions.right == 1 + 1 + 1
    assert result.omissions.predicted == 1 + 1 + 1 + 1


def test_evaluations_add_up() -> None:
    one = evaluate(GOLD, GOLD)
    both = one + evaluate(GOLD, [((0,), (0,))])
    assert both.strict.wanted == 6
    assert both.strict.recall == pytest.approx(4 / 6)
    assert Evaluation() + one == one


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=8))
def test_any_path_scores_full_marks_against_itself(shapes: list[tuple[int, int]]) -> None:
    links, i, j = [], 0, 0
    for a, b in shapes:
        links.append((tuple(range(i, i + a)), tuple(range(j, j + b))))
        i, j = i + a, j + b
    assert evaluate(links, links).strict.f1 == 1.0
