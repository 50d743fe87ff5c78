"""Rules on ids and pointers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from parallel_texts.tei.parsing import XML_ID
from parallel_texts.validation.files import POINTERS, Collection, File, local_name

__all__ = ["check_form", "check_kinds", "check_pointers"]

Found = Iterator[tuple[etree._Element, str]]
_DIVISION = r"(?:pre|closing|a\d+|s\d+)(?:-\d+)?"
_KINDS = {
    "orgName": ("org",),
    "persName": ("person",),
    "placeName": ("place",),
    "term": ("term", "category", "bibl"),
}
_RS_KINDS = {"party": ("org",), "person": ("person",), "place": ("place",)}


def check_form(file: File, _: Collection) -> Found:
    """X202: ids of divisions and passages begin with the language and count through."""
    if file.kind != "version":
        return
    division_form = re.compile(rf"{re.escape(file.lang)}\.{_DIVISION}")
    for division in file.elements("div"):
        own = division.get(XML_ID) or ""
        if not division_form.fullmatch(own):
            yield division, f"a division's xml:id is {own!r}: expected a form like {file.lang}.a3"
            continue
        for passage in division.iter("{*}seg"):
            found = passage.get(XML_ID) or ""
            if not re.fullmatch(rf"{re.escape(own)}\.s\d+[a-z]?", found):
                yield passage, f"a passage's xml:id is {found!r}: expected a form like {own}.s1"


def check_pointers(file: File, collection: Collection) -> Found:
    """X203: pointers lead somewhere."""
    for element in file.elements():
        for name in POINTERS:
            for pointer in element.get(name, "").split():
                if _is_local(pointer) and collection.target(file, pointer) is None:
                    yield element, f"@{name} points to {pointer}, which is not there"


def _is_local(pointer: str) -> bool:
    return "://" not in pointer and not pointer.startswith(("mailto:", "urn:"))


def check_kinds(file: File, collection: Collection) -> Found:
    """X204: a name points to an entry of its kind."""
    for element in file.elements("orgName", "persName", "placeName", "rs", "term"):
        pointer = element.get("ref")
        target = collection.target(file, pointer) if pointer else None
        if target is None or isinstance(target, File):
            continue
        name = local_name(element)
        allowed = _RS_KINDS.get(element.get("type", "party"), ()) if name == "rs" else _KINDS[name]
        if local_name(target) not in allowed:
            yield element, f"{name} points to {pointer}, which is a {local_name(target)}"
