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


def find_marks(text: str, lang: str, group: str) -> tuple[Mark, ...]:
    """Return the marks of ``force``, ``negation``, ``duty`` or ``condition`` in text order.

    Inside force and negation no two marks overlap, and earlier lines of the table win; concepts of
    a condition are looked for one by one.
    """
    return _all_marks(text, lang).get(group, ())


@lru_cache(maxsize=1 << 12)
def _all_marks(text: str, lang: str) -> dict[str, tuple[Mark, ...]]:
    """Return the marks of each group: sought together, a text is gone through once."""
    taken: dict[tuple[str, str], list[tuple[int, int]]] = {}
    found: dict[str, list[Mark]] = {}
    phrases, names = _phrases(lang)
    for number, match in phrases.find_each(text):
        group, concept, strength = names[number]
        start, end = match.span()
        room = taken.setdefault((group, concept if group == "condition" else ""), [])
        if start < end and _is_free(start, end, room):
            room.append((start, end))
            if strength != "mask":
                mark = Mark(concept, strength, start, end, text[start:end])
                found.setdefault(group, []).append(mark)
    return {group: tuple(sorted(marks, key=_start)) for group, marks in found.items()}


def _start(mark: Mark) -> int:
    return mark.start


def _is_free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return not any(s < end and start < e for s, e in taken)


@cache
def _phrases(lang: str) -> tuple[Phrases, list[tuple[str, str, str]]]:
    """Return the expressions of a language; group, concept and strength of each."""
    rows = [row for row in read_table("marks") if row["lang"] == lang]
    phrases = Phrases([row["form"] for row in rows], lang, ignore_case=lang != "zh")
    return phrases, [(row["group"], row["concept"], row["strength"]) for row in rows]
