"""Files as OmegaT, Trados, Weblate, CAT tools, OPUS, InterText and spreadsheets write them."""

import polib
import pytest

from parallel_texts.errors import ExchangeError
from parallel_texts.exchange.conversion import read_aligned
from parallel_texts.exchange.formats import read_unit_file


def _tmx(body, header='srclang="EN-US" segtype="sentence"'):
    return (
        '<?xml version="1.0" encoding="{encoding}"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        f'<tmx version="1.4"><header creationtool="x" creationtoolversion="1" {header}'
        ' o-tmf="x" adminlang="EN-US" datatype="xml"/><body>' + body + "</body></tmx>"
    )


OMEGAT = _tmx(
    '<tu><tuv xml:lang="EN-US"><seg>The <bpt i="0" x="0">&lt;b&gt;</bpt>Parties<ept i="0">&lt;/b&gt;</ept>'
    ' agree<ph x="1">&lt;br/&gt;</ph>.</seg></tuv>'
    '<tuv xml:lang="RU-RU" changeid="me" changedate="20260101T000000Z"><seg>Стороны '
    '<hi type="b">согласны</hi>.</seg></tuv></tu>'
)
TRADOS = _tmx(
    '<tu creationdate="20260101T000000Z" creationid="TRADOS"><prop type="x-LastUsedBy">A</prop>'
    '<tuv xml:lang="en-US"><seg>Article <it pos="begin" x="1">{{\\b </it>1</seg></tuv>'
    '<tuv xml:lang="zh-CN"><seg>第一条<ut>{{\\cs6}}</ut></seg></tuv></tu>'
    '<tu><tuv xml:lang="en-US"><seg>End.</seg></tuv><tuv xml:lang="zh-CN"><seg>完。</seg></tuv></tu>'
)


def _texts(alignment):
    return {
        lang: [p.text for p in side]
        for lang, side in zip(alignment.languages, alignment.passages, strict=True)
    }


def test_tmx_of_omegat(tmp_path):
    pytest.importorskip("translate")
    path = tmp_path / "a.tmx"
    path.write_text(OMEGAT.format(encoding="UTF-8"), "utf-8")
    assert _texts(read_aligned(path)) == {
        "en": ["The Parties agree."],
        "ru": ["Стороны согласны."],
    }


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_tmx_of_trados(tmp_path, encoding):
    pytest.importorskip("translate")
    path = tmp_path / "a.tmx"
    path.write_bytes(
        TRADOS.format(encoding="utf-16" if encoding == "utf-16" else "utf-8").encode(encoding)
    )
    alignment = read_aligned(path)
    assert _texts(alignment) == {"en": ["Article 1", "End."], "zh": ["第一条", "完。"]}
    assert [link.sides for link in alignment] == [((0,), (0,)), ((1,), (1,))]


def test_tmx_with_entities_is_refused(tmp_path):
    path = tmp_path / "a.tmx"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;">]>'
        '<tmx version="1.4"><header/><body><tu><tuv xml:lang="en"><seg>&c;</seg></tuv></tu></body></tmx>',
        "utf-8",
    )
    with pytest.raises(ExchangeError, match="entities"):
        read_unit_file(path)
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))
    with pytest.raises(ExchangeError, match="entities"):
        read_unit_file(path)


def test_po_of_weblate(tmp_path):
    catalogue = polib.POFile(wrapwidth=77)
    catalogue.metadata = {
        "Project-Id-Version": "treaties",
        "Language": "zh_Hans",
        "Language-Team": "Chinese (Simplified) <https://example.org/projects/>",
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=1; plural=0;",
        "X-Generator": "Weblate 5.4",
    }
    catalogue.append(
        polib.POEntry(
            msgid="The Parties shall notify each other of every flight across the border, and the notice shall be in writing.",
            msgstr="双方应将每次飞越边境的飞行以书面通知对方。",
            flags=["fuzzy"],
            previous_msgid="The Parties notify each other.",
            tcomment="checked with the editor",
        )
    )
    catalogue.append(
        polib.POEntry(msgid="%d article", msgid_plural="%d articles", msgstr_plural={0: "%d 条"})
    )
    catalogue.append(polib.POEntry(msgid="gone", msgstr="没有", obsolete=True))
    path = tmp_path / "zh_Hans.po"
    catalogue.save(str(path))
    file = read_unit_file(path)
    assert file.languages == ("en", "zh")
    assert [unit.texts["zh"] for unit in file.units] == [
        ("双方应将每次飞越边境的飞行以书面通知对方。",),
        ("%d 条",),
    ]
    assert file.units[0].needs_work == {"zh"}
    assert file.units[0].comments == {"zh": "checked with the editor"}


XLIFF_1 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.docx" source-language="en-US" target-language="ru-RU" datatype="x-docx">
<header><tool tool-id="t" tool-name="A tool"/></header><body><group id="g">
<trans-unit id="1" approved="yes"><source>The <g id="1">Parties</g> agree<x id="2"/>.</source>
<seg-source><mrk mtype="seg" mid="1">The Parties agree.</mrk></seg-source>
<target state="final"><mrk mtype="seg" mid="1">Стороны <bpt id="3">{b}</bpt>согласны<ept id="3">{/b}</ept>.</mrk></target>
<note>from the tool</note></trans-unit>
<trans-unit id="2"><source>End.</source><target state="needs-translation">Конец.</target></trans-unit>
<trans-unit id="3"><source>Untranslated.</source></trans-unit></group></body></file></xliff>"""
XLIFF_2 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="zh-Hans">
<file id="f1"><unit id="u1"><notes><note category="comment">from the tool</note></notes>
<segment id="s1" state="translated"><source>The <pc id="1">Parties</pc> agree.</source>
<target>双方<ph id="2"/>同意。</target></segment>
<segment id="s2" state="initial"><source>End.</source><target>完。</target></segment></unit></file></xliff>"""


def test_xliff_1_2_of_a_tool(tmp_path):
    pytest.importorskip("translate")
    path = tmp_path / "a.xlf"
    path.write_text(XLIFF_1, "utf-8")
    file = read_unit_file(path)
    assert file.languages == ("en", "ru")
    assert [dict(unit.texts) for unit in file.units] == [
        {"en": ("The Parties agree.",), "ru": ("Стороны согласны.",)},
        {"en": ("End.",), "ru": ("Конец.",)},
        {"en": ("Untranslated.",)},
    ]
    assert [unit.needs_work for unit in file.units] == [set(), {"ru"}, set()]
    assert file.units[0].comments == {"ru": "from the tool"}


def test_xliff_2_0_of_a_tool(tmp_path):
    pytest.importorskip("translate")
    path = tmp_path / "a.xlf"
    path.write_text(XLIFF_2, "utf-8")
    file = read_unit_file(path)
    assert [dict(unit.texts) for unit in file.units] == [
        {"en": ("The Parties agree.",), "zh": ("双方同意。",)},
        {"en": ("End.",), "zh": ("完。",)},
    ]
    assert [unit.needs_work for unit in file.units] == [set(), {"zh"}]


INTERTEXT = """<?xml version='1.0' encoding='utf-8'?>
<linkGrp toDoc='pact.cs.xml' fromDoc='pact.en.xml'>
<link type='2-1' xtargets='1:1 1:2;1:1' status='man'/>
<link type='0-1' xtargets=';1:2' status='auto'/>
</linkGrp>
"""


def test_intertext_with_its_texts(tmp_path):
    (tmp_path / "pact.cs.en.xml").write_text(INTERTEXT, "utf-8")
    (tmp_path / "pact.cs.xml").write_text(
        "<text id='pact'><p id='1'><s id='1:1'>Prvni <b>veta</b>.</s><s id='1:2'>Druha.</s></p></text>",
        "utf-8",
    )
    (tmp_path / "pact.en.xml").write_text(
        "<text><p id='1'><s id='1:1'>Both sentences.</s>\n<s id='1:2'>One\nmore.</s></p></text>",
        "utf-8",
    )
    alignment = read_aligned(tmp_path / "pact.cs.en.xml")
    assert _texts(alignment) == {
        "cs": ["Prvni veta.", "Druha."],
        "en": ["Both sentences.", "One more."],
    }
    assert [link.sides for link in alignment] == [((0, 1), (0,)), ((), (1,))]


def test_opus_names_the_first_side_in_from_doc(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">'
        '<cesAlign version="1.0"><linkGrp fromDoc="x.en.xml" toDoc="x.ru.xml">'
        '<link xtargets="s1;r1 r2"/></linkGrp></cesAlign>',
        "utf-8",
    )
    alignment = read_aligned(path)
    assert alignment.languages == ("en", "ru")
    assert [link.sides for link in alignment] == [((0,), (0, 1))]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8-sig", ","), ("utf-16", "\t"), ("cp1251", ";"), ("utf-8", "\t")],
)
def test_tables_of_spreadsheets(tmp_path, encoding, delimiter):
    lines = [["ru", "en"], ["Стороны согласны; и всё.", "The Parties agree."], ["Конец.", ""]]
    text = "\r\n".join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line)
        for line in lines
    )
    path = tmp_path / "a.csv"
    path.write_bytes((text + "\r\n").encode(encoding))
    alignment = read_aligned(path)
    assert _texts(alignment) == {
        "ru": ["Стороны согласны; и всё.", "Конец."],
        "en": ["The Parties agree."],
    }


def test_a_sheet_of_others(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["zh", "en", "remark"])
    book.active.append(["第一条", "Article 1", 7])
    book.active.append([None, "Omitted", None])
    book.save(tmp_path / "a.xlsx")
    assert _texts(read_aligned(tmp_path / "a.xlsx")) == {
        "zh": ["第一条"],
        "en": ["Article 1", "Omitted"],
    }
