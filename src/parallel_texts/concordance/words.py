"""Words of a text with their places: what the index holds and what a hit is found by.

Runs of Chinese and Japanese characters are not cut into words, which would need the same word
borders in text and query: each character is a word of its own here, and the index holds pairs, so
that any run of characters can be looked up exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from parallel_texts.languages.lemmas import lemmas as dictionary_lemmas
from parallel_texts.languages.words import UNSPACED
from parallel_texts.languages.words import fold as fold_text

__all__ = ["LEMMATISED", "Word", "fold", "is_touching", "lemma", "lemmas", "words"]

LEMMATISED = ("ru", "en")
"""Languages whose words are reduced; in others a lemma is the word itself."""

_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
_MANY = 1 << 18


class Word(NamedTuple):
    """A folded word and the offsets of its first character and after its last one."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=_MANY)
def fold(word: str) -> str:
    """Return a word as it is compared; see :func:`parallel_texts.languages.words.fold`."""
    return fold_text(word)


def words(text: str) -> Iterator[Word]:
    """Yield the words of ``text``; a Chinese character is one.

    >>> [word.text for word in words("Договор 条约")]
    ['договор', '条', '约']
    """
    for match in _WORD.finditer(text):
        yield Word(fold(match.group()), match.start(), match.end())


def is_touching(word: Word, after: Word) -> bool:
    """Tell whether nothing, not even a comma, stands between two words."""
    return word.end == after.start


def lemma(word: str, lang: str) -> str:
    """Return what the index holds for an inflected word: its likeliest lemma."""
    return lemmas(word, lang)[0]


@lru_cache(maxsize=_MANY)
def lemmas(word: str, lang: str) -> tuple[str, ...]:
    """Return the lemmas of a folded word, likeliest first; the word itself in other languages.

    >>> lemmas("договором", "ru"), lemmas("agreements", "en")
    (('договор',), ('agreement',))
    """
    return dictionary_lemmas(word, lang) if lang in LEMMATISED else (word,)
