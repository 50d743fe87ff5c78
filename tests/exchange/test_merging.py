"""A work through a translator's format, an edit as they would make it, and back."""

import shutil

import polib
import pytest
from click.testing import CliRunner

from parallel_texts.cli import cli
from parallel_texts.corpus import load_corpus
from parallel_texts.exchange.carrying import carry_out
from parallel_texts.exchange.merging import Change, Edit, MergePlan
from parallel_texts.pipeline import align_work
from parallel_texts.tei import read_remarks, read_version
from parallel_texts.validation import validate
from paths import ROOT

WORK = "chita-1955"
OLD, NEW = "机场名单由两军区司令部拟定。", "机场名单由双方司令部拟定，并互相通报。"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpora"
    for name in ("corpus.xml", *(f"{d}/{WORK}.xml" for d in ("zh", "ru", "en", "alignments"))):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "corpora" / name, folder / name)
    return folder


def _run(*arguments, expect=0):
    result = CliRunner().invoke(cli, list(map(str, arguments)), catch_exceptions=False)
    assert result.exit_code == expect, result.output
    return result


def _export(corpus, path, to, *options):
    _run(
        "export", WORK, "--corpus", corpus, "--to", to, "--source-lang", "ru",
        "--target-lang", "zh", "-o", path, *options,
    )  # fmt: skip
    return path


def _merge(corpus, path, *options, expect=0):
    return _run("merge", WORK, path, "--corpus", corpus, *options, expect=expect)


def _texts(corpus, lang="zh"):
    return {p.id: p.text for p in read_version(corpus / lang / f"{WORK}.xml").passages}


def _state(corpus):
    return {p.relative_to(corpus): p.read_bytes() for p in sorted(corpus.rglob("*")) if p.is_file()}


def _errors(corpus):
    return [str(p) for p in validate([corpus]) if p.is_error]


def _remarks(corpus):
    return read_remarks(corpus / "zh" / f"{WORK}.xml")


@pytest.fixture
def po(corpus, tmp_path):
    return _export(corpus, tmp_path / "out.po", "po")


def _edit(path, change):
    catalogue = polib.pofile(str(path))
    change(catalogue)
    catalogue.save()
    return path


def _entry(catalogue, text):
    return next(e for e in catalogue if text in e.msgstr)


def test_an_unchanged_file_changes_nothing(corpus, po):
    before = _state(corpus)
    assert "0 changed" in _merge(corpus, po).output
    assert _state(corpus) == before


def test_a_po_comes_back_with_exactly_the_edit(corpus, po):
    before, files = _texts(corpus), _state(corpus)

    def edit(catalogue):
        entry = _entry(catalogue, OLD)
        entry.msgstr = entry.msgstr.replace(OLD, NEW)

    _merge(corpus, _edit(po, edit))
    after = _texts(corpus)
    changed = {i for i in before if before[i] != after[i]}
    assert before.keys() == after.keys()
    assert [before[i] for i in changed] == [OLD]
    assert [after[i] for i in changed] == [NEW]
    assert [p for p, data in _state(corpus).items() if data != files[p]] == [
        (corpus / "zh" / f"{WORK}.xml").relative_to(corpus)
    ]
    lines = zip(
        files[(corpus / "zh" / f"{WORK}.xml").relative_to(corpus)].split(b"\n"),
        (corpus / "zh" / f"{WORK}.xml").read_bytes().split(b"\n"),
        strict=True,
    )
    assert sum(a != b for a, b in lines) == 2, (
        "the passage's paragraph and the record of the change"
    )
    assert _errors(corpus) == []
    assert "0 changed" in _merge(corpus, po).output


@pytest.mark.parametrize("to", ["tmx", "xliff", "xliff2", "csv", "xlsx"])
def test_other_formats_come_back_with_exactly_the_edit(corpus, tmp_path, to):
    if to in ("tmx", "xliff", "xliff2"):
        pytest.importorskip("translate", reason="needs translate-toolkit")
    if to == "xlsx":
        pytest.importorskip("openpyxl")
    path = tmp_path / f"out.{to.rstrip('2')}"
    _edit_text[to](_export(corpus, path, to), OLD, NEW)
    before = {lang: _texts(corpus, lang) for lang in ("zh", "ru", "en")}
    _merge(corpus, path)
    after = {lang: _texts(corpus, lang) for lang in ("zh", "ru", "en")}
    assert [
        (before[lang][i], after[lang][i])
        for lang in before
        for i in before[lang]
        if before[lang][i] != after[lang][i]
    ] == [(OLD, NEW)]
    assert _errors(corpus) == []


def _edit_bytes(path, old, new):
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def _edit_xml(path, old, new):
    """Edit as a translator's tool does: through the library that others use."""
    is_second = "document:2.0" in path.read_text("utf-8")
    module = pytest.importorskip("translate.storage." + ("xliff2" if is_second else "xliff"))
    factory = module.Xliff2File if is_second else module.xlifffile
    store = factory.parsefile(str(path))
    unit = next(u for u in store.units if old in (u.target or ""))
    unit.target = str(unit.target).replace(old, new)
    store.save()


def _edit_xlsx(path, old, new):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book.active for cell in row if old in str(cell.value)]
    assert len(cells) == 1
    cells[0].value = cells[0].value.replace(old, new)
    book.save(path)


_edit_text = {
    "tmx": _edit_bytes,
    "xliff": _edit_xml,
    "xliff2": _edit_xml,
    "csv": _edit_bytes,
    "xlsx": _edit_xlsx,
}


def test_a_split_passage_keeps_links_and_tags(corpus, po):
    def edit(catalogue):
        entry = _entry(catalogue, "无须预先通知")
        assert "\n" not in entry.msgstr
        entry.msgstr = entry.msgstr.replace("，", "。\n", 1)

    result = _merge(corpus, _edit(po, edit))
    assert "tags around" not in result.output
    version = (corpus / "zh" / f"{WORK}.xml").read_text("utf-8")
    segments = version.split("<seg ")
    first = next(s for s in segments if "苏联" in s and "有权进入" in s)
    second = next(s for s in segments if ">无须预先通知" in s)
    assert first.count("<orgName") == 2
    assert second.count("<orgName") == 1
    assert _errors(corpus) == []
    loaded = load_corpus(corpus)
    assert loaded.work(WORK) is not None
    assert "1 changed" not in _merge(corpus, po).output


def test_merged_passages_become_one(corpus, po):
    before = _texts(corpus)

    def edit(catalogue):
        entry = next(e for e in catalogue if "\n" in e.msgstr)
        entry.msgstr = entry.msgstr.replace("\n", "")

    _merge(corpus, _edit(po, edit))
    after = _texts(corpus)
    assert len(after) == len(before) - 1
    assert "".join(after.values()) == "".join(before.values())
    assert _errors(corpus) == []


def test_a_new_passage_goes_where_its_source_stands(corpus, tmp_path):
    zh = corpus / "zh" / f"{WORK}.xml"
    version = read_version(zh)
    gone = next(d for d in version.divisions if d.id == "a4").passages[0]
    loaded = load_corpus(corpus)
    alignment = align_work(loaded, loaded.work(WORK))
    link = next(x for x in alignment if gone.id in [p.id for p in alignment.of(x, "zh")])
    ids = [p.id for p in alignment.of(link, "zh")]
    edits = tuple(Edit("remove", i) for i in ids)
    carry_out(loaded, alignment, {"zh": MergePlan((Change(link.id, "zh", (), (), edits),))})
    path = _export(corpus, tmp_path / "gap.po", "po")

    def edit(catalogue):
        entry = next(e for e in catalogue if e.msgctxt == link.id)
        assert entry.msgstr == ""
        entry.msgstr = "补译的一句。"

    _merge(corpus, _edit(path, edit))
    after = read_version(zh)
    a4 = next(d for d in after.divisions if d.id == "a4")
    assert a4.passages[0].text == "补译的一句。"
    assert _errors(corpus) == []


def test_comments_and_states_come_back_and_go_out_again(corpus, po, tmp_path):
    def edit(catalogue):
        entry = _entry(catalogue, OLD)
        entry.tcomment = "按手稿核对 <b>"
        entry.flags.append("fuzzy")
        other = next(e for e in catalogue if "fuzzy" in e.flags and e is not entry)
        other.flags.remove("fuzzy")

    _merge(corpus, _edit(po, edit))
    assert {(r.comment, r.status) for r in _remarks(corpus) if r.passages} == {
        ("按手稿核对 <b>", "draft"),
        ("", "approved"),
    }
    assert _errors(corpus) == []
    before = _state(corpus)
    assert "0 changed" in _merge(corpus, po).output
    assert _state(corpus) == before, "merging twice is merging once"
    again = polib.pofile(str(_export(corpus, tmp_path / "again.po", "po")))
    entry = _entry(again, OLD)
    assert entry.tcomment == "按手稿核对 <b>"
    assert "fuzzy" in entry.flags
    _merge(corpus, tmp_path / "again.po")
    assert _state(corpus) == before


def test_a_conflict_is_shown_and_nothing_is_lost(corpus, po):
    zh = corpus / "zh" / f"{WORK}.xml"
    zh.write_text(zh.read_text("utf-8").replace(OLD, "机场名单另行商定。"), "utf-8")

    def edit(catalogue):
        entry = _entry(catalogue, OLD)
        entry.msgstr = entry.msgstr.replace(OLD, NEW)

    before = _state(corpus)
    result = _merge(corpus, _edit(po, edit), expect=1)
    assert "conflict in" in result.output
    assert "机场名单另行商定。" in result.output
    assert NEW in result.output
    assert _state(corpus) == before
    _merge(corpus, po, "--theirs")
    assert NEW in _texts(corpus).values()


def test_a_change_of_the_corpus_alone_is_no_conflict(corpus, po):
    zh = corpus / "zh" / f"{WORK}.xml"
    zh.write_text(zh.read_text("utf-8").replace(OLD, "机场名单另行商定。"), "utf-8")
    before = _state(corpus)
    assert "0 changed" in _merge(corpus, po).output
    assert _state(corpus) == before


def test_both_sides_of_a_link_of_two_passages_may_change(corpus, po):
    first = next(t for t in _texts(corpus).values() if "议定下列各条" in t)
    zh = corpus / "zh" / f"{WORK}.xml"
    zh.write_text(zh.read_text("utf-8").replace("举行了会谈。", "举行会谈。"), "utf-8")

    def edit(catalogue):
        entry = _entry(catalogue, first)
        entry.msgstr = entry.msgstr.replace("议定下列各条", "议定各条如下")

    _merge(corpus, _edit(po, edit))
    texts = "".join(_texts(corpus).values())
    assert "举行会谈。" in texts
    assert "议定各条如下" in texts


def test_an_outdated_source_is_said(corpus, po):
    ru = corpus / "ru" / f"{WORK}.xml"
    text = ru.read_text("utf-8")
    catalogue = polib.pofile(str(po))
    source = _entry(catalogue, OLD).msgid.split("\n")[0]
    assert source in text or source[:12] in text
    ru.write_text(text.replace(source[:12], "Иначе " + source[:12], 1), "utf-8")

    def edit(catalogue):
        entry = _entry(catalogue, OLD)
        entry.msgstr = entry.msgstr.replace(OLD, NEW)

    result = _merge(corpus, _edit(po, edit))
    assert "has changed since the export" in result.output


def test_what_a_file_leaves_empty_is_not_deleted(corpus, po):
    before = _state(corpus)

    def edit(catalogue):
        for entry in catalogue:
            entry.msgstr = ""

    result = _merge(corpus, _edit(po, edit))
    assert "the corpus keeps its text" in result.output
    assert _state(corpus) == before


def test_lost_tags_are_said(corpus, po):
    def edit(catalogue):
        entry = _entry(catalogue, "苏联飞机有权进入")
        entry.msgstr = entry.msgstr.replace("苏联", "俄方")

    result = _merge(corpus, _edit(po, edit))
    assert "tags around changed words are gone" in result.output
    assert _errors(corpus) == []


def test_a_dry_run_shows_a_diff_and_writes_nothing(corpus, po):
    def edit(catalogue):
        entry = _entry(catalogue, OLD)
        entry.msgstr = entry.msgstr.replace(OLD, NEW)

    before = _state(corpus)
    result = _merge(corpus, _edit(po, edit), "--dry-run")
    assert f"- {OLD}" in result.output
    assert f"+ {NEW}" in result.output
    assert "nothing was written" in result.output
    assert _state(corpus) == before


def test_characters_that_xml_has_not_do_no_harm(corpus, po):
    def edit(catalogue):
        entry = _entry(catalogue, OLD)
        entry.msgstr = entry.msgstr.replace(OLD, "坏\\u{1}字\\u{d800}符<&>。")

    _merge(corpus, _edit(po, edit))
    assert "坏字符<&>。" in _texts(corpus).values()


def test_a_file_of_another_work_changes_nothing(corpus, tmp_path):
    path = tmp_path / "other.po"
    path.write_text(
        'msgid ""\nmsgstr "Language: zh\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "zz9"\nmsgid "Nothing of ours"\nmsgstr "与我们无关"\n',
        "utf-8",
    )
    before = _state(corpus)
    assert "is not in the alignment" in _merge(corpus, path).output
    assert _state(corpus) == before


def test_an_export_without_a_version_becomes_one_when_it_is_filled(corpus, tmp_path):
    (corpus / "zh" / f"{WORK}.xml").rename(tmp_path / "zh.xml")
    (corpus / "alignments" / f"{WORK}.xml").unlink()
    path = _export(corpus, tmp_path / "new.po", "po")

    def edit(catalogue):
        assert all(entry.msgstr == "" for entry in catalogue)
        for number, entry in enumerate(catalogue):
            entry.msgstr = f"第{number}句。\n又一句。" if number == 1 else f"第{number}句。"

    before = _state(corpus)
    result = _merge(corpus, _edit(path, edit), "--dry-run")
    assert "make one" in result.output
    assert _state(corpus) == before
    _merge(corpus, path, "--by", "A. Name")
    assert _errors(corpus) == []
    version = read_version(corpus / "zh" / f"{WORK}.xml")
    assert (version.standing, version.translation_of) == ("editorial-translation", "ru")
    assert [p.text for p in version.passages][:3] == ["第0句。", "第1句。", "又一句。"]
    ids = [d.id for d in read_version(corpus / "ru" / f"{WORK}.xml").divisions]
    assert [d.id for d in version.divisions] == ids


def test_an_empty_file_makes_no_version(corpus, tmp_path):
    (corpus / "zh" / f"{WORK}.xml").unlink()
    (corpus / "alignments" / f"{WORK}.xml").unlink()
    path = _export(corpus, tmp_path / "new.po", "po")
    before = _state(corpus)
    result = CliRunner().invoke(cli, ["merge", WORK, str(path), "--corpus", str(corpus)])
    assert "nothing is translated yet" in str(result.exception)
    assert _state(corpus) == before


def test_a_file_whose_notes_and_ids_a_tool_threw_away_is_matched_by_its_source(corpus, po):
    def edit(catalogue):
        for number, entry in enumerate(catalogue):
            entry.comment, entry.msgctxt = "", f"segment {number}"
        entry = _entry(catalogue, OLD)
        entry.msgstr = entry.msgstr.replace(OLD, NEW)

    before = _texts(corpus)
    _merge(corpus, _edit(po, edit))
    after = _texts(corpus)
    assert [(before[i], after[i]) for i in before if before[i] != after[i]] == [(OLD, NEW)]


def test_a_work_aligned_anew_finds_its_links_by_their_passages(corpus, po):
    path = corpus / "alignments" / f"{WORK}.xml"
    path.write_text(path.read_text("utf-8").replace('xml:id="l', 'xml:id="k'), "utf-8")

    def edit(catalogue):
        entry = _entry(catalogue, OLD)
        entry.msgstr = entry.msgstr.replace(OLD, NEW)

    result = _merge(corpus, _edit(po, edit))
    assert "1 changed, 24 unchanged" in result.output
    assert "not in the alignment" not in result.output
