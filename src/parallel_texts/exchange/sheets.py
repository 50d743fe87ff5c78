"""Tables for spreadsheets and scripts: CSV, XLSX and JSON lines, one row a link."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from parallel_texts.errors import ExchangeError, MissingDependencyError
from parallel_texts.exchange.proposals import Proposal
from parallel_texts.exchange.rows import Row, fingerprint
from parallel_texts.files import read_text

__all__ = ["read_csv", "read_xlsx", "write_csv", "write_jsonl", "write_xlsx"]

_FORMULA = ("=", "+", "-", "@", "\t")
_GUARD = "\u200b"
"""Zero-width space before text that a spreadsheet would take for a formula; removed on reading."""


def _columns(languages: Sequence[str]) -> list[str]:
    texts = list(languages)
    ids = [f"{lang}_passages" for lang in languages]
    prints = [f"{lang}_exported" for lang in languages]
    return ["link", *texts, "confidence", "findings", *ids, *prints]


def _record(row: Row, languages: Sequence[str]) -> list[str]:
    cells = [row.cell(lang) for lang in languages]
    found = "\n".join(f"{f.code} ({f.status}): {f.message}" for f in row.findings)
    return [
        row.id,
        *(cell.lines for cell in cells),
        f"{row.confidence:.2f}",
        found,
        *(" ".join(cell.ids) for cell in cells),
        *(fingerprint(cell.texts) for cell in cells),
    ]


def _guarded(value: str) -> str:
    return _GUARD + value if value.startswith((*_FORMULA, _GUARD)) else value


def write_csv(rows: Sequence[Row], languages: Sequence[str]) -> str:
    """Return CSV with a column per language; a byte order mark makes spreadsheets read UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_columns(languages))
    writer.writerows([_guarded(v) for v in _record(row, languages)] for row in rows)
    return "\ufeff" + stream.getvalue()


def write_xlsx(rows: Sequence[Row], languages: Sequence[str]) -> bytes:
    """Return an Excel workbook with the columns of :func:`write_csv`, text wrapped, head frozen.

    Raises:
        MissingDependencyError: openpyxl is not installed.
    """
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "passages"
    sheet.append(_columns(languages))
    for row in rows:
        sheet.append([""] * len(_columns(languages)))
        for column, value in enumerate(_record(row, languages), start=1):
            cell = sheet.cell(sheet.max_row, column)
            cell.value, cell.data_type = _xml_safe(value), "s"
    _lay_out(sheet, len(languages))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise MissingDependencyError(
            "XLSX needs openpyxl: pip install 'parallel-texts[exchange]'"
        ) from error
    return openpyxl


def _xml_safe(value: str) -> str:
    return "".join(c for c in value if c in "\t\n" or c >= " ")


def _lay_out(sheet: Any, languages: int) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.freeze_panes = "B2"
    for number, cell in enumerate(sheet[1]):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 60 if 1 <= number <= languages else 16
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def write_jsonl(rows: Sequence[Row], languages: Sequence[str]) -> str:
    """Return one object a line: link, confidence, and texts and ids per language."""
    return "".join(json.dumps(_object(row, languages), ensure_ascii=False) + "\n" for row in rows)


def _object(row: Row, languages: Sequence[str]) -> dict[str, Any]:
    return {
        "link": row.id,
        "confidence": round(row.confidence, 4),
        "texts": {lang: list(row.cell(lang).texts) for lang in languages},
        "passages": {lang: list(row.cell(lang).ids) for lang in languages},
        "findings": [f.code for f in row.findings],
    }


def read_csv(path: Path, lang: str) -> tuple[Proposal, ...]:
    """Return what a CSV of :func:`write_csv` proposes for one language.

    Raises:
        ExchangeError: A column is missing.
    """
    reader = csv.DictReader(io.StringIO(read_text(path)))
    return _proposals(list(reader.fieldnames or ()), list(reader), lang, path)


def read_xlsx(path: Path, lang: str) -> tuple[Proposal, ...]:
    """Return what a workbook of :func:`write_xlsx` proposes for one language.

    Raises:
        ExchangeError: No workbook, or a column is missing.
        MissingDependencyError: openpyxl is not installed.
    """
    openpyxl = _openpyxl()
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever zipfile or its XML reader does
        raise ExchangeError(f"{path}: no readable workbook: {error}") from error
    lines = [["" if v is None else str(v) for v in row] for row in book.active.values]
    head = lines[0] if lines else []
    records = [dict(zip(head, line, strict=False)) for line in lines[1:]]
    return _proposals(head, records, lang, path)


def _proposals(
    head: Sequence[str], records: Sequence[dict[str, str]], lang: str, path: Path
) -> tuple[Proposal, ...]:
    missing = [name for name in ("link", lang) if name not in head]
    if missing:
        raise ExchangeError(f"{path}: no column {', '.join(missing)}: export the work again")
    return tuple(_proposal(record, lang) for record in records if record["link"])


def _proposal(record: dict[str, str], lang: str) -> Proposal:
    text = (record[lang] or "").removeprefix(_GUARD)
    return Proposal(
        link=record["link"].removeprefix(_GUARD),
        lang=lang,
        ids=tuple((record.get(f"{lang}_passages") or "").split()),
        texts=tuple(line.strip() for line in text.split("\n") if line.strip()),
        exported=record.get(f"{lang}_exported") or "",
        comment=record.get("comment") or "",
    )
