"""``make bench`` knows every bench there is."""

import importlib.util

import pytest

from paths import ROOT

spec = importlib.util.spec_from_file_location("bench_main", ROOT / "bench" / "__main__.py")
bench = importlib.util.module_from_spec(spec)


@pytest.fixture(scope="module", autouse=True)
def loaded():
    import sys

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
    learning = {"align_train.py", "fit.py"}
    assert {p.name for p in programs - run if p.name != "__main__.py"} <= learning


def test_what_is_missing_is_a_reason(monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "GOLD", tmp_path / "gold")
    assert "gold" in bench.why_not(bench.Bench("", ("x.py",), needs_gold=True))
    assert "no-such-package" in bench.why_not(
        bench.Bench("", ("x.py",), needs=("no-such-package",))
    )
    assert bench.why_not(bench.Bench("", ("x.py",))) == ""


def test_the_heading_names_machine_versions_and_date():
    text = "\n".join(bench.heading())
    assert "cores" in text
    assert "numpy 2" in text or "numpy 1" in text
