"""Words of a text for search, and stems by a table of endings for words that nobody has a lemma of.

The browser cuts a query into words and stems it in the same way (``assets/search.js``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from parallel_texts.languages.tables import read_table
from parallel_texts.languages.words import UNSPACED, fold, is_unspaced

__all__ = ["Rule", "stem", "stem_rules", "words"]

Rule = tuple[str, str, int]
"""Ending, what replaces it, and how many characters must stand before it."""

_PIECES = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")


@cache
def stem_rules() -> dict[str, list[list[Rule]]]:
    """Return per language the steps, each a list of rules with the longest ending first."""
    found: dict[str, dict[int, list[Rule]]] = {}
    for row in read_table("stems"):
        steps = found.setdefault(row["lang"], {})
        rule = (row["ending"], row["becomes"], int(row["least"]))
        steps.setdefault(int(row["step"]), []).append(rule)
    return {
        lang: [sorted(steps[step], key=lambda rule: -len(rule[0])) for step in sorted(steps)]
        for lang, steps in found.items()
    }


@lru_cache(maxsize=1 << 16)
def stem(word: str, lang: str) -> str:
    """Return the stem of a folded word: each step takes off the longest ending while one fits.

    >>> stem("самолетами", "ru"), stem("notified", "en") == stem("notify", "en")
    ('самол', True)
    """
    for step in stem_rules().get(lang, ()):
        before = ""
        while before != word:
            before, word = word, _apply(word, step)
    return word


def _apply(word: str, step: list[Rule]) -> str:
    for ending, becomes, least in step:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: len(word) - len(ending)] + becomes
    return word


def words(text: str) -> Iterator[str]:
    """Yield the folded words of a text, and Chinese and Japanese by pairs of characters.

    >>> list(words("周赤萍同志, 1955"))
    ['周赤', '赤萍', '萍同', '同志', '1955']
    """
    for piece in _PIECES.findall(fold(text)):
        if is_unspaced(piece):
            yield from _pairs(piece)
        else:
            yield piece


def _pairs(piece: str) -> Iterator[str]:
    if len(piece) == 1:
        yield piece
    for first, second in pairwise(piece):
        yield first + second
