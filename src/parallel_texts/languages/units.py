"""Units of measure and counted things that follow a number, in three languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from parallel_texts.languages.tables import read_table

__all__ = ["MEASURED", "Unit", "mentions_unit", "unit_after", "unit_before"]

MEASURED = frozenset(
    "months days metres area grams watts volts yuan rouble dollar pound euro degree vote".split()
)
"""Dimensions that languages have to agree on, in which one and two count in earnest: "one year" is
a number, "one airfield" may be "an airfield"."""

_SIGNS = {
    "$": "dollar",
    "US$": "dollar",
    "₽": "rouble",
    "¥": "yuan",
    "￥": "yuan",
    "£": "pound",
    "€": "euro",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``size`` of the dimension's base each, so that 2 years equal 24 months."""

    key: str
    dimension: str
    size: Fraction


def unit_after(text: str, position: int, lang: str) -> tuple[Unit, int] | None:
    """Return the unit that stands at ``position`` (white space skipped) and where it ends."""
    match = _pattern(lang).match(text, position)
    if match is None or match.lastgroup is None:
        return None
    return _units()[int(match.lastgroup[1:])], match.end()


def mentions_unit(text: str, unit: Unit, count: Fraction, lang: str) -> bool:
    """Tell whether a text names as much without a number: "within a year", "сутки" for 24 hours."""
    wanted = unit.dimension, unit.size * count
    named = (_units()[int(m.lastgroup[1:])] for m in _named(lang).finditer(text) if m.lastgroup)
    return any((found.dimension, found.size) == wanted for found in named)


@cache
def _named(lang: str) -> re.Pattern[str]:
    forms = [row.get(lang) or "" for row in read_table("units")]
    edges = ("", "") if lang == "zh" else (r"(?<!\w)", r"(?!\w)")
    branches = "|".join(f"(?P<u{n}>{form})" for n, form in enumerate(forms) if form)
    return re.compile(f"{edges[0]}(?:{branches}){edges[1]}", re.IGNORECASE)


def unit_before(text: str, position: int) -> Unit | None:
    """Return the currency whose sign stands right before ``position``."""
    match = re.search(r"(US\$|[$₽¥￥£€])\s?$", text[max(0, position - 5) : position])
    if match is None:
        return None
    return next(unit for unit in _units() if unit.key == _SIGNS[match[1]])


@cache
def _units() -> tuple[Unit, ...]:
    return tuple(
        Unit(row["key"], row["dimension"], Fraction(row["size"])) for row in read_table("units")
    )


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    forms = [row.get(lang) or "" for row in read_table("units")]
    end = "" if lang == "zh" else r"(?!\w)"
    branches = "|".join(f"(?P<u{n}>(?:{form}){end})" for n, form in enumerate(forms) if form)
    return re.compile(
        rf"[)）]?(?:[\s\u00a0](?:an? )?|[-‑–](?=[^\W\d]))?(?:{branches})", re.IGNORECASE
    )
