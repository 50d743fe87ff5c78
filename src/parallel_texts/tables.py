"""Tables with a column per language: rows become links, read as a stream.

>>> alignment = alignment_of([("1", 2, {"zh": "双方同意。", "en": "The Parties agree."})])
>>> alignment.languages, len(alignment)
(('zh', 'en'), 1)
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from parallel_texts.errors import ParseError
from parallel_texts.model import Alignment, Link, Passage, language_order

__all__ = ["CHUNK", "alignment_of", "is_table", "read_tables"]

CHUNK = 1000
"""Rows per alignment when a table is read as a stream."""

_SUFFIXES = {".tsv": "\t", ".tab": "\t", ".csv": ","}
_LANGUAGE = re.compile(r"(zh|ru|en)(?:[-_].*)?", re.IGNORECASE)
_ALIASES = {"chinese": "zh", "russian": "ru", "english": "en"}
_Row = tuple[str, int, dict[str, str]]
"""Id, line number and text per language of one row."""


def is_table(path: Path) -> bool:
    """Tell whether ``path`` is named like a table: ``.tsv``, ``.tab`` or ``.csv``."""
    return path.suffix.lower() in _SUFFIXES


def read_tables(path: Path, *, chunk: int = CHUNK) -> Iterator[Alignment]:
    """Yield the rows of a TSV or CSV file as alignments of at most ``chunk`` links.

    The first line names the columns: ``zh``, ``ru``, ``en`` (``zh-Hans`` or ``Chinese`` will do)
    and, if there is one, ``id``; other columns are left out. Rows without id are numbered from 1.

    Args:
        path: UTF-8, with or without byte order mark. Tabs divide ``.tsv`` and ``.tab``; in ``.csv``
            commas do, or semicolons where the first line has more of them.
        chunk: Rows held in memory at a time.

    Raises:
        ParseError: The file cannot be read, has no column of a language, or a row is longer than
            the first line; with the line.
    """
    rows = _rows(path)
    while part := list(islice(rows, chunk)):
        yield alignment_of(part)


def alignment_of(rows: Sequence[_Row]) -> Alignment:
    """Return rows as an alignment: one passage a cell, one link a row.

    Where an id comes again, the second link is called ``id.2``, so that each can be told.
    """
    rows = [*_told_apart(rows)]
    languages = language_order(tuple(dict.fromkeys(lang for _, _, cells in rows for lang in cells)))
    sides = [[_passage(lang, row) for row in rows] for lang in languages]
    links = tuple(
        Link(row[0], languages, tuple((n,) if row[2].get(lang) else () for lang in languages))
        for n, row in enumerate(rows)
    )
    return Alignment(languages, tuple(tuple(side) for side in sides), links)


def _told_apart(rows: Iterable[_Row]) -> Iterator[_Row]:
    seen: Counter[str] = Counter()
    for unit, line, cells in rows:
        seen[unit] += 1
        yield (unit if seen[unit] == 1 else f"{unit}.{seen[unit]}"), line, cells


def _passage(lang: str, row: _Row) -> Passage:
    unit, line, cells = row
    return Passage(id=f"{lang}.{unit}", text=cells.get(lang, ""), lang=lang, line=line)


def _rows(path: Path) -> Iterator[_Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from _parse(stream, path)
    except UnicodeDecodeError as error:
        raise ParseError(
            "not UTF-8: convert it first, for example with iconv", path=path
        ) from error
    except OSError as error:
        raise ParseError(f"cannot read: {error.strerror or error}", path=path) from error


def _parse(stream: Iterable[str], path: Path) -> Iterator[_Row]:
    records = _records(stream, path)
    _, header = next(records, (1, []))
    columns = {n: lang for n, name in enumerate(header) if (lang := _language(name))}
    if not columns:
        raise ParseError(
            "no column of a language: name columns zh, ru or en in the first line",
            path=path, line=1, excerpt=" ".join(header)[:80],
        )  # fmt: skip
    key = next((n for n, name in enumerate(header) if name.strip().lower() == "id"), None)
    for number, (line, record) in enumerate(records, start=1):
        if len(record) > len(header):
            raise ParseError(
                f"{len(record)} cells where the first line names {len(header)} columns",
                path=path, line=line, excerpt=" ".join(record)[:80],
            )  # fmt: skip
        record = [*record, *[""] * (len(header) - len(record))]
        unit = record[key].strip() if key is not None else ""
        yield unit or str(number), line, {lang: record[n].strip() for n, lang in columns.items()}


def _language(name: str) -> str | None:
    name = name.strip()
    match = _LANGUAGE.fullmatch(name)
    return match[1].lower() if match else _ALIASES.get(name.lower())


def _records(stream: Iterable[str], path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells; rows without any text are left out."""
    lines = iter(stream)
    first = next(lines, "")
    delimiter = _SUFFIXES.get(path.suffix.lower(), "\t")
    if delimiter == "," and first.count(";") > first.count(","):
        delimiter = ";"
    everything = _chain(first, lines)
    reader = _tab_rows(everything) if delimiter == "\t" else _csv_rows(everything, delimiter)
    return ((line, cells) for line, cells in reader if any(cell.strip() for cell in cells))


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _csv_rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(64 * 1024 * 1024)
    reader = csv.reader(lines, delimiter=delimiter)
    for cells in reader:
        yield reader.line_num, cells


_OPEN_CELL = re.compile(r'(?:^|\t)"(?:[^"\t]|"")*\Z')


def _tab_rows(lines: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    """Split at tabs; a quotation mark is text unless it surrounds the whole cell.

    Spreadsheets quote cells that hold line ends, plain TSV does not quote at all: both are read.
    """
    width, pending, start = 0, "", 0
    for number, line in enumerate(lines, start=1):
        line = line.rstrip("\r\n")
        if pending and _cells(pending) == width == _cells(line):
            yield start, _split(pending)  # a row of its own follows: the mark was text after all
            pending = ""
        start = start if pending else number
        text = f"{pending}\n{line}" if pending else line
        if width and _OPEN_CELL.search(text):
            pending = text
            continue
        width, pending = width or _cells(text), ""
        yield start, _split(text)
    if pending:
        yield start, _split(pending)


def _cells(text: str) -> int:
    return text.count("\t") + 1


def _split(text: str) -> list[str]:
    return [_unquoted(cell) for cell in text.split("\t")]


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', ""):
        return cell[1:-1].replace('""', '"')
    return cell
