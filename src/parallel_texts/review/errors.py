"""What can go wrong in a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parallel_texts.errors import ParallelTextsError

__all__ = ["Conflict", "ReviewError"]


class ReviewError(ParallelTextsError):
    """An action that cannot be done: says why and what can be done instead."""


class Conflict(ReviewError):  # noqa: N818 - the word of the interface
    """Somebody has changed meanwhile what the action is about.

    Attributes:
        mine: The action that was not done.
        theirs: The rows, or findings, as they are now.
        revision: Of the review now.
    """

    def __init__(self, mine: Mapping[str, object], theirs: Sequence[object], revision: int) -> None:
        self.mine = dict(mine)
        self.theirs = tuple(theirs)
        self.revision = revision
        super().__init__("somebody changed this meanwhile: look at it as it is now and act again")
