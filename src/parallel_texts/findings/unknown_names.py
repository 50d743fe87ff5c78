"""Names that no list knows, looked for by their sound in another language.

A Chinese name in Russian or Latin letters is a frequent surname and syllables of Palladius,
pinyin or Wade-Giles; a Russian surname is known by its ending. Each is spelled as the other
language would spell it, and looked for there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from parallel_texts.findings.comparison import Row
from parallel_texts.languages.names import chinese_syllables, pinyin, romanize, spelled_out
from parallel_texts.languages.russian_cases import is_surname
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Passage

__all__ = ["UnknownName", "unmatched_names"]

_FOUND = 78.0
"""Likeness, 0 to 100, from which on a name counts as found."""
_PAIRS = {
    "en": re.compile(
        r"(?<![\w-])([A-Z][a-z]{1,5}[’']?[a-z]*)[ -]"
        r"(?=([A-Z][a-z’']{1,8}(?:-[a-z’']{1,7})?)(?![\w-]))"
    ),
    "ru": re.compile(r"(?<![\w-])([А-ЯЁ][а-яё]{1,4}) (?=([А-ЯЁ][а-яё]{1,10})(?![\w-]))"),
}  # fmt: skip
"""Two words with capitals; the second may begin another pair: "Premier Zhou Enlai"."""
_SURNAME = re.compile(
    r"(?<=[а-яё,»] )[А-ЯЁ][а-яё]{2,}(?:ов|ев|ёв|ин|ын|енко|ский)(?:а|у|ым|ом|е)?(?![\w-])"
)
"""A Russian surname inside a sentence."""


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that stands in one language and is not heard in another."""

    passage: Passage
    start: int
    end: int
    absent: str


def unmatched_names(row: Row, known: dict[str, list[tuple[int, int]]]) -> Iterator[UnknownName]:
    """Yield names by sound without counterpart.

    Args:
        row: A link.
        known: Passage id to places of names that lists know, which are left alone.
    """
    for lang in ("en", "ru"):
        for passage in row.sides.get(lang, ()):
            taken = known.get(passage.id, [])
            for start, end, spellings in _names(passage.text, lang):
                if not any(s < end and start < e for s, e in taken):
                    for other in _unheard(spellings, row, lang):
                        yield UnknownName(passage, start, end, other)


def _unheard(spellings: tuple[str, ...], row: Row, lang: str) -> Iterator[str]:
    """Yield the other languages that should sound like a name and do not."""
    for other in row.sides:
        known = other != lang and _can_be_heard(spellings, other)
        if known and not _is_heard(spellings, row.text(other), other):
            yield other


def _names(text: str, lang: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield place and spellings of each Chinese name or Russian surname."""
    for match in _PAIRS[lang].finditer(text):
        family, given = (chinese_syllables(part, lang) for part in match.groups())
        if given and len(family) == 1 and family[0] in _surnames():
            yield match.start(1), match.end(2), spelled_out((*family, *given))
    if lang == "ru":
        for match in _SURNAME.finditer(text):
            if is_surname(match[0]):
                yield *match.span(), (romanize(match[0])[:7],)


def _can_be_heard(spellings: tuple[str, ...], lang: str) -> bool:
    """A Russian surname is not recognised in Chinese characters."""
    return lang in ("zh", "ru", "en") and (lang != "zh" or len(spellings) > 1)


def _is_heard(spellings: tuple[str, ...], text: str, lang: str) -> bool:
    from rapidfuzz import fuzz

    heard = _sounds(text, lang)
    return any(fuzz.partial_ratio(spelling, heard) >= _FOUND for spelling in spellings)


@lru_cache(maxsize=1024)
def _sounds(text: str, lang: str) -> str:
    if lang == "zh":
        return "".join(pinyin(text))
    return re.sub(r"[\W_]+", "", romanize(text))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row["pinyin"] for row in read_table("surnames"))
