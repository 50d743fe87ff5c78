import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.documents import MAX_DOCUMENT_BYTES, read_document
from parallel_texts.documents.encoding import decode
from parallel_texts.errors import ParseError

RU = (
    "Статья 1. Стороны обмениваются сведениями о полётах военных самолётов вблизи границы.\n"
    "Каждая Сторона уведомляет другую о каждом полёте не позднее чем за два часа.\n"
)
ZH = "第一条　双方互相通报边境附近军用飞机的飞行情报。\n每一方应在起飞前两小时通知对方。飞机降落后应补办手续。\n"
ZH_HANT = "第一條　雙方互相通報邊境附近軍用飛機的飛行情報。\n每一方應在起飛前兩小時通知對方。飛機降落後應補辦手續。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RU, "utf-8"),
        (RU, "utf-8-sig"),
        (RU, "utf-16"),
        (RU, "utf-16-le"),
        (RU, "utf-16-be"),
        (RU, "cp1251"),
        (RU, "koi8-r"),
        (ZH, "utf-8"),
        (ZH, "utf-16"),
        (ZH, "utf-16-le"),
        (ZH, "gb18030"),
        (ZH_HANT, "big5"),
        (ZH_HANT, "utf-16-be"),
    ],
)
def test_encodings_are_found(tmp_path, text, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert read_document(path).text == text


@pytest.mark.parametrize(("text", "encoding"), [(RU, "koi8-r"), (RU, "cp1251"), (ZH, "gb18030")])
def test_short_texts_in_old_encodings(tmp_path, text, encoding):
    path = tmp_path / "a.txt"
    line = text.split("\n")[0]
    path.write_bytes(line.encode(encoding))
    assert read_document(path).text == line


def test_line_ends(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"a\r\nb\rc\n")
    assert read_document(path).text == "a\nb\nc\n"


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_clear_error(data):
    from pathlib import Path

    try:
        decode(data, Path("a.txt"))
    except ParseError as error:
        assert "a.txt" in str(error)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx", ".pdf"])
def test_five_gigabytes_are_refused_unread(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as stream:
        stream.truncate(5 * 2**30)
    assert path.stat().st_size > MAX_DOCUMENT_BYTES
    with pytest.raises(ParseError, match="larger than"):
        read_document(path)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", b"%PDF-1.4", "looks like .pdf"),
        ("a.pdf", b"PK\x03\x04", "looks like .docx"),
        ("a.pdf", b"hello", "is no .pdf file"),
        ("a.txt", b"%PDF-1.4", "looks like .pdf"),
        ("a.odt", b"PK\x03\x04", "cannot read .odt"),
        ("a", b"hello", "without an ending"),
        ("a.txt", b"", "holds no text"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, "binary"),
        ("a.html", b"<html><script>x</script></html>", "holds no text"),
    ],
)
def test_wrong_and_empty_files(tmp_path, name, data, message):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ParseError, match=message):
        read_document(path)


def test_markdown_and_html(tmp_path):
    (tmp_path / "a.md").write_text("# Статья 1\n\nТекст *один*.\n\n- пункт\n", "utf-8")
    assert read_document(tmp_path / "a.md").text == "Статья 1\n\nТекст один.\n\nпункт"
    (tmp_path / "a.html").write_bytes(
        '<meta charset="windows-1251"><nav>меню</nav><h1>Статья 1</h1><p>Текст&nbsp;<b>один</b>.'
        "<br>Строка</p><script>нет</script>".encode("cp1251")
    )
    assert read_document(tmp_path / "a.html").text == "Статья 1\n\nТекст один.\n\nСтрока"
