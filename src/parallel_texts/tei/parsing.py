"""Untrusted XML to a tree: bounded, without entities, DTDs or network."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from lxml import etree

from parallel_texts.errors import ParseError

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "TEI",
    "XML_ID",
    "XML_LANG",
    "fail",
    "line_of",
    "parse",
    "parse_bytes",
    "parse_foreign",
    "parse_read",
    "read_bytes",
    "tei",
]

NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
TEI: Final = f"{{{NAMESPACE}}}"
XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused unread: bytes."""
MAX_DEPTH = 100
"""Deeper nesting is refused: elements."""


def parse(path: Path) -> etree._ElementTree:
    """Return the tree of a TEI file; comments, instructions and white space are kept.

    Raises:
        ParseError: Missing, too large, not well formed, with a DTD, nested too deep, or not TEI.
    """
    return parse_read(read_bytes(path), path)


def parse_read(data: bytes, path: Path) -> etree._ElementTree:
    """Return the tree of bytes that were read from ``path``; see :func:`parse`."""
    tree = _parse_safely(data, path)
    if tree.getroot().tag != tei("TEI"):
        raise fail("the root element is not TEI of the TEI namespace", tree.getroot(), path)
    return tree


def parse_foreign(path: Path) -> etree._Element:
    """Return the root of TEI that others wrote; older files get the TEI namespace.

    Raises:
        ParseError: As :func:`parse`; ``TEI.2`` and ``teiCorpus`` are taken as TEI.
    """
    root = _parse_safely(read_bytes(path), path).getroot()
    for element in root.iter("{}*"):
        element.tag = TEI + str(element.tag)
    if root.tag not in map(tei, ("TEI", "TEI.2", "teiCorpus", "teiCorpus.2")):
        raise fail("the root element is not TEI: is it another kind of XML?", root, path)
    return root


def _parse_safely(data: bytes, path: Path) -> etree._ElementTree:
    _refuse_dtd_early(data, path)
    try:
        tree = parse_bytes(data)
    except etree.XMLSyntaxError as error:
        raise _syntax_error(error, data, path) from error
    _refuse_dtd(tree, path)
    _check_depth(tree.getroot(), path)
    return tree


def parse_bytes(data: bytes) -> etree._ElementTree:
    """Return the tree of bytes, whatever it holds; entities, DTDs and network are off."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_blank_text=False,
    )
    return etree.ElementTree(etree.fromstring(data, parser))


def tei(name: str) -> str:
    """Return the name in the TEI namespace, as lxml writes it."""
    return TEI + name


def fail(message: str, element: etree._Element, path: Path) -> ParseError:
    """Return an error that points to the line of ``element``."""
    return ParseError(message, path=path, line=line_of(element))


def line_of(element: etree._Element) -> int | None:
    """Return the 1-based line of an element's start tag, if the parser knows it."""
    line = element.sourceline
    return line if isinstance(line, int) else None


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, bounded; a folder or a missing file is a :class:`ParseError`."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ParseError("cannot read: not a file, but a folder or device", path=path, line=1)
        if status.st_size > MAX_BYTES:
            limit = MAX_BYTES // 2**20
            raise ParseError(f"larger than {limit} MB: split the work", path=path, line=1)
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ParseError(f"cannot read: {reason}", path=path, line=1) from error


def _syntax_error(error: etree.XMLSyntaxError, data: bytes, path: Path) -> ParseError:
    line = error.lineno or 1
    lines = data.split(b"\n", line)
    excerpt = lines[line - 1][:80].decode("utf-8", "replace").strip() if len(lines) >= line else ""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in excerpt)
    return ParseError(_explained(error.msg or ""), path=path, line=line, excerpt=shown)


_REASONS = (
    ("Document is empty", "the file is empty, or no XML: name a TEI file"),
    ("Excessive depth", "elements nested too deep"),
    ("Resource limit", "a text or attribute of more than 10 MB: split it into passages"),
    ("huge", "a text or attribute of more than 10 MB: split it into passages"),
    ("not proper UTF-8", "not in the encoding that it claims: save it as UTF-8"),
    ("Invalid bytes in character encoding", "not in the encoding that it claims: save it as UTF-8"),
    ("encoding", "in an encoding that is not known: save it as UTF-8"),
)
"""What the parser says, and what a person can do about it."""


def _explained(message: str) -> str:
    for words, reason in _REASONS:
        if words in message:
            return f"not well-formed XML: {reason}"
    return f"not well-formed XML: {message.split(', line ')[0] or 'it ends too early'}"


_NO_DTD = "a DOCTYPE with its entities is not read: remove it"


def _refuse_dtd_early(data: bytes, path: Path) -> None:
    """Refuse before the parser meets an entity: those in attributes are always expanded."""
    at = _after_prolog(data)
    if data.startswith(b"<!DOCTYPE", at):
        raise ParseError(_NO_DTD, path=path, line=data.count(b"\n", 0, at) + 1)


def _after_prolog(data: bytes) -> int:
    """Return where the first thing begins that is no white space, instruction or comment."""
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while True:
        while data[at : at + 1].isspace():
            at += 1
        end = next((e for s, e in _MISC if data.startswith(s, at)), None)
        stop = data.find(end, at) if end is not None else -1
        if end is None or stop < 0:
            return at
        at = stop + len(end)


_MISC = ((b"<?", b"?>"), (b"<!--", b"-->"))


def _refuse_dtd(tree: etree._ElementTree, path: Path) -> None:
    """Refuse what another encoding than UTF-8 has hidden from :func:`_refuse_dtd_early`."""
    if tree.docinfo.internalDTD is not None:
        raise ParseError(_NO_DTD, path=path, line=1)


def _check_depth(root: etree._Element, path: Path) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise fail(f"elements nested more than {MAX_DEPTH} deep", element, path)
