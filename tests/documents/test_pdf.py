import pytest

from document_samples import libreoffice, paragraphs
from parallel_texts.documents import read_document
from parallel_texts.errors import ParseError
from parallel_texts.plain import divide

pytest.importorskip("pdfminer")

SENTENCES = [
    f"Sentence number {n} of the agreement says that both Parties shall keep the {n}th airfield "
    "open by day and by night for aircraft in distress."
    for n in range(1, 41)
]


def _passages(path, lang="en"):
    return [p.text for d in divide(read_document(path).text, lang) for p in d.passages]


def test_two_columns_are_read_one_after_the_other(tmp_path):
    body = (
        paragraphs("Agreement")
        + f'<text:section text:name="s" text:style-name="two">{paragraphs(*SENTENCES)}</text:section>'
    )
    found = _passages(libreoffice(tmp_path, body, "pdf"))
    assert [text for text in found if text.startswith("Sentence")] == SENTENCES


def test_chinese_and_russian_pages(tmp_path):
    path = libreoffice(
        tmp_path, paragraphs("Статья 1", "Стороны обмениваются сведениями о полётах."), "pdf"
    )
    assert "Стороны обмениваются сведениями о полётах." in _passages(path, "ru")


def test_an_encrypted_pdf(tmp_path):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    path = tmp_path / "a.pdf"
    writer.write(path)
    with pytest.raises(ParseError, match="save it without a password"):
        read_document(path)


def test_a_scan_without_text(tmp_path):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    path = tmp_path / "a.pdf"
    writer.write(path)
    with pytest.raises(ParseError, match="no text layer; run OCR first"):
        read_document(path)


def test_a_broken_pdf(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n")
    with pytest.raises(ParseError):
        read_document(path)


def test_page_numbers_and_heads_do_not_part_a_sentence(tmp_path):
    body = paragraphs(*(" ".join(SENTENCES) for _ in range(3)))
    footer = (
        "<style:footer><text:p>Draft of the Agreement</text:p>"
        "<text:p>- <text:page-number/> -</text:p></style:footer>"
    )
    found = _passages(libreoffice(tmp_path, body, "pdf", footer))
    assert found == SENTENCES * 3
