"""Queries: what is looked up in the index, and where it stands in a passage.

A query by form, lemma or term is a choice of phrases; a phrase is keys for words that follow each
other. The index answers most phrases exactly. Where it does not (a wildcard before the last word,
a regular expression) it narrows, and :meth:`Query.find` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from parallel_texts.concordance.words import (
    LEMMATISED,
    Word,
    fold,
    is_unspaced,
    lemma,
    lemmas,
    words,
)
from parallel_texts.errors import ParallelTextsError

__all__ = ["WAYS", "Key", "Phrase", "Query", "RegexQuery", "language_of", "phrases", "regex"]

WAYS = ("form", "lemma", "regex", "term")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Key:
    """One word to look for.

    Attributes:
        text: The folded word, lemma or beginning.
        lang: Language whose lemmas are compared; empty to compare the words themselves.
        open: True where any ending may follow.
    """

    text: str
    lang: str = ""
    open: bool = False

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
    def is_exact(self) -> bool:
        """True where the index alone can tell."""
        return all(_is_simple(phrase) for choice in self.choices.values() for phrase in choice)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages the query is in; empty for any."""
        return tuple(lang for lang in self.choices if lang)

    def match(self, lang: str = "") -> str:
        """Return the expression for the index; of one language where ``lang`` is given."""
        chosen = self.phrases(lang) if lang else [p for c in self.choices.values() for p in c]
        return " OR ".join(dict.fromkeys(_expression(phrase) for phrase in chosen))

    def phrases(self, lang: str) -> tuple[Phrase, ...]:
        """Return the phrases that are looked for in a language."""
        return self.choices.get(lang, self.choices.get("", ()))

    def find(self, text: str, lang: str) -> Iterator[Span]:
        """Yield where a phrase stands in ``text``, none inside another."""
        found = list(words(text))
        end = 0
        for first in range(len(found)):
            length = max((_fit(phrase, found, first) for phrase in self.phrases(lang)), default=0)
            if length and found[first].start >= end:
                end = found[first + length - 1].end
                yield found[first].start, end


@dataclass(frozen=True, slots=True)
class RegexQuery:
    """A regular expression, matched against the passage as it is written."""

    pattern: re.Pattern[str]
    is_exact = False
    languages: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """Letters that every match holds, folded; none where the pattern has groups or branches."""
        bare = _NO_LITERAL.sub(" ", self.pattern.pattern)
        return () if re.search(r"[|()]", bare) else tuple(map(fold, _LITERAL.findall(bare)))

    def match(self, lang: str = "") -> str:
        """Return the runs of Chinese characters that every match holds, for the index."""
        runs = [run for run in self.needed if is_unspaced(run)]
        return " AND ".join(_expression(tuple(map(Key, run))) for run in runs)

    def find(self, text: str, lang: str) -> Iterator[Span]:
        """Yield where the expression matches; empty matches are none."""
        return (m.span() for m in self.pattern.finditer(text) if m.end() > m.start())


def regex(pattern: str) -> RegexQuery:
    """Compile a regular expression; case is ignored unless the pattern says ``(?-i:...)``.

    Raises:
        ParallelTextsError: It is no regular expression; with the place.
    """
    try:
        return RegexQuery(re.compile(pattern, re.IGNORECASE))
    except re.error as error:
        raise ParallelTextsError(f"{pattern!r} is no regular expression: {error}") from error


_NO_LITERAL = re.compile(r"\\(?:x..|u.{4}|U.{8}|N\{.*?\}|.)|\[\^?\]?[^\]]*\]", re.DOTALL)
"""Escapes and sets of characters in a pattern."""
_LITERAL = re.compile(r"[\u3400-\u9fff]{2,}(?![?*{])|[^\W\d_\u3400-\u9fff]{3,}(?![?*{])")


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
    return tuple(product(*(_keys(word, text, lang) for word in found)))


def _keys(word: Word, text: str, lang: str) -> list[Key]:
    if text[word.end : word.end + 1] == "*":
        return [Key(word.text, open=True)]
    if lang in LEMMATISED and not is_unspaced(word.text):
        return [Key(one, lang) for one in lemmas(fold(word.text), lang)]
    return [Key(word.text)]


def _fit(phrase: Phrase, found: list[Word], first: int) -> int:
    """Return the number of words the phrase takes from ``first`` on; 0 where it does not fit."""
    end = first + len(phrase)
    if end > len(found) or not phrase:
        return 0
    fits = all(key.fits(word.text) for key, word in zip(phrase, found[first:end], strict=True))
    return len(phrase) if fits else 0


def _is_simple(phrase: Phrase) -> bool:
    """Tell whether the index finds the phrase itself: no open word but the last of a form query."""
    is_open = [key.open for key in phrase]
    return not any(is_open[:-1]) and not (is_open[-1] and any(key.lang for key in phrase))


def _expression(phrase: Phrase) -> str:
    if not _is_simple(phrase):
        return "(" + " AND ".join(map(_alone, phrase)) + ")"
    tokens, star = _tokens(phrase)
    return f"({_column(phrase)} : {_quoted(tokens)}{star})"


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
