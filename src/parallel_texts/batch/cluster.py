"""Many jobs on a Dask cluster: documents are tasks, of which few are under way at a time.

Dask gives a task whose worker died to another one. Results are files that are written whole, and
the manifest is kept here, so a task that runs twice leaves what it would have left once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.limits import bound_memory
from parallel_texts.batch.manifest import Manifest
from parallel_texts.batch.places import absolute
from parallel_texts.batch.portions import align_portion
from parallel_texts.batch.running import Done, Run, Step
from parallel_texts.batch.tasks import (
    Answer,
    divide_unless_known,
    finish_job,
    process_unless_known,
    take,
    tell,
)
from parallel_texts.batch.work import check_settings, ready
from parallel_texts.errors import MissingDependencyError, ParallelTextsError

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["run_on_cluster"]

_AHEAD = 3
"""Tasks that are with the cluster for each thread: enough that none is idle, whatever the network
takes, and few enough that millions of documents are no burden to the scheduler."""
_LONG = 20
"""Bytes of a passage, at least: smaller documents are too short to be cut."""
_UNKNOWN = "?"
"""Key of a job that died before its files were read."""
_ATTEMPTS = 3
"""Times that a job is given to a cluster that fails it for a reason of its own."""
_LOOK = 2.0
"""Seconds after which the workers are counted again."""
_PATIENCE = 30
"""Seconds to wait for a scheduler and its first worker."""


def run_on_cluster(
    jobs: Sequence[Job],
    settings: Settings,
    scheduler: str | Client,
    *,
    on_done: Done = lambda job, outcome, reused: None,
    on_step: Step = lambda stage, done, total: None,
) -> Run:
    """Process jobs on a Dask cluster, the largest first, and keep what is finished in the manifest.

    Files and results must be where every worker finds them under the same name. Workers may come
    and go on the way.

    Args:
        jobs: From :func:`parallel_texts.batch.pairing.find_jobs`.
        settings: What to do; the results go to ``settings.out``.
        scheduler: Address, ``tcp://host:8786``, or a client.
        on_done: Told of each job, in this process.
        on_step: Told of the bytes of the documents that have ended (``aligning``), and of all.

    Raises:
        MissingDependencyError: distributed is not installed.
        ParallelTextsError: There is no scheduler or no worker, or it went away; or there is no
            such encoder, party table or glossary.
    """
    start = perf_counter()
    check_settings(settings)
    settings = replace(settings, out=absolute(settings.out))
    manifest = Manifest(settings.out)
    manifest.compact()
    found: dict[str, Outcome] = {}
    reused = done = 0
    total = sum(job.size for job in jobs)
    with _connected(scheduler) as client, _prepared(client, settings):
        for job, key, outcome in _Course(client, settings, manifest).run(jobs):
            found[job.id] = outcome
            reused += not key
            if key:
                manifest.add(key, outcome)
            on_done(job, outcome, not key)
            done += job.size
            on_step("aligning", done, total)
    manifest.compact()
    return Run(tuple(found[job.id] for job in jobs), reused, perf_counter() - start)


@contextmanager
def _connected(scheduler: str | Client) -> Iterator[Client]:
    """Yield a client with at least one worker; one that was handed in stays open."""
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingDependencyError(
            "--dask needs dask and distributed: pip install 'parallel-texts[dask]'"
        ) from error
    if isinstance(scheduler, Client):
        yield scheduler
        return
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise ParallelTextsError(
            f"{scheduler}: no Dask scheduler answers: start one with `dask scheduler`, "
            "or give its address as tcp://host:8786"
        ) from error
    with client:
        yield client


@contextmanager
def _prepared(client: Client, settings: Settings) -> Iterator[None]:
    """Have every worker load the encoder once, also those that come later."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        client.register_plugin(_preparation(settings), name=_PLUGIN)
    except TimeoutError as error:
        raise ParallelTextsError(
            "the scheduler has no worker: start some with `dask worker ADDRESS --nthreads 1`"
        ) from error
    except ImportError as error:
        raise ParallelTextsError(
            f"a worker cannot run this: {error}: install the same parallel-texts there"
        ) from error
    yield
    client.unregister_worker_plugin(_PLUGIN)


_PLUGIN = "parallel-texts"


def _preparation(settings: Settings) -> Any:
    from distributed import WorkerPlugin

    class Preparation(WorkerPlugin):  # type: ignore[misc]
        """Bounds a worker's memory, where it is a process of its own, and loads the encoder."""

        def setup(self, worker: Any) -> None:
            if worker.nanny:
                os.environ["PARALLEL_TEXTS_CACHE_MB"] = "0"  # the user's cache is for small work
                bound_memory(settings.limits)
            ready(settings)

    return Preparation()


_Ended = tuple[Job, str, Outcome]
"""A job, its key or the empty string where it had been finished before, and its outcome."""


@dataclass(frozen=True, slots=True)
class _Task:
    """What a future stands for.

    Attributes:
        job: The document.
        weight: Tasks that it and what it waits for are.
        key: The job's key, where it is known.
        divided: The document that was read, if this future only tells what became of that.
        attempt: How many times the job was given to the cluster.
    """

    job: Job
    attempt: int
    weight: int = 1
    key: str = ""
    divided: Future | None = None


class _Course:
    """The tasks that are under way, topped up as they end."""

    def __init__(self, client: Client, settings: Settings, manifest: Manifest) -> None:
        from distributed import as_completed

        self._client, self._settings, self._manifest = client, settings, manifest
        self._ended = as_completed([], loop=client.loop)
        self._waiting: dict[Future, _Task] = {}
        self._name = f"document-{uuid4().hex}"
        self._digest = settings.digest()
        self._load = 0
        self._room, self._looked = 0, -_LOOK

    def run(self, jobs: Sequence[Job]) -> Iterator[_Ended]:
        """Yield each job as it ends."""
        for job in sorted(jobs, key=lambda job: (-job.size, job.id)):
            self._start(job)
            while self._load >= self._look():
                yield from self._next()
        while self._waiting:
            yield from self._next()

    def _look(self) -> int:
        """Return how many tasks the cluster is given at a time: workers may come and go."""
        if monotonic() - self._looked >= _LOOK:
            threads = sum(int(count) for count in self._client.nthreads().values())
            self._room, self._looked = max(threads, 1) * _AHEAD, monotonic()
        return self._room

    def _start(self, job: Job, attempt: int = 1) -> None:
        known, outcome = self._manifest.known(job)
        key = known if outcome is not None and outcome.done else ""
        action = (
            divide_unless_known
            if job.size >= self._settings.piece * _LONG
            else process_unless_known
        )
        job = replace(job, texts=tuple((lang, absolute(file)) for lang, file in job.texts))
        task = _Task(job, attempt)
        future = self._submit(task, "", action, job, self._settings, self._digest, key)
        if action is process_unless_known:
            self._wait(future, task)
        else:
            told = self._submit(task, "told", tell, future)
            self._wait(told, replace(task, divided=future))

    def _submit(self, task: _Task, step: str, action: Any, *arguments: Any) -> Future:
        key = (self._name, task.job.id, task.attempt, step)
        return self._client.submit(action, *arguments, key=key, pure=False)

    def _wait(self, future: Future, task: _Task) -> None:
        self._waiting[future] = task
        self._load += task.weight
        self._ended.add(future)

    def _next(self) -> Iterator[_Ended]:
        """Yield what the next task that ends completes, if it does."""
        future = next(self._ended)
        task = self._waiting.pop(future)
        self._load -= task.weight
        answer = _answer(future, task)
        if answer is None:
            self._start(task.job, task.attempt + 1)
        elif isinstance(answer.result, int):
            self._align_portions(task, answer.key, answer.result)
        elif answer.result is None:
            known = self._manifest.known(task.job)[1]
            assert known is not None
            yield task.job, "", known
        else:
            yield task.job, answer.key, answer.result

    def _align_portions(self, task: _Task, key: str, count: int) -> None:
        """Have each piece of a long document aligned, and all put together after that."""
        job, settings = task.job, self._settings
        parts = [self._submit(task, f"take {n}", take, task.divided, n) for n in range(count)]
        aligned = [
            self._submit(task, f"align {n}", align_portion, part, settings)
            for n, part in enumerate(parts)
        ]
        last = self._submit(task, "finish", finish_job, job, settings, task.divided, aligned)
        self._wait(last, _Task(job, task.attempt, count + 1, key))


def _answer(future: Future, task: _Task) -> Answer | None:
    """Return what a task says, or why it ended without saying anything.

    Tasks name what is wrong with a document themselves. Anything else befell the cluster, a
    connection that broke for instance: ``None``, the job is to be tried again.
    """
    try:
        answer: Answer = future.result()
    except CancelledError as error:
        raise ParallelTextsError(
            "the scheduler went away: start it again and run the same command; "
            "what is finished is not done again"
        ) from error
    except Exception as error:  # of the task, wherever it ran
        if task.attempt < _ATTEMPTS and not _is_final(error):
            return None
        return Answer(task.key or _UNKNOWN, Outcome(task.job.id, "failed", _reason(error)))
    return answer


def _is_final(error: Exception) -> bool:
    from distributed import KilledWorker

    return isinstance(error, (KilledWorker, ParallelTextsError, MemoryError))


def _reason(error: BaseException) -> str:
    """Return what ended a task, in one line."""
    from distributed import KilledWorker

    if isinstance(error, ParallelTextsError):
        return " ".join(str(error).split())[:500]
    if isinstance(error, KilledWorker):
        return (
            "every worker that tried it died, most often for want of memory: give workers more "
            "memory (--memory-limit), or split the document into chapters"
        )
    return " ".join(f"{type(error).__name__}: {error}".split())[:500]
