"""An alignment with its texts in one TEI file, for those who have no corpus around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from parallel_texts import __version__
from parallel_texts.model import Alignment, Link, Passage
from parallel_texts.tei.content import fragment, plain_text
from parallel_texts.tei.parsing import NAMESPACE, TEI, XML_ID, XML_LANG, fail, parse, tei
from parallel_texts.tei.serialising import serialise

__all__ = ["format_bundle", "is_bundle", "read_bundle"]

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_PLAIN = re.compile(r"\S+( \S+)*")
_NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def format_bundle(alignment: Alignment, title: str = "", *, statement: str = "") -> bytes:
    """Return one TEI file with texts and links; characters that XML cannot hold are left out.

    ``statement`` says what the texts are: their standing and origin.
    """
    root = etree.Element(TEI + "TEI", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.set(XML_LANG, "en")
    _add_header(root, title or alignment.work or "Aligned texts", statement)
    names = _names(alignment)
    _add_links(etree.SubElement(root, TEI + "standOff"), alignment, names)
    group = etree.SubElement(etree.SubElement(root, TEI + "text"), TEI + "group")
    for lang, passages in zip(alignment.languages, alignment.passages, strict=True):
        _add_text(group, lang, passages, names)
    return serialise(etree.ElementTree(root))


def _add_header(root: etree._Element, title: str, statement: str) -> None:
    description = etree.SubElement(etree.SubElement(root, TEI + "teiHeader"), TEI + "fileDesc")
    written = f"Aligned texts, written by parallel-texts {__version__}. {statement}".strip()
    parts = (
        ("titleStmt", "title", title),
        ("publicationStmt", "p", "Written for exchange; not published."),
        ("sourceDesc", "p", written),
    )
    for outer, inner, text in parts:
        element = etree.SubElement(etree.SubElement(description, TEI + outer), TEI + inner)
        element.text = _NOT_XML.sub("", text)


def _names(alignment: Alignment) -> dict[tuple[str, int], str]:
    """Return an id for each passage: its own where that is an XML id that no other has."""
    everything = [p.id for passages in alignment.passages for p in passages]
    are_fit = len(set(everything)) == len(everything) and all(map(_NAME.fullmatch, everything))
    return {
        (lang, n): p.id if are_fit else f"{lang}.{n + 1}"
        for lang, passages in zip(alignment.languages, alignment.passages, strict=True)
        for n, p in enumerate(passages)
    }


def _add_links(
    stand_off: etree._Element, alignment: Alignment, names: Mapping[tuple[str, int], str]
) -> None:
    note = etree.SubElement(stand_off, TEI + "note")
    note.set("type", "omissions")
    for lang in alignment.languages:
        anchor = etree.SubElement(note, TEI + "anchor")
        anchor.set("type", "omission")
        anchor.set(XML_ID, f"omission.{lang}")
    group = etree.SubElement(stand_off, TEI + "linkGrp")
    group.set("type", "alignment")
    group.set("targFunc", " ".join(alignment.languages))
    ids = [link.id for link in alignment]
    are_fit = len(set(ids)) == len(ids) and all(map(_NAME.fullmatch, ids))
    for number, link in enumerate(alignment, start=1):
        element = etree.SubElement(group, TEI + "link")
        element.set(XML_ID, link.id if are_fit else f"l{number}")
        pointers = (
            names[lang, n] for lang in alignment.languages for n in (link[lang] or (-1,)) if n >= 0
        )
        omitted = (f"omission.{lang}" for lang in link.missing)
        element.set("target", " ".join(f"#{name}" for name in (*pointers, *omitted)))
        element.set("cert", f"{link.confidence:.4g}")


def _add_text(
    group: etree._Element,
    lang: str,
    passages: tuple[Passage, ...],
    names: Mapping[tuple[str, int], str],
) -> None:
    text = etree.SubElement(group, TEI + "text")
    text.set(XML_LANG, lang)
    division = etree.SubElement(etree.SubElement(text, TEI + "body"), TEI + "div")
    for number, passage in enumerate(passages):
        segment = etree.SubElement(etree.SubElement(division, TEI + "p"), TEI + "seg")
        segment.set("type", "sentence")
        segment.set(XML_ID, names[lang, number])
        segment.text = _NOT_XML.sub("", passage.text)
        if passage.text and not _PLAIN.fullmatch(passage.text):
            segment.set(_XML_SPACE, "preserve")


def is_bundle(path: Path) -> bool:
    """Tell whether a TEI file holds several texts and their links.

    Raises:
        ParseError: It is no TEI.
    """
    root = parse(path).getroot()
    return root.find(f"{tei('text')}/{tei('group')}") is not None


def read_bundle(path: Path) -> Alignment:
    """Read what :func:`format_bundle` wrote.

    Raises:
        ParseError: Broken XML, no links, or a link to what is not there.
    """
    root = parse(path).getroot()
    group = root.find(f".//{tei('linkGrp')}")
    if group is None:
        raise fail("no linkGrp in it", root, path)
    texts = root.findall(f"{tei('text')}/{tei('group')}/{tei('text')}")
    by_lang = {(t.get(XML_LANG) or "").split("-")[0]: _passages(t) for t in texts}
    numbers = {p.id: (lang, n) for lang, ps in by_lang.items() for n, p in enumerate(ps)}
    languages = tuple(by_lang)
    links = tuple(_link(element, languages, numbers, path) for element in group.iter(tei("link")))
    return Alignment(languages, tuple(by_lang.values()), links)


def _passages(text: etree._Element) -> tuple[Passage, ...]:
    lang = (text.get(XML_LANG) or "").split("-")[0]
    segments = [s for s in text.iter(tei("seg")) if s.get("type") == "sentence"]
    return tuple(Passage(s.get(XML_ID) or "", _text(s), lang, line=_line(s)) for s in segments)


def _text(segment: etree._Element) -> str:
    if segment.get(_XML_SPACE) == "preserve":
        return "".join(map(str, segment.itertext()))
    return plain_text(segment)


def _line(element: etree._Element) -> int | None:
    return element.sourceline if isinstance(element.sourceline, int) else None


def _link(
    element: etree._Element,
    languages: tuple[str, ...],
    numbers: Mapping[str, tuple[str, int]],
    path: Path,
) -> Link:
    sides: dict[str, list[int]] = {lang: [] for lang in languages}
    for name in map(fragment, element.get("target", "").split()):
        if name in numbers:
            lang, number = numbers[name]
            sides[lang].append(number)
        elif not name.startswith("omission."):
            raise fail(f"points to {name}, which is not there", element, path)
    ordered = tuple(tuple(sorted(sides[lang])) for lang in languages)
    confidence = float(element.get("cert") or 1)
    return Link(element.get(XML_ID) or "", languages, ordered, confidence=confidence)
