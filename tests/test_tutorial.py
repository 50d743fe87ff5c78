"""The commands of the tutorial, run one after the other in a copy of the corpus."""

import re
import shlex
import shutil
import subprocess

import pytest

from corpus_copies import run
from parallel_texts.tei import read_version
from paths import ROOT

PAGE = ROOT / "docs" / "tutorial.md"


def _commands():
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def _run(line):
    name, *arguments = shlex.split(line)
    if name == "parallel-texts":
        run(*arguments)
    else:
        subprocess.run([name, *arguments], check=True)


@pytest.mark.slow
def test_every_command_of_the_tutorial_works(tmp_path, monkeypatch):
    for folder in ("corpora", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    commands = _commands()
    assert len(commands) > 12
    for line in commands:
        _run(line)
    version = read_version(tmp_path / "corpora" / "zh" / "khabarovsk-1955-exercises.xml")
    assert any("轮换派出" in passage.text for passage in version.passages)
    assert (tmp_path / "site" / "khabarovsk-1955-exercises.html").is_file()
    assert (tmp_path / "my-site" / "index.html").is_file()
