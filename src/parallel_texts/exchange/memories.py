"""TMX: translation memories of OmegaT, Trados, memoQ and their kin, through translate-toolkit.

A unit holds all languages of a link; a passage is a line of a segment, as in PO.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from lxml import etree

from parallel_texts.errors import ExchangeError, MissingDependencyError
from parallel_texts.exchange.lines import split_lines
from parallel_texts.exchange.notes import (
    read_confidence,
    read_facts,
    read_remarks_of,
    write_notes,
)
from parallel_texts.exchange.proposals import Unit, UnitFile
from parallel_texts.exchange.rows import Row
from parallel_texts.exchange.sources import parse_xml
from parallel_texts.model import Work

__all__ = ["primary", "read_tmx", "segment_text", "storage", "tag_of", "write_tmx"]

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = frozenset(("bpt", "ept", "ph", "it", "ut", "x", "bx", "ex", "sc", "ec", "cp"))
"""Inline elements that hold codes of the translated file, not its text."""


def storage(name: str) -> Any:
    """Return a module of translate-toolkit.

    Raises:
        MissingDependencyError: It is not installed.
    """
    try:
        return import_module(f"translate.storage.{name}")
    except ImportError as error:
        raise MissingDependencyError(
            "TMX and XLIFF need translate-toolkit: pip install 'parallel-texts[exchange]'"
        ) from error


def tag_of(lang: str, work: Work | None = None) -> str:
    """Return the language tag that translators' tools know: ``zh-CN`` rather than ``zh-Hans``."""
    version = work.version(lang) if work else None
    tag = version.language_tag if version else lang
    return {"zh": "zh-CN", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}.get(tag, tag)


def primary(tag: str | None) -> str:
    """Return the primary subtag of any writing of a tag: ``ZH_CN`` is ``zh``."""
    return (tag or "").replace("_", "-").split("-")[0].lower()


def write_tmx(rows: Sequence[Row], languages: Sequence[str], *, work: Work | None = None) -> bytes:
    """Return TMX 1.4 with one unit a link and one variant a language that has text.

    Args:
        rows: Links of an alignment.
        languages: The first is the source language of units that have it.
        work: Gives standing and origin for the notes, and the language tags.
    """
    tmx = storage("tmx")
    store = tmx.tmxfile(
        sourcelanguage=tag_of(languages[0], work), targetlanguage=tag_of(languages[-1], work)
    )
    for row in rows:
        cells = [row.cell(lang) for lang in languages if row.cell(lang).texts]
        if not cells:
            continue
        unit = tmx.tmxunit(None)
        store.addunit(unit)
        for cell in cells:
            node = unit.createlanguageNode(tag_of(cell.lang, work), cell.lines, None)
            _add_comment(node, cell.comment)
            unit.xmlelement.append(node)
        unit.xmlelement.set("tuid", row.id)
        unit.xmlelement.set("srclang", tag_of(cells[0].lang, work))
        unit.addnote(write_notes(row, languages, work))
    return bytes(store)


def _add_comment(variant: etree._Element, comment: str) -> None:
    """Put a comment before a variant's segment, where TMX has its notes."""
    if comment:
        note = etree.Element("note")
        note.text = comment
        variant.insert(0, note)


def read_tmx(path: Path) -> UnitFile:
    """Return the units of a TMX file; codes inside segments are left out.

    Raises:
        ExchangeError: No TMX, too large, or with entities of its own.
        MissingDependencyError: translate-toolkit is not installed.
    """
    root = parse_xml(path)
    if root.tag != "tmx":
        raise ExchangeError(f"{path}: no TMX: its root is {root.tag}")
    store = storage("tmx").tmxfile()
    try:
        store.parse(etree.tostring(root, encoding="UTF-8"))
    except Exception as error:  # the toolkit raises many kinds on broken files
        raise ExchangeError(f"{path}: no readable TMX: {error}") from error
    units = tuple(_unit(unit) for unit in store.units)
    header = root.find("header")
    source = primary(header.get("srclang") if header is not None else "")
    found = dict.fromkeys(lang for unit in units for lang in (*unit.facts, *unit.texts))
    languages = tuple(sorted(found, key=lambda lang: lang != source))
    return UnitFile(languages, languages, units, states=False)


def _unit(unit: Any) -> Unit:
    variants = {primary(_lang(node)): node for node in unit.getlanguageNodes()}
    notes = unit.getnotes()
    own = read_remarks_of(notes)
    comments = {lang: _comment(node) for lang, node in variants.items()}
    texts = {lang: split_lines(segment_text(node.find("seg"))) for lang, node in variants.items()}
    return Unit(
        id=unit.getid() or "",
        texts={lang: passages for lang, passages in texts.items() if passages},
        facts=read_facts(notes),
        comments={lang: said for lang, text in comments.items() if (said := text or own)},
        confidence=read_confidence(notes),
    )


def _lang(variant: etree._Element) -> str | None:
    return variant.get(_XML_LANG) or variant.get("lang")


def _comment(variant: etree._Element) -> str:
    return "\n".join(note.text for note in variant.findall("note") if note.text)


def segment_text(segment: etree._Element | None) -> str:
    """Return the text of a segment of TMX or XLIFF, codes left out, highlights kept."""
    if segment is None:
        return ""
    parts = [segment.text or ""]
    for child in segment:
        if isinstance(child.tag, str) and etree.QName(child).localname not in _CODES:
            parts.append(segment_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
