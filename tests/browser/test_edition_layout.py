from __future__ import annotations

import pytest
from browser_pages import lay_out_everything

TOPS = """() => [...document.querySelectorAll("table.rows tbody tr[id]")].map(row =>
  [...row.querySelectorAll("td[data-l]")].map(cell => {
    const box = cell.getBoundingClientRect(); return [box.left, box.top, box.width, box.height]; }))"""


def cells(page):
    """Boxes of all cells, with nothing left out because it is below the fold."""
    lay_out_everything(page)
    return page.evaluate(TOPS)


@pytest.mark.parametrize("name", ["chita-1955", "long", "many"])
def test_cells_of_a_row_share_a_top_edge_and_columns_line_up(visit, name):
    page = visit(f"{name}.html").page
    for width in (820, 1440, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        rows = cells(page)
        assert rows
        for row in rows:
            assert max(top for _, top, _, _ in row) - min(top for _, top, _, _ in row) < 0.6
            assert all(w > 80 and h > 20 for _, _, w, h in row)
            assert [x for x, *_ in row] == pytest.approx([x for x, *_ in rows[0]], abs=0.6)


@pytest.mark.parametrize("width", [320, 360])
def test_phone_stacks_cells_under_their_language(visit, width):
    page = visit("chita-1955.html", width=width).page
    for row in cells(page):
        lefts, tops = [c[0] for c in row], [c[1] for c in row]
        assert max(lefts) - min(lefts) < 0.6
        assert tops == sorted(tops)
        assert tops[0] < tops[-1]
    label = "cell => getComputedStyle(cell, '::before').content"
    assert page.locator("td[data-l]").first.evaluate(label) == '"简体中文"'


@pytest.mark.parametrize(
    "name",
    ["index", "chita-1955", "long", "many", "names", "search", "ru/chita-1955", "zh/chita-1955"],
)
def test_nothing_is_wider_than_the_window(visit, name):
    page = visit(f"{name}.html").page
    for width in (320, 600, 730, 900, 1210, 1440, 2560):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("width", [360, 900, 1440])
@pytest.mark.parametrize("script", [True, False])
def test_every_permalink_lands_below_the_sticky_head(visit, width, script):
    page = visit("chita-1955.html", width=width, script=script, height=500).page
    anchors = page.evaluate("[...document.querySelectorAll('#rows [id]')].map(e => e.id)")
    assert len(anchors) > 15
    for anchor in anchors:
        where = land(page, anchor)
        assert where["top"] >= where["head"] - 1 or where["in_head"], anchor
        assert where["top"] < 500, anchor


@pytest.mark.parametrize("anchor", ["l7", "l130", "l239", "a19", "ru.a15.s3"])
def test_a_permalink_into_a_long_page_lands_on_its_row(visit, anchor):
    page = visit(f"long.html#{anchor}", height=700).page
    page.wait_for_timeout(200)
    where = place(page, anchor)
    assert where["head"] - 1 <= where["top"] < 400 or anchor.startswith("a")
    assert -1 <= where["top"] < 400


def land(page, anchor):
    page.evaluate("a => { location.hash = ''; location.hash = a; }", anchor)
    page.wait_for_timeout(15)
    return place(page, anchor)


def place(page, anchor):
    return page.evaluate(
        """anchor => {
        const target = document.getElementById(anchor);
        const heads = [...document.querySelectorAll(".tools, table.rows thead th")];
        const bottoms = heads.filter(h => h.closest("table") === null
            || target.closest(".division") === h.closest(".division"))
          .filter(h => getComputedStyle(h).position === "sticky"
            || getComputedStyle(h.closest("thead") || h).position === "sticky")
          .map(h => h.getBoundingClientRect()).filter(b => b.width && b.top < 120).map(b => b.bottom);
        return { top: target.getClientRects()[0].top, head: Math.max(0, ...bottoms),
                 in_head: target.matches(".division") };
        }""",
        anchor,
    )
