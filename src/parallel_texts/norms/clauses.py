"""Stretches of a passage inside which bearers carry over, and the pieces between commas."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parallel_texts.languages.russian_cases import is_gerund
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Authority
from parallel_texts.norms.actors import Actor, find_actors

__all__ = [
    "Piece",
    "Stretch",
    "asks_or_suffers",
    "is_conditional",
    "is_relative",
    "pieces",
    "points_back",
    "stretches",
]

_BREAK = {
    "zh": re.compile(r"[。；;！？?：:]|\n"),
    "ru": re.compile(
        r"[;!?]|:\s|\n|(?<![А-ЯЁA-Z])(?<!\bст)(?<!\bг)(?<!\bп)\.(?=\s+[«\"А-ЯЁA-Z0-9(])|\.$"
    ),
    "en": re.compile(r"[;!?]|:\s|\n|(?<![A-Z])(?<!\bArt)(?<!\bNo)\.(?=\s+[“\"A-Z0-9(])|\.$"),
}
_COMMA = re.compile(r"[，,](?! (?:ни|так и)\b)|\s[—–-]\s")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence, or part of one up to a semicolon.

    Attributes:
        text: The words.
        offset: Where they begin in the passage.
        actors: Who is named, offsets within ``text``.
        lang: Primary subtag.
        continues: True behind a semicolon, where a bearer may carry over.
    """

    text: str
    offset: int
    actors: tuple[Actor, ...]
    lang: str
    continues: bool = False

    def between(self, start: int, end: int) -> tuple[Actor, ...]:
        """Return the actors that stand inside ``start``..``end``."""
        return tuple(a for a in self.actors if start <= a.start and a.end <= end)


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two commas."""

    start: int
    end: int
    subordinate: bool


def stretches(text: str, lang: str, parties: tuple[Authority, ...]) -> Iterator[Stretch]:
    """Split a passage at everything stronger than a comma."""
    start = 0
    mark = ""
    for match in [*_BREAK[lang].finditer(text), None]:
        end = match.start() if match else len(text)
        part = text[start:end]
        asked = match is not None and match.group() in "?？"
        if part.strip() and not asked:
            actors = find_actors(part, lang, parties)
            yield Stretch(part, start, actors, lang, continues=mark in (";", "；"))
        mark = match.group() if match else ""
        start = match.end() if match else end


def pieces(stretch: Stretch, start: int, end: int) -> list[Piece]:
    """Return the pieces between commas of a part of a stretch, in text order."""
    known = _patterns(stretch.lang)
    commas = [m.end() for m in _COMMA.finditer(stretch.text, start, end)]
    agreed = [m.end() for m in known["cut"].finditer(stretch.text, start, end)]
    edges = sorted({start, *commas, *agreed, end})
    if start == end:
        return [Piece(start, end, False)]
    return [
        Piece(a, b, _is_subordinate(stretch.text[a:b].strip(), stretch.lang))
        for a, b in itertools.pairwise(edges)
    ]


def _is_subordinate(words: str, lang: str) -> bool:
    if _patterns(lang)["open"].search(words):
        return True
    first = re.match(r"[А-Яа-яё]+(?:я|в|вши|сь)\b", words) if lang == "ru" else None
    return first is not None and is_gerund(first[0].lower())


def is_conditional(stretch: Stretch, position: int) -> bool:
    """Return True where ``position`` lies in a piece that opens with if, when, whether."""
    start = max((m.end() for m in _COMMA.finditer(stretch.text, 0, position)), default=0)
    words = stretch.text[start:position].strip()
    return _patterns(stretch.lang)["conditional"].search(words) is not None


def is_relative(stretch: Stretch, start: int, position: int) -> bool:
    """Return True where ``position`` lies in a piece after a comma that opens with who or which."""
    commas = [m.end() for m in _COMMA.finditer(stretch.text, start, position)]
    return bool(commas) and _RELATIVE.match(stretch.text, commas[-1]) is not None


_RELATIVE = re.compile(r"\s*(?:who|whose|\w+ which|which|котор\w+|в котор\w+)\b", re.IGNORECASE)


def points_back(text: str, lang: str) -> bool:
    """Return True where a clause speaks of what was said before: "for this", для этого, 为此."""
    return _patterns(lang)["anaphor"].search(text) is not None


def asks_or_suffers(text: str, lang: str) -> bool:
    """Return True where a subordinate clause's subject asks or suffers, so is not the actor."""
    pattern = _patterns(lang).get("request")
    return pattern is not None and pattern.search(text) is not None


@cache
def _patterns(lang: str) -> dict[str, re.Pattern[str]]:
    return {
        row["kind"]: re.compile(row["regex"], re.IGNORECASE)
        for row in read_table("subordinate")
        if row["lang"] == lang
    }
