"""Workers that are killed, hang, or take all memory cost one job each."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from parallel_texts.batch import Job, Limits, Outcome, Settings
from parallel_texts.batch.workers import Workers
from parallel_texts.errors import ParallelTextsError

SETTINGS = Settings("out", encoder="lexical", limits=Limits(seconds=2, memory=600))


def act(job: Job) -> str:
    """What the job's name says."""
    if job.id.startswith("killed"):
        os.kill(os.getpid(), signal.SIGKILL)
    if job.id.startswith("broken"):
        ctypes.string_at(0)
    if job.id.startswith("hanging"):
        time.sleep(600)
    if job.id.startswith("hungry"):
        return str(len(bytearray(2**30)))
    if job.id.startswith("pid"):
        return str(os.getpid())
    if job.id == "threads":
        return os.environ["OMP_NUM_THREADS"]
    return job.id


def results(*names: str, settings: Settings = SETTINGS) -> dict[str, object]:
    jobs = [Job(name, ()) for name in names]
    with Workers(settings, 2) as workers:
        return {job.id: result for job, result in workers.over(act, ((job, ()) for job in jobs))}


def test_each_poisoned_job_costs_itself_only() -> None:
    names = ["a", "killed", "b", "broken", "hanging", "c", "hungry", "d", "threads"]
    found = results(*names)
    assert found.keys() == set(names)
    assert [found[name] for name in "abcd"] == list("abcd")
    assert found["threads"] == "1"
    failed = {name: r.reason for name, r in found.items() if isinstance(r, Outcome)}
    assert "signal 9" in failed["killed"] and "--jobs" in failed["killed"]
    assert "inside a library" in failed["broken"]
    assert "--timeout 2" in failed["hanging"]
    if sys.platform == "linux":
        assert "--max-memory 600" in failed["hungry"]


def test_many_deaths_in_a_row_stop_nothing() -> None:
    names = [f"killed{n}" for n in range(6)] + ["after"]
    found = results(*names)
    assert found["after"] == "after"
    assert sum(isinstance(r, Outcome) for r in found.values()) == 6


def test_a_pool_that_breaks_between_tasks_is_begun_anew(tmp_path: Path) -> None:
    done = []
    with Workers(SETTINGS, 1) as workers:
        for number in range(3):
            for job, result in workers.over(act, [(Job(f"pid{number}", ()), ())]):
                done.append((job.id, result))
                os.kill(int(str(result)), signal.SIGKILL)
                time.sleep(1)
    assert [name for name, _ in done] == ["pid0", "pid1", "pid2"]
    assert len({pid for _, pid in done}) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_workers_that_never_start_are_an_error() -> None:
    hungry = Workers(replace(SETTINGS, limits=Limits(memory=1)), 1)
    with pytest.raises(ParallelTextsError, match="as soon as they start"), hungry as workers:
        list(workers.over(act, [(Job("a", ()), ())]))


def test_the_environment_is_as_it_was() -> None:
    before = dict(os.environ)
    results("a")
    assert dict(os.environ) == before


def test_an_error_outside_stops_the_workers_at_once() -> None:
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Workers(SETTINGS, 2) as workers:
        for _ in workers.over(act, ((Job(name, ()), ()) for name in ("a", "hanging", "b"))):
            raise KeyboardInterrupt
    assert time.monotonic() - start < 20


def test_without_jobs_no_process_is_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("parallel_texts.batch.workers._pool", lambda *_: pytest.fail("started"))
    assert results() == {}
