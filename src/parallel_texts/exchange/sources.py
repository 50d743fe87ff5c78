"""Files that others wrote, read with limits before any library sees them."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from lxml import etree

from parallel_texts.errors import ExchangeError

__all__ = ["MAX_BYTES", "check_archive", "parse_xml", "read_limited"]

MAX_BYTES = 128 * 1024 * 1024
"""Larger files are refused unread: bytes."""
MAX_UNPACKED_BYTES = 512 * 1024 * 1024
"""Archives that unpack to more are refused: bytes."""
_MAX_RATIO = 200
_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]*\[")


def read_limited(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        ExchangeError: It is missing, a folder, or larger than :data:`MAX_BYTES`.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ExchangeError(f"{path}: larger than {MAX_BYTES // 2**20} MB: split it")
        return path.read_bytes()
    except OSError as error:
        raise ExchangeError(f"{path}: cannot read: {error.strerror or error}") from error


def parse_xml(path: Path) -> etree._Element:
    """Return the root of an XML file; a DTD may be named, but declares nothing and is not read.

    Raises:
        ExchangeError: Not well formed, or with entities of its own.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False
    )
    data = read_limited(path)
    _refuse_entities(data, path)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ExchangeError(f"{path}:{error.lineno}: not well-formed XML: {error.msg}") from error
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and any(True for _ in subset.iterentities()):  # type: ignore[union-attr]
        raise ExchangeError(f"{path}: {_NO_ENTITIES}")
    return root


_NO_ENTITIES = "declares XML entities, which are not read: save it without them"


def _refuse_entities(data: bytes, path: Path) -> None:
    """Refuse a DTD inside the file before parsing: entities in attributes are always expanded."""
    if _SUBSET.search(data.replace(b"\x00", b"")):
        raise ExchangeError(f"{path}: {_NO_ENTITIES}")


def check_archive(data: bytes, path: Path) -> None:
    """Refuse an archive that is broken or unpacks to far more than it is.

    Raises:
        ExchangeError: It is so.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise ExchangeError(f"{path}: no readable workbook: {error}") from error
    if unpacked > MAX_UNPACKED_BYTES or unpacked > _MAX_RATIO * max(len(data), 2**16):
        raise ExchangeError(f"{path}: unpacks to far too much to be a workbook")
