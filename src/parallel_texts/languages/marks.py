"""Marks of what a clause says besides its subject: duty, right, negation, notice, consent, hedge.

The table ``marks`` has a row per language, concept and strength; see its first line. A language
often says the same without a mark, so *strong* marks alone make a difference and *weak* ones only
excuse the other language.

    >>> [(m.concept, m.text) for m in find_marks("The Parties shall not enter.", "en", "force")]
    [('PRO', 'shall not')]
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from parallel_texts.languages.phrases import Phrases
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
    phrases, names = _phrases(lang, group)
    for number, match in phrases.find_each(text):
        concept, strength = names[number]
        start, end = match.span()
        room = taken.setdefault(concept if group == "condition" else "", [])
        if start < end and _is_free(start, end, room):
            room.append((start, end))
            if strength != "mask":
                found.append(Mark(concept, strength, start, end, text[start:end]))
    return tuple(sorted(found, key=lambda mark: mark.start))


def _is_free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return not any(s < end and start < e for s, e in taken)


@cache
def _phrases(lang: str, group: str) -> tuple[Phrases, list[tuple[str, str]]]:
    """Return the expressions of a group; concept and strength of each."""
    rows = [r for r in read_table("marks") if r["lang"] == lang and r["group"] == group]
    phrases = Phrases([row["form"] for row in rows], lang, ignore_case=lang != "zh")
    return phrases, [(row["concept"], row["strength"]) for row in rows]
