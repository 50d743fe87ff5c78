"""A process beside a worker of a cluster, which can be ended when a document takes too long.

Dask cannot end a task. So its workers hand documents to a child of theirs: that has the encoder,
its memory is bounded, and it is killed after ``--timeout`` seconds, or when its worker dies. It
reads settings and then calls, pickled, from its standard input, and answers on standard output.
Only the process that started it has the other ends.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.limits import spent
from parallel_texts.batch.workers import FAILED_START, death, prepare
from parallel_texts.errors import ParallelTextsError
from parallel_texts.processes import ONE_THREAD

__all__ = ["end_children", "in_child", "serve", "start_children"]

_LOOK = 1.0
"""Seconds between looks at whether the parent is still there."""
_PATIENCE = 5.0
"""Seconds that the end of a dead child's answers may take to arrive."""
_ENDED = object()


class _Child:
    """A process that does one call after the other."""

    def __init__(self, settings: Settings) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | dict.fromkeys(ONE_THREAD, "1"),
        )
        self._answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._send(settings)
        self._is_ready = False

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            while True:
                self._answers.put(pickle.load(self._process.stdout))
        self._answers.put(_ENDED)

    def _send(self, message: Any) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):  # it died: no answer will come
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()

    def call(self, function: Callable[..., Any], arguments: tuple[Any, ...], seconds: int) -> Any:
        """Return what ``function(*arguments)`` returns.

        Raises:
            TimeoutError: It took longer.
            ChildProcessError: The process died; the exit status is the first argument.
            ParallelTextsError: It died before it was ready.
            Exception: What the function raised.
        """
        self._wait_until_ready()
        self._send((function, arguments))
        is_fine, result = self._answer(seconds or None)
        if is_fine:
            return result
        raise result

    def _wait_until_ready(self) -> None:
        if self._is_ready:
            return
        try:
            self._is_ready, _ = self._answer(None)
        except ChildProcessError as error:
            self._process.wait()
            raise ParallelTextsError(FAILED_START) from error

    def _answer(self, seconds: float | None) -> Any:
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        if answer is _ENDED:
            raise ChildProcessError(self._process.wait())
        return answer

    def end(self) -> None:
        """Kill it, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._listener.join(_PATIENCE)  # it must not read what is being closed
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert stream is not None
                stream.close()


class _Children:
    """The children of this process by what they are prepared for: those that are idle, and all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[Settings, list[_Child]] = defaultdict(list)
        self._all: dict[Settings, set[_Child]] = defaultdict(set)

    def take(self, settings: Settings) -> _Child:
        """Return a child that nobody else has, a new one if need be."""
        with self._lock:
            if self._idle[settings]:
                return self._idle[settings].pop()
            child = _Child(settings)
            self._all[settings].add(child)
            return child

    def give_back(self, settings: Settings, child: _Child) -> None:
        with self._lock:
            self._idle[settings].append(child)

    def drop(self, settings: Settings, child: _Child) -> None:
        child.end()
        with self._lock:
            self._all[settings].discard(child)

    def end(self, settings: Settings) -> None:
        """End all that are prepared for these settings."""
        with self._lock:
            self._idle.pop(settings, None)
            children = self._all.pop(settings, set())
        for child in children:
            child.end()


_CHILDREN = _Children()


def start_children(settings: Settings, count: int) -> None:
    """Start children that will be needed: they load the encoder meanwhile."""
    for child in [_CHILDREN.take(settings) for _ in range(count)]:
        _CHILDREN.give_back(settings, child)


def end_children(settings: Settings) -> None:
    """End the children that are prepared for these settings."""
    _CHILDREN.end(settings)


def in_child(function: Callable[..., Any], settings: Settings, job: Job, *more: Any) -> Any:
    """Return ``function(job, *more)``, done in a child of this process.

    Where it takes more time or memory than allowed, or the child dies, a failed outcome.
    """
    child = _CHILDREN.take(settings)
    try:
        result = child.call(function, (job, *more), settings.limits.seconds)
    except TimeoutError:
        _CHILDREN.drop(settings, child)
        return Outcome(job.id, "failed", spent("time", settings.limits))
    except ChildProcessError as error:
        _CHILDREN.drop(settings, child)
        return Outcome(job.id, "failed", death(error.args[0]))
    except MemoryError:
        result = Outcome(job.id, "failed", spent("memory", settings.limits))
    except BaseException:
        _CHILDREN.drop(settings, child)
        raise
    _CHILDREN.give_back(settings, child)
    return result


def _serve(calls: IO[bytes], answers: IO[bytes]) -> None:
    """Do what is asked for, one call after the other, until nobody asks any more."""
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    prepare(pickle.load(calls))
    _put(answers, (True, None))
    with suppress(EOFError, BrokenPipeError):
        while True:
            _put(answers, _done(calls))


def _done(calls: IO[bytes]) -> tuple[bool, Any]:
    """Do the next call; return whether it went well, and its result."""
    try:
        function, arguments = pickle.load(calls)
        return True, function(*arguments)
    except EOFError:
        raise
    except Exception as error:  # it is raised where the call came from
        return False, error


def _put(answers: IO[bytes], message: tuple[bool, Any]) -> None:
    try:
        data = pickle.dumps(message)
    except Exception as error:  # some libraries' errors cannot travel
        cause = message[1] if isinstance(message[1], Exception) else error
        data = pickle.dumps((False, ParallelTextsError(f"{type(cause).__name__}: {cause}")))
    answers.write(data)
    answers.flush()


def _end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def serve() -> None:
    """Be a child. Standard output is for answers: what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _serve(sys.stdin.buffer, answers)
