"""Tables for spreadsheets: CSV and XLSX, one row a link, a column a language."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from parallel_texts.documents.encoding import decode
from parallel_texts.errors import ExchangeError, MissingDependencyError
from parallel_texts.exchange.lines import split_lines
from parallel_texts.exchange.notes import Facts
from parallel_texts.exchange.proposals import Unit, UnitFile
from parallel_texts.exchange.rows import Cell, Row, fingerprints
from parallel_texts.exchange.sources import check_archive, read_limited

__all__ = ["MAX_CELL", "read_csv", "read_xlsx", "write_csv", "write_xlsx"]

MAX_CELL = 32_767
"""Characters that a cell of Excel holds."""

_FORMULA = ("=", "+", "-", "@", "\t")
_GUARD = "\u200b"
"""Zero-width space before text that a spreadsheet would take for a formula; removed on reading."""
_LANG = re.compile(r"[a-z]{2,3}")
_STATES = {True: "needs work", False: "done"}


_NO_LABELS: Mapping[str, str] = {}


def _columns(languages: Sequence[str]) -> list[str]:
    edited = [f"{lang}{what}" for what in ("", " comment", " state") for lang in languages]
    kept = [
        f"{lang} {what}"
        for what in ("standing", "passages", "at", "exported")
        for lang in languages
    ]
    return ["link", *edited, "confidence", "findings", *kept]


def _record(row: Row, languages: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    cells = [row.cell(lang) for lang in languages]
    found = "\n".join(_findings(row))
    states = [_STATES[row.needs_work(cell.lang)] if cell.texts else "" for cell in cells]
    return [
        row.id,
        *(cell.lines for cell in cells),
        *(cell.comment for cell in cells),
        *states,
        f"{row.confidence:.4f}",
        found,
        *(labels.get(lang, "") for lang in languages),
        *(" ".join(cell.ids) for cell in cells),
        *(" ".join(map(str, cell.numbers)) for cell in cells),
        *(_exported(row, cell) for cell in cells),
    ]


def _findings(row: Row) -> Iterator[str]:
    """Yield findings, then what people said of findings, refused ones too."""
    for finding in row.findings:
        yield f"{finding.code} ({finding.status}): {finding.message}"
    for code, rule in dict.fromkeys((j.finding.code, j.finding.rule) for j in row.judgements):
        yield from (f"{code} {line}" for line in row.said(code, rule))


def _exported(row: Row, cell: Cell) -> str:
    """State and fingerprints: what it was, to tell what a translator changed."""
    state = "fuzzy" if row.needs_work(cell.lang) else "done"
    return " ".join((state, *fingerprints(cell.texts)))


def _guarded(value: str) -> str:
    return _GUARD + value if value.startswith((*_FORMULA, _GUARD)) else value


def write_csv(
    rows: Sequence[Row], languages: Sequence[str], labels: Mapping[str, str] = _NO_LABELS
) -> str:
    """Return CSV with a column per language; a byte order mark makes spreadsheets read UTF-8.

    ``labels`` says per language what its text is: standing and origin, repeated in every row.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_columns(languages))
    writer.writerows([_guarded(v) for v in _record(row, languages, labels)] for row in rows)
    return "\ufeff" + stream.getvalue()


def write_xlsx(
    rows: Sequence[Row], languages: Sequence[str], labels: Mapping[str, str] = _NO_LABELS
) -> bytes:
    """Return an Excel workbook with the columns of :func:`write_csv`, text wrapped, head frozen.

    Raises:
        ExchangeError: A cell would hold more than Excel's :data:`MAX_CELL` characters.
        MissingDependencyError: openpyxl is not installed.
    """
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "passages"
    sheet.append(_columns(languages))
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(_record(row, languages, labels), start=1):
            _check_length(value, row.id)
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = value or None, "s" if value else "n"
    _lay_out(sheet, len(languages))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _check_length(value: str, link: str) -> None:
    if len(value) > MAX_CELL:
        raise ExchangeError(
            f"{link}: {len(value)} characters are too many for a cell of Excel: use csv"
        )


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingDependencyError(
            "XLSX needs openpyxl: pip install 'parallel-texts[exchange]'"
        ) from error
    return openpyxl


def _lay_out(sheet: Any, languages: int) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.freeze_panes = "B2"
    for number, cell in enumerate(sheet[1]):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 60 if 1 <= number <= languages else 16
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def read_csv(path: Path) -> UnitFile:
    """Return the units of a table with a column per language, commas, semicolons or tabs between.

    Spreadsheets save in many encodings; the likeliest is taken, as for texts.

    Raises:
        ExchangeError: A column is missing, or the table is broken.
    """
    text, _ = decode(read_limited(path), path)
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ExchangeError(f"{path}: no readable table: {error}") from error
    return _read(lines, path)


def read_xlsx(path: Path) -> UnitFile:
    """Return the units of a workbook's first sheet; see :func:`read_csv`.

    Raises:
        ExchangeError: No workbook, a bomb, or a column is missing.
        MissingDependencyError: openpyxl is not installed.
    """
    openpyxl = _openpyxl()
    data = read_limited(path)
    check_archive(data, path)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        lines = [["" if v is None else str(v) for v in row] for row in book.worksheets[0].values]
    except Exception as error:  # openpyxl raises whatever zipfile or its XML reader does
        raise ExchangeError(f"{path}: no readable workbook: {error}") from error
    return _read(lines, path)


def _read(lines: Sequence[Sequence[str]], path: Path) -> UnitFile:
    head = [name.strip() for name in lines[0]] if lines else []
    languages = tuple(name for name in head if _LANG.fullmatch(name))
    if len(languages) < 2:
        raise ExchangeError(
            f"{path}: expected a column per language, such as zh and ru, in its first line"
        )
    records = [dict(zip(head, map(_bare, line), strict=False)) for line in lines[1:]]
    units = tuple(_unit(r, languages) for r in records if any(r.get(lang) for lang in languages))
    return UnitFile(languages, languages, units, states="exported" in " ".join(head))


def _bare(value: str) -> str:
    return value.removeprefix(_GUARD)


def _unit(record: dict[str, str], languages: Sequence[str]) -> Unit:
    texts = {lang: split_lines(record.get(lang) or "") for lang in languages}
    comments = {lang: record.get(f"{lang} comment") or "" for lang in languages}
    states = {lang: (record.get(f"{lang} state") or "").strip() for lang in languages}
    return Unit(
        id=(record.get("link") or "").strip(),
        texts={lang: passages for lang, passages in texts.items() if passages},
        facts={lang: f for lang in languages if (f := _facts(record, lang)) is not None},
        comments={lang: said for lang, said in comments.items() if said},
        needs_work=frozenset(lang for lang, state in states.items() if state == _STATES[True]),
        confidence=_number(record.get("confidence")),
    )


def _facts(record: dict[str, str], lang: str) -> Facts | None:
    state, *exported = (record.get(f"{lang} exported") or "").split() or [""]
    if not state:
        return None
    numbers = (record.get(f"{lang} at") or "").split()
    return Facts(
        tuple((record.get(f"{lang} passages") or "").split()),
        tuple(int(n) for n in numbers if n.isdecimal()),
        tuple(exported),
        state == "fuzzy",
    )


def _number(text: str | None) -> float:
    try:
        return float((text or "1").replace(",", "."))
    except ValueError:
        return 1.0
