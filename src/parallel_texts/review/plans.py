"""Which plan each action is made with."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from parallel_texts.review.desk import Desk
from parallel_texts.review.judging import plan_find, plan_judge
from parallel_texts.review.operations import OPERATIONS
from parallel_texts.review.planning import Plan, plan_links
from parallel_texts.review.segments import plan_correct, plan_cut, plan_join

__all__ = ["PLANS"]

PLANS: dict[str, Callable[[Desk, Mapping[str, object], str], Plan]] = {
    **dict.fromkeys(OPERATIONS, plan_links),
    "cut": plan_cut,
    "join": plan_join,
    "correct": plan_correct,
    "judge": plan_judge,
    "find": plan_find,
}
"""Every action but ``undo`` and ``redo``, which the journal has."""
