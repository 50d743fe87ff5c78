"""Worker processes that outlive what happens in them: a job that kills one costs itself only."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, suppress
from functools import partial
from multiprocessing import get_context, parent_process
from types import TracebackType
from typing import Any, TypeVar

from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.limits import bound_memory, spent
from parallel_texts.batch.work import process, ready
from parallel_texts.errors import MissingDependencyError, ParallelTextsError
from parallel_texts.processes import single_threads

__all__ = ["FAILED_START", "Workers", "death", "prepare"]

T = TypeVar("T")
_AHEAD = 2
"""Tasks that wait for each worker: enough that none is idle, few enough to stop at once."""
FAILED_START = (
    "workers end as soon as they start, most often for want of memory: raise --max-memory, or take "
    "fewer --jobs"
)
_GARBAGE = (20_000, 50, 100)
"""Objects, and collections, after which garbage is looked for: a document makes many, few of which
refer to each other, and Python's usual 700 cost a hundredth of all time."""
_KILLED = -9
_MOST_BREAKS = 5
"""Times in a row that a pool is begun anew without one task done."""
_Waiting = dict[Future[Any], tuple[Callable[[], Any], Job, Any]]
"""Tasks under way: what is called, for which job, in which pool."""


class Workers:
    """Fresh processes, started with the first task, each with one thread for arithmetic.

    Args:
        settings: What they prepare for; its limits hold for each task.
        count: How many.
    """

    def __init__(self, settings: Settings, count: int) -> None:
        self._settings = settings
        self._count = count
        self._pool: Any = None
        self._breaks = 0
        self._around = ExitStack()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Let them end; after an error, stop at once what they do."""
        if self._pool is not None:
            (self._pool.close if kind is None else self._pool.stop)()
            self._pool.join()
        self._around.close()

    def over(
        self, function: Callable[..., T], tasks: Iterable[tuple[Job, tuple[Any, ...]]]
    ) -> Iterator[tuple[Job, T | Outcome]]:
        """Call ``function(job, *more)`` for each task and yield results as they come.

        A task that takes too long, or whose worker dies, has a failed outcome for its result.
        """
        waiting: _Waiting = {}
        for job, more in tasks:
            self._submit(waiting, partial(function, job, *more), job)
            if len(waiting) >= self._count * _AHEAD:
                yield from self._ended(waiting)
        while waiting:
            yield from self._ended(waiting)

    def align(
        self, jobs: Iterable[tuple[Job, int]], settings: Settings
    ) -> Iterator[tuple[Job, Outcome]]:
        """Align, flag and export each job."""
        return self.over(process, ((job, (settings,)) for job, _ in jobs))

    def _submit(self, waiting: _Waiting, call: Callable[[], Any], job: Job) -> None:
        if self._pool is None:
            self._around.enter_context(single_threads())
            self._pool = _pool(self._settings, self._count)
        try:
            future = self._pool.submit(call, self._settings.limits.seconds or None)
        except RuntimeError:  # the pool broke since it was last used
            self._begin_anew()
            self._submit(waiting, call, job)
        else:
            waiting[future] = (call, job, self._pool)

    def _ended(self, waiting: _Waiting) -> Iterator[tuple[Job, Any]]:
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            call, job, pool = waiting.pop(future)
            if isinstance(future.exception(), BrokenProcessPool):
                if pool is self._pool:
                    self._begin_anew()
                self._submit(waiting, call, job)
            else:
                self._breaks = 0
                yield job, self._result(future, job)

    def _begin_anew(self) -> None:
        """Replace a pool that broke because a worker died between two tasks."""
        self._breaks += 1
        if self._breaks > _MOST_BREAKS:
            raise ParallelTextsError(FAILED_START)
        self._pool.stop()
        self._pool.join()
        self._around.close()
        self._pool = None

    def _result(self, future: Future[Any], job: Job) -> Any:
        from pebble import ProcessExpired

        try:
            return future.result()
        except TimeoutError:
            return Outcome(job.id, "failed", spent("time", self._settings.limits))
        except ProcessExpired as error:
            return Outcome(job.id, "failed", death(error.exitcode))
        except MemoryError:
            return Outcome(job.id, "failed", spent("memory", self._settings.limits))


def death(code: int | None) -> str:
    """Return why a document failed whose process ended with this exit status."""
    if code == _KILLED:
        return (
            "its worker was killed from outside (signal 9), most often because the system ran "
            "out of memory: take fewer --jobs, or split the document into chapters"
        )
    ended = f"signal {-code}" if code and code < 0 else f"exit status {code}"
    return f"its worker ended ({ended}) inside a library: save the document anew, or as plain text"


def _pool(settings: Settings, count: int) -> Any:
    """Return a pool of processes that are spawned: forked ones share locks and threads."""
    try:
        from pebble import ProcessPool
    except ImportError as error:
        raise MissingDependencyError(
            "batch needs pebble: pip install 'parallel-texts[batch]'"
        ) from error
    return ProcessPool(count, 0, _start_worker, (settings,), get_context("spawn"))


def _start_worker(settings: Settings) -> None:
    """Prepare a worker: it ends with its parent, its memory is bounded, the encoder is loaded."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare(settings)


def prepare(settings: Settings) -> None:
    """Bound this process's memory and load the encoder."""
    # Rules that encode on their own shall not turn over the user's cache with a whole batch.
    os.environ |= {"PARALLEL_TEXTS_CACHE": settings.shared, "PARALLEL_TEXTS_CACHE_MB": "0"}
    bound_memory(settings.limits)
    with suppress(Exception):  # what is wrong shows with each document, and does not end workers
        ready(settings)
    # Dictionaries stay as long as the process: they need not be looked through for garbage.
    gc.freeze()
    gc.set_threshold(*_GARBAGE)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
