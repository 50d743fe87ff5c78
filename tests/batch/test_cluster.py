"""A real cluster of worker processes, one killed on the way: nothing lost, nothing twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from parallel_texts.batch import Run, Settings, find_jobs, run
from parallel_texts.batch.cluster import run_on_cluster
from parallel_texts.errors import ParallelTextsError
from paths import ROOT

PIECE = 120
SMALL = 12


def write(folder: Path, name: str, count: int) -> None:
    """Write a work in two languages whose sentences have each a number of their own."""
    english = (f"In {1000 + n} the Parties build {n} bridges. " for n in range(count))
    russian = (f"В {1000 + n} году Стороны строят {n} мостов. " for n in range(count))
    (folder / f"{name}.en.txt").write_text("".join(english), "utf-8")
    (folder / f"{name}.ru.txt").write_text("".join(russian), "utf-8")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of small works, a long one and one that cannot be read."""
    folder = tmp_path_factory.mktemp("texts")
    for n in range(SMALL):
        write(folder, f"small{n:02}", 4 + n % 5)
    write(folder, "long", 230)
    (folder / "broken.en.xml").write_text("<TEI><text>", "utf-8")
    return folder


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of a work that takes long, and one that does not."""
    folder = tmp_path_factory.mktemp("slow")
    write(folder, "big", 60_000)
    write(folder, "small", 3)
    return folder


@pytest.fixture(scope="module")
def alone(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    """Return the run on one machine."""
    out = tmp_path_factory.mktemp("alone")
    return run(find_jobs(texts), Settings(str(out), encoder="lexical", piece=PIECE)), out


def files(out: Path) -> dict[str, bytes]:
    """Return all results; what the killed worker was about to write is a hidden file."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in (out / "works").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def lines(out: Path) -> list[dict[str, object]]:
    """Return the manifest's lines without times."""
    rows = map(json.loads, (out / "manifest.jsonl").read_text("utf-8").splitlines())
    return [{name: value for name, value in row.items() if name != "seconds"} for row in rows]


def stages(out: Path) -> dict[str, set[str]]:
    """Return the stages of each work: one that was aligned in pieces was cut."""
    rows = map(json.loads, (out / "manifest.jsonl").read_text("utf-8").splitlines())
    return {row["id"]: {stage for stage, _ in row["seconds"]} for row in rows}


def test_a_killed_worker_changes_nothing_and_a_slow_document_is_ended(
    texts: Path, slow: Path, alone: tuple[Run, Path], tmp_path: Path
) -> None:
    program = ROOT / "tests" / "cluster_run.py"
    command = [sys.executable, program, texts, tmp_path, str(PIECE), slow]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["died"] == 1
    ids = [job.id for job in find_jobs(texts)]
    assert Counter(told["ended"]) == Counter(ids)
    assert told["reused"] == [0, len(ids) - 1]
    assert files(tmp_path) == files(alone[1])
    assert lines(tmp_path) == lines(alone[1])
    assert stages(tmp_path)["long"] >= {"cut", "align"}
    assert told["shared"] == alone[0].shared > 0
    assert not (tmp_path / ".shared").exists()
    assert "--timeout 4" in told["slow"]["big"]
    assert told["slow"]["small"] == "aligned"
    assert told["children"] == 0


def test_no_scheduler(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parallel_texts.batch.cluster._PATIENCE", 0.2)
    with pytest.raises(ParallelTextsError, match="no Dask scheduler answers"):
        run_on_cluster(find_jobs(texts), Settings(str(tmp_path)), "tcp://127.0.0.1:9")
