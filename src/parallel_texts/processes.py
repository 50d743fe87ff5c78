"""Worker processes that end with whoever started them.

Processes are spawned: forked ones share locks and threads. Each holds one end of a pipe; when the
other end closes, because work was broken off or the parent died, it ends at once.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import ParamSpec, TypeVar

__all__ = ["ONE_THREAD", "Processes", "cores", "single_threads"]

P = ParamSpec("P")
T = TypeVar("T")
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Environment variables that say how many threads libraries use for arithmetic."""


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def single_threads() -> Iterator[None]:
    """Let processes started inside use one thread each: several would fight over the cores."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class Processes:
    """A pool of worker processes, each with one thread for arithmetic; a context manager.

    Args:
        count: How many; they start with the first tasks.
    """

    def __init__(self, count: int) -> None:
        context = get_context("spawn")
        ours, self._ours = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(count, context, _begin, (ours,))
        self._threads = single_threads()
        self.count = count

    def __enter__(self) -> Processes:
        self._threads.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Let the processes end; after an error, at once."""
        if kind is not None:
            self._ours.close()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._ours.close()
        self._threads.__exit__(None, None, None)

    def submit(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> Future[T]:
        """Have a process call ``function``; it and all else has to be picklable."""
        return self._pool.submit(function, *arguments, **named)


def _begin(theirs: Connection) -> None:
    """End without a word on Ctrl-C, which every process of a terminal gets, or with the parent."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    threading.Thread(target=_end_with, args=(theirs,), daemon=True).start()


def _end_with(theirs: Connection) -> None:
    try:
        theirs.recv()
    except (EOFError, OSError):
        os._exit(1)
