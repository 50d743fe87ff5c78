"""Word documents by way of mammoth: tables, footnotes, tracked changes as if accepted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from parallel_texts.documents.html import html_to_text
from parallel_texts.errors import MissingDependencyError, ParseError

__all__ = ["MAX_UNPACKED_BYTES", "read_docx"]

MAX_UNPACKED_BYTES = 512 * 1024 * 1024
"""An archive that unpacks to more is refused before it is unpacked: bytes."""
_MAX_RATIO = 200
_BODY = "word/document.xml"


def read_docx(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """Return text and what a person should know of the reading.

    Raises:
        ParseError: The archive is broken, a bomb, encrypted or no Word document.
        MissingDependencyError: mammoth is not installed.
    """
    body = _check_archive(data, path)
    try:
        import mammoth
    except ImportError as error:
        raise MissingDependencyError(
            "reading .docx needs mammoth: pip install 'parallel-texts[documents]'"
        ) from error
    try:
        result = mammoth.convert_to_html(io.BytesIO(data))
    except Exception as error:  # mammoth raises whatever its XML reader or zipfile does
        raise ParseError(f"a broken Word document: {error}", path=path) from error
    return html_to_text(result.value or "<p></p>", path), _notes(body)


def _check_archive(data: bytes, path: Path) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MAX_UNPACKED_BYTES or unpacked > _MAX_RATIO * max(len(data), 2**16):
                raise ParseError("unpacks to far too much to be a document", path=path)
            return archive.read(_BODY)
    except KeyError as error:
        raise ParseError("a zip archive, but no Word document", path=path) from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ParseError(f"a truncated or broken .docx: {error}", path=path) from error


def _notes(body: bytes) -> tuple[str, ...]:
    if b"<w:ins " in body or b"<w:del " in body:
        return ("tracked changes were read as accepted",)
    return ()
