"""Queries: what is looked up in the index, and where it stands in a passage.

A query by form, lemma or term is a choice of phrases; a phrase is keys for words that follow each
other. The index answers most phrases exactly. Where it does not (a wildcard before the last word)
it narrows, and :meth:`Query.find` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from parallel_texts.concordance.words import (
    LEMMATISED,
    Word,
    is_touching,
    lemma,
    lemmas,
    words,
)
from parallel_texts.errors import ParallelTextsError
from parallel_texts.languages.words import is_unspaced

__all__ = ["WAYS", "Key", "Phrase", "Query", "expression", "is_simple", "language_of", "phrases"]

WAYS = ("form", "lemma", "regex", "term")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Key:
    """One word to look for.

    Attributes:
        text: The folded word, lemma or beginning.
        lang: Language whose lemmas are compared; empty to compare the words themselves.
        open: True where any ending may follow.
        apart: True where something stands between this Chinese character and the one before it,
            and may in a text; elsewhere one follows the other at once.
    """

    text: str
    lang: str = ""
    open: bool = False
    apart: bool = False

    def fits(self, word: str) -> bool:
        """Tell whether a folded word of a text is meant."""
        if self.open:
            return word.startswith(self.text)
        return self.text == (lemma(word, self.lang) if self.lang else word)


Phrase = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A choice of phrases per language; the key ``""`` is for every language."""

    choices: Mapping[str, tuple[Phrase, ...]]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages the query is in; empty for any."""
        return tuple(lang for lang in self.choices if lang)

    def phrases(self, lang: str = "") -> tuple[Phrase, ...]:
        """Return the phrases that are looked for in a language, or in any."""
        if not lang:
            return tuple(dict.fromkeys(p for choice in self.choices.values() for p in choice))
        return self.choices.get(lang, self.choices.get("", ()))

    def holds(self, text: str, lang: str) -> bool:
        """Tell whether a phrase stands in ``text``."""
        return next(self.find(text, lang), None) is not None

    def find(self, text: str, lang: str) -> Iterator[Span]:
        """Yield where a phrase stands in ``text``, none inside another."""
        found = list(words(text))
        end = 0
        for first in range(len(found)):
            length = max((_fit(phrase, found, first) for phrase in self.phrases(lang)), default=0)
            if length and found[first].start >= end:
                end = found[first + length - 1].end
                yield found[first].start, end


def language_of(text: str) -> str:
    """Return the language whose lemmas a query is looked up by: by its letters.

    >>> language_of("договор"), language_of("treaty"), language_of("条约")
    ('ru', 'en', 'zh')
    """
    if re.search(r"[\u3400-\u9fff]", text):
        return "zh"
    return "ru" if re.search(r"[а-яё]", text.lower()) else "en"


def phrases(text: str, lang: str = "") -> tuple[Phrase, ...]:
    """Return the phrases that words stand for: by form, or by lemma where ``lang`` is given.

    ``*`` at the end of a word stands for any ending.

    Raises:
        ParallelTextsError: There is no word in ``text``.
    """
    found = list(words(text))
    if not found:
        raise ParallelTextsError(f"no word in the query {text!r}")
    before = [None, *found]
    keys = (_keys(one, text, lang, last) for one, last in zip(found, before, strict=False))
    return tuple(product(*keys))


def _keys(word: Word, text: str, lang: str, before: Word | None) -> list[Key]:
    if text[word.end : word.end + 1] == "*":
        return [Key(word.text, open=True)]
    if is_unspaced(word.text):
        return [Key(word.text, apart=before is not None and not is_touching(before, word))]
    if lang in LEMMATISED:
        return [Key(one, lang) for one in lemmas(word.text, lang)]
    return [Key(word.text)]


def _fit(phrase: Phrase, found: list[Word], first: int) -> int:
    """Return the number of words the phrase takes from ``first`` on; 0 where it does not fit."""
    end = first + len(phrase)
    if end > len(found) or not phrase:
        return 0
    there = found[first:end]
    fits = all(key.fits(word.text) for key, word in zip(phrase, there, strict=True))
    return len(phrase) if fits and all(map(_joined, phrase[1:], there, there[1:])) else 0


def _joined(key: Key, before: Word, word: Word) -> bool:
    """Tell whether a word follows the one before it as the key wants it."""
    is_run = is_unspaced(before.text) and is_unspaced(word.text)
    return key.apart or not is_run or is_touching(before, word)


def is_simple(phrase: Phrase) -> bool:
    """Tell whether the index alone finds the phrase: no open word but the last of a form query."""
    opened = [key.open for key in phrase]
    lemmatised = any(key.lang for key in phrase)
    return not any(opened[:-1]) and not (opened[-1] and lemmatised) and not any(_is_apart(phrase))


def _is_apart(phrase: Phrase) -> Iterator[bool]:
    return (key.apart and is_unspaced(last.text) for last, key in pairwise(phrase))


def expression(phrase: Phrase) -> str:
    """Return what the full text is asked: the phrase, or its words where it is not simple."""
    if not is_simple(phrase):
        return " AND ".join(map(_alone, phrase))
    tokens, star = _tokens(phrase)
    return f"{_column(phrase)} : {_quoted(tokens)}{star}"


def _alone(key: Key) -> str:
    return f"({_column((key,))} : {_quoted([key.text])}{_star(key)})"


def _column(phrase: Phrase) -> str:
    return "lemmas" if any(key.lang for key in phrase) else "forms"


def _tokens(phrase: Phrase) -> tuple[list[str], str]:
    """Return what the index holds for the phrase: Chinese characters in overlapping pairs."""
    last = phrase[-1]
    tokens = [_pair(key.text, after.text) for key, after in pairwise(phrase)]
    if is_unspaced(last.text):
        is_run = len(phrase) > 1 and is_unspaced(phrase[-2].text)
        return (tokens, "") if is_run else ([*tokens, last.text], "*")
    return [*tokens, last.text], _star(last)


def _pair(word: str, after: str) -> str:
    return word + after if is_unspaced(word) and is_unspaced(after) else word


def _star(key: Key) -> str:
    return "*" if key.open or is_unspaced(key.text) else ""


def _quoted(tokens: list[str]) -> str:
    return '"' + " ".join(tokens) + '"'
