"""The review's page: no violation that axe-core knows, in every language, width, light and dialog."""

from __future__ import annotations

import pytest
from review_pages import Desk, Served, damaged


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    """The same work served in two languages."""
    with pytest.MonkeyPatch.context() as patch:
        servers = {}
        for lang in ("en", "zh"):
            folder = tmp_path_factory.mktemp(f"review-{lang}")
            patch.setenv("PARALLEL_TEXTS_STATE", str(folder / "state"))
            servers[lang] = Served(damaged(folder), ui_lang=lang)
        yield servers
        for server in servers.values():
            server.stop()


@pytest.fixture
def desk(browser, rooms):
    contexts = []

    def sit_down(width=1280, *, dark=False, lang="en") -> Desk:
        context = browser.new_context(
            viewport={"width": width, "height": 860}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        return Desk(context, rooms[lang].addresses[0])

    yield sit_down
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("lang", "width", "dark"), [("en", 1280, False), ("zh", 390, False), ("zh", 1280, True)]
)
def test_the_page_has_no_violation(desk, violations, lang, width, dark):
    at = desk(width, dark=dark, lang=lang)
    at.press("j", "j", "j", "j")
    at.settle()
    at.page.evaluate("document.querySelectorAll('.note details').forEach(d => d.open = true)")
    assert violations(at.page) == []
    assert at.errors == []


OPENED = "dialog[open], #show[open], .editor"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_keys_open_has_no_violation_and_closes_where_one_was(desk, dark):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    at = desk(dark=dark)
    at.press("j", "j")
    at.settle()
    was = at.where
    for key in "?", "f", "v", "e", "x", "r":
        if key == "r":
            at.seeks("n")
            was = at.where
        at.press(key)
        at.page.wait_for_selector(OPENED)
        found = axe.run(at.page, context=OPENED.split(", ")).response["violations"]
        assert [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found] == [], key
        at.press("Escape")
        assert at.page.locator(OPENED).count() == 0, key
        assert at.page.evaluate("document.activeElement !== document.body"), key
        assert at.where == was


@pytest.mark.parametrize("width", [1280, 900, 390])
def test_nothing_lies_over_the_row_one_is_at(desk, width):
    at = desk(width)
    page = at.page
    for _ in range(12):
        at.press("j")
        at.settle()
        seen = page.evaluate(
            """() => { const box = document.activeElement.getClientRects()[0];
               const top = document.elementFromPoint(box.left + 3, box.top + box.height / 2);
               return document.activeElement.contains(top) || top.contains(document.activeElement); }"""
        )
        assert seen, at.where
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_key_of_the_list_is_one_the_script_knows(desk):
    at = desk()
    script = at.page.evaluate("fetch('/static/review.js').then(a => a.text())")
    named = at.page.evaluate("[...document.querySelectorAll('#keys kbd')].map(k => k.textContent)")
    arrows = {
        "→": "ArrowRight",
        "←": "ArrowLeft",
        "↓": "ArrowDown",
        "↑": "ArrowUp",
        "Esc": "Escape",
    }
    for key in named:
        if key.startswith("Ctrl+"):
            continue
        plain = arrows.get(key, key.removeprefix("Shift+"))
        quoted = f'"{plain}":' in script
        assert quoted or f" {plain}:" in script, key
