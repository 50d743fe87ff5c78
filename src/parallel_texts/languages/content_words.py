"""Words that carry content: names, verbs and nouns, without articles, pronouns and numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from parallel_texts.languages.tables import read_table

__all__ = ["ContentWord", "content_words"]

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千万亿两]+")


class ContentWord(NamedTuple):
    """A word in small letters and the offsets of its first character and after its last."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def content_words(text: str, lang: str) -> tuple[ContentWord, ...]:
    """Return the words of a text that carry content, in order.

    Chinese is cut into words by rjieba, which holds jieba's dictionary.

    >>> [word.text for word in content_words("The Parties shall meet in Moscow.", "en")]
    ['parties', 'meet', 'moscow']
    """
    words = _chinese(text) if lang == "zh" else _spaced(text)
    return tuple(word for word in words if word.text not in _light(lang))


def _spaced(text: str) -> Iterator[ContentWord]:
    for match in _WORD.finditer(text):
        if len(match[0]) > 1:
            yield ContentWord(match[0].lower(), match.start(), match.end())


def _chinese(text: str) -> Iterator[ContentWord]:
    import rjieba

    for run in _HAN.finditer(text):
        start = run.start()
        for word in rjieba.cut(run[0]):
            if not _NUMERAL.fullmatch(word):
                yield ContentWord(word, start, start + len(word))
            start += len(word)


@cache
def _light(lang: str) -> frozenset[str]:
    rows = [row for row in read_table("light_words") if row["lang"] == lang]
    return frozenset(word for row in rows for word in row["words"].split("|"))
