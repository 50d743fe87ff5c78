"""A worker's child can be ended: what takes too long, too much, or dies costs one job."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from parallel_texts.batch import Job, Limits, Outcome, Settings
from parallel_texts.batch.children import end_children, in_child, start_children
from parallel_texts.errors import ParallelTextsError

SETTINGS = Settings("out", encoder="lexical", flag=False, limits=Limits(seconds=2, memory=600))


class StubbornError(Exception):
    """One that cannot be pickled."""

    def __reduce__(self) -> str:
        raise TypeError("no")


def act(job: Job, *more: object) -> object:
    """What the job's name says."""
    if job.id == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if job.id == "broken":
        ctypes.string_at(0)
    if job.id == "hanging":
        time.sleep(600)
    if job.id == "hungry":
        return len(bytearray(2**30))
    if job.id == "stubborn":
        raise StubbornError("something")
    if job.id == "wrong":
        raise ParallelTextsError("a fault of the document")
    if job.id == "talking":
        print("this is no answer", flush=True)
    return (os.getpid(), os.environ["OMP_NUM_THREADS"], *more)


@pytest.fixture(autouse=True)
def children(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    yield
    end_children(SETTINGS)


def do(name: str, *more: object) -> object:
    return in_child(act, SETTINGS, Job(name, ()), *more)


def reason(name: str) -> str:
    found = do(name)
    assert isinstance(found, Outcome)
    return found.reason


def test_each_poisoned_job_costs_itself_only() -> None:
    first = do("a", 7)
    assert isinstance(first, tuple)
    assert first[0] != os.getpid()
    assert first[1:] == ("1", 7)
    assert do("talking") == first[:2]
    if sys.platform == "linux":
        assert "--max-memory 600" in reason("hungry")
    with pytest.raises(ParallelTextsError, match="a fault of the document"):
        do("wrong")
    with pytest.raises(ParallelTextsError, match="StubbornError: something"):
        do("stubborn")
    assert "--timeout 2" in reason("hanging")
    assert "signal 9" in reason("killed")
    assert "inside a library" in reason("broken")
    assert isinstance(do("b"), tuple)


def test_a_child_is_used_again_and_two_jobs_have_two() -> None:
    start_children(SETTINGS, 1)
    assert do("a") == do("b")
    found: set[object] = set()
    threads = [threading.Thread(target=lambda: found.add(do("a"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(found) <= 2


def test_one_that_never_starts_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", str(Path(__file__).parent))
    with pytest.raises(ParallelTextsError, match="as soon as they start"):
        do("a")


def test_a_child_ends_with_its_parent() -> None:
    program = (
        "from parallel_texts.batch import *\n"
        "from parallel_texts.batch.children import in_child\n"
        "from test_children import SETTINGS, act\n"
        "import os\n"
        "print(in_child(act, SETTINGS, Job('a', ()))[0], flush=True)\n"
        "os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    child = int(done.stdout)
    for _ in range(100):
        if not Path(f"/proc/{child}").exists():
            return
        time.sleep(0.1)
    pytest.fail("the child is still there")
