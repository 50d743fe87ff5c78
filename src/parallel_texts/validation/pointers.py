"""Rules on pointers: each leads to an element that exists, of the right kind, inside the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from parallel_texts.tei.parsing import tei
from parallel_texts.validation.sources import Found, Library, Pointer, Source

__all__ = [
    "is_by_machine",
    "missing_file",
    "missing_id",
    "missing_original",
    "way_out",
    "wrong_kind",
]

_REFERENCES = {
    "orgName": ("org",),
    "persName": ("person",),
    "placeName": ("place",),
    "rs": ("org", "person", "place"),
    "term": ("term", "item", "category", "entry"),
}
"""What ``@ref`` of an element may point to."""
_STRETCHES = {"party": ("org",), "person": ("person",), "place": ("place",)}
"""What ``@ref`` of an ``rs`` of a type may point to."""
_KINDS = {
    "ana": ("category",),
    "source": ("bibl", "witness"),
    "corresp": ("bibl",),
    "active": ("org", "person"),
    "passive": ("org", "person"),
    "resp": ("respStmt", "application", "person", "org"),
    "who": ("respStmt", "application", "person", "org"),
}
"""What other attributes may point to."""


def _is_original(pointer: Pointer) -> bool:
    return pointer.element.get("type") == "translationOf"


def missing_file(source: Source, library: Library) -> Iterator[Found]:
    """T301: a pointer names a file that is not there (a warning for a missing corpus.xml)."""
    seen: set[Path] = set()
    for pointer in source.pointers:
        if pointer.path in seen or pointer.is_outside or _is_original(pointer):
            continue
        seen.add(pointer.path)
        if not pointer.path.is_file():
            is_error = pointer.path.name != "corpus.xml"
            message = f"@{pointer.attribute} points to {pointer.text}: there is no such file"
            yield Found(pointer.element, message, is_error)


def missing_id(source: Source, library: Library) -> Iterator[Found]:
    """T302: a pointer names an id that its file has not (a warning in a machine's alignment)."""
    for pointer in source.pointers:
        target = _target(pointer, source, library)
        if target is not None and pointer.fragment and pointer.fragment not in target.ids:
            is_error = not is_by_machine(pointer.element)
            message = f"@{pointer.attribute} points to {pointer.text}: {target.path.name} has no id"
            yield Found(pointer.element, f"{message} {pointer.fragment}", is_error)


def _target(pointer: Pointer, source: Source, library: Library) -> Source | None:
    if pointer.is_own:
        return source
    return None if pointer.is_outside else library.peek(pointer.path)


def is_by_machine(element: etree._Element) -> bool:
    """Tell whether a link was made by the aligner: aligning again corrects it."""
    return element.tag == tei("link") and element.get("cert") != "high"


def wrong_kind(source: Source, library: Library) -> Iterator[Found]:
    """T303: a pointer leads to an entry of another kind: a person tagged as a place."""
    for pointer in source.pointers:
        wanted = _wanted(pointer)
        target = _target(pointer, source, library) if wanted else None
        entry = target.ids.get(pointer.fragment) if target is not None else None
        if entry is not None and etree.QName(entry).localname not in wanted:
            message = f"@{pointer.attribute} of {etree.QName(pointer.element).localname} points to"
            yield Found(
                pointer.element,
                f"{message} {pointer.text}, a {etree.QName(entry).localname}: "
                f"point to a {' or '.join(wanted)}",
            )


def _wanted(pointer: Pointer) -> tuple[str, ...]:
    """Return the names of elements that a pointer may lead to; empty where any will do."""
    if pointer.attribute != "ref":
        return _KINDS.get(pointer.attribute, ())
    name = str(etree.QName(pointer.element).localname)
    stretch = _STRETCHES.get(pointer.element.get("type", "")) if name == "rs" else None
    return stretch or _REFERENCES.get(name, ())


def way_out(source: Source, library: Library) -> Iterator[Found]:
    """T304: a pointer leads out of the corpus folder; it is not followed."""
    for pointer in source.pointers:
        if pointer.is_outside:
            yield Found(
                pointer.element,
                f"@{pointer.attribute} leads out of the corpus: {pointer.text}: "
                "bring the file into the corpus or give a web address",
            )


def missing_original(source: Source, library: Library) -> Iterator[Found]:
    """T305: a translation of a text that does not exist."""
    for pointer in source.pointers:
        if not _is_original(pointer) or pointer.is_outside:
            continue
        if not pointer.path.is_file() or pointer.path.stem != source.path.stem:
            yield Found(
                pointer.element,
                f"translationOf names {pointer.text}: there is no such version of this work: "
                "name the file that was translated",
            )
