from __future__ import annotations

import shutil
import subprocess

import pytest


def heads(page) -> list[str]:
    visible = "[...document.querySelectorAll('table.rows thead')[1].querySelectorAll('b')]"
    return page.evaluate(f"{visible}.filter(b => b.offsetParent).map(b => b.textContent)")


def test_columns_are_chosen_and_reordered_and_the_address_remembers(visit):
    page = visit("chita-1955.html").page
    page.click("#columns > summary")
    page.uncheck("#columns li[data-lang=ru] input")
    assert heads(page) == ["简体中文", "English"]
    page.click("#columns li[data-lang=en] .up")
    page.click("#columns li[data-lang=en] .up")
    assert heads(page) == ["English", "简体中文"]
    assert "cols=en,zh" in page.url
    page.reload()
    assert heads(page) == ["English", "简体中文"]
    tops = page.evaluate("[...document.querySelectorAll('#l2 td[data-l]')].map(c => c.lang)")
    assert tops[:2] == ["en", "zh-Hans"]


def test_findings_are_filtered_by_kind_and_the_address_remembers(visit):
    page = visit("chita-1955.html").page
    page.click("#filter > summary")
    page.uncheck("#filter input[value=version]")
    assert page.locator(".note:visible").count() == 2
    assert "kind=-version" in page.url
    assert "2 of 4" in page.inner_text(".said")
    page.check("#only")
    assert page.locator("tr[id]:visible").count() == 1
    page.reload()
    assert page.locator(".note:visible").count() == 2


@pytest.mark.parametrize(
    "group, value", [("code", "V101"), ("level", "low"), ("status", "confirmed")]
)
def test_every_property_filters(visit, group, value):
    page = visit("chita-1955.html").page
    page.click("#filter > summary")
    page.uncheck(f"#filter [data-filter={group}] input[value={value}]")
    assert page.locator(".note:visible").count() == 3


def test_hovering_a_passage_marks_its_counterparts_inside_an_m_n_row(visit):
    page = visit("chita-1955.html").page
    page.hover("#zh\\.a1\\.s1")
    lit = page.evaluate("[...document.querySelectorAll('.with')].map(e => e.id)")
    assert lit == ["ru.a1.s1", "en.a1.s1"]
    page.hover("#zh\\.pre\\.s1")
    same = page.evaluate("[...document.querySelectorAll('.same')].map(e => e.textContent)")
    assert set(same) == {"赤塔", "Чите", "Chita"}


def test_a_finding_lights_its_evidence_in_every_column(visit):
    page = visit("chita-1955.html").page
    page.locator("#f2 a").first.focus()
    lit = page.evaluate("[...document.querySelectorAll('mark.lit')].map(e => e.textContent)")
    assert lit == ["无须事先通知", "без уведомления", "without notice"]


def test_link_and_citation_are_copied(browser, site):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site.as_uri()}/chita-1955.html")
    page.click("#l2 th a")
    page.click("[data-do=link]")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith("/chita-1955.html#l2")
    page.click("[data-do=cite]")
    page.wait_for_selector(".said:has-text('Article 1')")
    cited = page.evaluate("navigator.clipboard.readText()")
    for part in ("Chita agreement", "row 2", "zh.a1.s1, zh.a1.s2", "en.a1.s1", "Russian (authentic)",
                 "reconstruction, not an authentic document", "24 November 2026", "#l2"):  # fmt: skip
        assert part in cited
    page.keyboard.press("n")
    page.keyboard.press("c")
    page.wait_for_selector(".said:has-text('P204')")
    assert page.evaluate("navigator.clipboard.readText()").endswith("#f2")
    context.close()


@pytest.mark.parametrize(
    "query, row",
    [("飞机通知", None), ("飞机", "l2"), ("赤", "l1"), ("самолет", "l2"), ("УВЕДОМЛЯЕТ сторону", "l2"),
     ("airfield", "l3"), ("notices", "l2"), ("нёс", "l4"), ("построила", None), ("строившие", "l3"),
     ("given", "l2"), ("gave", "l2"), ("meeting", "l1"), ("notify", None), ("самол", "l2")],
)  # fmt: skip
def test_search_finds_words_in_any_form_and_opens_on_the_row(visit, query, row):
    page = visit("search.html").page
    page.fill("#q", query)
    page.keyboard.press("Enter")
    hits = page.locator(".hits .where a[href*='chita-1955']")
    if row is None:
        assert hits.count() == 0
        return
    hits.first.click()
    page.wait_for_url(f"**/chita-1955.html*#{row}")
    assert page.locator(f"#{row} .found").count() >= 1
    assert page.locator(f"#{row}").evaluate("row => row.getBoundingClientRect().top") < 400


def test_browser_and_program_agree_on_search_terms(visit):
    from edition_samples import TEXTS
    from parallel_texts.edition.forms import FormTable
    from parallel_texts.edition.stems import words

    page = visit("search.html").page
    tables = page.evaluate("parallelTexts.forms")
    assert set(tables) == {"ru", "en"}
    found_any = 0
    for lang in ("zh", "ru", "en"):
        table = FormTable(tables.get(lang, ()))
        for sentence in (*(s for texts in TEXTS.values() for s in texts[lang]), *ODD, *FORMS):
            found = page.evaluate("([t, l]) => parallelTexts.terms(t, l)", [sentence, lang])
            assert found == [table.lemmas(word) or [word] for word in words(sentence)]
            found_any += len(found)
    assert found_any > 100


ODD = ("Ёлки 1955年9月27日 ＡＢＣ don’t naïve",)
FORMS = (
    "строила строить несла нёс поважнее стороной обязана летел",
    "gave given met meets does was",
)


def test_browser_and_program_agree_on_every_form_of_the_table(visit):
    from parallel_texts.edition.forms import FormTable

    page = visit("search.html").page
    for lang, entries in page.evaluate("parallelTexts.forms").items():
        table = FormTable(entries)
        forms = sorted({
            prefix + stem + ending
            for prefix, _, endings, stems in entries
            for stem in stems.split(",")
            for ending in endings.split(",")
        })  # fmt: skip
        found = page.evaluate("([w, l]) => w.map((x) => parallelTexts.lemmas(x, l))", [forms, lang])
        assert len(forms) > 50
        assert found == [table.lemmas(form) for form in forms]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is missing")
def test_print_is_landscape_with_heads_and_the_warning_on_every_page(visit, tmp_path):
    page = visit("chita-1955.html").page
    path = tmp_path / "page.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "841.9 x 594.9" in info or "842.88 x 595.92" in info or "841.92 x 594.96" in info, info
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    )
    pages = [p for p in text.stdout.split("\f") if p.strip()]
    assert len(pages) >= 2
    assert all("Reconstruction, not an authentic document" in p for p in pages)
    assert all("content" in p for p in pages)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is missing")
def test_print_repeats_the_heads_of_a_long_article(browser, tmp_path):
    from edition_samples import long_work, small_corpus
    from parallel_texts.edition import render_work

    work, alignment = long_work(12)
    (tmp_path / "w.html").write_text(render_work(small_corpus(work), work, alignment), "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "w.html").as_uri())
    page.pdf(path=tmp_path / "w.pdf", prefer_css_page_size=True, scale=1.6)
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "w.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    pages = [p for p in text.stdout.split("\f") if "подтверждают" in p]
    page.close()
    assert len(pages) >= 2
    assert all("Русский" in p and "Article 1" in p for p in pages)


def test_single_file_works_alone(browser, tmp_path):
    from edition_samples import small_alignment, small_corpus, small_findings, small_work
    from parallel_texts.edition import render_work

    work = small_work()
    html = render_work(small_corpus(work), work, small_alignment(work), small_findings(work))
    (tmp_path / "alone.html").write_text(html, "utf-8")
    page = browser.new_page()
    errors = []
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "alone.html").as_uri())
    assert page.locator(".tools").is_visible()
    assert page.locator("h1").evaluate("h => getComputedStyle(h).fontWeight") == "400"
    assert errors == []
    page.close()
