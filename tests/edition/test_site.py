from __future__ import annotations

import json
import re
import sys
from dataclasses import replace

import pytest

from edition_samples import (
    hostile_work,
    long_work,
    small_alignment,
    small_corpus,
    small_findings,
    small_work,
)
from parallel_texts.edition import render_files, render_site, render_work
from parallel_texts.edition.manifest import MANIFEST
from parallel_texts.errors import ParallelTextsError


@pytest.fixture
def work():
    return small_work()


def build(out, *works, findings=True, **options):
    works = works or (small_work(),)
    return render_site(
        small_corpus(*works),
        {w.id: small_alignment(w) for w in works},
        {w.id: small_findings(w) for w in works} if findings else {},
        out,
        date=options.pop("date", "2026-11-24"),
        **options,
    )


def test_index_lists_works_with_standing_and_findings(tmp_path, work):
    html = build(tmp_path).index.read_text("utf-8")
    for part in ("Chita agreement", "赤塔协定", "27 September 1955", "Findings <b>4</b>",
                 "editorial translation", "authentic", "reconstruction, not an authentic document"):  # fmt: skip
        assert part in html


def test_page_holds_every_passage_once_and_every_finding(tmp_path, work):
    build(tmp_path)
    page = (tmp_path / "chita-1955.html").read_text("utf-8")
    for version in work.versions:
        for passage in version.passages:
            assert page.count(f'<span class="p" id="{passage.id}"') == 1
    assert len(re.findall('<article class="note ', page)) == 4
    assert "No counterpart in this version" in page
    assert "unequal-condition" in page


def test_no_page_names_anything_outside_the_site(tmp_path):
    build(tmp_path, ui_lang="all")
    for path in tmp_path.rglob("*.html"):
        found = re.findall(r'(?:href|src)="([^"#]*)', path.read_text("utf-8"))
        for target in (t for t in found if t and not t.startswith("data:")):
            assert "//" not in target, target
            assert (path.parent / target.split("?")[0]).is_file(), (path, target)


def test_every_anchor_that_is_linked_exists_and_no_id_is_given_twice(tmp_path):
    build(tmp_path, small_work(), hostile_work(), ui_lang="ru")
    ids = {}
    for path in tmp_path.glob("*.html"):
        found = re.findall(r' id="([^"]*)"', path.read_text("utf-8"))
        assert len(found) == len(set(found)), path
        ids[path.name] = set(found)
    for path in tmp_path.glob("*.html"):
        for target, anchor in re.findall(r'href="([^"#]*)#([^"]*)"', path.read_text("utf-8")):
            assert anchor in ids[target or path.name], (path.name, target, anchor)


def test_a_second_run_writes_nothing(tmp_path):
    first = build(tmp_path)
    second = build(tmp_path, date="2027-01-01")
    assert second.written == ()
    assert set(second.kept) == set(first.written)
    assert "2026" in (tmp_path / "chita-1955.html").read_text("utf-8")


def test_only_what_changed_is_written_again(tmp_path, work):
    other = small_work("other")
    build(tmp_path, work, other)
    changed = replace(other, date="1956")
    names = {path.name for path in build(tmp_path, work, changed, findings=True).written}
    assert "other.html" in names
    assert "chita-1955.html" not in names


def test_a_page_that_was_tampered_with_is_written_again(tmp_path):
    build(tmp_path)
    (tmp_path / "chita-1955.html").write_text("x")
    assert [path.name for path in build(tmp_path).written] == ["chita-1955.html"]


@pytest.mark.parametrize("manifest", ["", "[]", '{"files": 3}', '{"files": {"../x": ["a", "b"]}}'])
def test_a_broken_manifest_only_means_that_all_is_written(tmp_path, manifest):
    build(tmp_path)
    (tmp_path / MANIFEST).write_text(manifest)
    assert len(build(tmp_path).written) > 5


def test_what_is_gone_from_the_corpus_is_gone_from_the_site(tmp_path, work):
    build(tmp_path, work, small_work("other"))
    (tmp_path / "notes.txt").write_text("mine")
    build(tmp_path, work)
    assert not (tmp_path / "other.html").exists()
    assert (tmp_path / "notes.txt").exists()


def test_a_file_outside_the_site_is_never_removed(tmp_path, work):
    outside = tmp_path / "precious.txt"
    outside.write_text("x")
    build(tmp_path / "site", work)
    manifest = tmp_path / "site" / MANIFEST
    data = json.loads(manifest.read_text())
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    data["files"]["../precious.txt"] = ["k", digest]
    manifest.write_text(json.dumps(data))
    build(tmp_path / "site", work)
    assert outside.exists()


def test_all_languages_have_a_switch(tmp_path):
    build(tmp_path, ui_lang="all")
    assert '<a href="ru/chita-1955.html" lang="ru"' in (tmp_path / "chita-1955.html").read_text(
        "utf-8"
    )
    russian = (tmp_path / "ru" / "chita-1955.html").read_text("utf-8")
    assert '<html lang="ru">' in russian
    assert '<a href="../zh/chita-1955.html" lang="zh-Hans"' in russian
    assert "Реконструкция, не подлинный документ" in russian


def test_downloads_lie_beside_the_pages(tmp_path):
    build(tmp_path)
    page = (tmp_path / "chita-1955.html").read_text("utf-8")
    assert 'href="exports/chita-1955.tmx"' in page
    assert (tmp_path / "exports" / "chita-1955.tmx").read_bytes().startswith(b"<?xml")
    assert (tmp_path / "tei" / "alignments" / "chita-1955.xml").is_file()


def test_formats_of_absent_libraries_are_not_offered(tmp_path, monkeypatch):
    for library in ("translate", "openpyxl"):
        monkeypatch.setitem(sys.modules, library, None)
    build(tmp_path)
    page = (tmp_path / "chita-1955.html").read_text("utf-8")
    offered = re.findall(r'href="exports/chita-1955\.(\w+)"', page)
    assert offered == ["csv", "jsonl"]
    assert {path.suffix for path in (tmp_path / "exports").iterdir()} == {".csv", ".jsonl"}


def test_a_work_without_alignment_is_shown_article_by_article(work):
    page = render_work(small_corpus(work), work)
    assert page.count('<tr role="row" id="l') == 3


def test_a_work_in_one_language_is_shown_passage_by_passage(work):
    alone = replace(work, versions=work.versions[1:2])
    assert render_work(small_corpus(alone), alone).count('<tr role="row" id="l') == 5


def test_a_work_without_versions_says_what_to_do(work):
    with pytest.raises(ParallelTextsError, match="add"):
        render_work(small_corpus(work), replace(work, versions=()))


def test_a_work_that_is_only_known_of_stands_in_the_index(tmp_path, work):
    lost = replace(small_work("lost"), versions=(), titles=(("en", "The lost one"),))
    build(tmp_path, work, findings=False)
    render_site(small_corpus(work, lost), {work.id: small_alignment(work)}, {}, tmp_path)
    index = (tmp_path / "index.html").read_text("utf-8")
    assert "<h2>The lost one</h2>" in index
    assert "no text here" in index
    assert not (tmp_path / "lost.html").exists()


def test_single_files_need_nothing_beside_them(tmp_path, work):
    report = render_files(
        small_corpus(work), [work], {work.id: small_alignment(work)}, {}, tmp_path, ui_lang="zh"
    )
    assert [path.name for path in report.written] == ["chita-1955.html"]
    assert list(tmp_path.iterdir()) == [report.index]
    page = report.index.read_text("utf-8")
    assert not re.findall(r'(?:href|src)="(?!#|data:)[^"]+', page)
    assert "reconstruction" not in page.split("</title>")[0]


def test_a_long_division_goes_on_in_further_tables(tmp_path):
    work, alignment = long_work(100)
    flat = replace(
        work,
        versions=tuple(
            replace(v, divisions=(replace(v.divisions[0], passages=tuple(
                replace(p, division="a1") for p in v.passages)),)) for v in work.versions
        ),
    )  # fmt: skip
    alignment = replace(alignment, passages=tuple(v.passages for v in flat.versions))
    page = render_work(small_corpus(flat), flat, alignment)
    assert page.count('<table class="rows"') == 3
    assert page.count("<h3>") == 3


def test_the_running_head_of_print_says_what_the_text_is_not(work):
    page = render_work(small_corpus(work), work, small_alignment(work))
    assert '@top-right { content: "Reconstruction, not an authentic document."' in page


def test_dates_repeat_with_the_source_date(monkeypatch, work):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert "1 January 1970" in render_work(small_corpus(work), work, small_alignment(work))
