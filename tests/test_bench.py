"""``make bench`` knows every bench there is."""

import importlib.util
import re
import sys

import pytest

from paths import ROOT

spec = importlib.util.spec_from_file_location("bench_main", ROOT / "bench" / "__main__.py")
bench = importlib.util.module_from_spec(spec)


@pytest.fixture(scope="module", autouse=True)
def loaded():
    sys.modules["bench_main"] = bench
    spec.loader.exec_module(bench)


def test_each_bench_is_a_program():
    missing = [b.command[0] for b in bench.BENCHES.values() if not _path(b).is_file()]
    assert missing == []


def _path(one):
    return ROOT / "bench" / one.command[0]


def test_every_program_of_the_folder_is_run_or_serves_another():
    run = {_path(b) for b in bench.BENCHES.values()}
    programs = {p for p in (ROOT / "bench").rglob("*.py") if "__main__" in p.read_text("utf-8")}
    learning = {"align_train.py", "fit.py", "fit_conditions.py", "fit_force.py"}
    assert {p.name for p in programs - run if p.name != "__main__.py"} <= learning


def test_what_is_missing_is_a_reason(monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "GOLD", tmp_path / "gold")
    assert "gold" in bench.why_not(bench.Bench("", ("x.py",), needs_gold=True))
    assert "no-such-package" in bench.why_not(
        bench.Bench("", ("x.py",), needs=("no-such-package",))
    )
    assert bench.why_not(bench.Bench("", ("x.py",))) == ""


def test_conditions_name_machine_versions_and_date():
    text = "\n".join(bench.conditions())
    assert "cores" in text
    assert "UTC" in text
    assert "numpy 2" in text or "numpy 1" in text


def test_parts_are_kept_and_replaced(tmp_path, monkeypatch):
    page, readme = tmp_path / "figures.md", tmp_path / "README.md"
    readme.write_text(f"a\n{bench.figures.START}\nold\n{bench.figures.END}\nb\n", "utf-8")
    monkeypatch.setattr(bench, "README", readme)
    norms, sentences = (bench.BENCHES[name].title for name in ("norms", "segmentation"))
    bench.keep(norms, "held\nzh 1 2 .1\nru 1 2 .2\nen 1 2 .3", page)
    bench.keep(sentences, "| x |", page)
    bench.keep(norms, "held\nzh 1 2 .4\nru 1 2 .5\nen 1 2 .6", page)
    kept = bench.figures.sections_of(page.read_text("utf-8"))
    assert set(kept) == {sentences, norms}
    assert "| .4, .5, .6 |" in readme.read_text("utf-8")
    assert ".1, .2, .3" not in page.read_text("utf-8")
    assert readme.read_text("utf-8").startswith("a\n")
    assert readme.read_text("utf-8").endswith("b\n")


PAGE = ROOT / "docs" / "figures.md"


def test_the_figures_of_the_readme_are_those_of_the_page():
    page, readme = PAGE.read_text("utf-8"), (ROOT / "README.md").read_text("utf-8")
    titles = {name: one.title for name, one in bench.BENCHES.items()}
    assert bench.figures.page(bench.figures.sections_of(page), titles) == page
    assert bench.figures.quote(readme, page) == readme


def test_every_figure_was_measured_by_a_bench_there_is():
    assert {figure.bench for figure in bench.figures.read_figures()} <= set(bench.BENCHES)
    assert bench.figures.MISSING not in PAGE.read_text("utf-8")


def test_every_part_of_the_page_names_date_and_machine():
    sections = bench.figures.sections_of(PAGE.read_text("utf-8"))
    assert sections
    undated = [
        t for t, text in sections.items() if not re.search(r"20\d\d-\d\d-\d\d .* cores", text)
    ]
    assert undated == []
