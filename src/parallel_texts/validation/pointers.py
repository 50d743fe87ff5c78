"""Rules on pointers: each leads to an element that exists, of the right kind, inside the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from parallel_texts.tei.parsing import tei
from parallel_texts.validation.sources import Found, Library, Source

__all__ = [
    "Pointer",
    "is_by_machine",
    "missing_file",
    "missing_id",
    "missing_original",
    "pointers",
    "way_out",
    "wrong_kind",
]

_ATTRIBUTES = (
    "ref", "ana", "source", "target", "corresp", "resp", "who", "active", "passive", "domains",
)  # fmt: skip
"""Attributes that hold pointers, several apart by white space."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_RANGE = re.compile(r"(?:string-range|range|match)\(([^,)]+)")
_KINDS = {
    "orgName": ("org",),
    "persName": ("person",),
    "placeName": ("place",),
    "rs": ("org", "person", "place"),
    "term": ("term", "item", "category", "entry"),
}
"""What ``@ref`` of an element may point to."""


class Pointer(NamedTuple):
    """A pointer: where it stands, as it is written, the file and the id that it names."""

    element: etree._Element
    attribute: str
    text: str
    path: Path
    fragment: str


def pointers(source: Source) -> Iterator[Pointer]:
    """Yield the pointers of a file; web addresses are not looked up."""
    for element in source.root.iter(etree.Element):
        for name in _ATTRIBUTES:
            for text in element.get(name, "").split():
                if not _SCHEME.match(text):
                    yield _pointer(source, element, name, text)


def _pointer(source: Source, element: etree._Element, name: str, text: str) -> Pointer:
    file, _, fragment = text.partition("#")
    path = source.path.parent / unquote(file) if file else source.path
    span = _RANGE.match(fragment)
    return Pointer(element, name, text, path, span[1] if span else unquote(fragment))


def _is_outside(pointer: Pointer, source: Source) -> bool:
    return not pointer.path.resolve().is_relative_to(source.folder)


def _is_original(pointer: Pointer) -> bool:
    return pointer.element.get("type") == "translationOf"


def missing_file(source: Source, library: Library) -> Iterator[Found]:
    """T301: a pointer names a file that is not there (a warning for a missing corpus.xml)."""
    seen: set[Path] = set()
    for pointer in pointers(source):
        if pointer.path in seen or _is_outside(pointer, source) or _is_original(pointer):
            continue
        seen.add(pointer.path)
        if not pointer.path.is_file():
            is_error = pointer.path.name != "corpus.xml"
            message = f"@{pointer.attribute} points to {pointer.text}: there is no such file"
            yield Found(pointer.element, message, is_error)


def missing_id(source: Source, library: Library) -> Iterator[Found]:
    """T302: a pointer names an id that its file has not (a warning in a machine's alignment)."""
    for pointer in pointers(source):
        target = _target(pointer, source, library)
        if target is not None and pointer.fragment and pointer.fragment not in target.ids:
            is_error = not is_by_machine(pointer.element)
            message = f"@{pointer.attribute} points to {pointer.text}: {target.path.name} has no id"
            yield Found(pointer.element, f"{message} {pointer.fragment}", is_error)


def _target(pointer: Pointer, source: Source, library: Library) -> Source | None:
    if pointer.path == source.path:
        return source
    return None if _is_outside(pointer, source) else library.peek(pointer.path)


def is_by_machine(element: etree._Element) -> bool:
    """Tell whether a link was made by the aligner: aligning again corrects it."""
    return element.tag == tei("link") and element.get("cert") != "high"


def wrong_kind(source: Source, library: Library) -> Iterator[Found]:
    """T303: @ref leads to an entry of another kind: a person tagged as a place."""
    for pointer in pointers(source):
        name = str(etree.QName(pointer.element).localname)
        target = _target(pointer, source, library)
        if pointer.attribute != "ref" or name not in _KINDS or target is None:
            continue
        entry = target.ids.get(pointer.fragment)
        if entry is not None and etree.QName(entry).localname not in _KINDS[name]:
            found = etree.QName(entry).localname
            wanted = " or ".join(_KINDS[name])
            yield Found(
                pointer.element,
                f"{name} points to {pointer.text}, a {found}: point to a {wanted}",
            )


def way_out(source: Source, library: Library) -> Iterator[Found]:
    """T304: a pointer leads out of the corpus folder; it is not followed."""
    for pointer in pointers(source):
        if _is_outside(pointer, source):
            yield Found(
                pointer.element,
                f"@{pointer.attribute} leads out of the corpus: {pointer.text}: "
                "bring the file into the corpus or give a web address",
            )


def missing_original(source: Source, library: Library) -> Iterator[Found]:
    """T305: a translation of a text that does not exist."""
    for pointer in pointers(source):
        if not _is_original(pointer) or _is_outside(pointer, source):
            continue
        if not pointer.path.is_file() or pointer.path.stem != source.path.stem:
            yield Found(
                pointer.element,
                f"translationOf names {pointer.text}: there is no such version of this work: "
                "name the file that was translated",
            )
