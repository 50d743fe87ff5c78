"""A very long document as several tasks: read and cut, each piece aligned, put together again.

Only a piece's own texts travel to the worker that aligns it, and only numbers come back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from parallel_texts.alignment import align
from parallel_texts.alignment.pieces import Stretches, cut, pieces, put_together
from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.kept import kept_work
from parallel_texts.batch.timing import TimedEncoder
from parallel_texts.batch.work import (
    Clock,
    complete,
    encoder_for,
    encoder_named,
    guarded,
    process,
    read_work,
    timed,
)
from parallel_texts.model import Alignment, Division, Link, Work

__all__ = ["Aligned", "Divided", "Portion", "align_portion", "divide_job", "finish", "take_portion"]

Portion = dict[str, list[Division]]
"""One piece's divisions per language."""


@dataclass(frozen=True, slots=True)
class Divided:
    """A document that was read, and where it is cut.

    Attributes:
        work: The document.
        notes: What a person should check of the reading.
        stretches: Per piece the passages of each version.
        clock: Seconds of each stage.
    """

    work: Work
    notes: tuple[str, ...]
    stretches: tuple[Stretches, ...]
    clock: Clock


@dataclass(frozen=True, slots=True)
class Aligned:
    """The links of one piece, numbered from its own beginning, and seconds of each stage."""

    links: tuple[Link, ...]
    clock: Clock


def divide_job(job: Job, settings: Settings) -> Divided | Outcome:
    """Read a document and find where it can be cut; one that stays whole is done at once."""
    divided: list[Divided] = []

    def read() -> Outcome:
        divided.append(_divide(job, settings))
        return Outcome(job.id, "aligned")

    outcome = guarded(job, settings, read)
    if not divided:
        return outcome
    return divided[0] if len(divided[0].stretches) > 1 else process(job, settings)


def _divide(job: Job, settings: Settings) -> Divided:
    clock: Clock = defaultdict(float)
    with timed(clock, "import"):
        work, notes = kept_work(job, settings) or read_work(job, settings)
    texts = {version.lang: [p.text for p in version.passages] for version in work.versions}
    with timed(clock, "cut"):
        found = pieces(texts, encoder=encoder_named(settings.encoder), size=settings.piece)
    return Divided(work, notes, tuple(found), clock)


def take_portion(divided: Divided, number: int) -> Portion:
    """Return the texts of one piece."""
    texts = {version.lang: version.divisions for version in divided.work.versions}
    return cut(texts, divided.stretches[number])


def align_portion(job: Job, portion: Portion, settings: Settings) -> Aligned:
    """Align one piece of a document."""
    clock: Clock = defaultdict(float)
    encoder = TimedEncoder(encoder_for(settings))
    with timed(clock, "align"):
        found = align(portion, encoder=encoder, fast=settings.fast)
    clock["encode"] = encoder.seconds
    clock["align"] -= encoder.seconds
    return Aligned(found.links, clock)


def finish(
    job: Job, settings: Settings, divided: Divided, parts: Sequence[Aligned | Outcome]
) -> Outcome:
    """Put the pieces of a document together, flag and write it; one that failed fails them all."""
    aligned = list[Aligned]()
    for part in parts:
        if isinstance(part, Outcome):
            return part
        aligned.append(part)
    return _finish(job, settings, divided, aligned)


def _finish(job: Job, settings: Settings, divided: Divided, parts: Sequence[Aligned]) -> Outcome:
    clock: Clock = defaultdict(float)
    for some in (divided.clock, *(part.clock for part in parts)):
        for stage, seconds in some.items():
            clock[stage] += seconds
    whole = _together(divided, parts)
    return guarded(
        job, settings, lambda: complete(divided.work, divided.notes, whole, settings, clock)
    )


def _together(divided: Divided, parts: Sequence[Aligned]) -> Alignment:
    versions = divided.work.versions
    languages = tuple(version.lang for version in versions)
    texts = [version.passages for version in versions]
    return put_together(
        [
            Alignment(
                languages,
                tuple(text[slice(*s)] for text, s in zip(texts, stretches, strict=True)),
                part.links,
                divided.work.id,
            )
            for stretches, part in zip(divided.stretches, parts, strict=True)
        ]
    )
