"""The course of a batch, wherever it runs: read all, encode what works share, then align each.

What runs where is an engine's business: processes of this machine (:mod:`.workers`), or a cluster
(:mod:`.cluster`). The manifest is kept here, by one process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, Protocol

import numpy as np

from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.kept import READING, keeps_readings
from parallel_texts.batch.manifest import Manifest, job_key
from parallel_texts.batch.sharing import Keys, find_repeated, name_part, write_index
from parallel_texts.batch.storage import folder_of, open_storage
from parallel_texts.batch.survey import Known, Survey, encode_shared, survey

__all__ = ["Done", "Engine", "Run", "Step", "conduct"]

_PART = 2000
"""Keys from which a part of the shared vectors is closed."""
_UNKNOWN = "?"
"""Key of a job that died before its files were read."""

Done = Callable[[Job, Outcome, bool], None]
"""Called for each job as it ends; the last says whether it had been finished before."""
Step = Callable[[str, int, int], None]
"""Called as work goes on: what is done (``reading``, ``encoding``, ``aligning``), how much of it
(bytes, parts, passages), and of how much."""
Task = tuple[Job, tuple[Any, ...]]
"""A job, and what else a function is called with."""


class Engine(Protocol):
    """What calls functions for jobs, some at a time; a failure costs one job."""

    def over(
        self, function: Callable[..., Any], tasks: Iterable[Task]
    ) -> Iterator[tuple[Job, Any]]:
        """Yield what ``function(job, *more)`` returns, or a failed outcome, as they end."""

    def align(
        self, jobs: Iterable[tuple[Job, int]], settings: Settings
    ) -> Iterator[tuple[Job, Outcome]]:
        """Align, flag and export jobs, of which the passages of the longest text are told."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run did.

    Attributes:
        outcomes: One a job, in the order of the jobs.
        reused: How many were finished before.
        seconds: How long it took.
        shared: Passages that several works hold: each was encoded once.
        profile: Seconds that workers spent in each stage, together.
    """

    outcomes: tuple[Outcome, ...]
    reused: int
    seconds: float
    shared: int = 0
    profile: tuple[tuple[str, float], ...] = ()

    def count(self, status: str) -> int:
        """Return how many outcomes have this status."""
        return sum(outcome.status == status for outcome in self.outcomes)


def conduct(
    jobs: Sequence[Job], settings: Settings, engine: Engine, on_done: Done, on_step: Step
) -> Run:
    """Process jobs, and keep what is finished in the manifest.

    Args:
        jobs: All works of the batch.
        settings: What to do; ``shared`` names where vectors are kept for all.
        engine: What does it.
        on_done: Told of each job.
        on_step: Told of progress.
    """
    start = perf_counter()
    course = _Course(settings, engine, on_done, on_step)
    surveys = course.read(jobs)
    shared = course.share(surveys)
    course.align(surveys)
    course.manifest.compact()
    outcomes = tuple(course.outcomes[job.id] for job in jobs)
    seconds = perf_counter() - start
    return Run(outcomes, course.reused, seconds, shared, tuple(sorted(course.profile.items())))


class _Meter:
    """Adds up progress, and tells of it."""

    def __init__(self, on_step: Step, stage: str, total: int) -> None:
        self._on_step, self._stage, self._total = on_step, stage, total
        self._done = 0

    def add(self, amount: int) -> None:
        self._done += amount
        self._on_step(self._stage, self._done, self._total)


_Surveys = dict[Job, Survey]


class _Course:
    """The stages, and what they leave behind."""

    def __init__(self, settings: Settings, engine: Engine, on_done: Done, on_step: Step) -> None:
        self.manifest = Manifest(settings.out)
        self.manifest.compact()
        self.outcomes: dict[str, Outcome] = {}
        self.reused = 0
        self.profile: dict[str, float] = defaultdict(float)
        self._settings, self._engine = settings, engine
        self._on_done, self._on_step = on_done, on_step
        self._digest = settings.digest()
        self._storage = open_storage(settings.out)

    def read(self, jobs: Sequence[Job]) -> _Surveys:
        """Read each job that is not finished; return what those hold that can be read, by id."""
        surveys: _Surveys = {}
        meter = _Meter(self._on_step, "reading", sum(job.size for job in jobs))
        tasks = ((job, (self._settings, self._digest, self._known(job))) for job in jobs)
        for job, found in self._engine.over(survey, tasks):
            if isinstance(found, Outcome):
                self._end(job, found)
            elif found.finished:
                self._reuse(job)
            elif found.failure is not None:
                self._end(replace(job, inputs=found.inputs), found.failure)
            else:
                surveys[replace(job, inputs=found.inputs)] = found
                self._spend("import", found.seconds)
            meter.add(job.size)
        return dict(sorted(surveys.items(), key=lambda item: item[0].id))

    def _known(self, job: Job) -> Known:
        key, outcome = self.manifest.known(job)
        return Known(key, outcome.files) if outcome is not None and outcome.done else Known()

    def _reuse(self, job: Job) -> None:
        known = self.manifest.known(job)[1]
        assert known is not None
        self.outcomes[job.id] = known
        self.reused += 1
        self._on_done(job, known, True)

    def share(self, surveys: _Surveys) -> int:
        """Encode what several works hold, each passage once; return how many passages."""
        repeated = find_repeated([found.keys for found in surveys.values()])
        parts = dict(_parts(list(zip(surveys, repeated, strict=True))))
        if not parts:
            return 0
        keys = {name: np.concatenate([keys for _, keys in part]) for name, part in parts.items()}
        write_index(self._settings.shared, keys)
        meter = _Meter(self._on_step, "encoding", len(parts))
        count = 0
        tasks = ((part[0][0], (self._settings, name, part)) for name, part in parts.items())
        for _, found in self._engine.over(encode_shared, tasks):
            if not isinstance(found, Outcome):  # else whoever needs the part encodes it
                count += found[0]
                self._spend("encode", found[1])
            meter.add(1)
        return count

    def align(self, surveys: _Surveys) -> None:
        """Align, flag and export what was read, the longest first."""
        meter = _Meter(self._on_step, "aligning", sum(s.passages for s in surveys.values()))
        sizes = {job: (found.passages, found.longest) for job, found in surveys.items()}
        ordered = sorted(sizes, key=lambda job: (-sizes[job][0], job.id))
        tasks = ((job, sizes[job][1]) for job in ordered)
        for job, outcome in self._engine.align(tasks, self._settings):
            self._end(job, outcome)
            meter.add(sizes[job][0])

    def _end(self, job: Job, outcome: Outcome) -> None:
        self.outcomes[job.id] = outcome
        key = job_key(self._digest, job.inputs) if job.inputs else _UNKNOWN
        self.manifest.add(key, outcome)
        if outcome.done and keeps_readings(self._settings):
            self._storage.remove(f"{folder_of(job.id)}/{READING}")
        for stage, seconds in outcome.seconds:
            self._spend(stage, seconds)
        self._on_done(job, outcome, False)

    def _spend(self, stage: str, seconds: float) -> None:
        self.profile[stage] += seconds


_Part = list[tuple[Job, Keys]]


def _parts(owned: Sequence[tuple[Job, Keys]]) -> Iterator[tuple[str, _Part]]:
    """Yield owners together until they have enough keys for a part, with the part's name."""
    part: _Part = []
    for job, keys in owned:
        if len(keys):
            part.append((job, keys))
        if sum(len(some) for _, some in part) >= _PART:
            yield _name(part), part
            part = []
    if part:
        yield _name(part), part


def _name(part: _Part) -> str:
    return name_part(np.concatenate([keys for _, keys in part]))
