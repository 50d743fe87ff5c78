"""What workers of a cluster do for one document, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.manifest import digest_inputs, job_key
from parallel_texts.batch.portions import (
    Aligned,
    Divided,
    Portion,
    divide_job,
    finish,
    take_portion,
)
from parallel_texts.batch.work import process

__all__ = [
    "Answer",
    "divide_unless_known",
    "finish_job",
    "process_unless_known",
    "take",
    "tell",
]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a task says: the job's key, and its outcome.

    Attributes:
        key: Of the content and the settings.
        result: ``None`` where the job was finished before; the number of pieces of a document
            that is to be aligned piece by piece.
        divided: That document.
    """

    key: str
    result: Outcome | int | None
    divided: Divided | None = None


def process_unless_known(job: Job, settings: Settings, digest: str, known: str) -> Answer:
    """Process a job, on a worker, unless its files are those of the known key."""
    key = job_key(digest, digest_inputs(job, settings.limits))
    return Answer(key, None if key == known else process(job, settings))


def divide_unless_known(job: Job, settings: Settings, digest: str, known: str) -> Answer:
    """Read and cut a long document, on a worker; process it if it stays whole."""
    key = job_key(digest, digest_inputs(job, settings.limits))
    if key == known:
        return Answer(key, None)
    found = divide_job(job, settings)
    if isinstance(found, Divided):
        return Answer(key, len(found.stretches), found)
    return Answer(key, found)


def tell(answer: Answer) -> Answer:
    """Return what there is to say of a long document, without its text."""
    return replace(answer, divided=None)


def take(answer: Answer, number: int) -> Portion:
    """Return the texts of one piece of a long document."""
    assert answer.divided is not None
    return take_portion(answer.divided, number)


def finish_job(job: Job, settings: Settings, answer: Answer, parts: Sequence[Aligned]) -> Answer:
    """Put a long document together, flag and write it."""
    assert answer.divided is not None
    return Answer(answer.key, finish(job, settings, answer.divided, parts))
