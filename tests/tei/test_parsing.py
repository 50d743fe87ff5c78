"""Hostile and broken files: each a message with file and line, in no time, and no traceback."""

import os
import subprocess
import sys
import time

import pytest

from parallel_texts.errors import ParseError
from parallel_texts.tei import read_alignment, read_corpus_header, read_version
from tei_samples import GOOD, RU, copy_of_good, replaced

TEXT = RU.read_text("utf-8")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
BOMB = (
    "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 12))
    .join(["<!DOCTYPE TEI [\n<!ENTITY l0 'ha'>\n", "]>\n"])
)  # fmt: skip

HOSTILE = {
    "empty": (b"", "empty", 1),
    "only a declaration": (HEAD.encode(), "not well-formed", 2),
    "malformed": (TEXT.replace("</teiHeader>", "</teiheader>").encode(), "not well-formed", None),
    "truncated": (TEXT[: len(TEXT) // 2].encode(), "not well-formed", None),
    "entity bomb": (f"{HEAD}{BOMB}<TEI {NS}>&l11;</TEI>".encode(), "DOCTYPE", 2),
    "entity bomb in an attribute": (f'{HEAD}{BOMB}<TEI {NS} n="&l11;"/>'.encode(), "DOCTYPE", 2),
    "external entity": (
        f'{HEAD}<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI {NS}>&x;</TEI>'.encode(),
        "DOCTYPE",
        2,
    ),
    "external DTD": (
        f'<!-- c -->\n<?p i?>\n<!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/tei.dtd"><TEI {NS}/>'.encode(),
        "DOCTYPE",
        3,
    ),
    "DTD in UTF-16": (
        f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE TEI [<!ENTITY a "b">]><TEI {NS}/>'.encode(
            "utf-16"
        ),
        "DOCTYPE",
        1,
    ),
    "unknown entity": (TEXT.replace("согласились", "&nbsp;").encode(), "not well-formed", None),
    "200 deep": (
        f"{HEAD}<TEI {NS}>{'<p>' * 200}{'</p>' * 200}</TEI>".encode(),
        "nested more than",
        2,
    ),
    "100,000 deep": (
        f"{HEAD}<TEI {NS}>{'<p>' * 100_000}{'</p>' * 100_000}</TEI>".encode(),
        "not well-formed",
        2,
    ),
    "50 MB text": (
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0">' + b"x" * (50 * 2**20) + b"</TEI>",
        "more than 10 MB",
        1,
    ),
    "50 MB attribute": (
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0" n="' + b"x" * (50 * 2**20) + b'"/>',
        "not well-formed",
        1,
    ),
    "not TEI": (b"<html><body/></html>", "not TEI", 1),
    "TEI P4": (b"<TEI.2><text/></TEI.2>", "not TEI", 1),
    "no namespace": (b"<TEI><text/></TEI>", "not TEI", 1),
    "plain text": ("Статья 1".encode(), "not well-formed", 1),
    "Windows-1251 said to be UTF-8": (
        TEXT.replace("самолёта", "самолета").encode("cp1251"),
        "save it as UTF-8",
        None,
    ),
    "unknown encoding": (
        b'<?xml version="1.0" encoding="x-none"?><TEI/>',
        "save it as UTF-8",
        None,
    ),
    "zip": (b"PK\x03\x04" + bytes(64), "not well-formed", 1),
    "no text": (f"<TEI {NS}><teiHeader/></TEI>".encode(), "no text", 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_parse_error_with_file_and_line(name, tmp_path):
    data, message, line = HOSTILE[name]
    path = tmp_path / "ru.xml"
    path.write_bytes(data)
    start = time.perf_counter()
    with pytest.raises(ParseError, match=message) as caught:
        read_version(path)
    assert time.perf_counter() - start < 5
    assert caught.value.path == path
    assert caught.value.line is not None
    assert line is None or caught.value.line == line
    assert len(str(caught.value)) < 500


def test_a_folder_and_a_missing_file_are_parse_errors(tmp_path):
    with pytest.raises(ParseError, match="cannot read"):
        read_version(tmp_path)
    with pytest.raises(ParseError, match="cannot read"):
        read_version(tmp_path / "none.xml")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_a_parse_error(tmp_path):
    path = tmp_path / "ru.xml"
    path.write_text(TEXT, "utf-8")
    path.chmod(0)
    with pytest.raises(ParseError, match="cannot read"):
        read_version(path)


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "ru.xml"
    with path.open("wb") as stream:
        stream.truncate(200 * 2**20)
    with pytest.raises(ParseError, match="larger than 64 MB"):
        read_version(path)


def test_a_file_in_another_declared_encoding_is_read(tmp_path):
    path = tmp_path / "ru.xml"
    text = TEXT.replace('encoding="UTF-8"', 'encoding="windows-1251"').replace(
        "самолёта", "самолета"
    )
    path.write_bytes(text.encode("cp1251"))
    assert read_version(path).divisions[0].passages[0].text.startswith("Китайская Сторона и")


def test_duplicate_ids_are_reported_not_raised_by_the_parser(tmp_path):
    path = replaced(copy_of_good(tmp_path) / "ru" / "pact-1955.xml", ('"ru.a1.s2"', '"ru.a1.s1"'))
    with pytest.raises(ParseError, match=r"ru\.a1\.s1 is given twice"):
        read_version(path)


def test_a_passage_without_id_is_an_error_with_its_line(tmp_path):
    path = replaced(copy_of_good(tmp_path) / "ru" / "pact-1955.xml", (' xml:id="ru.a1.s1"', ""))
    with pytest.raises(ParseError, match="without xml:id") as caught:
        read_version(path)
    assert "<seg" in path.read_text("utf-8").split("\n")[(caught.value.line or 0) - 1]


def test_a_dangling_link_is_an_error_with_its_line(tmp_path):
    corpus = copy_of_good(tmp_path)
    path = replaced(corpus / "alignments" / "pact-1955.xml", ("#ru.a1.s2", "#ru.a1.s9"))
    versions = [read_version(corpus / lang / "pact-1955.xml") for lang in ("zh", "ru", "en")]
    with pytest.raises(ParseError, match=r"ru\.a1\.s9") as caught:
        read_alignment(path, versions)
    assert "ru.a1.s9" in path.read_text("utf-8").split("\n")[(caught.value.line or 0) - 1]


def test_a_version_is_no_corpus_header_and_no_alignment():
    with pytest.raises(ParseError, match="no standOff"):
        read_corpus_header(RU)
    with pytest.raises(ParseError, match="no linkGrp"):
        read_alignment(RU, ())


@pytest.mark.parametrize("name", ["entity bomb", "200 deep", "malformed", "empty", "zip"])
@pytest.mark.parametrize("command", ["validate", "list"])
def test_the_command_line_ends_with_1_and_no_traceback(name, command, tmp_path):
    corpus = copy_of_good(tmp_path)
    (corpus / "ru" / "pact-1955.xml").write_bytes(HOSTILE[name][0])
    option = [str(corpus)] if command == "validate" else ["--corpus", str(corpus)]
    done = subprocess.run(
        [sys.executable, "-m", "parallel_texts", command, *option],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"{corpus / 'ru' / 'pact-1955.xml'}:" in done.stdout + done.stderr


def test_the_good_files_are_read():
    assert [
        len(read_version(GOOD / lang / "pact-1955.xml").passages) for lang in ("zh", "ru", "en")
    ] == [5, 5, 5]
