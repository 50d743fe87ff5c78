from __future__ import annotations

import pytest

PAGES = ["index.html", "chita-1955.html", "names.html", "search.html?q=notice"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1440, 900, 360])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(visit, violations, name, dark, width):
    page = visit(name, dark=dark, width=width).page
    if name.startswith("chita"):
        page.evaluate(
            "document.querySelectorAll('details').forEach(d => d.open = !d.matches('.menu'))"
        )
    assert violations(page) == []


@pytest.mark.parametrize("menu", ["columns", "filter", "keys"])
def test_axe_finds_no_violation_in_open_menus(visit, violations, menu):
    page = visit("chita-1955.html").page
    page.click(f"#{menu} > summary")
    assert violations(page) == []


def focus(page) -> str:
    return page.evaluate(
        "(document.activeElement.closest('[id]') || document.activeElement).id + ' ' + document.activeElement.tagName"
    )


def test_keyboard_alone_reaches_and_moves_through_the_text(visit):
    page = visit("chita-1955.html").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("j")
    assert focus(page) == "l1 A"
    page.keyboard.press("j")
    assert focus(page) == "l2 A"
    page.keyboard.press("ArrowRight")
    assert focus(page) == "zh.a1.s1 SPAN"
    page.keyboard.press("ArrowRight")
    assert focus(page) == "zh.a1.s2 SPAN"
    page.keyboard.press("n")
    assert focus(page) == "f2 A"
    page.keyboard.press("n")
    assert focus(page) == "f3 A"
    page.keyboard.press("p")
    assert focus(page) == "f2 A"
    page.keyboard.press("p")
    assert focus(page) == "f1 A"
    page.keyboard.press("k")
    page.keyboard.press("k")


def test_keys_can_be_turned_off_and_the_address_remembers(visit):
    page = visit("chita-1955.html").page
    page.click("#keys > summary")
    page.uncheck("#use-keys")
    assert "keys=off" in page.url
    page.click("h1")
    page.keyboard.press("j")
    assert "A" not in focus(page).split()[-1:]
    page.reload()
    assert not page.is_checked("#use-keys")


def test_names_open_by_keyboard_and_close_with_escape(visit):
    page = visit("chita-1955.html").page
    page.locator("#zh\\.pre\\.s1 a.m").focus()
    page.keyboard.press("Enter")
    card = page.locator(".card")
    assert card.is_visible()
    assert "Чите" in card.inner_text()
    assert "Chita" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert page.evaluate("document.activeElement.textContent") == "赤塔"
