"""Floors under the figures of docs/norms.md, measured by the benchmark itself."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "norms"


def bench(name: str) -> ModuleType:
    sys.path.insert(0, str(BENCH))
    try:
        spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(BENCH))


@pytest.mark.gold
@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
def test_bearer_and_modality_of_the_held_half(lang: str) -> None:
    score = bench("score")
    if not score.UDHR.exists():
        pytest.skip("the Universal Declaration is not beside the checkout")
    golds = [*score.written(), *score.declaration(), *score.corpus()]
    mine = [gold for gold in golds if gold.held and gold.lang == lang]
    right, made, wanted = score.scores(mine, False)
    assert wanted > 80
    assert 2 * right / (made + wanted) >= 0.85


def test_gold_has_enough_clauses_in_each_language() -> None:
    score = bench("score")
    golds = [*score.written(), *score.more(), *score.corpus()]
    for lang in ("zh", "ru", "en"):
        assert sum(gold.lang == lang for gold in golds) >= 150


@pytest.mark.slow
def test_mutants_are_found_and_mutual_clauses_left_alone() -> None:
    bench("score")
    mutants = bench("mutants")
    found = [(case, mutants.is_found(case)) for case in mutants.cases()]
    untouched = [hit for case, hit in found if case.kind == "untouched"]
    mutated = [hit for case, hit in found if case.kind != "untouched"]
    assert sum(untouched) <= 0.05 * len(untouched)
    assert sum(mutated) >= 0.9 * len(mutated)
