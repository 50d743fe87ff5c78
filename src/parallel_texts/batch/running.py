"""Many jobs over several processes: what kills a worker costs one document, not the batch."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from time import perf_counter
from typing import Any

from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.limits import bound_memory, spent
from parallel_texts.batch.manifest import Manifest, digest_inputs, job_key
from parallel_texts.batch.work import process, ready
from parallel_texts.errors import MissingDependencyError

__all__ = ["Run", "run"]

_AHEAD = 2
"""Jobs that wait for each worker: enough that none is idle, few enough to stop at once."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_KILLED = -9


@dataclass(frozen=True, slots=True)
class Run:
    """What a run did.

    Attributes:
        outcomes: One a job, in the order of the jobs.
        reused: How many were finished before.
        seconds: How long it took.
    """

    outcomes: tuple[Outcome, ...]
    reused: int
    seconds: float

    def count(self, status: str) -> int:
        """Return how many outcomes have this status."""
        return sum(outcome.status == status for outcome in self.outcomes)


Done = Callable[[Job, Outcome, bool], None]
"""Called for each job as it ends; the last says whether it had been finished before."""


def run(
    jobs: Sequence[Job],
    settings: Settings,
    *,
    workers: int = 1,
    on_done: Done = lambda job, outcome, reused: None,
) -> Run:
    """Process jobs, the largest first, and keep what is finished in the manifest.

    What the manifest has from the same content with the same settings is not done again; what
    failed is tried again. Stopped at any moment, the next run goes on from there.

    Args:
        jobs: From :func:`parallel_texts.batch.pairing.find_jobs`.
        settings: What to do; the results go to ``settings.out``.
        workers: Processes, each with one thread for arithmetic.
        on_done: Told of each job.

    Raises:
        MissingDependencyError: pebble is not installed.
        ParallelTextsError: The folder of results cannot be written.
    """
    start = perf_counter()
    manifest = Manifest(Path(settings.out))
    manifest.compact()
    found: dict[str, Outcome] = {}
    reused = 0
    for job, key, outcome in _outcomes(jobs, settings, workers, manifest):
        found[job.id] = outcome
        reused += not key
        if key:
            manifest.add(key, outcome)
        on_done(job, outcome, not key)
    manifest.compact()
    return Run(tuple(found[job.id] for job in jobs), reused, perf_counter() - start)


_Ended = tuple[Job, str, Outcome]
"""A job, its key or the empty string where it had been finished before, and its outcome."""


def _outcomes(
    jobs: Sequence[Job], settings: Settings, workers: int, manifest: Manifest
) -> Iterator[_Ended]:
    """Yield each job as it ends, keeping few of them waiting."""
    waiting: dict[Future[Outcome], tuple[Job, str]] = {}
    digest = settings.digest()
    with _pool(settings, workers) as pool:
        for job in sorted(jobs, key=lambda job: (-job.size, job.id)):
            key = job_key(digest, digest_inputs(job, settings.limits))
            known = manifest.finished(job, key)
            if known is not None and known.done:
                yield job, "", known
                continue
            waiting[_submit(pool, job, settings)] = (job, key)
            if len(waiting) >= workers * _AHEAD:
                yield from _ended(waiting, settings)
        while waiting:
            yield from _ended(waiting, settings)


def _submit(pool: Any, job: Job, settings: Settings) -> Future[Outcome]:
    future: Future[Outcome] = pool.submit(process, settings.limits.seconds or None, job, settings)
    return future


def _ended(waiting: dict[Future[Outcome], tuple[Job, str]], settings: Settings) -> Iterator[_Ended]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        job, key = waiting.pop(future)
        yield job, key, _result(future, job, settings)


def _result(future: Future[Outcome], job: Job, settings: Settings) -> Outcome:
    """Return the outcome, or what became of the worker."""
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        return Outcome(job.id, "failed", spent("time", settings.limits))
    except ProcessExpired as error:
        return Outcome(job.id, "failed", _death(error.exitcode, settings))


def _death(code: int | None, settings: Settings) -> str:
    if code == _KILLED:
        why = "most often because the system ran out of memory: take fewer --jobs, or split it"
        return f"its worker was killed from outside (signal 9), {why}"
    ended = f"signal {-code}" if code and code < 0 else f"exit status {code}"
    return f"its worker ended ({ended}) in a library that read it: save the file anew"


@contextmanager
def _pool(settings: Settings, workers: int) -> Iterator[Any]:
    """A pool of fresh processes; on any error what runs is stopped at once."""
    try:
        from pebble import ProcessPool
    except ImportError as error:
        raise MissingDependencyError(
            "batch needs pebble: pip install 'parallel-texts[batch]'"
        ) from error
    with _single_threads():
        pool: Any = ProcessPool(workers, 0, _start_worker, (settings,), get_context("spawn"))
        try:
            yield pool
            pool.close()
        except BaseException:
            pool.stop()
            raise
        finally:
            pool.join()


@contextmanager
def _single_threads() -> Iterator[None]:
    """Let processes started inside use one thread each: several would fight over the cores."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _start_worker(settings: Settings) -> None:
    """Prepare a worker: it ends with its parent, its memory is bounded, the encoder is loaded."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    bound_memory(settings.limits)
    ready(settings)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
