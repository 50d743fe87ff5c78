"""Marks of what a clause says besides its subject: duty, right, negation, notice, consent, hedge.

The table ``marks`` has a row per language, concept and strength; see its first line. A language
often says the same without a mark, so *strong* marks alone make a difference and *weak* ones only
excuse the other language.

    >>> [(m.concept, m.text) for m in find_marks("The Parties shall not enter.", "en", "force")]
    [('PRO', 'shall not')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from parallel_texts.languages.tables import read_table

__all__ = ["Mark", "find_marks"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that say a concept.

    Attributes:
        concept: ``EXM``, ``PRO``, ``OBL``, ``PER``, ``NEG``, ``notice``, ``consent``...
        strength: ``strong``, ``medium``, ``limit``, ``lexical`` or ``weak``.
        start: Offset of the first character.
        end: Offset after the last.
        text: The words themselves.
    """

    concept: str
    strength: str
    start: int
    end: int
    text: str


@lru_cache(maxsize=1 << 14)
def find_marks(text: str, lang: str, group: str) -> tuple[Mark, ...]:
    """Return the marks of ``force``, ``negation``, ``duty`` or ``condition`` in text order.

    Inside force and negation no two marks overlap, and earlier lines of the table win; concepts of
    a condition are looked for one by one.
    """
    taken: dict[str, list[tuple[int, int]]] = {}
    found = []
    for concept, strength, pattern in _patterns(lang, group):
        room = taken.setdefault(concept if group == "condition" else "", [])
        for start, end in _free(pattern, text, room):
            room.append((start, end))
            if strength != "mask":
                found.append(Mark(concept, strength, start, end, text[start:end]))
    return tuple(sorted(found, key=lambda mark: mark.start))


def _free(
    pattern: re.Pattern[str], text: str, taken: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield matches that overlap nothing in ``taken``."""
    for match in pattern.finditer(text):
        start, end = match.span()
        if start < end and not any(s < end and start < e for s, e in taken):
            yield start, end


@cache
def _patterns(lang: str, group: str) -> list[tuple[str, str, re.Pattern[str]]]:
    rows = [r for r in read_table("marks") if r["lang"] == lang and r["group"] == group]
    return [(r["concept"], r["strength"], _compile(r["form"], lang)) for r in rows]


def _compile(form: str, lang: str) -> re.Pattern[str]:
    if lang == "zh":
        return re.compile(form)
    return re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE)
