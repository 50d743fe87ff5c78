"""New works into ``corpus.xml``, and a ``corpus.xml`` where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from parallel_texts.errors import CorpusError
from parallel_texts.model import Work
from parallel_texts.tei.parsing import TEI, XML_ID, XML_LANG, parse_read, read_bytes, tei
from parallel_texts.tei.serialising import serialise

__all__ = ["empty_header", "list_work"]


def empty_header(template: Path) -> bytes:
    """Return a corpus header without works, parties, people, places and sources.

    Args:
        template: A ``corpus.xml`` whose taxonomies of standing, origin and findings are taken.

    Raises:
        ParseError: The template cannot be read.
    """
    data = read_bytes(template)
    tree = parse_read(data, template)
    root = tree.getroot()
    _set_text(root, "titleStmt/title", "A corpus of parallel texts: corpus header")
    _set_text(root, "notesStmt/note", "What each text is, its own file says.")
    _set_text(root, "sourceDesc/p", "The sources are listed in this file.")
    stand_off = root.find(tei("standOff"))
    assert stand_off is not None
    for child in list(stand_off):
        stand_off.remove(child)
    stand_off.text = "\n    "
    works = etree.SubElement(stand_off, TEI + "listBibl")
    works.set("type", "works")
    works.text, works.tail = "\n    ", "\n  "
    return serialise(tree)


def _set_text(root: etree._Element, steps: str, text: str) -> None:
    element = root.find(".//" + "/".join(map(tei, steps.split("/"))))
    if element is not None:
        element.text = text


def list_work(data: bytes, path: Path, work: Work, tags: dict[str, str]) -> bytes:
    """Return a corpus header's bytes with one more work; all other lines stay as they are.

    Args:
        data: The header.
        path: Where it is, for messages.
        work: Id, kind, titles, date, place and parties are written.
        tags: Language tag of each language of the titles.

    Raises:
        CorpusError: The header lists the work, or lacks a party or place that it names.
        ParseError: The header cannot be read.
    """
    tree = parse_read(data, path)
    root = tree.getroot()
    ids = {element.get(XML_ID) for element in root.iter() if element.get(XML_ID)}
    _check(work, ids, path)
    works = _works(root)
    entry = _entry(work, tags)
    etree.indent(entry, space="  ", level=3)
    if len(works):
        works[-1].tail = "\n      "
    else:
        works.text = "\n      "
    entry.tail = "\n    "
    works.append(entry)
    return serialise(tree, data)


def _check(work: Work, ids: set[str | None], path: Path) -> None:
    if work.id in ids:
        raise CorpusError(f"{path}: has {work.id!r} already: use add to bring versions in")
    missing = [i for i in (*work.parties, work.place) if i and i not in ids]
    if missing:
        raise CorpusError(f"{path}: has no {', '.join(missing)}: add it to the lists first")


def _works(root: etree._Element) -> etree._Element:
    """Return the list of works, made where there is none."""
    stand_off = root.find(tei("standOff"))
    if stand_off is None:
        stand_off = etree.SubElement(root, TEI + "standOff")
    lists: Sequence[etree._Element] = stand_off.findall(tei("listBibl"))
    found = next((element for element in lists if element.get("type") == "works"), None)
    if found is None:
        found = etree.Element(TEI + "listBibl")
        found.set("type", "works")
        found.text, found.tail = "\n    ", "\n    "
        stand_off.insert(0, found)
    return found


def _entry(work: Work, tags: dict[str, str]) -> etree._Element:
    entry = etree.Element(TEI + "bibl")
    entry.set(XML_ID, work.id)
    entry.set("type", work.kind)
    for lang, title in work.titles:
        element = etree.SubElement(entry, TEI + "title")
        element.set(XML_LANG, tags.get(lang, lang))
        element.text = title
    if work.date:
        etree.SubElement(entry, TEI + "date").set("when", work.date)
    if work.place:
        etree.SubElement(entry, TEI + "placeName").set("ref", f"#{work.place}")
    for party in work.parties:
        element = etree.SubElement(entry, TEI + "orgName")
        element.set("role", "party")
        element.set("ref", f"#{party}")
    return entry
