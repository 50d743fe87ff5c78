"""XLIFF 1.2 and 2.0: jobs of translators' tools, through translate-toolkit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from parallel_texts.errors import ExchangeError
from parallel_texts.exchange.lines import split_lines, split_source, write_source
from parallel_texts.exchange.memories import primary, segment_text, storage, tag_of
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

__all__ = ["read_xliff", "write_xliff", "write_xliff2"]

_FIRST = "urn:oasis:names:tc:xliff:document:1.2"
_SECOND = "urn:oasis:names:tc:xliff:document:2.0"
_SKELETON = (
    f'<?xml version="1.0"?><xliff version="1.2" xmlns="{_FIRST}"><file original="{{name}}"'
    ' source-language="en" datatype="plaintext"><body/></file></xliff>'
)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNFINISHED = ("needs-", "new", "initial")
_TO_DO = {True: "needs-review-translation", False: "translated"}
_TO_DO_2 = {True: "initial", False: "translated"}


def write_xliff(
    rows: Sequence[Row], source_lang: str, target_lang: str, *, work: Work | None = None
) -> bytes:
    """Return XLIFF 1.2 with one unit a link.

    Args:
        rows: Links of an alignment that has both languages.
        source_lang: Language to translate from.
        target_lang: Language to translate into.
        work: Gives standing and origin for the notes, the language tags and the file's name.
    """
    store = storage("xliff").xlifffile.parsestring(
        _SKELETON.format(name=work.id if work else "parallel-texts").encode()
    )
    store.setsourcelanguage(tag_of(source_lang, work))
    store.settargetlanguage(tag_of(target_lang, work))
    for row in _with_text(rows, source_lang, target_lang):
        unit = _add_unit(store, row, source_lang, target_lang)
        if unit.target:
            unit.xmlelement.find(f"{{{_FIRST}}}target").set(
                "state", _TO_DO[row.needs_work(target_lang)]
            )
        unit.addnote(write_notes(row, (source_lang, target_lang), work), origin="developer")
        if row.cell(target_lang).comment:
            unit.addnote(row.cell(target_lang).comment, origin="translator")
    return bytes(store)


def _with_text(rows: Sequence[Row], *languages: str) -> Iterator[Row]:
    return (row for row in rows if any(row.cell(lang).texts for lang in languages))


def _add_unit(store: Any, row: Row, source_lang: str, target_lang: str) -> Any:
    unit = store.UnitClass(write_source(row.cell(source_lang).texts))
    store.addunit(unit)
    unit.setid(row.id)
    if row.cell(target_lang).texts:
        unit.target = row.cell(target_lang).lines
    return unit


def write_xliff2(
    rows: Sequence[Row], source_lang: str, target_lang: str, *, work: Work | None = None
) -> bytes:
    """Return XLIFF 2.0 with one unit a link; see :func:`write_xliff`."""
    store = storage("xliff2").Xliff2File()
    store.setsourcelanguage(tag_of(source_lang, work))
    store.settargetlanguage(tag_of(target_lang, work))
    for row in _with_text(rows, source_lang, target_lang):
        unit = _add_unit(store, row, source_lang, target_lang)
        segment = unit.xmlelement
        segment.set("state", _TO_DO_2[row.needs_work(target_lang)])
        _keep_spaces(segment)
        _add_notes(segment, row, write_notes(row, (source_lang, target_lang), work), target_lang)
    return bytes(store)


def _keep_spaces(segment: etree._Element) -> None:
    """Say on source and target that spaces count: XLIFF 2.0 has no such word for segments."""
    segment.attrib.pop(_XML_SPACE, "")
    for child in segment:
        child.set(_XML_SPACE, "preserve")


def _add_notes(segment: etree._Element, row: Row, notes: str, target_lang: str) -> None:
    """Put notes before the segments of the unit, where XLIFF 2.0 has them."""
    unit = segment.getparent()
    assert unit is not None
    container = etree.Element(f"{{{_SECOND}}}notes")
    unit.insert(0, container)
    for category, text in (("developer", notes), ("translator", row.cell(target_lang).comment)):
        if text:
            note = etree.SubElement(container, f"{{{_SECOND}}}note")
            note.set("category", category)
            note.text = text


def read_xliff(path: Path) -> UnitFile:
    """Return the units of an XLIFF 1.0, 1.1, 1.2, 2.0 or 2.1 file; codes are left out.

    Raises:
        ExchangeError: No XLIFF, too large, or with entities of its own.
        MissingDependencyError: translate-toolkit is not installed.
    """
    root = parse_xml(path)
    if etree.QName(root).localname != "xliff":
        raise ExchangeError(f"{path}: no XLIFF: its root is {root.tag}")
    is_second = root.get("version", "").startswith("2")
    factory = storage("xliff2").Xliff2File if is_second else storage("xliff").xlifffile
    try:
        store = factory.parsestring(etree.tostring(root, encoding="UTF-8"))
    except Exception as error:  # the toolkit raises many kinds on broken files
        raise ExchangeError(f"{path}: no readable XLIFF: {error}") from error
    source, target = _languages(root, is_second, path)
    units = tuple(_unit(unit, source, target) for unit in store.units if _is_unit(unit))
    return UnitFile((source, target), (target,), units)


def _languages(root: etree._Element, is_second: bool, path: Path) -> tuple[str, str]:
    file = next((e for e in root if isinstance(e.tag, str)), None)
    if is_second:
        source, target = root.get("srcLang"), root.get("trgLang")
    else:
        source = file.get("source-language") if file is not None else None
        target = file.get("target-language") if file is not None else None
    if not source or not target:
        raise ExchangeError(f"{path}: names no source or target language: add them")
    return primary(source), primary(target)


def _is_unit(unit: Any) -> bool:
    return _child(unit.xmlelement, "source") is not None


def _child(element: etree._Element, name: str) -> etree._Element | None:
    """Return a child by its name, whatever the namespace's version; unversioned where none."""
    return next(
        (e for e in element if isinstance(e.tag, str) and etree.QName(e).localname == name), None
    )


def _unit(unit: Any, source: str, target: str) -> Unit:
    element = unit.xmlelement
    notes = _notes(element)
    target_element = _child(element, "target")
    texts = {
        source: split_source(segment_text(_child(element, "source"))),
        target: split_lines(segment_text(target_element)),
    }
    said = read_remarks_of(notes)
    return Unit(
        id=_unit_id(unit),
        texts={lang: passages for lang, passages in texts.items() if passages},
        facts=read_facts(notes),
        comments={target: said} if said else {},
        needs_work=frozenset([target] if _is_unfinished(element, target_element) else []),
        confidence=read_confidence(notes),
    )


def _notes(element: etree._Element) -> str:
    """Return the notes of a unit, wherever its version of XLIFF has them."""
    owner = element
    if etree.QName(element).localname == "segment" and element.getparent() is not None:
        owner = element.getparent()  # type: ignore[assignment]
    found = owner.iter("{*}note")
    return "\n".join(segment_text(note) for note in found)


def _is_unfinished(element: etree._Element, target: etree._Element | None) -> bool:
    state = (target.get("state") if target is not None else None) or element.get("state") or ""
    return state.startswith(_UNFINISHED)


def _unit_id(unit: Any) -> str:
    """Return the unit's own id: the toolkit puts the file's name before it."""
    return str(unit.getid() or "").rsplit("\x04", 1)[-1]
