"""Many jobs on a Dask cluster: documents are tasks, of which few are under way at a time.

Dask gives a task whose worker died to another one. Results are files that are written whole, and
the manifest is kept here, so a task that runs twice leaves what it would have left once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from parallel_texts.batch.children import end_children, start_children
from parallel_texts.batch.course import Done, Run, Step, conduct
from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.places import absolute, is_remote, on_disk
from parallel_texts.batch.running import SHARED
from parallel_texts.batch.storage import open_storage
from parallel_texts.batch.tasks import align_part, call, divide, finish_job, take, tell
from parallel_texts.batch.work import check_settings, process
from parallel_texts.errors import MissingDependencyError, ParallelTextsError

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["run_on_cluster"]

_AHEAD = 3
"""Tasks that are with the cluster for each thread: enough that none is idle, whatever the network
takes, and few enough that millions of documents are no burden to the scheduler."""
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
    """Process jobs on a Dask cluster, and keep what is finished in the manifest.

    Files and results must be where every worker finds them under the same name. Workers may come
    and go on the way.

    Args:
        jobs: From :func:`parallel_texts.batch.pairing.find_jobs`.
        settings: What to do; the results go to ``settings.out``.
        scheduler: Address, ``tcp://host:8786``, or a client.
        on_done: Told of each job, in this process.
        on_step: Told of progress.

    Raises:
        MissingDependencyError: distributed is not installed.
        ParallelTextsError: There is no scheduler or no worker, or it went away; or there is no
            such encoder, party table or glossary.
    """
    start = perf_counter()
    check_settings(settings)
    out = absolute(settings.out)
    settings = replace(settings, out=out, shared=f"{out.rstrip('/')}/{SHARED}")
    with _connected(scheduler) as client, _prepared(client, settings):
        cluster = _Cluster(client, settings)
        done = conduct(list(map(_everywhere, jobs)), settings, cluster, on_done, on_step)
    _remove(settings.shared)
    return replace(done, seconds=perf_counter() - start)


def _everywhere(job: Job) -> Job:
    """Return a job whose files are named as every machine names them."""
    return replace(job, texts=tuple((lang, absolute(file)) for lang, file in job.texts))


def _remove(place: str) -> None:
    """Remove a folder of files, by path or address."""
    folder, _, name = place.rpartition("/")
    storage = open_storage(folder)
    for file in storage.names(name):
        storage.remove(file)
    with suppress(OSError):
        if not is_remote(place):
            on_disk(place).rmdir()


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
    try:
        yield
    finally:
        with suppress(Exception):  # the scheduler went away, and its workers with it
            client.unregister_worker_plugin(_PLUGIN)


_PLUGIN = "parallel-texts"


def _preparation(settings: Settings) -> Any:
    from distributed import WorkerPlugin

    class Preparation(WorkerPlugin):  # type: ignore[misc]
        """Starts a child for each thread of a worker: it loads the encoder, and can be ended."""

        def setup(self, worker: Any) -> None:
            start_children(settings, worker.state.nthreads)

        def teardown(self, worker: Any) -> None:
            end_children(settings)

    return Preparation()


@dataclass(frozen=True, slots=True)
class _Task:
    """What a future stands for.

    Attributes:
        job: The document.
        start: Begins the task, and does so again where the cluster failed it.
        weight: Tasks that it and what it waits for are.
        divided: The document that was read, if this future only tells what became of that.
        attempt: How many times the job was given to the cluster.
    """

    job: Job
    start: Callable[[_Task], None]
    weight: int = 1
    divided: Future | None = None
    attempt: int = 1


class _Cluster:
    """An engine: tasks that are under way, topped up as they end.

    Args:
        client: Connected.
        settings: What its workers are prepared for.
    """

    def __init__(self, client: Client, settings: Settings) -> None:
        from distributed import as_completed

        self._client, self._settings = client, settings
        self._ended = as_completed([], loop=client.loop)
        self._waiting: dict[Future, _Task] = {}
        self._number = count()
        self._name = f"document-{uuid4().hex}"
        self._load = 0
        self._room, self._looked = 0, -_LOOK

    def over(
        self, function: Callable[..., Any], tasks: Iterable[tuple[Job, tuple[Any, ...]]]
    ) -> Iterator[tuple[Job, Any]]:
        """Yield what ``function(job, *more)`` returns, or a failed outcome, as they end."""

        def begin(more: tuple[Any, ...], task: _Task) -> None:
            future = self._submit(task, call, function, self._settings, task.job, more)
            self._wait(future, task)

        return self._run(_Task(job, partial(begin, more)) for job, more in tasks)

    def align(
        self, jobs: Iterable[tuple[Job, int]], settings: Settings
    ) -> Iterator[tuple[Job, Outcome]]:
        """Align, flag and export jobs; long ones are cut, and their pieces are tasks."""

        def begin(longest: int, task: _Task) -> None:
            if longest <= settings.piece:
                future = self._submit(task, call, process, settings, task.job, (settings,))
                self._wait(future, task)
                return
            divided = self._submit(task, divide, task.job, settings)
            self._wait(self._submit(task, tell, divided), replace(task, divided=divided))

        return self._run(_Task(job, partial(begin, longest)) for job, longest in jobs)

    def _run(self, tasks: Iterable[_Task]) -> Iterator[tuple[Job, Any]]:
        for task in tasks:
            task.start(task)
            while self._load >= self._look():
                yield from self._next()
        while self._waiting:
            yield from self._next()

    def _look(self) -> int:
        """Return how many tasks the cluster is given at a time: workers may come and go."""
        if monotonic() - self._looked >= _LOOK:
            threads = sum(int(n) for n in self._client.nthreads().values())
            self._room, self._looked = max(threads, 1) * _AHEAD, monotonic()
        return self._room

    def _submit(self, task: _Task, action: Any, *arguments: Any) -> Future:
        key = (self._name, task.job.id, next(self._number))
        return self._client.submit(action, *arguments, key=key, pure=False)

    def _wait(self, future: Future, task: _Task) -> None:
        self._waiting[future] = task
        self._load += task.weight
        self._ended.add(future)

    def _next(self) -> Iterator[tuple[Job, Any]]:
        """Yield what the next task that ends completes, if it does."""
        future = next(self._ended)
        task = self._waiting.pop(future)
        self._load -= task.weight
        answer = _answer(future, task)
        if answer is _AGAIN:
            again = replace(task, attempt=task.attempt + 1, weight=1, divided=None)
            again.start(again)
        elif isinstance(answer, int):
            self._align_portions(task, answer)
        else:
            yield task.job, answer

    def _align_portions(self, task: _Task, pieces: int) -> None:
        """Have each piece of a long document aligned, and all put together after that."""
        job, settings = task.job, self._settings
        parts = [self._submit(task, take, task.divided, n) for n in range(pieces)]
        aligned = [self._submit(task, align_part, job, part, settings) for part in parts]
        last = self._submit(task, finish_job, job, settings, task.divided, aligned)
        self._wait(last, replace(task, weight=pieces + 1, divided=None))


_AGAIN = object()
"""The answer of a task that ended for a reason of the cluster's own."""


def _answer(future: Future, task: _Task) -> Any:
    """Return what a task says, or why it ended without saying anything.

    Tasks name what is wrong with a document themselves. Anything else befell the cluster, a
    connection that broke for instance: the job is to be tried again.
    """
    try:
        return future.result()
    except CancelledError as error:
        raise ParallelTextsError(
            "the scheduler went away: start it again and run the same command; "
            "what is finished is not done again"
        ) from error
    except Exception as error:  # of the task, wherever it ran
        if task.attempt < _ATTEMPTS and not _is_final(error):
            return _AGAIN
        return Outcome(task.job.id, "failed", _reason(error))


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
