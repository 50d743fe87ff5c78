"""What a text says of itself: done in which languages, which of them equally authentic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parallel_texts.findings.comparison import Comparison, quote
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Evidence, Passage

__all__ = ["Declaration", "declarations"]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A statement of a text about its own languages.

    Attributes:
        languages: Primary subtags of the languages named.
        authentic: True where they are said to be authentic or of equal force.
        unit: Id of the link that the passage belongs to.
        evidence: The passage.
    """

    languages: tuple[str, ...]
    authentic: bool
    unit: str
    evidence: Evidence


def declarations(comparison: Comparison) -> list[Declaration]:
    """Return what the versions say of their languages, in text order."""
    found: list[Declaration] = []
    for row in comparison.rows():
        for passages in row.sides.values():
            for passage in passages:
                found.extend(_read(passage, row.link.id))
    return found


def _read(passage: Passage, unit: str) -> Iterator[Declaration]:
    """Read "done in two copies, in Russian and Chinese, both texts being equally authentic"."""
    done = _pattern("done", passage.lang)
    equal = _pattern("equal", passage.lang)
    if not (done.search(passage.text) or equal.search(passage.text)):
        return
    languages = _languages(passage)
    if languages:
        evidence = quote(passage, 0, len(passage.text))
        yield Declaration(languages, bool(equal.search(passage.text)), unit, evidence)


def _languages(passage: Passage) -> tuple[str, ...]:
    named = [
        (match.start(), row["names"])
        for row in read_table("language_names")
        if row["lang"] == passage.lang
        for match in re.finditer(row["form"], passage.text, re.IGNORECASE)
    ]
    return tuple(dict.fromkeys(lang for _, lang in sorted(named)))


@cache
def _pattern(sense: str, lang: str) -> re.Pattern[str]:
    rows = read_table("authenticity")
    forms = [row["form"] for row in rows if row["sense"] == sense and row["lang"] == lang]
    return re.compile("|".join(forms) or "(?!)", re.IGNORECASE)
