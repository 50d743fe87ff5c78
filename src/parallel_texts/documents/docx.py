"""Word documents by way of mammoth: tables, footnotes, tracked changes as if accepted."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from lxml import html

from parallel_texts.documents.html import html_to_text
from parallel_texts.errors import MissingDependencyError, ParseError

__all__ = ["MAX_UNPACKED_BYTES", "read_docx"]

MAX_UNPACKED_BYTES = 512 * 1024 * 1024
"""An archive that unpacks to more is refused before it is unpacked: bytes."""
_MAX_RATIO = 200
_BODY = "word/document.xml"
_NOTE = re.compile(r"(footnote|endnote)-\d+$")
_NOTE_REFERENCE = re.compile(r"(footnote|endnote)-ref-\d+$")


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
    page, footnotes = _without_footnotes(result.value)
    return html_to_text(page, path), (*_notes(body), *footnotes)


def _check_archive(data: bytes, path: Path) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MAX_UNPACKED_BYTES or unpacked > _MAX_RATIO * max(len(data), 2**16):
                raise ParseError("unpacks to far too much to be a document", path=path)
            if any(b"<!DOCTYPE" in archive.read(name) for name in _xml_parts(archive)):
                raise ParseError("declares XML entities, which no Word document does", path=path)
            return archive.read(_BODY)
    except KeyError as error:
        raise ParseError("a zip archive, but no Word document", path=path) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ParseError(f"a truncated or broken .docx: {error}", path=path) from error


def _xml_parts(archive: zipfile.ZipFile) -> list[str]:
    return [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]


def _without_footnotes(source: str) -> tuple[str, tuple[str, ...]]:
    """Take footnotes and their numbers out of the running text, and say how many."""
    tree = html.fragment_fromstring(source, create_parent="body")
    notes = [e for e in tree.iter("li") if _NOTE.match(e.get("id", ""))]
    numbers = [e for e in tree.iter("a") if _NOTE_REFERENCE.match(e.get("id", ""))]
    for element in (*notes, *numbers):
        element.drop_tree()
    said = f"footnotes ({len(notes)}) are no part of the running text and were left out"
    return html.tostring(tree, encoding="unicode"), (said,) if notes else ()


def _notes(body: bytes) -> tuple[str, ...]:
    if b"<w:ins " in body or b"<w:del " in body:
        return ("tracked changes were read as accepted",)
    return ()
