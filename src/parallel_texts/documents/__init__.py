"""Files that users bring: txt, Markdown, HTML, DOCX and PDF, read as plain text.

A reader takes bytes and gives text in which an empty line ends a paragraph; what the text means
(headings, sentences) is the business of :mod:`parallel_texts.plain`. Well-kept libraries parse;
here are only the limits on untrusted files and the messages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from parallel_texts.documents.encoding import decode
from parallel_texts.errors import ParseError

__all__ = ["MAX_DOCUMENT_BYTES", "SUFFIXES", "Document", "read_document"]

MAX_DOCUMENT_BYTES = 256 * 1024 * 1024
"""Larger files are refused unread: bytes."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds.

    Attributes:
        text: Plain text, paragraphs apart by an empty line.
        format: ``txt``, ``markdown``, ``html``, ``docx`` or ``pdf``.
        encoding: Of text formats, else empty.
        notes: What a person should know of the reading: tracked changes accepted, and the like.
    """

    text: str
    format: str
    encoding: str = ""
    notes: tuple[str, ...] = ()


def _read_text(data: bytes, path: Path) -> Document:
    text, encoding = decode(data, path)
    return Document(text, "txt", encoding)


def _read_markdown(data: bytes, path: Path) -> Document:
    from parallel_texts.documents.html import markdown_to_text

    text, encoding = decode(data, path)
    return Document(markdown_to_text(text), "markdown", encoding)


def _read_html(data: bytes, path: Path) -> Document:
    from parallel_texts.documents.html import html_to_text, read_html_bytes

    text, encoding = read_html_bytes(data, path)
    return Document(html_to_text(text, path), "html", encoding)


def _read_docx(data: bytes, path: Path) -> Document:
    from parallel_texts.documents.docx import read_docx

    text, notes = read_docx(data, path)
    return Document(text, "docx", notes=notes)


def _read_pdf(data: bytes, path: Path) -> Document:
    from parallel_texts.documents.pdf import read_pdf

    return Document(read_pdf(data, path), "pdf")


_READERS: dict[str, Callable[[bytes, Path], Document]] = {
    ".txt": _read_text,
    ".text": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".xhtml": _read_html,
    ".docx": _read_docx,
    ".pdf": _read_pdf,
}
SUFFIXES = tuple(_READERS)
"""File name endings that :func:`read_document` reads."""

_MAGIC = ((b"%PDF-", ".pdf"), (b"PK\x03\x04", ".docx"), (b"\xd0\xcf\x11\xe0", ".doc"))


def read_document(path: Path) -> Document:
    """Read a file by its ending, once its first bytes agree.

    Raises:
        ParseError: Unknown or wrong ending, larger than :data:`MAX_DOCUMENT_BYTES`, broken,
            encrypted, without text; the message says what to do.
        MissingDependencyError: The format's library is not installed.
    """
    suffix = path.suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise ParseError(
            f"cannot read {suffix or 'files without an ending'}: use .xml, {', '.join(SUFFIXES)}",
            path=path,
        )
    data = _read_bytes(path)
    _check_kind(data, suffix, path)
    document = reader(data, path)
    if not document.text.strip():
        raise ParseError("holds no text", path=path)
    return document


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_DOCUMENT_BYTES:
            limit = MAX_DOCUMENT_BYTES // 2**20
            raise ParseError(f"larger than {limit} MB: split it into chapters", path=path)
        return path.read_bytes()
    except OSError as error:
        raise ParseError(f"cannot read: {error.strerror or error}", path=path) from error


def _check_kind(data: bytes, suffix: str, path: Path) -> None:
    """Refuse a file whose first bytes belong to another format than its ending."""
    found = next((ending for magic, ending in _MAGIC if data.startswith(magic)), None)
    if found == ".doc":
        raise ParseError(
            "an old or password-protected Word file: save it as .docx without a password", path=path
        )
    expected = suffix if suffix in (".pdf", ".docx") else None
    if found != expected and (found or expected):
        looks = f"looks like {found}" if found else f"is no {suffix} file"
        raise ParseError(f"{looks}, though it ends in {suffix}: give it its right name", path=path)
