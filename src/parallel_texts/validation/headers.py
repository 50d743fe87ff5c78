"""Rules on headers: name, languages, standing, origin, statement, translation."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from parallel_texts.tei.content import fragment
from parallel_texts.tei.parsing import XML_ID, tei
from parallel_texts.validation.files import Collection, File

__all__ = [
    "check_languages",
    "check_name",
    "check_origin",
    "check_standing",
    "check_statement",
    "check_translation",
]

Found = Iterator[tuple[etree._Element, str]]
_STANDINGS = ("authentic", "official-translation", "editorial-translation", "unreported")
_ORIGINS = ("transcription", "regest", "reconstruction")


def check_name(file: File, _: Collection) -> Found:
    """X103: file and root are named after each other."""
    stem = file.path.stem
    expected = {
        "version": f"{file.lang}.{stem}",
        "alignment": f"alignment.{stem}",
        "header": stem,
    }[file.kind]
    found = file.root.get(XML_ID)
    if found != expected:
        yield file.root, f"the root's xml:id is {found!r}: expected {expected!r}"


def check_languages(file: File, _: Collection) -> Found:
    """X301: folder, xml:lang and witness speak of one language."""
    if file.kind != "version":
        return
    if file.path.resolve().parent.name != file.lang:
        folder = file.path.resolve().parent.name
        yield file.root, f"xml:lang is {file.tag!r} in the folder {folder!r}: move it or mend it"
    if file.root.get("{http://www.w3.org/XML/1998/namespace}lang") not in (None, file.tag):
        yield file.root, "the root's xml:lang differs from the text's"
    for witness in file.witnesses()[:1]:
        language = witness.find(f".//{tei('textLang')}")
        tag = language.get("mainLang") if language is not None else None
        if tag != file.tag:
            yield witness, f"the first witness is in {tag!r}, the text in {file.tag!r}"


def _categories(file: File, among: tuple[str, ...]) -> tuple[etree._Element, list[str]]:
    """Return the element to blame and which of ``among`` the version's own witness names."""
    witnesses = file.witnesses()
    if not witnesses:
        return file.root, []
    named = [fragment(pointer) for pointer in witnesses[0].get("ana", "").split()]
    return witnesses[0], [name for name in named if name in among]


def check_standing(file: File, _: Collection) -> Found:
    """X302: a version says what it is in law, once."""
    yield from _exactly_one(file, "standing", _STANDINGS)


def check_origin(file: File, _: Collection) -> Found:
    """X303: a version says how its text came about, once."""
    yield from _exactly_one(file, "origin", _ORIGINS)


def _exactly_one(file: File, what: str, among: tuple[str, ...]) -> Found:
    if file.kind != "version":
        return
    element, found = _categories(file, among)
    if len(found) != 1:
        have = " and ".join(found) or "none"
        yield element, f"the first witness has {have} as {what}: name one of {', '.join(among)}"


def check_statement(file: File, _: Collection) -> Found:
    """X304: what is no authentic text says so in words, in English and in its own language."""
    if file.kind != "version":
        return
    origins = _categories(file, _ORIGINS)[1]
    if not set(origins) & {"reconstruction", "regest"}:
        return
    notes = [n for n in file.elements("note") if n.get("type") == "statement"]
    said = {
        (n.get("{http://www.w3.org/XML/1998/namespace}lang") or "").split("-")[0] for n in notes
    }
    for lang in sorted({"en", file.lang} - said):
        yield file.root, f"no note[@type='statement'] in {lang}: say that it is a {origins[0]}"


def check_translation(file: File, collection: Collection) -> Found:
    """X205: what a text translates is there."""
    for item in file.elements("relatedItem"):
        target = item.get("target", "")
        if item.get("type") == "translationOf" and collection.target(file, target) is None:
            yield item, f"a translation of {target}, which does not exist"
