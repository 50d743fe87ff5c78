"""What workers of a cluster do for one job, each in a child of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from parallel_texts.batch.children import in_child
from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.portions import (
    Aligned,
    Divided,
    Portion,
    align_portion,
    divide_job,
    finish,
    take_portion,
)

__all__ = ["align_part", "call", "divide", "finish_job", "take", "tell"]


def call(function: Callable[..., Any], settings: Settings, job: Job, more: tuple[Any, ...]) -> Any:
    """Return ``function(job, *more)``, or the outcome of a job that it did not end well for."""
    return in_child(function, settings, job, *more)


def divide(job: Job, settings: Settings) -> Divided | Outcome:
    """Read and cut a long document; process it if it stays whole."""
    found: Divided | Outcome = in_child(divide_job, settings, job, settings)
    return found


def tell(divided: Divided | Outcome) -> int | Outcome:
    """Return the number of pieces of a long document, or its outcome, without its text."""
    return len(divided.stretches) if isinstance(divided, Divided) else divided


def take(divided: Divided, number: int) -> Portion:
    """Return the texts of one piece of a long document."""
    return take_portion(divided, number)


def align_part(job: Job, portion: Portion, settings: Settings) -> Aligned | Outcome:
    """Align one piece."""
    found: Aligned | Outcome = in_child(align_portion, settings, job, portion, settings)
    return found


def finish_job(
    job: Job, settings: Settings, divided: Divided, parts: Sequence[Aligned | Outcome]
) -> Outcome:
    """Put a long document together, flag and write it."""
    outcome: Outcome = in_child(finish, settings, job, settings, divided, parts)
    return outcome
