"""Rules on ids: unique, and telling language, division and number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from parallel_texts.tei.parsing import XML_ID
from parallel_texts.validation.sources import Found, Library, Source

__all__ = ["division_id", "duplicate_id", "file_id", "id_language", "passage_id"]

_STEMS = {"preamble": "pre", "closing": "closing", "article": "a", "section": "s"}
"""What follows the language in a division's id; articles and sections add their number."""


def duplicate_id(source: Source, _: Library) -> Iterator[Found]:
    """T201: an id is given twice in a file."""
    for element in source.root.iter(etree.Element):
        identifier = element.get(XML_ID)
        if identifier is not None and source.ids[identifier] is not element:
            yield Found(element, f"the id {identifier} is taken: give this element another one")


def id_language(source: Source, _: Library) -> Iterator[Found]:
    """T202: the id of a division or passage does not begin with the text's language."""
    for element in (*source.divisions, *source.passages):
        identifier = element.get(XML_ID) or ""
        if identifier and not identifier.startswith(f"{source.lang}."):
            yield Found(element, f"the id {identifier} should begin with {source.lang}.")


def passage_id(source: Source, _: Library) -> Iterator[Found]:
    """T203: a passage's id does not continue its division's id with .s and a number."""
    for division in source.divisions:
        stem = division.get(XML_ID) or ""
        for passage in source.passages_of(division):
            identifier = passage.get(XML_ID) or ""
            if not re.fullmatch(re.escape(stem) + r"\.s[0-9]+", identifier):
                yield Found(passage, f"the id {identifier} should be {stem}.s and a number")


def division_id(source: Source, _: Library) -> Iterator[Found]:
    """T204: a division's id does not say its type and number."""
    for division in source.divisions:
        kind, number = division.get("type", ""), division.get("n", "")
        identifier = re.sub(r"^[a-z]{2,3}\.", "", division.get(XML_ID) or "")
        if kind in _STEMS and not re.fullmatch(_pattern(kind, number), identifier):
            yield Found(
                division,
                f"a {kind} with n={number!r} has the id {identifier}: name it as in "
                f"{source.lang}.pre, {source.lang}.a1, {source.lang}.s1, {source.lang}.closing",
            )


def _pattern(kind: str, number: str) -> str:
    """Return what an id looks like; a number that comes twice is told apart by -2 and so on."""
    if kind in ("article", "section"):
        return f"{_STEMS[kind]}{re.escape(number) or '[0-9]+'}(-[0-9]+)?"
    return f"{_STEMS[kind]}(-[0-9]+)?"


def file_id(source: Source, _: Library) -> Iterator[Found]:
    """T205: the file's id does not say what the file is."""
    work = source.path.stem
    expected = {
        "version": f"{source.lang}.{work}" if source.language_folder else None,
        "alignment": f"alignment.{work}" if _is_kept(source) else None,
        "header": "corpus" if source.path.name == "corpus.xml" else None,
    }[source.kind]
    if expected is not None and source.root.get(XML_ID) != expected:
        yield Found(source.root, f"the file's id should be {expected}")


def _is_kept(source: Source) -> bool:
    return source.path.resolve().parent.name == "alignments"
