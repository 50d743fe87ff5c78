import io
import zipfile

import pytest

from document_samples import libreoffice, paragraphs
from parallel_texts.documents import read_document
from parallel_texts.errors import ParseError

pytest.importorskip("mammoth")

TRACKED = """
<text:tracked-changes>
<text:changed-region text:id="c1"><text:insertion><office:change-info><dc:creator>A</dc:creator>
<dc:date>2026-01-01T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region>
<text:changed-region text:id="c2"><text:deletion><office:change-info><dc:creator>A</dc:creator>
<dc:date>2026-01-01T00:00:00</dc:date></office:change-info><text:p>never </text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<text:p>The Parties shall<text:change-start text:change-id="c1"/> always<text:change-end
text:change-id="c1"/> <text:change text:change-id="c2"/>notify each other.<text:note text:id="n1"
text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A note
of the editor.</text:p></text:note-body></text:note></text:p>
"""
TABLE = """
<table:table><table:table-column table:number-columns-repeated="2"/><table:table-row>
<table:table-cell><text:p>Airfields open to both:</text:p></table:table-cell>
<table:table-cell><text:p>Chita and Hailar.</text:p></table:table-cell></table:table-row></table:table>
"""


def test_tables_footnotes_and_tracked_changes_of_libreoffice(tmp_path):
    path = libreoffice(tmp_path, TRACKED + TABLE, "docx")
    document = read_document(path)
    assert document.text.split("\n\n") == [
        "The Parties shall always notify each other.",
        "Airfields open to both:",
        "Chita and Hailar.",
    ]
    assert "tracked changes were read as accepted" in document.notes
    assert any("footnotes (1)" in note for note in document.notes)


def _word(tmp_path, change=lambda document: None):
    docx = pytest.importorskip("docx", reason="needs python-docx")
    document = docx.Document()
    document.add_heading("协定", 0)
    document.add_paragraph("双方互相通报。")
    change(document)
    document.save(tmp_path / "a.docx")
    return tmp_path / "a.docx"


def test_word_of_python_docx(tmp_path):
    def add_table(document):
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text = "第一条"
        table.rows[0].cells[1].text = "各方付费。"

    document = read_document(_word(tmp_path, add_table))
    assert document.text.split("\n\n") == ["协定", "双方互相通报。", "第一条", "各方付费。"]
    assert document.notes == ()


def test_word_with_changes_of_word_itself(tmp_path):
    def track(document):
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        paragraph = document.paragraphs[1]._p
        paragraph.append(
            parse_xml(
                f'<w:ins {nsdecls("w")} w:id="1" w:author="A"><w:r><w:t>每日一次。</w:t></w:r></w:ins>'
            )
        )
        paragraph.append(
            parse_xml(
                f'<w:del {nsdecls("w")} w:id="2" w:author="A"><w:r><w:delText>从不。</w:delText>'
                "</w:r></w:del>"
            )
        )

    document = read_document(_word(tmp_path, track))
    assert "双方互相通报。每日一次。" in document.text
    assert "从不" not in document.text
    assert document.notes == ("tracked changes were read as accepted",)


def test_a_truncated_word_file(tmp_path):
    path = _word(tmp_path)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(ParseError, match="truncated or broken"):
        read_document(path)


def test_a_broken_member_of_a_word_file(tmp_path):
    path = _word(tmp_path)
    data = bytearray(path.read_bytes())
    at = data.find(b"word/document.xml") + 60
    data[at : at + 40] = b"\x00" * 40
    path.write_bytes(bytes(data))
    with pytest.raises(ParseError):
        read_document(path)


def test_a_zip_that_is_no_word_file(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(ParseError, match="no Word document"):
        read_document(path)


def test_a_zip_bomb(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 200_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(ParseError, match="unpacks to far too much"):
        read_document(path)


def test_a_zip_that_lies_about_its_size(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 50_000_000)
    data = stream.getvalue().replace(
        (50_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    )
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(ParseError):
        read_document(path)


def test_an_old_word_file(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500)
    with pytest.raises(ParseError, match=r"save it as \.docx"):
        read_document(path)


def test_an_entity_in_a_word_file_is_not_expanded(tmp_path):
    path = _word(tmp_path)
    out = tmp_path / "b.docx"
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                data = data.replace(
                    b"<w:document", b'<!DOCTYPE x [<!ENTITY a "SECRET">]><w:document', 1
                ).replace("双方".encode(), b"&a;")
            after.writestr(name, data)
    with pytest.raises(ParseError):
        read_document(out)


def test_word_on_pages(tmp_path):
    path = libreoffice(tmp_path, paragraphs("第一条", "双方通报。", "第二条", "双方付费。"), "docx")
    assert read_document(path).text == "第一条\n\n双方通报。\n\n第二条\n\n双方付费。"
