"""Broken and hostile files: a clear error, no traceback, nothing written."""

import zipfile

import pytest

from parallel_texts.errors import ExchangeError, ParallelTextsError
from parallel_texts.exchange.conversion import format_of, read_aligned
from parallel_texts.exchange.formats import READERS, read_unit_file
from parallel_texts.exchange.rows import Cell, Row
from parallel_texts.exchange.sheets import MAX_CELL, write_xlsx

BROKEN = {
    "empty": b"",
    "binary": bytes(range(256)) * 4,
    "xml": b"<?xml version='1.0'?><root><a></root>",
    "other xml": b"<?xml version='1.0'?><root/>",
    "text": "просто текст\n".encode(),
    "zip": b"PK\x03\x04" + b"\x00" * 100,
    "utf-16 without end": b"\xff\xfe<\x00t",
}


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("kind", BROKEN)
def test_broken_files(tmp_path, suffix, kind):
    if suffix in (".tmx", ".xlf", ".xliff", ".sdlxliff"):
        pytest.importorskip("translate")
    if suffix == ".xlsx":
        pytest.importorskip("openpyxl")
    path = tmp_path / f"a{suffix}"
    path.write_bytes(BROKEN[kind])
    with pytest.raises(ParallelTextsError, match=r"a\."):
        read_unit_file(path)


@pytest.mark.parametrize("suffix", [*READERS, ".jsonl", ".xml", ".vecalign"])
def test_a_file_of_five_gigabytes_is_refused_unread(tmp_path, suffix):
    if suffix == ".xlsx":
        pytest.importorskip("openpyxl")
    path = tmp_path / f"a{suffix}"
    with path.open("wb") as stream:
        stream.truncate(5 * 2**30)
    with pytest.raises(ParallelTextsError, match="larger than"):
        read_aligned(path)


@pytest.mark.parametrize("suffix", [".po", ".xlsx", ".csv", ".jsonl", ".xml"])
def test_a_missing_file(tmp_path, suffix):
    if suffix == ".xlsx":
        pytest.importorskip("openpyxl")
    with pytest.raises(ParallelTextsError, match="cannot read"):
        read_aligned(tmp_path / f"a{suffix}")


def test_a_workbook_that_is_a_zip_bomb(tmp_path):
    pytest.importorskip("openpyxl")
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 100_000_000)
    with pytest.raises(ExchangeError, match="far too much"):
        read_unit_file(path)


def test_a_cell_too_long_for_excel_is_an_error_and_not_cut():
    pytest.importorskip("openpyxl")
    row = Row("l1", (Cell("zh", ("zh.1",), ("字" * (MAX_CELL + 1),)),), 1.0)
    with pytest.raises(ExchangeError, match="use csv"):
        write_xlsx([row], ["zh"])


def test_unknown_endings(tmp_path):
    with pytest.raises(ExchangeError, match="cannot merge"):
        read_unit_file(tmp_path / "a.doc")
    with pytest.raises(ExchangeError, match="cannot read"):
        read_aligned(tmp_path / "a.doc")
    with pytest.raises(ExchangeError, match="--to"):
        format_of(tmp_path / "a.doc")


def test_standoff_outside_its_corpus_is_not_read(tmp_path):
    folder = tmp_path / "c" / "alignments"
    folder.mkdir(parents=True)
    path = folder / "a.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><linkGrp type="alignment"'
        ' targFunc="zh ru" domains="../../zh/a.xml ../ru/a.xml"/></standOff></TEI>',
        "utf-8",
    )
    with pytest.raises(ExchangeError, match="outside its corpus"):
        read_aligned(path)


def test_vecalign_numbers_beyond_the_text(tmp_path):
    from parallel_texts.model import Passage

    path = tmp_path / "a.vecalign"
    path.write_text("[0]:[7]:0.5\n", "utf-8")
    texts = {"zh": [Passage("zh.1", "一", "zh")], "en": [Passage("en.1", "One", "en")]}
    with pytest.raises(ExchangeError, match="counts begin at 0"):
        read_aligned(path, texts)
