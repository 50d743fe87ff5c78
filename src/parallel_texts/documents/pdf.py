"""PDF files with a text layer, by pdfplumber's layout analysis, columns in reading order."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from parallel_texts.errors import MissingDependencyError, ParseError

__all__ = ["read_pdf"]

_EDGE = 2
"""Paragraphs at a page's top and bottom that may be head and page number."""
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:(?:Page|стр\.|С\.|第)\s*)?\d{1,4}(?:\s*页)?[-–—\s]*")
_FINAL = re.compile(r"[.!?…:;。！？：；][\"”’»」』)）]*$")
_CHINESE = re.compile(r"[\u4e00-\u9fff](?<!第)")
_WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff]+")


def read_pdf(data: bytes, path: Path) -> str:
    """Return the text of all pages, an empty line between text boxes.

    Raises:
        ParseError: Encrypted, broken, or a scan without a text layer.
        MissingDependencyError: pdfminer.six is not installed.
    """
    try:
        from pdfminer.high_level import extract_pages
        from pdfminer.layout import LAParams
        from pdfminer.pdfdocument import PDFPasswordIncorrect
    except ImportError as error:
        raise MissingDependencyError(
            "reading .pdf needs pdfminer.six: pip install 'parallel-texts[documents]'"
        ) from error
    try:
        pages = [
            list(_boxes(page)) for page in extract_pages(io.BytesIO(data), laparams=LAParams())
        ]
    except PDFPasswordIncorrect as error:
        raise ParseError("an encrypted PDF: save it without a password", path=path) from error
    except Exception as error:  # pdfminer raises many kinds on broken files
        raise ParseError(f"a broken PDF: {error}", path=path) from error
    if not any(pages):
        raise ParseError("no text layer; run OCR first", path=path)
    return _joined([paragraph for page in _without_furniture(pages) for paragraph in page])


def _without_furniture(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Leave out page numbers, and heads and feet that come back on three pages or more."""
    edges = Counter(_bare(text) for page in pages for text in {*page[:_EDGE], *page[-_EDGE:]})
    return [
        [
            text
            for i, text in enumerate(page)
            if _EDGE <= i < len(page) - _EDGE or not _is_furniture(text, edges, len(pages))
        ]
        for page in pages
    ]


def _bare(text: str) -> str:
    """Return a text without the numbers that change from page to page."""
    return re.sub(r"[\d\W_]+", " ", text).strip().casefold()


def _is_furniture(text: str, edges: Counter[str], pages: int) -> bool:
    if _PAGE_NUMBER.fullmatch(text):
        return True
    return text.count("\n") < 3 and edges[_bare(text)] >= 3 and edges[_bare(text)] * 2 > pages


def _joined(paragraphs: Sequence[str]) -> str:
    """Join paragraphs that a column or page has cut in two."""
    text = ""
    for before, paragraph in pairwise(["", *paragraphs]):
        text += ("\n" if before and _runs_on(before, paragraph) else "\n\n") + paragraph
    return text.strip()


def _runs_on(before: str, after: str) -> bool:
    """Tell whether a sentence goes on: no mark ends it, and no capital begins the next."""
    if _FINAL.search(before):
        return False
    return after[0].islower() or ("\n" in before and bool(_CHINESE.match(after)))


def _boxes(page: Any) -> Iterator[str]:
    """Yield paragraphs in the reading order of text boxes that the layout analysis found."""
    from pdfminer.layout import LTTextBox

    for element in page:
        if isinstance(element, LTTextBox) and element.get_text().strip():
            yield from _paragraphs([line for line in element if line.get_text().strip()])


def _paragraphs(lines: Sequence[Any]) -> Iterator[str]:
    """Part a box where a line ended although the next one's first word had room on it."""
    right = max(line.x1 for line in lines)
    paragraph: list[str] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        paragraph.append(line.get_text().strip())
        if following is None or line.x1 + _first_word_width(following) < right:
            yield "\n".join(paragraph)
            paragraph = []


def _first_word_width(line: Any) -> float:
    """Return the width of a line's first word and a space: points. Chinese: of a character."""
    text = line.get_text().strip()
    word = _WORD.match(text)
    share = (len(word[0]) + 1) / len(text) if word else 1.0
    return float((line.x1 - line.x0) * min(share, 1.0))
