"""Deontic words, conditions and actions of three languages, read from tables.

Rows are tried in the order of the table and what one claims no later one sees, so that
"shall not be required to" is an exemption before "shall not" could make it a prohibition.

    >>> [(m.rule, m.modality) for m in find_markers("It shall not be required to pay.", "en")]
    [('not_required', 'exemption')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from parallel_texts.languages.phrases import Phrases
from parallel_texts.languages.tables import read_table

__all__ = [
    "LANGUAGES",
    "ConditionMatch",
    "Marker",
    "expand",
    "find_conditions",
    "find_markers",
]

LANGUAGES = ("zh", "ru", "en")


@dataclass(frozen=True, slots=True)
class Marker:
    """A deontic word or formula.

    Attributes:
        rule: The row's name.
        modality: ``obligation``, ``right``, ``permission``, ``prohibition``, ``exemption``.
        bearer: Case or place in which the bearer stands; a final ``?`` as in the table.
        start: Offset of the first character.
        end: Offset after the last.
    """

    rule: str
    modality: str
    bearer: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ConditionMatch:
    """A condition as the text words it: kind, value and where it stands."""

    kind: str
    value: str
    start: int
    end: int


def expand(regex: str, lang: str) -> str:
    """Fill in a table's expression: ``{P}`` a passive participle, ``{L}`` light words."""
    for row in read_table("deontic_macros"):
        if row["lang"] == lang:
            regex = regex.replace(f"{{{row['macro']}}}", row["regex"] or "")
    return regex


def find_markers(text: str, lang: str) -> tuple[Marker, ...]:
    """Return the deontic markers of ``text`` in text order, none overlapping another."""
    claimed: list[Marker] = []
    phrases, names = _rows(lang)
    for number, match in phrases.find_each(text):
        if match.end() > match.start() and _is_free(match, claimed):
            claimed.append(Marker(*names[number], match.start(), match.end()))
    return tuple(sorted((m for m in claimed if m.modality != "none"), key=lambda m: m.start))


def _is_free(match: re.Match[str], claimed: list[Marker]) -> bool:
    return all(match.end() <= other.start or match.start() >= other.end for other in claimed)


@cache
def _rows(lang: str) -> tuple[Phrases, list[tuple[str, str, str]]]:
    """Return the expressions of a language; rule, modality and bearer of each."""
    rows = [row for row in read_table("deontic") if row["lang"] == lang]
    return _compiled(rows, lang), [(r["rule"], r["modality"], r["bearer"]) for r in rows]


def _compiled(rows: Sequence[dict[str, str]], lang: str) -> Phrases:
    return Phrases([expand(row["regex"], lang) for row in rows], lang, edges=("", ""))


@lru_cache(maxsize=64)
def find_conditions(text: str, lang: str) -> tuple[ConditionMatch, ...]:
    """Return the notice, consent, request, time, hedge, cost and language conditions of ``text``.

    Of one kind the first row that matches a place claims it.
    """
    found: list[ConditionMatch] = []
    phrases, names = _conditions(lang)
    for number, match in phrases.find_each(text):
        kind, value = names[number]
        one = ConditionMatch(kind, _value(match, value, lang), match.start(), match.end())
        if not any(_overlaps(one, other) for other in found):
            found.append(one)
    return tuple(found)


def _value(match: re.Match[str], value: str, lang: str) -> str:
    """Return the table's value, or the language that the text names; ``several`` of two."""
    named = [text for text in match.groupdict().values() if text]
    if not named:
        return value
    more = _more_languages(lang).match(match.string, match.end())
    return "several" if more else _language_key(named[0])


@cache
def _more_languages(lang: str) -> re.Pattern[str]:
    row = next(r for r in read_table("deontic_macros") if (r["lang"], r["macro"]) == (lang, "M"))
    return re.compile(row["regex"], re.IGNORECASE)


@cache
def _language_key(word: str) -> str:
    row = next(
        (r for r in read_table("language_words") if re.match(r["regex"], word, re.IGNORECASE)), None
    )
    return row["language"] if row else word.lower()


def _overlaps(a: ConditionMatch, b: ConditionMatch) -> bool:
    return a.kind == b.kind and a.start < b.end and b.start < a.end


@cache
def _conditions(lang: str) -> tuple[Phrases, list[tuple[str, str]]]:
    rows = [row for row in read_table("conditions") if row["lang"] == lang]
    return _compiled(rows, lang), [(row["kind"], row["value"]) for row in rows]
