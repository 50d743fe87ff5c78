"""Many jobs on one machine: read all, encode what they share, then align each."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.kept import READING
from parallel_texts.batch.manifest import Manifest, digest_inputs, job_key
from parallel_texts.batch.places import is_remote, on_disk
from parallel_texts.batch.sharing import find_repeated, write_repeated
from parallel_texts.batch.storage import folder_of, open_storage
from parallel_texts.batch.survey import Survey, encode_shared, survey
from parallel_texts.batch.work import check_settings, process
from parallel_texts.batch.workers import Workers

__all__ = ["Done", "Run", "Step", "run"]

_SHARED = ".shared"
"""Folder of vectors under the results, as long as a batch is not finished."""


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


Done = Callable[[Job, Outcome, bool], None]
"""Called for each job as it ends; the last says whether it had been finished before."""
Step = Callable[[str, int, int], None]
"""Called as work goes on: what is done (``reading``, ``encoding``, ``aligning``), how much of it
(bytes, then passages), and of how much."""


def run(
    jobs: Sequence[Job],
    settings: Settings,
    *,
    workers: int = 1,
    on_done: Done = lambda job, outcome, reused: None,
    on_step: Step = lambda stage, done, total: None,
) -> Run:
    """Process jobs and keep what is finished in the manifest.

    What the manifest has from the same content with the same settings is not done again; what
    failed is tried again. Stopped at any moment, the next run goes on from there.

    Args:
        jobs: From :func:`parallel_texts.batch.pairing.find_jobs`.
        settings: What to do; the results go to ``settings.out``.
        workers: Processes, each with one thread for arithmetic.
        on_done: Told of each job.
        on_step: Told of progress.

    Raises:
        MissingDependencyError: pebble is not installed.
        ParallelTextsError: The folder of results cannot be written, or there is no such encoder,
            party table or glossary.
    """
    start = perf_counter()
    check_settings(settings)
    with (
        _shared_folder(settings.out) as folder,
        Workers(settings := replace(settings, shared=folder), workers) as pool,
    ):
        course = _Course(settings, pool, on_done, on_step)
        surveys = course.read(jobs)
        shared = course.share(surveys)
        course.align(surveys)
    course.manifest.compact()
    outcomes = tuple(course.outcomes[job.id] for job in jobs)
    seconds = perf_counter() - start
    return Run(outcomes, course.reused, seconds, shared, tuple(sorted(course.profile.items())))


@contextmanager
def _shared_folder(out: str) -> Iterator[str]:
    """Yield a folder on disk for vectors; it stays with the results of a run that was stopped."""
    if is_remote(out):
        with TemporaryDirectory(prefix="parallel-texts-") as folder:
            yield folder
        return
    folder = str(on_disk(out) / _SHARED)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


Surveys = dict[Job, Survey]


class _Meter:
    """Counts what is done of a stage and tells of it."""

    def __init__(self, tell: Step, stage: str, total: int) -> None:
        self._tell, self._stage, self._total = tell, stage, total
        self._done = 0

    def add(self, amount: int) -> None:
        self._done += amount
        self._tell(self._stage, self._done, self._total)


class _Course:
    """A run on its way: what has ended, and who is told."""

    def __init__(self, settings: Settings, pool: Workers, on_done: Done, on_step: Step) -> None:
        self.manifest = Manifest(settings.out)
        self.manifest.compact()
        self.outcomes: dict[str, Outcome] = {}
        self.reused = 0
        self.profile: dict[str, float] = defaultdict(float)
        self._settings = settings
        self._storage = open_storage(settings.out)
        self._digest = settings.digest()
        self._pool = pool
        self._on_done, self._on_step = on_done, on_step

    def read(self, jobs: Sequence[Job]) -> Surveys:
        """Import what is not finished, the largest files first, so that none is left at the end."""
        meter = _Meter(self._on_step, "reading", sum(job.size for job in jobs))
        ordered = sorted(jobs, key=lambda job: (-job.size, job.id))
        tasks = ((job, (self._settings,)) for job in self._unfinished(ordered, meter))
        surveys: Surveys = {}
        for job, found in self._pool.over(survey, tasks):
            if isinstance(found, Outcome) or found.failure is not None:
                self._end(job, found if isinstance(found, Outcome) else found.failure)
            else:
                surveys[job] = found
                self._spend("import", found.seconds)
            meter.add(job.size)
        return dict(sorted(surveys.items(), key=lambda item: item[0].id))

    def _unfinished(self, jobs: Sequence[Job], meter: _Meter) -> Iterator[Job]:
        """Yield jobs that are to be done, with the digest of their files; tell of the others."""
        for job in jobs:
            looked_at = replace(job, inputs=digest_inputs(job, self._settings.limits))
            known = self.manifest.finished(job, job_key(self._digest, looked_at.inputs))
            if known is None or not known.done or not self._is_there(known):
                yield looked_at
                continue
            self.outcomes[job.id] = known
            self.reused += 1
            self._on_done(job, known, True)
            meter.add(job.size)

    def _is_there(self, outcome: Outcome) -> bool:
        """Tell whether nobody has removed the files of a finished work."""
        folder = folder_of(outcome.id)
        return all(self._storage.exists(f"{folder}/{name}") for name in outcome.files)

    def share(self, surveys: Surveys) -> int:
        """Encode what several works hold, each passage once; return how many passages."""
        owned = dict(zip(surveys, find_repeated([s.keys for s in surveys.values()]), strict=True))
        owners = [(job, (self._settings, keys)) for job, keys in owned.items() if len(keys)]
        if not owners:
            return 0
        write_repeated(Path(self._settings.shared), [keys for _, (_, keys) in owners])
        meter = _Meter(self._on_step, "encoding", len(owners))
        count = 0
        for _, found in self._pool.over(encode_shared, owners):
            if not isinstance(found, Outcome):
                count += found[0]
                self._spend("encode", found[1])
            meter.add(1)
        return count

    def align(self, surveys: Surveys) -> None:
        """Align, flag and export what was read, the longest first."""
        meter = _Meter(self._on_step, "aligning", sum(s.passages for s in surveys.values()))
        ordered = sorted(surveys, key=lambda job: (-surveys[job].passages, job.id))
        tasks = ((job, (self._settings,)) for job in ordered)
        for job, outcome in self._pool.over(process, tasks):
            self._end(job, outcome)
            meter.add(surveys[job].passages)

    def _end(self, job: Job, outcome: Outcome | None) -> None:
        assert outcome is not None
        self.outcomes[job.id] = outcome
        self.manifest.add(job_key(self._digest, job.inputs), outcome)
        if outcome.done:
            self._storage.remove(f"{folder_of(job.id)}/{READING}")
        for stage, seconds in outcome.seconds:
            self._spend(stage, seconds)
        self._on_done(job, outcome, False)

    def _spend(self, stage: str, seconds: float) -> None:
        self.profile[stage] += seconds
