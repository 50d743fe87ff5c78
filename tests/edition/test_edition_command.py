from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from parallel_texts.cli.edition import command
from parallel_texts.errors import CorpusError

WORK = "peng-objection-1955"


@pytest.fixture
def copy(tmp_path, corpora):
    """A corpus of one work, which may be changed."""
    if not (corpora / "zh" / f"{WORK}.xml").is_file():
        pytest.skip(f"the corpus lacks {WORK}")
    folder = tmp_path / "corpora"
    for path in [corpora / "corpus.xml", *corpora.glob(f"*/{WORK}.xml")]:
        target = folder / path.relative_to(corpora)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return folder


def run(*arguments):
    return CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False)


def test_help_has_an_example():
    assert "Example: parallel-texts edition" in run("--help").output


def test_a_site_is_written_and_its_index_named(tmp_path, copy):
    done = run(WORK, "--corpus", copy, "-o", tmp_path / "site")
    assert done.exit_code == 0
    assert done.stdout.strip() == str(tmp_path / "site" / "index.html")
    assert (tmp_path / "site" / f"{WORK}.html").is_file()
    assert (tmp_path / "site" / "tei" / "zh" / f"{WORK}.xml").read_bytes() == (
        copy / "zh" / f"{WORK}.xml"
    ).read_bytes()
    again = run(WORK, "--corpus", copy, "-o", tmp_path / "site")
    assert "0 files written" in again.stderr


def test_a_single_file_is_written(tmp_path, copy):
    done = run(WORK, "--corpus", copy, "-o", tmp_path / "out", "--single-file")
    assert done.exit_code == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{WORK}.html"]


def test_an_unknown_work_is_named(tmp_path, copy):
    with pytest.raises(
        CorpusError, match=r"no work .nothing. in .*: parallel-texts list names all"
    ):
        run("nothing", "--corpus", copy, "-o", tmp_path / "site")
