"""A model version to a TEI file: what importers make."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from parallel_texts.files import write_atomic
from parallel_texts.languages.scripts import likely_language
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Division, Passage, Version
from parallel_texts.tei.parsing import NAMESPACE, TEI, XML_ID, XML_LANG

__all__ = ["format_version", "write_version"]

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def write_version(version: Version, path: Path) -> None:
    """Write a version file, atomically.

    Raises:
        ParallelTextsError: The file cannot be written.
    """
    write_atomic(path, format_version(version))


def format_version(version: Version) -> bytes:
    """Return a version file's bytes; names, dates and numbers are not tagged.

    Characters that XML cannot hold are left out.
    """
    root = etree.Element(TEI + "TEI", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.set(XML_ID, f"{version.lang}.{version.work}")
    root.set(XML_LANG, version.language_tag)
    _add_header(root, version)
    text = _add(root, "text")
    text.set(XML_LANG, version.language_tag)
    body = _add(text, "body")
    for division in version.divisions:
        _add_division(body, division, version.lang)
    _indent(root)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, TEI + name)
    if text:
        element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """Leave out what XML 1.0 cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


def _add_header(root: etree._Element, version: Version) -> None:
    header = _add(root, "teiHeader")
    header.set(XML_LANG, "en")
    description = _add(header, "fileDesc")
    titles = _add(description, "titleStmt")
    _add(titles, "title", version.title).set(XML_LANG, version.language_tag)
    statement = _add(titles, "respStmt")
    _add(statement, "resp", version.origin)
    _add(statement, "name", version.responsible or "not named")
    publication = _add(description, "publicationStmt")
    _add(publication, "publisher", "parallel-texts")
    availability = _add(publication, "availability")
    _add(availability, "p", "Rights in this text are its contributor's to state.")
    _add_notes(description, version)
    _add_witness(description, version)


def _add_notes(description: etree._Element, version: Version) -> None:
    notes = _add(description, "notesStmt")
    for tag, text in _statements(version).items():
        note = _add(notes, "note", text)
        note.set("type", "statement")
        note.set(XML_LANG, tag)
    if version.translation_of:
        item = _add(notes, "relatedItem")
        item.set("type", "translationOf")
        item.set("target", f"../{version.translation_of}/{version.work}.xml")


def _statements(version: Version) -> dict[str, str]:
    """Return what the text is, by language tag: in English and in its own language."""
    tags = {"en": "en", version.lang: version.language_tag}
    said = {tags[lang]: text for lang in tags if (text := _statement(version, lang))}
    if version.note:
        looks = likely_language(version.note)
        said[tags.get(looks or "en", "en")] = version.note
    return said


def _statement(version: Version, lang: str) -> str:
    words = {row["key"]: row.get(lang) or "" for row in read_table("statements")}
    origin, standing = words.get(version.origin), words.get(version.standing, "-")
    return words["sentence"].format(origin=origin, standing=standing) if origin else ""


def _add_witness(description: etree._Element, version: Version) -> None:
    witness = _add(_add(_add(description, "sourceDesc"), "listWit"), "witness")
    witness.set(XML_ID, f"{version.lang}.witness")
    witness.set("ana", f"../corpus.xml#{version.standing} ../corpus.xml#{version.origin}")
    bibl = _add(witness, "bibl")
    bibl.set("corresp", f"../corpus.xml#{version.work}")
    _add(bibl, "textLang").set("mainLang", version.language_tag)
    if version.path:
        _add(bibl, "note", f"from the file {Path(version.path).name}")


def _add_division(body: etree._Element, division: Division, lang: str) -> None:
    element = _add(body, "div")
    element.set("type", division.type)
    if division.n:
        element.set("n", division.n)
    element.set(XML_ID, f"{lang}.{division.id}")
    if division.head:
        _add(element, "head", division.head)
    for number in sorted({passage.paragraph for passage in division.passages}):
        paragraph = _add(element, "p")
        for passage in division.passages:
            if passage.paragraph == number:
                _add_passage(paragraph, passage)


def _add_passage(paragraph: etree._Element, passage: Passage) -> None:
    element = _add(paragraph, "seg", passage.text)
    element.set("type", "sentence")
    element.set(XML_ID, passage.id)
    pointers = [f"../corpus.xml#{source}" for source in passage.sources]
    if passage.editorial:
        element.set("ana", "../corpus.xml#editorial")
    else:
        element.set("source", " ".join(pointers) or f"#{passage.lang}.witness")


def _indent(root: etree._Element) -> None:
    """Indent all but the insides of paragraphs, where white space is text."""
    etree.indent(root, space="  ")
    for paragraph in root.iter(TEI + "p"):
        for segment in paragraph:
            is_last = segment.getnext() is None
            chinese = (segment.get(XML_ID) or "").startswith("zh.")
            segment.tail = None if is_last or chinese else " "
        if len(paragraph):
            paragraph.text = None
