"""Rules on passages, and on tagged dates, numbers and measures against the words they tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from lxml import etree

from parallel_texts.languages.dates import find_dates
from parallel_texts.languages.numbers import Number, find_numbers
from parallel_texts.languages.tables import read_table
from parallel_texts.tei.content import fragment, plain_text
from parallel_texts.tei.parsing import tei
from parallel_texts.validation.sources import Found, Library, Source, language_at

__all__ = [
    "date_text",
    "empty_passage",
    "measure_text",
    "no_date",
    "number_text",
    "unsourced",
]

_DATE = re.compile(
    r"-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
    r"|--(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?"
)
_DATING = ("when", "from", "to", "notBefore", "notAfter")
_DATED = tuple(map(tei, ("date", "birth", "death", "change")))


def unsourced(source: Source, _: Library) -> Iterator[Found]:
    """T601: a passage says neither its source nor that it is editorial."""
    for passage in source.passages:
        categories = {fragment(pointer) for pointer in passage.get("ana", "").split()}
        if not passage.get("source", "").strip() and "editorial" not in categories:
            yield Found(
                passage,
                "a passage without source: point @source to a paragraph or footnote, "
                'or mark it ana="../corpus.xml#editorial"',
            )


def empty_passage(source: Source, _: Library) -> Iterator[Found]:
    """T602: a passage has no words."""
    for passage in source.passages:
        if not plain_text(passage):
            yield Found(passage, "a passage without text: remove it or write it")


def no_date(source: Source, _: Library) -> Iterator[Found]:
    """T603: @when, @from, @to, @notBefore or @notAfter is not a date, or from is after to."""
    for element in source.root.iter(*_DATED):
        for name in _DATING:
            value = element.get(name)
            if value is not None and not _is_date(value):
                yield Found(element, f"@{name} is {value!r}: write a date that exists: 1955-09-27")
        if (element.get("from") or "") > (element.get("to") or "9999"):
            yield Found(element, "@from is later than @to: exchange them")


def _is_date(value: str) -> bool:
    return bool(_DATE.fullmatch(value)) and _exists(value)


def _exists(value: str) -> bool:
    """Tell whether the day is in the calendar."""
    parts = value.lstrip("-").split("-")
    if value.startswith("--"):
        parts = ["2000", *parts]
    if len(parts) < 3:
        return True
    year, month, day = map(int, parts)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day <= (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def date_text(source: Source, _: Library) -> Iterator[Found]:
    """T604: a date's words and its attributes differ."""
    for element in source.root.iter(tei("date")):
        text, values = plain_text(element), {n: element.get(n, "") for n in _DATING}
        if not text or not any(values.values()):
            continue
        for date in find_dates(text, language_at(element)):
            if not _agrees(date.value, values):
                said = " ".join(f"{name}={value!r}" for name, value in values.items() if value)
                yield Found(element, f"the words {text!r} say {date.value}, the tag {said}")


def _agrees(found: str, values: dict[str, str]) -> bool:
    """Tell whether a date of the text is the one tagged, or lies in the tagged span."""
    if any(_same(found, value) for value in values.values() if value):
        return True
    first = values["from"] or values["notBefore"]
    last = values["to"] or values["notAfter"]
    if found.startswith("--") or not (first or last):
        return False
    return first[: len(found)] <= found <= (last[: len(found)] or "9999")


def _same(found: str, value: str) -> bool:
    """Tell whether one does not contradict the other; the text may be less precise."""
    if found.startswith("--"):
        return value.lstrip("-").endswith(found[2:]) or f"-{found[2:]}-" in value
    return value.startswith(found)


def number_text(source: Source, _: Library) -> Iterator[Found]:
    """T605: a number's words and @value differ."""
    for element in source.root.iter(tei("num")):
        yield from _compared(element, element.get("value"))


def measure_text(source: Source, _: Library) -> Iterator[Found]:
    """T606: a measure's words and @quantity differ."""
    for element in source.root.iter(tei("measure")):
        yield from _compared(element, element.get("quantity"))


def _compared(element: etree._Element, tagged: str | None) -> Iterator[Found]:
    value, text = _fraction(tagged), plain_text(element)
    found = find_numbers(text, language_at(element))
    if value is None or not found or any(_is_value(n, value, element) for n in found):
        return
    said = ", ".join(str(number.value) for number in found)
    yield Found(element, f"the words {text!r} say {said}, the tag {tagged}: correct one of them")


def _fraction(text: str | None) -> Fraction | None:
    try:
        return Fraction(text or "")
    except (ValueError, ZeroDivisionError):
        return None


def _is_value(number: Number, value: Fraction, element: etree._Element) -> bool:
    """Tell whether the words mean the tagged value, in its unit or another of its kind."""
    unit = element.get("unit", "")
    if unit == "percent":
        return number.value in (value / 100, value)
    return number.value == value or number.measure == _size(unit, value)


def _size(unit: str, value: Fraction) -> tuple[str, Fraction] | None:
    """Return dimension and size in its base: 2 years are 24 months."""
    row = next((row for row in read_table("units") if row["key"] == unit), None)
    return (row["dimension"], value * Fraction(row["size"])) if row else None
