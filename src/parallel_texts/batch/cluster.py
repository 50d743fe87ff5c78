"""Many jobs on a Dask cluster: documents are tasks, of which few are under way at a time.

Dask gives a task whose worker died to another one. Results are files that are written whole, and
the manifest is kept here, so a task that runs twice leaves what it would have left once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.limits import bound_memory
from parallel_texts.batch.manifest import Manifest, digest_inputs, job_key
from parallel_texts.batch.running import Done, Run
from parallel_texts.batch.work import process, ready
from parallel_texts.errors import MissingDependencyError, ParallelTextsError

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["run_on_cluster"]

_AHEAD = 3
"""Tasks that are with the cluster for each thread: enough that none is idle, whatever the network
takes, and few enough that millions of documents are no burden to the scheduler."""
_PATIENCE = 30
"""Seconds to wait for a scheduler and its first worker."""


def run_on_cluster(
    jobs: Sequence[Job],
    settings: Settings,
    scheduler: str | Client,
    *,
    on_done: Done = lambda job, outcome, reused: None,
) -> Run:
    """Process jobs on a Dask cluster, the largest first, and keep what is finished in the manifest.

    Files and results must be where every worker finds them under the same name. Workers may come
    and go on the way.

    Args:
        jobs: From :func:`parallel_texts.batch.pairing.find_jobs`.
        settings: What to do; the results go to ``settings.out``.
        scheduler: Address, ``tcp://host:8786``, or a client.
        on_done: Told of each job, in this process.

    Raises:
        MissingDependencyError: distributed is not installed.
        ParallelTextsError: There is no scheduler or no worker, or it went away.
    """
    start = perf_counter()
    manifest = Manifest(Path(settings.out))
    manifest.compact()
    found: dict[str, Outcome] = {}
    reused = 0
    with _connected(scheduler) as client, _prepared(client, settings):
        for job, key, outcome in _Course(client, settings, manifest).run(jobs):
            found[job.id] = outcome
            reused += not key
            if key:
                manifest.add(key, outcome)
            on_done(job, outcome, not key)
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
                bound_memory(settings.limits)
            ready(settings)

    return Preparation()


_Ended = tuple[Job, str, Outcome]
"""A job, its key or the empty string where it had been finished before, and its outcome."""


class _Course:
    """The tasks that are under way, topped up as they end."""

    def __init__(self, client: Client, settings: Settings, manifest: Manifest) -> None:
        from distributed import as_completed

        self._client, self._settings, self._manifest = client, settings, manifest
        self._ended = as_completed([])
        self._waiting: dict[Future, tuple[Job, str]] = {}
        self._token = uuid4().hex

    def run(self, jobs: Sequence[Job]) -> Iterator[_Ended]:
        """Yield each job as it ends."""
        digest = self._settings.digest()
        for job in sorted(jobs, key=lambda job: (-job.size, job.id)):
            key = job_key(digest, digest_inputs(job, self._settings.limits))
            known = self._manifest.finished(job, key)
            if known is not None and known.done:
                yield job, "", known
                continue
            self._submit(job, key)
            while len(self._waiting) >= self._room():
                yield self._next()
        while self._waiting:
            yield self._next()

    def _room(self) -> int:
        """Return how many tasks the cluster is given at a time: workers may come and go."""
        return max(sum(self._client.nthreads().values()), 1) * _AHEAD

    def _submit(self, job: Job, key: str) -> None:
        future = self._client.submit(
            process, job, self._settings, key=f"{job.id}-{self._token}", pure=False
        )
        self._waiting[future] = (job, key)
        self._ended.add(future)

    def _next(self) -> _Ended:
        future = next(self._ended)
        job, key = self._waiting.pop(future)
        outcome = self._outcome(future, job)
        future.release()
        return job, key, outcome

    def _outcome(self, future: Future, job: Job) -> Outcome:
        if future.status == "cancelled":
            raise ParallelTextsError(
                "the scheduler went away: start it again and run the same command; "
                "what is finished is not done again"
            )
        if future.status == "error":
            return Outcome(job.id, "failed", _reason(future.exception()))
        outcome: Outcome = future.result()
        return outcome


def _reason(error: BaseException) -> str:
    """Return what ended a task, in one line."""
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return (
            "every worker that tried it died, most often for want of memory: give workers more "
            "memory (--memory-limit), or split the document into chapters"
        )
    return " ".join(f"{type(error).__name__}: {error}".split())[:500]
