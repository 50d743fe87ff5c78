import errno
import os
import signal
import subprocess
import sys

import pytest

from parallel_texts.errors import ParallelTextsError
from parallel_texts.transactions import recover, write_together

WRITES = """
import os, signal, sys
from pathlib import Path
from parallel_texts.transactions import write_together
folder, limit = Path(sys.argv[1]), int(sys.argv[2])
count = 0
def tick(event, arguments):
    global count
    if event in ("os.rename", "open", "os.mkdir", "shutil.rmtree", "os.rmdir", "os.remove"):
        count += 1
        if count == limit:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(tick)
write_together(folder, {folder / "zh" / "a.xml": b"new", folder / "alignments" / "a.xml": b"new"})
"""


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "alignments").mkdir()
    (tmp_path / "alignments" / "a.xml").write_bytes(b"old")
    return tmp_path


def _state(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


BEFORE = {"alignments/a.xml": b"old"}
AFTER = {"alignments/a.xml": b"new", "zh/a.xml": b"new"}


def test_both_are_written(corpus):
    write_together(corpus, {corpus / "zh" / "a.xml": b"new", corpus / "alignments/a.xml": b"new"})
    assert _state(corpus) == AFTER


def test_killed_at_every_step_it_is_as_before_or_as_after(corpus, tmp_path):
    seen = set()
    for limit in range(1, 40):
        (corpus / "alignments" / "a.xml").write_bytes(b"old")
        (corpus / "zh" / "a.xml").unlink(missing_ok=True)
        done = subprocess.run([sys.executable, "-c", WRITES, str(corpus), str(limit)], check=False)
        for staging in corpus.glob(".parallel-texts-staging-*"):
            os.utime(staging, (0, 0))
        recover(corpus)
        state = _state(corpus)
        assert state in (BEFORE, AFTER), limit
        seen.add(state == AFTER)
        if done.returncode != -signal.SIGKILL:
            break
    assert seen == {False, True}
    assert done.returncode == 0


def test_a_full_disk_changes_nothing(corpus, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ParallelTextsError, match="No space left"):
        write_together(corpus, {corpus / "zh" / "a.xml": b"new"})
    assert _state(corpus) == BEFORE
    assert not (corpus / "zh").exists()


def test_no_permission_changes_nothing(corpus, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(ParallelTextsError, match="Permission denied"):
        write_together(corpus, {corpus / "zh" / "a.xml": b"new"})
    assert _state(corpus) == BEFORE


def test_a_path_outside_is_refused(corpus):
    with pytest.raises(ParallelTextsError, match="leads out"):
        write_together(corpus, {corpus.parent / "a.xml": b"new"})
