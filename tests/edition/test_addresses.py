from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition_samples import small_alignment, small_work
from parallel_texts.edition.addresses import (
    RESERVED_ANCHORS,
    Anchors,
    PageAnchors,
    file_stem,
    plain_anchor,
)


@given(st.text(min_size=1, max_size=40))
def test_stems_are_safe_names_everywhere(raw):
    stem = file_stem(raw)
    assert stem.isascii() and not set(stem) & set('/\\:*?"<>| \n\0')
    assert not stem.startswith(".") and stem not in ("index", "names", "search")


@pytest.mark.parametrize("raw", ["con", "NUL.x", "index", "..", "-rf", ".hidden", "com1"])
def test_names_with_a_meaning_of_their_own_are_set_apart(raw):
    assert file_stem(raw).startswith("_")


@given(st.lists(st.text(max_size=6), max_size=20))
def test_every_anchor_is_unique_even_without_case(raws):
    anchors = Anchors()
    claimed = [anchors.claim(raw).casefold() for raw in raws]
    assert len(set(claimed)) == len(raws)


def test_plain_ids_stay_as_they_are():
    assert plain_anchor("zh.a3.s1") == "zh.a3.s1"


def test_passages_links_and_findings_never_share_an_anchor():
    anchors = PageAnchors(small_alignment(small_work()), findings=3)
    taken = [*anchors.passages.values(), *anchors.links.values()]
    assert len(set(taken)) == len(taken)
    assert anchors.claim("f2") != "f2"
    assert anchors.claim("main") != "main"


def test_ids_of_the_templates_are_kept_free():
    templates = (files("parallel_texts.edition") / "templates").iterdir()
    used = {i for t in templates for i in re.findall(r' id="([\w-]+)"', t.read_text("utf-8"))}
    assert used <= set(RESERVED_ANCHORS)
