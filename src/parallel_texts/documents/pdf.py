"""PDF files with a text layer, by pdfplumber's layout analysis, columns in reading order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from parallel_texts.errors import MissingDependencyError, ParseError

__all__ = ["read_pdf"]


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
    return "\n\n".join(box for page in pages for box in page)


def _boxes(page: Any) -> Iterator[str]:
    """Yield text boxes in the reading order that the layout analysis found."""
    from pdfminer.layout import LTTextBox

    for element in page:
        if isinstance(element, LTTextBox) and element.get_text().strip():
            yield element.get_text().strip()
