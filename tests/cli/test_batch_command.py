"""``batch`` from the command line: options, messages, exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parallel_texts.cli import cli


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    (place / "A-1_C.txt").write_text("双方同意。\n", "utf-8")
    (place / "A-1_E.txt").write_text("The Parties agree.\n", "utf-8")
    return place


def batch(folder: Path, *options: str) -> Result:
    out = folder.parent / "out"
    words = ["batch", str(folder), "-o", str(out), "--jobs", "1", "--encoder", "lexical", *options]
    return CliRunner().invoke(cli, words)


NAMED = ("--alias", "E=en,C=zh", "--no-flag")


def test_it_prints_the_page_and_says_what_was_done(folder: Path) -> None:
    done = batch(folder, *NAMED, "--id", r"\w-\d", "--to", "jsonl", "--to", "parquet")
    out = folder.parent / "out"
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{out / 'summary.html'}\n"
    assert done.stderr.startswith("1 work: 1 aligned; ")
    (line,) = (out / "shards" / "links-00001.jsonl").read_text("utf-8").splitlines()
    link = json.loads(line)
    assert (link["work"], link["shape"], link["texts"]["zh"]) == ("A-1", "1:1", ["双方同意。"])
    assert (out / "shards" / "links-00001.parquet").exists()
    again = batch(folder, *NAMED, "--id", r"\w-\d")
    assert "1 finished before" in again.stderr
    assert not (out / "shards" / "links-00001.parquet").exists()


def test_what_fails_costs_a_line_and_the_exit_status(folder: Path) -> None:
    (folder / "B_E.docx").write_bytes(b"no document")
    done = batch(folder, *NAMED)
    assert done.exit_code == 1
    first, last = done.stderr.splitlines()
    assert first.startswith("B: ") and "B_E.docx" in first
    assert last.startswith("2 works: 1 aligned, 1 failed")
    assert "B_E.docx" in (folder.parent / "out" / "summary.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--id", "("), "no regular expression"),
        (("--alias", "E"), "NAME=LANG"),
        (("--select", "X9"), "no code"),
        (("--languages", "ru"), "no language in its name"),
    ],
)
def test_options_that_make_no_sense_say_so(
    folder: Path, options: tuple[str, ...], said: str
) -> None:
    done = batch(folder, "--no-flag", *options)
    assert done.exit_code != 0
    assert said in done.output + str(done.exception)


def test_a_folder_without_texts_is_an_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "parallel_texts", "batch", str(tmp_path), "-o", "out"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no text that can be read" in done.stderr
