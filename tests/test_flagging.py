"""Findings of many alignments: the same however many processes make them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from parallel_texts.errors import ParallelTextsError, ParseError
from parallel_texts.findings import CODES, flag
from parallel_texts.flagging import flag_each
from parallel_texts.model import Alignment, Authority
from parallel_texts.processes import Processes
from parallel_texts.tables import alignment_of, read_tables
from paths import ROOT

CLAUSES = ROOT / "bench" / "flags" / "clauses.tsv"
PARTY = Authority("A", "party", (("en", ("Buyer",)),))


def rows() -> list[Alignment]:
    """Parts of a table with an error in each third row."""
    (whole,) = read_tables(CLAUSES)
    records = [(str(n), n, dict(whole.records()[n])) for n in range(45)]
    for _, number, cells in records:
        for name in ("link", "score", "confidence", "moved"):
            cells.pop(name)
        if number % 3 == 0:
            cells["ru"] = f"Не позднее {number} мая. {cells['ru']}"
    return [alignment_of(records[n : n + 9]) for n in range(0, 45, 9)]


@pytest.fixture(scope="module")
def two() -> Iterator[Processes]:
    with Processes(2) as processes:
        yield processes


def test_processes_make_no_difference(two: Processes) -> None:
    alone = [(a, found) for a, found in flag_each(rows())]
    assert sum(len(found) for _, found in alone) > 10
    assert list(flag_each(rows(), jobs=two)) == alone
    assert [found for _, found in alone] == [flag(alignment) for alignment in rows()]


@pytest.mark.parametrize("select", [["V102"], ["P", "A"], ["V1"]])
def test_some_codes_only(two: Processes, select: list[str]) -> None:
    def parties(alignment: Alignment) -> tuple[Authority, ...]:
        return (PARTY,)

    chosen = {"select": select, "ignore": ["V110"], "parties": parties}
    assert list(flag_each(rows(), jobs=two, **chosen)) == list(flag_each(rows(), **chosen))


def test_no_code_and_nothing_to_look_at(two: Processes) -> None:
    assert [list(found) for _, found in flag_each(rows(), jobs=two, ignore=CODES)] == [[]] * 5
    assert list(flag_each([], jobs=two)) == []


def test_an_error_in_reading_comes_after_what_was_read(two: Processes) -> None:
    def broken() -> Iterator[Alignment]:
        yield from rows()[:3]
        raise ParseError("too long", line=28)

    seen = []
    with pytest.raises(ParseError, match="28"):
        for alignment, _ in flag_each(broken(), jobs=two, select=["V102"]):
            seen.append(alignment)
    assert seen == rows()[:3]


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(ParallelTextsError, match="V9"):
        next(flag_each(rows(), select=["V9"]))


_SCRIPT = """
import os, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # shells start what runs behind without it
from multiprocessing import active_children
from parallel_texts.processes import Processes
if __name__ == "__main__":
    with Processes(2) as processes:
        started = [processes.submit(time.sleep, 60) for _ in range(2)]
        pid = [child.pid for child in active_children()]
        time.sleep(float(sys.argv[1]))
        print(*pid, flush=True)
        time.sleep(60)
"""


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_processes_end_with_their_parent(tmp_path: Path, sign: signal.Signals) -> None:
    script = tmp_path / "script.py"
    script.write_text(_SCRIPT, "utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script), "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout is not None
    children = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(children) == 2
    parent.send_signal(sign)
    parent.communicate(timeout=20)
    assert _all_end(children)


def _all_end(children: list[int]) -> bool:
    for _ in range(100):
        if not any(_lives(pid) for pid in children):
            return True
        time.sleep(0.1)
    return False


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")
