"""Words and marks of a text in order, and which words carry content: no articles, no pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from parallel_texts.languages.tables import read_table

__all__ = ["Word", "split_words", "starts_phrase"]

_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*|[^\w\s]+|_+")
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千万亿两]+")


class Word(NamedTuple):
    """A word in small letters, or a run of marks.

    Attributes:
        text: The word.
        start: Offset of its first character.
        end: Offset after its last character.
        has_content: Not a mark, not a number, not in the table ``light_words``.
    """

    text: str
    start: int
    end: int
    has_content: bool


@lru_cache(maxsize=4096)
def split_words(text: str, lang: str) -> tuple[Word, ...]:
    """Return the words and marks of a text.

    Chinese is cut into words by rjieba, which holds jieba's dictionary.

    >>> [word.text for word in split_words("The Parties shall meet.", "en") if word.has_content]
    ['parties', 'meet']
    """
    light = _words_of("light_words", lang)
    found = _chinese(text) if lang == "zh" else _spaced(text)
    return tuple(
        Word(word, start, start + len(word), word not in light and _says_something(word))
        for word, start in found
    )


def starts_phrase(word: Word, lang: str) -> bool:
    """Tell whether a phrase may begin with a word: a preposition, a conjunction, a pronoun."""
    return word.text in _words_of("phrase_starts", lang)


def _says_something(word: str) -> bool:
    return any(map(str.isalpha, word)) and not _NUMERAL.fullmatch(word)


def _spaced(text: str) -> Iterator[tuple[str, int]]:
    return ((match[0].lower(), match.start()) for match in _WORD.finditer(text))


def _chinese(text: str) -> Iterator[tuple[str, int]]:
    import rjieba

    start = 0
    for word in rjieba.cut(text):
        if not word.isspace():
            yield word.lower(), start
        start += len(word)


@cache
def _words_of(table: str, lang: str) -> frozenset[str]:
    rows = [row for row in read_table(table) if row["lang"] == lang]
    return frozenset(word for row in rows for word in row["words"].split("|"))
