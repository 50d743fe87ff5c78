"""Cases of Russian noun phrases, and expressions for inflected names.

The ending of the adjective and the cases pymorphy3 gives for the noun are intersected: either alone
is ambiguous ("Стороны" is genitive singular or nominative plural), both together seldom are.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from parallel_texts.languages.tables import read_table

__all__ = ["inflected", "is_finite", "is_gerund", "nominative", "noun_has_case", "phrase_cases"]

_ALL = frozenset({"nom", "gen", "dat", "acc", "ins", "loc"})
_NAMES = {
    "nomn": "nom", "gent": "gen", "gen2": "gen", "datv": "dat", "accs": "acc", "ablt": "ins",
    "loct": "loc", "loc2": "loc",
}  # fmt: skip
_WORD = re.compile(r"[А-Яа-яЁё-]+")


@cache
def _analyzer() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=20_000)
def _noun_cases(word: str) -> frozenset[str]:
    """Return the cases a noun form can be; all of them for abbreviations and unknown words."""
    if word.isupper():
        return _ALL
    if word[:1].isupper() and not _analyzer().word_is_known(word.lower()):
        for row in read_table("russian_unknown_nouns"):
            if word.endswith(row["ending"]):
                return frozenset(row["cases"].split())
    tags = [parse.tag for parse in _analyzer().parse(word) if parse.tag.POS in ("NOUN", "NPRO")]
    cases = frozenset(_NAMES[tag.case] for tag in tags if tag.case in _NAMES)
    return cases or _ALL


@lru_cache(maxsize=20_000)
def is_finite(word: str) -> bool:
    """Return True for a verb of the third person, present or future."""
    tags = [parse.tag for parse in _analyzer().parse(word) if parse.score >= 0.2]
    return any(
        tag.POS == "VERB" and tag.tense in ("pres", "futr") and tag.person == "3per" for tag in tags
    )


@lru_cache(maxsize=20_000)
def is_gerund(word: str) -> bool:
    """Return True for an adverbial participle: известив, учитывая."""
    return str(_analyzer().parse(word)[0].tag.POS) == "GRND"


@lru_cache(maxsize=20_000)
def _adjective_cases(word: str) -> frozenset[str]:
    """Return the cases of an adjective, participle or numeral by its ending; none for nouns."""
    if not word.isupper() and str(_analyzer().parse(word)[0].tag.POS) == "NOUN":
        return frozenset()
    bare = word.lower().removesuffix("ся")
    for row in read_table("russian_endings"):
        if bare == row["word"] or (row["ending"] and bare.endswith(row["ending"])):
            return frozenset(row["cases"].split())
    return frozenset()


def phrase_cases(phrase: str, after: str) -> frozenset[str]:
    """Return the cases of an actor's words.

    Args:
        phrase: The words themselves: ``Китайскую Сторону``, ``советские``, ``СССР``.
        after: What follows; the head of a phrase that is an adjective only.
    """
    words = [word for word in _WORD.findall(phrase) if word.lower() != "ни"]
    first = _adjective_cases(words[0])
    if not first:
        return _noun_cases(words[0])
    if "из" in words:
        return first
    head = words[-1] if len(words) > 1 else _head(after)
    both = first & (_noun_cases(head) if head else _ALL)
    return both or first


def _head(after: str) -> str:
    """Return the noun that an adjective belongs to: the next word, or the one after it."""
    match = re.match(r"((?:\s+[А-Яа-яЁё-]+){1,3})", after)
    words = match[1].split() if match else []
    return next((word for word in words if not _adjective_cases(word)), "")


@lru_cache(maxsize=20_000)
def is_surname(word: str) -> bool:
    """Return True for a word that the dictionary takes for a family name: Булганина."""
    return any("Surn" in parse.tag for parse in _analyzer().parse(word))


def noun_has_case(word: str, case: str) -> bool:
    """Return True for a noun that can stand in ``case``: экипажам in the dative."""
    return not word.isupper() and case in _noun_cases(word) and len(_noun_cases(word)) < 4


def nominative(phrase: str) -> str:
    """Return a noun phrase in the nominative: Генеральной Ассамблее, Совета Безопасности."""
    words = re.split(r"(\s+|\s?[-–]\s?)", phrase)
    parts = [_analyzer().parse(word)[0] for word in words[::2]]
    head = next((p for p in parts if p.tag.POS == "NOUN"), parts[0])
    number = head.tag.number or "sing"
    for place, part in enumerate(parts):
        adjective = part.tag.POS in ("ADJF", "PRTF") and place == 0 and len(parts) > 1
        if adjective or part is head or (place and words[2 * place - 1].strip() in ("-", "–")):
            wanted = {"nomn", number} | (
                {head.tag.gender} if adjective and number == "sing" else set()
            )
            found = part.inflect({str(w) for w in wanted if w})
            words[2 * place] = _cased(found.word, words[2 * place]) if found else words[2 * place]
    return "".join(words)


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word


def inflected(word: str) -> str:
    """Return an expression for the forms of a word of a name: ``Советск[а-яё]{1,4}``."""
    if word.isupper() or not _WORD.fullmatch(word) or len(word) < 3:
        return f"(?-i:{re.escape(word)})"
    if re.search(r"(?:ая|яя|ий|ый|ой|ое|ее|ие|ые)$", word):
        return f"{re.escape(word[:-2])}[а-яё]{{1,4}}"
    if re.search(r"[аяоеьйыи]$", word):
        return f"{re.escape(word[:-1])}[а-яё]{{0,3}}"
    return f"{re.escape(word)}[а-яё]{{0,3}}"
