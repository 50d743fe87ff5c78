"""Limits on the shape of the code; tools/health.py prints the measures."""

import sys
from statistics import median

import pytest

from paths import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import health


def test_no_module_is_longer_than_400_lines():
    assert {name: lines for name, lines in health.lengths().items() if lines > 400} == {}


def test_half_of_all_functions_have_8_lines_or_fewer():
    assert median(health.body_lengths()) <= 8


def test_modules_do_not_load_each_other_in_a_circle():
    assert health.cycle() == []


def test_nothing_public_is_undocumented():
    assert health.undocumented() == []


def test_nothing_is_dead():
    assert health.unused() == []


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("parallel_texts.model", {"parallel_texts.frames"}),
        ("parallel_texts.errors", set()),
        ("parallel_texts.frames", {"parallel_texts.errors"}),
    ],
)
def test_what_all_stages_share_loads_nothing(module, allowed):
    assert health.imports()[module] <= allowed


FLOORS = """
errors frames
files i18n languages model judgements transactions processes
tei documents segmentation plain tables corpus validation
encoders
alignment evaluation
norms findings flagging parties party_detection role_detection
edition exchange
texts importing adding founding pipeline
concordance batch review
cli
"""
"""From the ground up, as docs/design.md draws them; a room may load its own floor and those below."""


def test_no_room_loads_one_above_it():
    floor = {room: n for n, line in enumerate(FLOORS.split("\n")) for room in line.split()}
    pairs = {
        (name, target)
        for name, targets in health.imports().items()
        for target in targets
        if name.count(".") and target.count(".") and "__main__" not in name
    }
    assert len(pairs) > 300
    up = [(a, b) for a, b in pairs if floor[b.split(".")[1]] > floor[a.split(".")[1]]]
    assert up == []


@pytest.mark.parametrize(
    ("library", "home"),
    [("click", "parallel_texts.cli"), ("lxml.html", "parallel_texts.documents")],
)
def test_only_one_room_knows_a_library(library, home):
    strangers = [
        name
        for name, tree in health.modules().items()
        if library in health.libraries(tree)
        and not name.startswith((home, "parallel_texts.__main__"))
    ]
    assert strangers == []
