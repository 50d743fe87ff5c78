"""The real thing: works of the corpus, written by the command, opened in a browser."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

WORKS = ("chita-1955", "khabarovsk-1955-intercept")


@pytest.fixture(scope="module")
def built(tmp_path_factory, corpora):
    folder = tmp_path_factory.mktemp("built")
    if not all((corpora / "ru" / f"{work}.xml").is_file() for work in WORKS):
        pytest.skip("the corpus lacks these works")
    shutil.copytree(corpora, folder / "corpora")
    command = [sys.executable, "-m", "parallel_texts", "edition", *WORKS]
    options = ["--corpus", str(folder / "corpora"), "-o", str(folder / "site"), "--ui-lang", "all"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize("width", [900, 1440, 2560])
def test_cells_of_each_row_share_a_top_edge(visit, built, work, width):
    page = visit(f"{work}.html", width=width, height=4000, folder=built).page
    rows = page.evaluate(
        """[...document.querySelectorAll("table.rows tbody tr[id]")].map(row =>
           [...row.querySelectorAll("td[data-l]")].map(cell => cell.getBoundingClientRect().top))"""
    )
    assert len(rows) > 15
    assert all(max(tops) - min(tops) < 0.6 for tops in rows)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "page", [*WORKS, "index", "names", "search", "ru/chita-1955", "zh/chita-1955"]
)
def test_pages_are_accessible_quiet_and_complete(visit, violations, built, page, dark):
    seen = visit(f"{page}.html", dark=dark, folder=built)
    seen.page.wait_for_timeout(50)
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith(built.as_uri())] == []
    assert violations(seen.page) == []


def test_the_asymmetry_of_chita_is_shown_with_its_evidence(visit, built):
    page = visit("chita-1955.html", folder=built).page
    notes = page.locator(".note[data-code=P204]")
    assert notes.count() >= 1
    number = notes.first.get_attribute("id").removeprefix("f")
    quoted = page.evaluate(
        """n => [...document.querySelectorAll("mark[data-f]")].filter(m => m.dataset.f.split(" ")
           .includes(n)).map(m => m.closest("td").lang)""",
        number,
    )
    assert {"zh-Hans", "ru", "en"} <= set(quoted)


def test_khabarovsk_says_that_no_chinese_text_was_issued(visit, built):
    page = visit("khabarovsk-1955-intercept.html", folder=built).page
    assert page.locator(".note[data-code=A301]").count() == 1
    assert "never issued" in page.inner_text("#summary")
    assert page.inner_text(".banner").startswith("Reconstruction, not an authentic document")


@pytest.mark.parametrize("query", ["飞机", "самолётами", "airfields", "уведомление"])
def test_search_opens_on_a_row(visit, built, query):
    page = visit("search.html", folder=built).page
    page.fill("#q", query)
    page.keyboard.press("Enter")
    page.locator(".hits a").first.click()
    page.wait_for_url("**/*.html*#*")
    anchor = page.evaluate("location.hash.slice(1)")
    assert page.locator(f"[id='{anchor}'] .found").count() >= 1


SPLIT_WORDS = """() => [...document.querySelectorAll("table.plain :is(thead th, tbody th, tbody td:first-child)")]
  .flatMap(cell => { const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), split = [];
    while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      if (/\\p{Script=Han}/u.test(word[0])) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, word.index);
      range.setEnd(walker.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) split.push(word[0]);
    }
    return split; })"""


@pytest.mark.parametrize("folder", ["", "ru/", "zh/"])
def test_on_a_phone_no_word_of_a_head_is_broken_nor_wider_than_its_column(visit, built, folder):
    page = visit(f"{folder}chita-1955.html", width=390, folder=built).page
    assert page.locator(".balance thead th").count() == 3
    assert page.evaluate(SPLIT_WORDS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    wide = page.evaluate(
        """[...document.querySelectorAll(".balance th")].filter(cell => {
           const range = document.createRange();
           range.selectNodeContents(cell);
           return range.getBoundingClientRect().right > cell.getBoundingClientRect().right;
        }).map(cell => cell.textContent)"""
    )
    assert wide == []
