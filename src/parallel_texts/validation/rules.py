"""The rules: each takes a file and its collection and yields elements with what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from parallel_texts.tei.content import fragment
from parallel_texts.tei.parsing import XML_ID
from parallel_texts.validation.files import Collection, File
from parallel_texts.validation.headers import (
    check_languages,
    check_name,
    check_origin,
    check_standing,
    check_statement,
    check_translation,
)
from parallel_texts.validation.pointers import check_form, check_kinds, check_pointers
from parallel_texts.validation.texts import (
    check_calendar,
    check_dates,
    check_homoglyphs,
    check_nonempty,
    check_numbers,
    check_script,
    check_sources,
)

__all__ = ["RULES", "Rule"]

Rule = Callable[[File, Collection], Iterator[tuple[etree._Element, str]]]


def check_unique(file: File, _: Collection) -> Iterator[tuple[etree._Element, str]]:
    """X201: an id is given once."""
    seen: dict[str, int] = {}
    for element in file.elements():
        identifier = element.get(XML_ID)
        if identifier in seen:
            yield element, f"xml:id {identifier!r} is given in line {seen[identifier]} already"
        elif identifier is not None:
            line = element.sourceline
            seen[identifier] = line if isinstance(line, int) else 0


def check_targets(file: File, _: Collection) -> Iterator[tuple[etree._Element, str]]:
    """X502: a link joins two things; an omission points to an anchor."""
    for link in file.elements("link"):
        if len(link.get("target", "").split()) < 2:
            yield link, "a link needs two targets: point to an anchor for an omission"


def check_coverage(file: File, collection: Collection) -> Iterator[tuple[etree._Element, str]]:
    """X501: each passage of the linked versions is in exactly one link."""
    for group in file.elements("linkGrp"):
        counts = Counter(
            fragment(pointer)
            for link in group
            if isinstance(link.tag, str)
            for pointer in link.get("target", "").split()
            if not pointer.startswith("#")
        )
        for domain in group.get("domains", "").split():
            version = collection.target(file, domain)
            if isinstance(version, File):
                yield from _miscounted(group, version, counts)


def _miscounted(
    group: etree._Element, version: File, counts: Counter[str]
) -> Iterator[tuple[etree._Element, str]]:
    for passage in version.passages():
        count = counts[passage.get(XML_ID, "")]
        if count != 1:
            number = "no link" if count == 0 else f"{count} links"
            yield group, f"passage {passage.get(XML_ID)} is in {number}: align again"


RULES: dict[str, Rule] = {
    "X103": check_name,
    "X201": check_unique,
    "X202": check_form,
    "X203": check_pointers,
    "X204": check_kinds,
    "X205": check_translation,
    "X301": check_languages,
    "X302": check_standing,
    "X303": check_origin,
    "X304": check_statement,
    "X401": check_sources,
    "X402": check_calendar,
    "X403": check_dates,
    "X404": check_numbers,
    "X405": check_script,
    "X406": check_homoglyphs,
    "X407": check_nonempty,
    "X501": check_coverage,
    "X502": check_targets,
}
"""Code to rule. X101 and X102 come from parsing and the schema, before any rule."""
