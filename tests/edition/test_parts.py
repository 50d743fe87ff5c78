"""Smaller parts of the edition, one test each or few."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest

from edition_samples import LANGS, small_alignment, small_corpus, small_findings, small_work
from parallel_texts.edition.dates import day
from parallel_texts.edition.facts import facts_of
from parallel_texts.edition.likeness import counterparts
from parallel_texts.edition.policy import policy
from parallel_texts.edition.render import Frame, WorkPage
from parallel_texts.edition.running import running_head
from parallel_texts.edition.search_data import search_shard
from parallel_texts.i18n import translator
from parallel_texts.model import Authority, Link, Mention, Passage


@pytest.fixture
def page() -> WorkPage:
    work = small_work()
    return WorkPage(
        small_corpus(work),
        work,
        small_alignment(work),
        small_findings(work),
        Frame(date="2026-11-24"),
    )


def test_dates_are_written_as_each_language_writes_them():
    spoken = {lang: day("1955-09-27", translator("edition", lang)) for lang in ("en", "ru", "zh")}
    assert spoken == {"en": "27 September 1955", "ru": "27 сентября 1955 г.", "zh": "1955年9月27日"}


def test_a_month_without_a_day_takes_its_own_case():
    assert day("1955-05", translator("edition", "ru")) == "май 1955 г."
    assert day("1955-05", translator("edition", "zh")) == "1955年5月"


@pytest.mark.parametrize("iso", ["", "1955-13-01", "spring", "1955-09-27-1", "1955-<b>"])
def test_what_is_no_date_comes_back_as_it_is(iso):
    assert day(iso, str) == iso


def test_facts_are_told_once_in_the_language_of_the_interface():
    entry = Authority("p", "person", (), facts=(("birth", "1914-03-01"), ("occupation (zh)", "司令"),
                                                ("occupation (en)", "commander"), ("odd", "x")))  # fmt: skip
    assert list(facts_of(entry, "en", str)) == [
        ("born", "1 March 1914"), ("post", "commander"), ("odd", "x")]  # fmt: skip
    assert ("post", "司令") in list(facts_of(entry, "ru", str))


def passage(lang, number, text, *mentions):
    return Passage(f"{lang}.{number}", text, lang, mentions=mentions)


def test_counterparts_go_by_place():
    sides = {"zh": [passage("zh", 1, "一" * 10), passage("zh", 2, "二" * 10)],
             "en": [passage("en", 1, "a" * 30), passage("en", 2, "b" * 30)]}  # fmt: skip
    assert counterparts(sides)["zh", "zh.1"] == (("en", "en.1"),)
    assert counterparts(sides)["en", "en.2"] == (("zh", "zh.2"),)


def test_counterparts_share_what_no_other_passage_names():
    key = Mention("number", "24", 0, 2)
    sides = {"zh": [passage("zh", 1, "24" + "一" * 9, key), passage("zh", 2, "二" * 9)],
             "en": [passage("en", 1, "a" * 30), passage("en", 2, "24" + "b" * 30, key)]}  # fmt: skip
    assert ("en", "en.2") in counterparts(sides)["zh", "zh.1"]


def test_policy_admits_inline_text_by_its_hash_and_no_other():
    digest = base64.b64encode(hashlib.sha256(b"x{}").digest()).decode()
    text = policy(("x{}",))
    assert f"style-src 'self' 'sha256-{digest}'" in text
    assert "unsafe" not in text
    assert "script-src 'self';" in text


def test_pages_admit_exactly_their_own_inline_style(page):
    html = page.html()
    allowed = re.search(r"style-src 'self' 'sha256-([^']+)'", html.replace("&#39;", "'"))[1]
    style = re.search(r"<style>(.*?)</style>", html, re.S)[1]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() == allowed


def test_running_head_cannot_leave_its_string():
    css = running_head('x"; } body { display: none } </style>\n\\', "", "")
    assert css.count('"') == 6
    assert "</style" not in css


def test_search_shard_is_script_that_holds_every_row(page):
    script = search_shard("w", "w.html", "</script>", page.page, page.alignment)
    data = json.loads(script.removeprefix("parallelTexts.add(").removesuffix(");\n"))
    assert "</script" not in script
    assert [row[0] for row in data["rows"]] == [link.id for link in page.alignment]
    assert data["texts"][0][0] == "双方代表在赤塔会晤。"
    assert data["terms"][2]["aircraft"] == [1]


def test_findings_stand_beside_their_link_or_above_the_rows(page):
    notes = {row.anchor: [n.code for n in row.notes] for s in page.page.sections for row in s.rows}
    assert notes == {"l1": [], "l2": ["P204", "V102"], "l3": [], "l4": ["V101"]}
    assert [note.code for note in page.page.general] == ["A302"]
    assert [note.number for note in page.page.notes] == [1, 2, 3, 4]


def test_a_finding_without_a_link_stands_where_its_evidence_is(page):
    moved = [f for f in page.findings if f.code == "P204"]
    from dataclasses import replace

    other = WorkPage(page.corpus, page.work, page.alignment, [replace(moved[0], unit="x")], Frame())
    assert [len(row.notes) for s in other.page.sections for row in s.rows] == [0, 1, 0, 0]


def test_a_moved_passage_says_where_it_stands():
    from dataclasses import replace

    work = small_work()
    alignment = small_alignment(work)
    links = list(alignment.links)
    links[2] = Link("l3", LANGS, ((3,), (1,), (2,)), moved=True)
    page = WorkPage(
        small_corpus(work), work, replace(alignment, links=tuple(links)), (), Frame()
    ).page
    row = next(row for s in page.sections for row in s.rows if row.anchor == "l3")
    assert row.moved
    assert [cell.place for cell in row.cells] == ["", "Article 1", ""]


def test_outline_marks_gaps_and_findings(page):
    assert 'class="gap"' in page.summary.outline
    assert page.summary.outline.count('<a href="#f') == 3


def test_citation_names_versions_warning_and_edition(page):
    text = page.citation.text
    for part in ("“Chita agreement” (27 September 1955)", "Russian (authentic)",
                 "reconstruction, not an authentic document", page.content):  # fmt: skip
        assert part in text


def test_sources_are_joined_under_the_work_they_are_part_of(page):
    group = next(group for group in page.groups if group.kind == "source")
    assert [entry.name for entry in group.entries] == ["Shen Zhihua, Unrealized Cooperation"]
    assert page.page.sections[0].rows[0].sources == (("e.shen", "¶ 31"), ("e.shen", "n. 12"))
