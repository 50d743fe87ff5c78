"""Many rows: only those near the window are in the page, and what is drawn is what the files say."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import expect
from review_pages import Desk, Served, long_corpus

ROWS = 400
DRAWN = """() => [...document.querySelectorAll("#rows tbody[data-link]")].map(b =>
  [Number(b.querySelector("th.n a").textContent), b.dataset.link,
   [...b.querySelectorAll(".p")].map(p => p.dataset.id)])"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLEL_TEXTS_STATE", str(folder / "state"))
        server = Served(long_corpus(folder, ROWS, 350), "long")
        yield server
        server.stop()


@pytest.fixture
def desk(browser, served):
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    yield Desk(context, served.addresses[0])
    context.close()


def drawn(desk: Desk) -> list[list[object]]:
    return desk.page.evaluate(DRAWN)


def true_rows(served: Served) -> dict[int, list[object]]:
    return {
        row.number + 1: [row.link, [p.id for side in row.passages.values() for p in side]]
        for row in served.review.rows()
    }


def assert_same(desk: Desk, served: Served) -> None:
    """Every row that is drawn is the review's row of that number, in order."""
    rows = drawn(desk)
    truth = true_rows(served)
    assert [number for number, *_ in rows] == sorted(number for number, *_ in rows)
    assert [row for row in rows if truth[row[0]] != row[1:]] == []


def test_first_only_the_rows_near_the_window_are_there(desk, served):
    desk.page.wait_for_selector("section.blank", state="attached")
    assert 40 <= len(drawn(desk)) <= 160
    assert desk.page.evaluate("document.body.scrollHeight") > 15_000


def test_scrolling_brings_rows_and_lets_others_go(desk, served):
    page = desk.page
    for part in range(11):
        page.evaluate("n => scrollTo(0, document.body.scrollHeight * n)", part / 10)
        page.wait_for_timeout(120)
    expect(page.locator(f'tbody[data-link="l{ROWS}"]')).to_be_visible()
    assert len(drawn(desk)) < 300
    assert_same(desk, served)


def test_a_jump_goes_to_a_row_that_was_not_there(desk, served):
    assert desk.seeks("d") == "350 · zh.a30.s2"
    assert desk.page.locator("tr.here .p:focus").is_visible()
    box = desk.page.locator("tr.here").bounding_box()
    assert 80 < box["y"] < 800
    assert_same(desk, served)


def test_after_any_actions_the_page_shows_what_the_files_say(desk, served):
    chance = random.Random(7)
    page = desk.page
    seen = set()
    for step in range(24):
        row = page.locator("#rows tbody[data-link] .p").nth(
            chance.choice((0, 3, 117, 120, 123, 200))
        )
        row.evaluate("p => p.focus()")
        said = desk.does(chance.choice(["m", "Shift+M", "s", "]", "[", "o", "z", "z", "Shift+Z"]))
        assert said, step
        seen.add(said)
        assert_same(desk, served)
    assert {"Merged", "Undone"} < seen
    for _ in range(60):
        if page.get_attribute(".tools [data-do=undo]", "aria-disabled") == "true":
            break
        desk.does("z")
    assert_same(desk, served)
    assert len(served.review) == ROWS


def test_a_filter_shows_only_its_rows_wherever_they_are(desk, served):
    page = desk.page
    desk.press("v")
    page.check('[name=rows][value="doubtful"]')
    desk.settle()
    assert page.inner_text(".said") == "Rows shown: 1"
    expect(page.locator('tbody[data-link="l350"]')).to_be_visible()
    assert page.locator("#rows tbody[data-link]:visible").count() == 1
    page.check('[name=rows][value="all"]')
    desk.settle()
    desk.press("Escape")
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator('tbody[data-link="l1"]')).to_be_visible()
    assert_same(desk, served)


def test_what_is_typed_is_not_drawn_over_by_others(desk, served, browser):
    other = Desk(browser.new_context(), served.addresses[0])
    desk.passage("en.a1.s2").click()
    desk.press("e")
    desk.page.fill(".editor textarea", "half a sentence")
    other.passage("en.a1.s2").click()
    assert other.does("m") == "Merged"
    desk.page.wait_for_timeout(2500)
    assert desk.page.locator(".editor textarea").input_value() == "half a sentence"
    desk.press("Enter")
    dialog = desk.page.locator("#conflict")
    expect(dialog).to_be_visible()
    assert "half a sentence" in dialog.locator(".mine").inner_text()
    desk.press("Escape")
    assert other.does("z") == "Undone"
    other.page.context.close()
