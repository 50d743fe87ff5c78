"""Words of a text with their places: what the index holds and what a hit is found by.

Runs of Chinese and Japanese characters are not cut into words, which would need the same word
borders in text and query: each character is a word of its own here, and the index holds pairs, so
that any run of characters can be looked up exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

__all__ = ["LEMMATISED", "Word", "fold", "is_unspaced", "lemma", "lemmas", "words"]

_UNSPACED = r"\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")


class Word(NamedTuple):
    """A folded word and the offsets of its first character and after its last one."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return ``text`` in lower case with ``е`` for ``ё``."""
    return text.lower().replace("ё", "е")


def is_unspaced(word: str) -> bool:
    """Tell whether ``word`` begins with a character of a script without spaces."""
    return _IS_UNSPACED.match(word) is not None


def words(text: str) -> Iterator[Word]:
    """Yield the words of ``text``; a Chinese character is one.

    >>> [word.text for word in words("Договор 条约")]
    ['договор', '条', '约']
    """
    for match in _WORD.finditer(text):
        yield Word(fold(match.group()), match.start(), match.end())


def lemma(word: str, lang: str) -> str:
    """Return what the index holds for an inflected word: its first lemma."""
    return lemmas(word, lang)[0]


@lru_cache(maxsize=1 << 18)
def lemmas(word: str, lang: str) -> tuple[str, ...]:
    """Return the lemmas (Russian) or the stem (English) of a folded word, likeliest first.

    >>> lemmas("договором", "ru"), lemmas("agreements", "en") == lemmas("agreement", "en")
    (('договор',), True)
    """
    analyse = LEMMATISED.get(lang)
    return analyse(word) if analyse else (word,)


def _russian(word: str) -> tuple[str, ...]:
    parses = _morphology().parse(word)
    return tuple(dict.fromkeys(fold(parse.normal_form) for parse in parses))


def _english(word: str) -> tuple[str, ...]:
    stem: str = _stemmer().stemWord(word)
    return (stem,)


LEMMATISED: dict[str, Callable[[str], tuple[str, ...]]] = {"ru": _russian, "en": _english}
"""Languages whose words are reduced; in others a lemma is the word itself."""


@cache
def _morphology() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
