"""Lemmas of Russian and English words, and every form of a lemma: what search goes by.

Russian is analysed by pymorphy3 (dictionary OpenCorpora, words it lacks by their ending), English
by lemminflect (dictionary SPECIALIST of the National Library of Medicine). A word may have several
lemmas, «шли» *идти* and *слать*: all are kept but the improbable, the sentence is not looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Any, NamedTuple

from parallel_texts.languages.words import fold

__all__ = ["Language", "lemmas", "lexicon"]

LEAST = 0.05
"""Probability below which a Russian reading is left out: «стали» is *сталь* in 2 of 100 places."""

_CYRILLIC = re.compile(r"[а-я]+")
_LATIN = re.compile(r"[a-z]+")

Lexicon = dict[str, set[str]]
"""Per lemma its forms, all folded."""


def lemmas(word: str, lang: str) -> tuple[str, ...]:
    """Return the lemmas of a folded word, likeliest first; the word itself where none is known.

    >>> lemmas("уведомления", "ru"), lemmas("уведомить", "ru"), lemmas("went", "en")
    (('уведомление',), ('уведомить',), ('go',))
    """
    language = _LANGUAGES.get(lang)
    known = language.lemmas(word) if language and language.letters.fullmatch(word) else ()
    return known or (word,)


def lexicon(words: Iterable[str], lang: str) -> Lexicon:
    """Return every form of every lemma that folded ``words`` have; empty for other languages.

    >>> sorted(lexicon(["agreement"], "en")["agreement"])
    ['agreement', 'agreements']
    """
    found: Lexicon = defaultdict(set)
    language = _LANGUAGES.get(lang)
    if language:
        spelled = sorted(set(words))
        for word in spelled:
            for lemma in lemmas(word, lang):
                found[lemma] |= {lemma, word}
        language.inflect(found, [word for word in spelled if language.letters.fullmatch(word)])
    return dict(found)


def _russian(word: str) -> tuple[str, ...]:
    return tuple(lemma for lemma, _ in _readings(word))


@lru_cache(maxsize=1 << 16)
def _readings(word: str) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """Return the likely lemmas of a word, each with its parses, likeliest first."""
    parses: dict[str, list[Any]] = defaultdict(list)
    for parse in _morphology().parse(word):
        parses[fold(parse.normal_form)].append(parse)
    shares = {lemma: sum(parse.score for parse in group) for lemma, group in parses.items()}
    likely = sorted(shares, key=lambda lemma: -shares[lemma])
    return tuple((lemma, tuple(parses[lemma])) for lemma in likely if shares[lemma] >= LEAST)


def _inflect_russian(found: Lexicon, words: Iterable[str]) -> None:
    """Add the forms of the paradigms that ``words`` stand in; a paradigm is written out once."""
    seen: set[tuple[object, ...]] = set()
    for lemma, parses in chain.from_iterable(map(_readings, words)):
        for parse in parses:
            if _is_new((lemma, *parse.methods_stack[0][2:3]), seen):
                found[lemma].update(form.word.replace("ё", "е") for form in parse.lexeme)


def _is_new(paradigm: tuple[object, ...], seen: set[tuple[object, ...]]) -> bool:
    known = paradigm in seen
    seen.add(paradigm)
    return not known


@lru_cache(maxsize=1 << 16)
def _english(word: str) -> tuple[str, ...]:
    from lemminflect import getAllLemmas

    return _distinct(getAllLemmas(word).values())


def _inflect_english(found: Lexicon, words: Iterable[str]) -> None:
    """Add the forms of all lemmas; ``words`` say no more."""
    from lemminflect import getAllInflections

    for lemma, forms in found.items():
        forms.update(_distinct(getAllInflections(lemma).values()))


def _distinct(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_single(word for group in groups for word in group)))


def _single(words: Iterator[str]) -> Iterator[str]:
    """Yield folded words; a search word has no hyphen, apostrophe or space in it."""
    return (word for word in map(fold, words) if _LATIN.fullmatch(word))


class Language(NamedTuple):
    """How a language is lemmatized: the letters its words have, word to lemmas, lemmas to forms."""

    letters: re.Pattern[str]
    lemmas: Callable[[str], tuple[str, ...]]
    inflect: Callable[[Lexicon, Iterable[str]], None]


_LANGUAGES = {
    "ru": Language(_CYRILLIC, _russian, _inflect_russian),
    "en": Language(_LATIN, _english, _inflect_english),
}


@cache
def _morphology() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()
