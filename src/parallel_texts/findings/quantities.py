"""V102 and V103: numbers and dates that one language states and another does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from parallel_texts.findings.comparison import Row, quote
from parallel_texts.findings.messages import quoted, say, sides
from parallel_texts.languages.dates import Date, find_dates
from parallel_texts.languages.numbers import Number, find_numbers
from parallel_texts.languages.ordinals import item_mark
from parallel_texts.languages.units import MEASURED, mentions_unit
from parallel_texts.model import Evidence, Finding, Passage

__all__ = ["different_dates", "different_numbers"]

T = TypeVar("T", Number, Date)
_MARK = 3
"""Characters before which the number of an item begins."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A number or date and the passage it stands in."""

    item: Number | Date
    passage: Passage

    @property
    def evidence(self) -> Evidence:
        return quote(self.passage, self.item.start, self.item.end)


def different_numbers(row: Row) -> Iterator[Finding]:
    """V102. A number that another language states in no form, or items numbered differently."""
    numbers = {lang: _numbers(row, lang) for lang in row.sides}
    dates = {lang: _dates(row, lang) for lang in row.sides}
    alone = _alone(
        numbers,
        lambda found, lang: (
            _stated(found.item, numbers[lang], dates[lang])
            or _implied(found.item, row.text(lang), lang)
        ),
    )
    if any(alone.values()):
        yield _finding(row, "V102", "numbers", alone, numbers)
    elif _items_differ(row):
        marks = {
            lang: [n for n in found[:1] if n.item.start < _MARK] for lang, found in numbers.items()
        }
        yield _finding(row, "V102", "item-numbers", marks, numbers)


def _items_differ(row: Row) -> bool:
    """Tell whether two languages number the item differently; letters are not compared."""
    marks = [item_mark(passages[0].text)[0] for passages in row.sides.values() if passages]
    return any(a and b and not a & b for a, b in combinations(marks, 2))


def different_dates(row: Row) -> Iterator[Finding]:
    """V103. A date that another language does not state, or states more precisely."""
    dates = {lang: _dates(row, lang) for lang in row.sides}
    numbers = {lang: _numbers(row, lang) for lang in row.sides}
    alone = _alone(dates, lambda found, lang: _dated(found.item, dates[lang], numbers[lang]))
    if any(alone.values()):
        yield _finding(row, "V103", "dates", alone, dates)


def _numbers(row: Row, lang: str) -> list[_Found]:
    """Return numbers that belong to no date."""
    return [
        _Found(number, passage)
        for passage in row.sides[lang]
        for number in find_numbers(passage.text, lang)
        if not any(
            d.start < number.end and number.start < d.end for d in find_dates(passage.text, lang)
        )
    ]


def _dates(row: Row, lang: str) -> list[_Found]:
    return [_Found(d, p) for p in row.sides[lang] for d in find_dates(p.text, lang)]


def _alone(
    items: Mapping[str, Sequence[_Found]], stated: Callable[[_Found, str], bool]
) -> dict[str, list[_Found]]:
    """Return per language what at least one other language does not state."""
    return {
        lang: [f for f in found if any(not stated(f, other) for other in items if other != lang)]
        for lang, found in items.items()
    }


def _stated(item: Number | Date, numbers: Sequence[_Found], dates: Sequence[_Found]) -> bool:
    assert isinstance(item, Number)
    if item.weak or any(_equal(item, other.item) for other in numbers):
        return True
    return any(str(item.value) == _year(found.item) for found in dates)


def _implied(item: Number | Date, text: str, lang: str) -> bool:
    """Tell whether as much is said without a number: "within a year", "сутки" for 24 hours."""
    assert isinstance(item, Number)
    if item.unit is None or (item.unit.dimension not in MEASURED and item.value != 1):
        return False
    return mentions_unit(text, item.unit, item.value, lang)


def _equal(one: Number, other: Number | Date) -> bool:
    assert isinstance(other, Number)
    dimension, size = one.measure
    other_dimension, other_size = other.measure
    if {dimension, other_dimension} <= MEASURED and not _both_miles(one, other):
        return (dimension, size) == (other_dimension, other_size)
    return one.value == other.value


def _both_miles(one: Number, other: Number) -> bool:
    """Tell whether both count miles: texts on the sea leave out "nautical"."""
    return all(n.unit is not None and n.unit.key in _MILES for n in (one, other))


_MILES = ("mile", "nautical-mile")


def _year(date: Number | Date) -> str:
    assert isinstance(date, Date)
    return date.value.split("-")[0]


def _dated(item: Number | Date, dates: Sequence[_Found], numbers: Sequence[_Found]) -> bool:
    assert isinstance(item, Date)
    if any(_same_date(item, other.item) for other in dates):
        return True
    return item.value.isdigit() and any(str(_value(n.item)) == item.value for n in numbers)


def _value(number: Number | Date) -> object:
    assert isinstance(number, Number)
    return number.value


def _same_date(one: Date, other: Number | Date) -> bool:
    """Compare values; a date without its year agrees with the full one, edges have to agree."""
    assert isinstance(other, Date)
    if one.value.startswith("--") or other.value.startswith("--"):
        tails = sorted((_without_year(one), _without_year(other)), key=len)
        same = bool(tails[0]) and tails[1].startswith(tails[0])
    else:
        same = one.value == other.value
    return same and one.edge == other.edge and _bounds_agree(one.bound, other.bound)


def _without_year(date: Date) -> str:
    """Return month and day as far as they are given: ``09-27``, ``09``."""
    return date.value[2:] if date.value.startswith("--") else date.value.partition("-")[2]


def _bounds_agree(one: str, other: str) -> bool:
    return one == other or not one or not other


def _finding(
    row: Row,
    code: str,
    rule: str,
    alone: Mapping[str, Sequence[_Found]],
    everything: Mapping[str, Sequence[_Found]],
) -> Finding:
    ui_lang = row.comparison.ui_lang
    said = {lang: _words(found, everything[lang], ui_lang) for lang, found in alone.items()}
    template = (
        "The versions state different numbers: {sides}."
        if code == "V102"
        else "The versions state different dates: {sides}."
    )
    return Finding(
        code,
        "version",
        row.comparison.alignment.work,
        row.link.id,
        tuple(row.sides),
        say(template, ui_lang, sides=sides(said, ui_lang)),
        0.95 if sum(bool(found) for found in alone.values()) > 1 else 0.85,
        rule,
        _evidence(row, alone),
    )


def _words(found: Sequence[_Found], everything: Sequence[_Found], ui_lang: str) -> str:
    shown = found or everything
    if not shown:
        return say("none", ui_lang)
    return ", ".join(quoted(f.item.text, ui_lang) for f in shown[:6])


def _evidence(row: Row, alone: Mapping[str, Sequence[_Found]]) -> tuple[Evidence, ...]:
    """Quote what stands alone, and the whole passage in languages where nothing does."""
    spans: list[Evidence] = []
    for lang, found in alone.items():
        spans.extend([f.evidence for f in found] if found else row.quotes(lang))
    return tuple(spans)
