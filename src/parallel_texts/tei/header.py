"""``corpus.xml`` to works and authority entries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from parallel_texts.model import Authority, Names, Work
from parallel_texts.tei.content import fragment, plain_text
from parallel_texts.tei.parsing import XML_ID, XML_LANG, fail, parse, tei

__all__ = ["ORIGINS", "STANDINGS", "CorpusHeader", "read_corpus_header"]

ORIGINS = frozenset({"transcription", "regest", "reconstruction"})
"""Ids of the taxonomy ``origin``."""
STANDINGS = frozenset(
    {"authentic", "official-translation", "editorial-translation", "unreported", "never-issued"}
)
"""Ids of the taxonomy ``standing``."""


class CorpusHeader(NamedTuple):
    """What ``corpus.xml`` says: works without their versions, and the authority lists."""

    works: tuple[Work, ...]
    authorities: tuple[Authority, ...]


def read_corpus_header(path: Path) -> CorpusHeader:
    """Read works, parties, organs, persons, places and sources.

    Raises:
        ParseError: Broken or hostile XML, or no ``standOff``; with file and line.
    """
    root = parse(path).getroot()
    stand_off = root.find(tei("standOff"))
    if stand_off is None:
        raise fail("no standOff in it", root, path)
    works = tuple(_work(bibl) for bibl in _bibls(stand_off, "works"))
    return CorpusHeader(works, tuple(_authorities(stand_off)))


def _bibls(stand_off: etree._Element, kind: str) -> list[etree._Element]:
    return [
        bibl
        for group in stand_off.findall(tei("listBibl"))
        if group.get("type") == kind
        for bibl in group.findall(tei("bibl"))
    ]


def _work(bibl: etree._Element) -> Work:
    date, place = bibl.find(tei("date")), bibl.find(tei("placeName"))
    return Work(
        id=bibl.get(XML_ID, ""),
        kind=bibl.get("type", ""),
        titles=tuple(
            ((t.get(XML_LANG) or "").split("-")[0], plain_text(t))
            for t in bibl.findall(tei("title"))
        ),
        versions=(),
        date=_when(date),
        place=fragment(place.get("ref")) if place is not None else "",
        parties=_refs(bibl, "orgName", "party"),
        signatories=_refs(bibl, "persName", "signatory"),
        related=tuple(fragment(item.get("target")) for item in bibl.findall(tei("relatedItem"))),
    )


def _when(date: etree._Element | None) -> str:
    if date is None:
        return ""
    return date.get("when") or date.get("from") or date.get("notBefore") or ""


def _refs(bibl: etree._Element, name: str, role: str) -> tuple[str, ...]:
    return tuple(fragment(e.get("ref")) for e in bibl.findall(tei(name)) if e.get("role") == role)


def _authorities(stand_off: etree._Element) -> Iterator[Authority]:
    owners = _owners(stand_off)
    for org in stand_off.iter(tei("org")):
        identifier = org.get(XML_ID, "")
        kind = org.get("role") or "party"
        yield Authority(
            identifier, kind, _names(org, "orgName"), owners.get(identifier), _facts(org)
        )
    for person in stand_off.iter(tei("person")):
        yield Authority(
            person.get(XML_ID, ""), "person", _names(person, "persName"), None, _facts(person)
        )
    for place in stand_off.iter(tei("place")):
        yield Authority(
            place.get(XML_ID, ""), "place", _names(place, "placeName"), None, _facts(place)
        )
    for source in _bibls(stand_off, "sources"):
        yield from _sources(source)


def _owners(stand_off: etree._Element) -> dict[str, str]:
    """Organ to party, by the relations that the header lists."""
    return {
        fragment(active): fragment(relation.get("passive"))
        for relation in stand_off.iter(tei("relation"))
        if relation.get("name") == "partOf"
        for active in relation.get("active", "").split()
    }


def _names(entry: etree._Element, name: str) -> Names:
    by_lang: dict[str, list[str]] = {}
    for element in entry.findall(tei(name)):
        if element.get("type") != "present":
            lang = (element.get(XML_LANG) or "").split("-")[0]
            by_lang.setdefault(lang, []).append(plain_text(element))
    return tuple((lang, tuple(dict.fromkeys(names))) for lang, names in by_lang.items())


def _facts(entry: etree._Element) -> tuple[tuple[str, str], ...]:
    return tuple(fact for child in entry if (fact := _fact(child)) is not None)


def _fact(child: etree._Element) -> tuple[str, str] | None:
    """Return label and value of what an entry says besides its names."""
    if not isinstance(child.tag, str):
        return None
    name = str(etree.QName(child).localname)
    if name == "note":
        return child.get("type", "note"), plain_text(child)
    if name == "placeName" and child.get("type") == "present":
        lang = (child.get(XML_LANG) or "").split("-")[0]
        return f"present name ({lang})" if lang else "present name", plain_text(child)
    if name in ("orgName", "persName", "placeName"):
        return None
    lang = (child.get(XML_LANG) or "").split("-")[0]
    return f"{name} ({lang})" if lang else name, plain_text(child) or child.get("when", "")


def _sources(bibl: etree._Element) -> Iterator[Authority]:
    """Yield a source and its parts: paragraphs and footnotes."""
    remarks = tuple(("note", plain_text(note)) for note in bibl.findall(tei("note")))
    citation = (("en", (_citation(bibl),)),)
    yield Authority(bibl.get(XML_ID, ""), "source", citation, facts=remarks)
    for part in bibl.findall(tei("bibl")):
        scope = part.find(tei("biblScope"))
        text = f"{scope.get('unit', '')} {plain_text(scope)}".strip() if scope is not None else ""
        name = text or plain_text(part)
        yield Authority(part.get(XML_ID, ""), "source", (("en", (name,)),), bibl.get(XML_ID))


def _citation(bibl: etree._Element) -> str:
    """Return author, title and the rest; parts and remarks are not of the citation."""
    parts = [plain_text(child) for child in bibl if child.tag not in (tei("bibl"), tei("note"))]
    return ", ".join(part for part in parts if part) or plain_text(bibl)
