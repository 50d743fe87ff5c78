import pytest

from parallel_texts.errors import ParseError
from parallel_texts.importing import import_version

TREATY = """СОГЛАШЕНИЕ
о взаимном уведомлении

Стороны согласились о нижеследующем:

Статья I
Каждая Сторона уведомляет другую. Уведомление посылается письменно.

Статья 2. Срок
Соглашение действует пять лет.

Совершено в Чите 27 сентября 1955 года.

За Советскую Сторону
А. Иванов
"""


def _import(path, lang="ru", **options):
    return import_version(path, "pact", lang, standing="editorial-translation", **options)


def _shape(imported):
    return [(d.id, d.head, len(d.passages)) for d in imported.version.divisions]


def _write(tmp_path, text, name="a.txt", encoding="utf-8"):
    path = tmp_path / name
    path.write_text(text, encoding)
    return path


def test_title_preamble_articles_and_signatures(tmp_path):
    imported = _import(_write(tmp_path, TREATY), by="A. Name")
    assert imported.version.title == "СОГЛАШЕНИЕ о взаимном уведомлении"
    assert _shape(imported) == [
        ("pre", "", 1),
        ("a1", "Статья I", 2),
        ("a2", "Статья 2. Срок", 1),
        ("closing", "", 3),
    ]
    assert imported.version.responsible == "A. Name"
    assert imported.notes == ()


def test_another_language_than_stated_is_said(tmp_path):
    imported = _import(_write(tmp_path, TREATY), lang="zh")
    assert any("looks ru" in note and "not zh" in note for note in imported.notes)


def test_an_old_encoding_is_said(tmp_path):
    imported = _import(_write(tmp_path, TREATY, encoding="koi8-r"))
    assert any("koi8-r" in note for note in imported.notes)
    assert len(imported.version.divisions) == 4


def test_a_file_without_sentences(tmp_path):
    with pytest.raises(ParseError):
        _import(_write(tmp_path, "\n\n"))


def test_numbered_paragraphs_are_articles(tmp_path):
    text = "Memorandum\n\n1. The Parties meet. They talk.\n\n2. Each Party pays.\n"
    assert _shape(_import(_write(tmp_path, text), lang="en")) == [("a1", "", 2), ("a2", "", 1)]


PAGE = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>Pact</title></titleStmt></fileDesc></teiHeader>{text}</TEI>"""


def test_tei_with_divisions_and_paragraphs(tmp_path):
    text = """<text xml:lang="en"><body><div type="preamble"><p>The Parties<note>editor's note</note>
    agree:</p></div><div type="article" n="1"><head>Article 1</head><p>First. Second.<lb/></p>
    <list><item>An item.</item></list></div><div1 type="art"><head>Article 2</head><ab>Third.</ab>
    <pb n="2"/></div1></body></text>"""
    imported = _import(_write(tmp_path, PAGE.format(text=text), "a.xml"), lang="en")
    assert imported.version.title == "Pact"
    assert _shape(imported) == [("pre", "", 1), ("a1", "Article 1", 3), ("a2", "Article 2", 1)]
    assert imported.version.passages[0].text == "The Parties agree:"


def test_tei_keeps_sentences_that_others_marked(tmp_path):
    text = (
        """<text xml:lang="ru"><body><p><s>Одна фраза. И ещё</s> <s>вторая.</s></p></body></text>"""
    )
    imported = _import(_write(tmp_path, PAGE.format(text=text), "a.xml"))
    assert [p.text for p in imported.version.passages] == ["Одна фраза. И ещё", "вторая."]


def test_tei_in_another_language_is_said(tmp_path):
    text = """<text xml:lang="de"><body><p>Die Parteien stimmen zu.</p></body></text>"""
    imported = _import(_write(tmp_path, PAGE.format(text=text), "a.xml"), lang="en")
    assert any("xml:lang='de'" in note for note in imported.notes)


def test_older_tei_without_namespace(tmp_path):
    page = "<TEI.2><teiHeader/><text><body><div1 n='1' type='article'><head>Article 1</head><p>One.</p></div1></body></text></TEI.2>"
    imported = _import(_write(tmp_path, page, "a.xml"), lang="en")
    assert _shape(imported) == [("a1", "Article 1", 1)]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<html/>", "not TEI"),
        ("<TEI", "not well-formed"),
        (PAGE.format(text=""), "0 texts"),
        (PAGE.format(text="<text><body/></text>"), "no paragraph"),
        ("<!DOCTYPE TEI [<!ENTITY a 'b'>]><TEI/>", "DOCTYPE"),
    ],
)
def test_tei_that_cannot_be_read(tmp_path, page, message):
    with pytest.raises(ParseError, match=message):
        _import(_write(tmp_path, page, "a.xml"), lang="en")
