"""A whole review of one work, by keyboard alone and by mouse alone; then the files are read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from review_pages import Desk, Served, alignment_of, as_sets, damaged, gold

from corpus_copies import errors, state
from parallel_texts.corpus import kept_judgements, load_corpus

PATIENCE = 60_000
"""Milliseconds for what a page learns by looking: it looks every two seconds, and a machine that
is busy with other things needs seconds more to look at all rules again."""


@pytest.fixture
def served(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    running = []

    def start(corpus=None, **options) -> Served:
        running.append(Served(corpus or damaged(tmp_path), **options))
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def desk(browser):
    contexts = []

    def sit_down(address: str, **options) -> Desk:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 860}, **options})
        contexts.append(context)
        return Desk(context, address)

    yield sit_down
    for context in contexts:
        context.close()


def verdicts(corpus) -> dict[str, tuple[str, str, str]]:
    """Return per finding what was said last, by whom and why."""
    loaded = load_corpus(corpus)
    kept = kept_judgements(loaded, loaded.work("chita-1955"))
    return {
        f"{j.finding.code} {j.finding.unit} {j.finding.rule}": (
            j.finding.status,
            j.who,
            j.verdicts[0].reason,
        )
        for j in kept
        if j.who
    }


def test_by_keyboard_alone(served, desk, corpora):
    server = served()
    at = desk(server.addresses[0])
    page = at.page

    assert "5 doubtful" in page.inner_text("#judged")
    assert at.seeks("d") == "3 · zh.a2.s1"
    assert at.seeks("d") == "4 · zh.a2.s2"
    at.press("ArrowRight")
    assert at.where == "4 · ru.a2.s2"
    assert at.does("[") == "Moved"
    assert at.row_of("zh.a2.s1") == ["zh.a2.s1", "ru.a2.s1", "ru.a2.s2", "en.a2.s1"]

    assert at.seeks("d") == "13 · zh.a6.s2"
    at.press("ArrowRight")
    assert at.does("s") == "Split"
    assert at.row_of("zh.a6.s3") == ["zh.a6.s3", "ru.a6.s4", "en.a6.s3"]

    assert at.seeks("d") == "24 · zh.closing.s2"
    at.press("j", "ArrowRight", "ArrowRight")
    assert at.where == "25 · en.closing.s2"
    assert at.does("[") == "Moved"
    assert as_sets(alignment_of(server.corpus)) == gold(corpora)
    at.press("d")
    expect(page.locator(".said")).to_contain_text("No more")

    at.seeks("p")
    assert page.evaluate("document.activeElement.dataset.status") == "open"
    assert at.does("y") == "Judged"
    at.seeks("p")
    at.press("r")
    page.keyboard.type("only the words")
    page.keyboard.press("Tab")
    page.keyboard.type("the same in other words")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert at.does("Enter") == "Judged"
    said = verdicts(server.corpus)
    assert sorted(said.values()) == [("confirmed", "Anna", ""), ("refused", "Anna", "wording")]
    assert at.does("z") == "Undone"
    assert [v[0] for v in verdicts(server.corpus).values()] == ["confirmed"]
    assert at.does("Shift+Z") == "Done again"
    assert verdicts(server.corpus) == said

    assert at.errors == []
    server.stop()
    again = served(server.corpus)
    later = desk(again.addresses[0])
    assert "2 of" in later.page.inner_text("#judged")
    for _ in range(2):
        assert later.does("Control+z") == "Undone"
    assert verdicts(server.corpus) == {}
    assert as_sets(alignment_of(server.corpus)) == gold(corpora)
    assert later.does("Control+y") == "Done again"
    assert errors(server.corpus) == []
    assert later.errors == []


def test_by_mouse_alone(served, desk, corpora):
    server = served()
    at = desk(server.addresses[0])
    page = at.page

    assert at.clicks("[data-do=doubtful-on]") == ""
    at.passage("ru.a2.s2").click()
    assert at.clicks(".commands [data-do=move-previous]") == "Moved"
    at.passage("zh.a6.s3").click()
    assert at.clicks(".commands [data-do=split]") == "Split"
    at.passage("en.closing.s2").click()
    assert at.clicks(".commands [data-do=move-previous]") == "Moved"
    assert as_sets(alignment_of(server.corpus)) == gold(corpora)

    before = state(server.corpus)
    at.passage("en.a5.s1").click()
    assert at.clicks(".commands [data-do=merge-next]") == "Merged"
    assert at.clicks(".tools [data-do=undo]") == "Undone"
    at.passage("en.a5.s1").click()
    assert at.clicks(".commands [data-do=omit]") == "Marked as having no counterpart"
    assert at.clicks(".tools [data-do=undo]") == "Undone"
    assert state(server.corpus) == before
    assert at.clicks(".commands [data-do=lock]") == "Locked"
    assert page.locator("tr.here.locked").count() == 1

    note = page.locator("#rows .note").first
    note.locator("[data-do=refuse]").click()
    page.select_option("#reason", "rule")
    page.fill("#judge-note", "no")
    assert at.clicks("#judge [type=submit]") == "Judged"
    page.locator("#general .note [data-do=confirm]").first.click()
    page.wait_for_selector("#general .note.confirmed")
    assert sorted(v[0] for v in verdicts(server.corpus).values()) == ["confirmed", "refused"]
    assert errors(server.corpus) == []
    assert at.errors == []


def test_text_is_corrected_cut_and_joined_in_its_place(served, desk):
    server = served()
    at = desk(server.addresses[0])
    page = at.page
    before = state(server.corpus)
    at.passage("en.a3.s1").click()
    at.press("e")
    field = page.locator(".editor textarea")
    text = field.input_value()
    assert text == server.review.work.version("en").passages[ids(server, "en.a3.s1")].text
    field.fill(text + " Amen")
    assert at.does("Enter") == "Corrected"
    assert at.passage("en.a3.s1").inner_text().endswith("Amen")
    version = (server.corpus / "en/chita-1955.xml").read_text("utf-8")
    assert "Amen" in version
    assert version.count("<change") > before["en/chita-1955.xml"].decode().count("<change")

    at.press("x")
    page.keyboard.press("End")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.keyboard.type("no letter comes in here")
    assert at.does("Enter") == "Cut in two"
    row = at.row_of("en.a3.s1")
    assert len([name for name in row if name.startswith("en.")]) == 2
    assert at.does("Shift+J") == "Joined"
    assert at.passage("en.a3.s1").inner_text().endswith("Amen")
    for _ in range(3):
        assert at.does("z") == "Undone"
    assert state(server.corpus) == before
    assert at.errors == []


def ids(server: Served, passage: str) -> int:
    return [p.id for p in server.review.work.version("en").passages].index(passage)


def test_a_finding_of_ones_own_with_words_in_each_version(served, desk):
    server = served()
    at = desk(server.addresses[0])
    at.passage("zh.a3.s2").click()
    at.press("f")
    page = at.page
    page.select_option("#code", "V107")
    for identifier, start, end in (("zh.a3.s2", 0, 4), ("en.a3.s1", 4, 9)):
        page.evaluate(
            """([id, start, end]) => { const area = document.querySelector(`#find [data-id="${id}"]`);
               area.focus(); area.setSelectionRange(start, end); }""",
            [identifier, start, end],
        )
    page.keyboard.type("nothing can be typed here")
    page.fill("#find-note", "Notice is asked of one side.")
    assert at.clicks("#find [type=submit]") == "Finding written"
    (own,) = [f for f in server.review.findings() if f.own]
    assert [(e.passage, e.start, e.end) for e in own.finding.evidence] == [
        ("zh.a3.s2", 0, 4), ("en.a3.s1", 4, 9),
    ]  # fmt: skip
    assert page.locator(f'.note[data-key="{own.key}"]').is_visible()
    assert at.errors == []


def test_two_tabs_see_what_the_other_does_and_a_conflict_shows_both(served, desk):
    server = served(people=("Anna", "Boris"))
    anna, boris = (desk(address) for address in server.addresses)
    anna.passage("en.a5.s1").click()
    boris.passage("en.a5.s1").click()
    boris.page.evaluate(
        "window.fetch = (real => (address, ...rest) => String(address).startsWith('/changes') && !window.open_ears ? new Promise(() => {}) : real(address, ...rest))(window.fetch)"
    )
    assert anna.does("m") == "Merged"
    boris.page.evaluate("window.open_ears = true")
    boris.does("Shift+M")
    dialog = boris.page.locator("#conflict")
    dialog.wait_for()
    assert "Merged · l10 · previous" in dialog.locator(".mine").inner_text()
    assert "en: " in dialog.locator(".theirs").inner_text()
    boris.press("Escape")
    expect(boris.page.locator("tbody[data-link]")).to_have_count(23, timeout=PATIENCE)
    assert boris.does("l") == "Locked"
    anna.page.wait_for_selector("tr.locked", timeout=PATIENCE)
    expect(anna.page.locator(".said")).to_contain_text("Boris")


def test_a_file_changed_by_an_editor_is_shown_and_the_place_kept(served, desk):
    server = served()
    at = desk(server.addresses[0])
    at.passage("en.a5.s1").click()
    path = server.corpus / "en/chita-1955.xml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("shall act together", "shall act jointly"), "utf-8")
    expect(at.passage("en.a1.s1")).to_contain_text("jointly", timeout=PATIENCE)
    expect(at.page.locator(".said")).to_contain_text("another program")
    assert at.where == "10 · en.a5.s1"
    assert at.does("m") == "Merged"
    assert "shall act jointly" in path.read_text("utf-8")


def test_a_file_broken_by_an_editor_is_said_and_read_when_it_is_whole_again(served, desk):
    server = served()
    at = desk(server.addresses[0])
    path = server.corpus / "en/chita-1955.xml"
    text = path.read_text("utf-8")
    path.write_text(text[: len(text) // 2], "utf-8")
    said = at.page.locator(".said")
    expect(said).to_contain_text("chita-1955.xml", timeout=PATIENCE)
    path.write_text(text.replace("shall act together", "shall act jointly"), "utf-8")
    expect(said).to_contain_text("another program", timeout=PATIENCE)
    expect(at.passage("en.a1.s1")).to_contain_text("jointly")


def test_rows_that_did_not_come_are_asked_for_again(served, desk):
    server = served()
    at = desk(server.addresses[0])
    failed = []

    def fail_once(route):
        if failed:
            return route.fallback()
        failed.append(route.request.url)
        return route.abort()

    at.page.route("**/rows?*", fail_once)
    path = server.corpus / "en/chita-1955.xml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("shall act together", "shall act jointly"), "utf-8")
    expect(at.passage("en.a1.s1")).to_contain_text("jointly", timeout=PATIENCE)
    assert len(failed) == 1


def test_keys_of_another_layout_and_keys_turned_off(served, desk):
    server = served()
    at = desk(server.addresses[0])
    at.press("j")
    at.page.evaluate(
        """document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
           {key: "д", code: "KeyL", bubbles: true, cancelable: true}))"""
    )
    at.page.wait_for_selector("tr.locked")
    at.press("?")
    at.page.uncheck("#use-keys")
    at.press("Escape", "l", "m", "j")
    assert at.where.startswith("1 ·")


def test_by_touch_on_a_phone(served, desk):
    server = served()
    at = desk(
        server.addresses[0], viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = at.page
    small = page.evaluate(
        """() => [...document.querySelectorAll(".commands button, .tools button, .judge button")]
           .map(b => [b.textContent.trim(), b.getBoundingClientRect()])
           .filter(([, box]) => box.width && (box.height < 40 || box.width < 40)).map(([name]) => name)"""
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    at.passage("ru.a2.s2").tap()
    page.locator(".commands [data-do=move-previous]").tap()
    at.settle()
    assert at.row_of("zh.a2.s1")[2] == "ru.a2.s2"
    page.locator(".tools [data-do=undo]").tap()
    assert at.said_after() == "Undone"


def test_a_server_that_is_gone_is_said_and_nothing_is_lost(served, desk):
    server = served()
    at = desk(server.addresses[0])
    at.passage("en.a5.s1").click()
    at.does("m")
    at.press("e")
    server.stop()
    field = at.page.locator(".editor textarea")
    field.fill("what was typed")
    assert "start it again" in at.does("Enter")
    assert field.input_value() == "what was typed"
    assert len(alignment_of(server.corpus)) == 23


@pytest.mark.parametrize("ui_lang", ["en", "ru", "zh"])
def test_on_a_phone_counts_are_whole_and_the_choice_of_rows_is_on_top(served, desk, ui_lang):
    server = served(ui_lang=ui_lang)
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = desk(server.addresses[0], **phone).page
    cut = page.evaluate(
        """[...document.querySelectorAll(".progress > span")].filter(line => {
           const box = line.parentElement.getBoundingClientRect();
           const range = document.createRange();
           range.selectNodeContents(line);
           const { right, bottom } = range.getBoundingClientRect();
           return right > box.right + 1 || bottom > box.bottom + 1;
        }).map(line => line.textContent)"""
    )
    assert cut == []
    below = page.evaluate(
        "document.querySelector('[data-do=undo]').getBoundingClientRect().top >= "
        "document.querySelector('.progress').getBoundingClientRect().bottom"
    )
    assert below
    page.locator("#show summary").tap()
    page.locator("#show-code").scroll_into_view_if_needed()
    page.locator("#show-code").click(trial=True, timeout=10_000)
