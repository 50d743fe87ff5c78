"""The notebooks run from beginning to end, and are what their scripts say."""

import sys

import pytest

from paths import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import notebooks

SCRIPTS = sorted((ROOT / "examples").glob("*.py"))


def test_there_are_three():
    assert len(SCRIPTS) == 3


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_notebooks_are_what_their_scripts_say(script):
    nbformat = pytest.importorskip("nbformat")
    written = nbformat.read(script.with_suffix(".ipynb"), as_version=4)
    made = notebooks.notebook_of(script)
    assert [c.source for c in written.cells] == [c.source for c in made.cells]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_notebooks_run(script, monkeypatch):
    for library in ("nbclient", "ipykernel", "matplotlib", "pandas"):
        pytest.importorskip(library)
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    done = notebooks.run(notebooks.notebook_of(script))
    assert any(
        "image/png" in output.get("data", {}) for c in done.cells for output in c.get("outputs", ())
    )
