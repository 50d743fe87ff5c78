"""The built wheel, unpacked away from the sources, does the main job."""

import os
import subprocess
import sys
import zipfile

import pytest

from paths import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    pytest.importorskip("hatchling", reason="building a wheel needs hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


EXTRAS = ("translate", "openpyxl", "mammoth", "pdfminer", "pandas", "polars", "matplotlib")
"""Modules of the extras: the tests have them, someone who installs the package has not."""

_BARE = f"""
import sys
sys.modules.update(dict.fromkeys({EXTRAS!r}))
from parallel_texts.cli import main
main()
"""


def _run(unpacked, folder, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    return subprocess.run(
        [sys.executable, "-c", _BARE, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_carries_data_and_no_tests(unpacked):
    names = {str(p.relative_to(unpacked)) for p in unpacked.rglob("*") if p.is_file()}
    assert {
        "parallel_texts/py.typed",
        "parallel_texts/tei/parallel-texts.rng",
        "parallel_texts/languages/tables/abbreviations.tsv",
        "parallel_texts/_corpora/corpus.xml",
        "parallel_texts/_corpora/ru/chita-1955.xml",
        "parallel_texts/_corpora/alignments/chita-1955.xml",
    } <= names
    assert any(name.startswith("parallel_texts/edition/templates/") for name in names)
    assert any(name.startswith("parallel_texts/locales/") for name in names)
    assert not any(name.startswith(("tests/", "bench/", "docs/")) for name in names)


def test_the_wheel_builds_its_own_corpus_away_from_the_sources(unpacked, tmp_path):
    where = _run(unpacked, tmp_path, "list", "--format", "json")
    assert where.returncode == 0, where.stderr
    code = "import parallel_texts; print(parallel_texts.__file__)"
    home = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert str(unpacked) in home
    before = {p: p.read_bytes() for p in (unpacked / "parallel_texts/_corpora").rglob("*.xml")}
    built = _run(unpacked, tmp_path, "build", "-o", str(tmp_path / "site"))
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "site" / "index.html").is_file()
    assert {p: p.read_bytes() for p in before} == before
