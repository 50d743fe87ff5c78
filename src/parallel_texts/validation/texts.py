"""Rules on text: sources, dates, numbers, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache

from lxml import etree

from parallel_texts.languages.dates import find_dates
from parallel_texts.languages.numbers import find_numbers
from parallel_texts.languages.tables import read_table
from parallel_texts.tei.content import fragment, plain_text
from parallel_texts.tei.parsing import XML_ID
from parallel_texts.validation.files import Collection, File

__all__ = [
    "check_calendar",
    "check_dates",
    "check_homoglyphs",
    "check_nonempty",
    "check_numbers",
    "check_script",
    "check_sources",
]

Found = Iterator[tuple[etree._Element, str]]
_DATE_ATTRIBUTES = ("when", "from", "to", "notBefore", "notAfter")
_MIXED = re.compile(r"\b(?=\w*[А-Яа-яЁё])(?=\w*[A-Za-z])[А-Яа-яЁёA-Za-z]+\b")


def check_sources(file: File, _: Collection) -> Found:
    """X401: a passage names what reports it, or is marked editorial."""
    if file.kind != "version":
        return
    for passage in file.passages():
        editorial = "editorial" in map(fragment, passage.get("ana", "").split())
        if not passage.get("source") and not editorial:
            yield passage, f"{passage.get(XML_ID)} names no source and is not marked editorial"


def check_nonempty(file: File, _: Collection) -> Found:
    """X407: a passage holds text."""
    for passage in file.passages():
        if not plain_text(passage):
            yield passage, f"{passage.get(XML_ID)} is empty: remove it"


def check_calendar(file: File, _: Collection) -> Found:
    """X402: dates exist."""
    for element in file.elements("date", "change", "birth", "death"):
        for name in _DATE_ATTRIBUTES:
            value = element.get(name)
            if value is not None and not _is_date(value):
                yield element, f"@{name} is {value!r}: expected a date such as 1955-09-27"


def _is_date(value: str) -> bool:
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return False
    year, month, day = ([int(part) for part in value.split("-")] + [1, 1])[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def check_dates(file: File, _: Collection) -> Found:
    """X403: a date's words say what its attribute says; words that cannot be read are left."""
    if file.kind != "version":
        return
    for element in file.root.iter("{*}date"):
        stated = next((element.get(n) for n in _DATE_ATTRIBUTES if element.get(n)), None)
        read = find_dates(plain_text(element), file.lang)
        if stated and len(read) == 1 and not _agrees(read[0].value, stated):
            yield element, f"{plain_text(element)!r} reads {read[0].value}, the attribute {stated}"


def _agrees(read: str, stated: str) -> bool:
    """Words may leave out the year or the day: one is then part of the other."""
    return stated.startswith(read) or read.startswith(stated) or read.lstrip("-") in stated


def check_numbers(file: File, _: Collection) -> Found:
    """X404: a number's words say what its attribute says; words that cannot be read are left."""
    if file.kind != "version":
        return
    for element in file.root.iter("{*}num", "{*}measure"):
        stated = element.get("value") or element.get("quantity")
        read = find_numbers(plain_text(element), file.lang)
        if stated and len(read) == 1 and not _equals(read[0].value, stated, element):
            text = plain_text(element)
            yield element, f"{text!r} reads {float(read[0].value):g}, the attribute {stated}"


def _equals(read: Fraction, stated: str, element: etree._Element) -> bool:
    try:
        value = Fraction(stated)
    except ValueError:
        return False
    return value in (read, read * 100 if element.get("unit") == "percent" else read)


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile("[" + "".join(row["traditional"] for row in read_table("traditional")) + "]")


def check_script(file: File, _: Collection) -> Found:
    """X405: a text in Simplified characters has no Traditional ones."""
    if file.tag != "zh-Hans":
        return
    for passage in file.elements("seg", "head"):
        found = _traditional().findall(plain_text(passage))
        if found:
            characters = "".join(dict.fromkeys(found))
            yield passage, f"Traditional {characters} in a text marked zh-Hans"


def check_homoglyphs(file: File, _: Collection) -> Found:
    """X406: a word is written in one alphabet."""
    if file.kind != "version":
        return
    for passage in file.elements("seg", "head"):
        for word in _MIXED.findall(plain_text(passage)):
            yield passage, f"{word!r} mixes Latin and Cyrillic letters"
