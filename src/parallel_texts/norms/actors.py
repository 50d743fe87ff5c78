"""Who is named in a clause, and in which case: parties, roles, "each Party", "everyone".

Cases mean the same in each language: ``nom`` a subject, ``ins`` the agent of a passive, ``dat`` a
recipient, ``gen`` an owner, ``na``, ``za``, ``ot`` as in Russian, ``obl`` behind any other
preposition, ``obj`` behind a Chinese verb. English and Chinese show them by the word before
(table ``case_words``), Russian by its endings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from parallel_texts.languages.phrases import Phrases
from parallel_texts.languages.russian_cases import phrase_cases
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Authority
from parallel_texts.norms.names import name_patterns

__all__ = ["Actor", "find_actors", "heads_a_thing"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Words that name somebody.

    Attributes:
        key: Id of a party, ``all``, ``anyone``, ``other``, ``pronoun`` or a role.
        distribution: ``joint``, ``each``, ``neg`` or empty.
        cases: What the words can be in their clause.
        start: Offset of the first character.
        end: Offset after the last.
        joined: True where a conjunction joins it to the actor before.
        before: Offset where its noun phrase begins: determiners and prepositions included.
    """

    key: str
    distribution: str
    start: int
    end: int
    cases: frozenset[str] = frozenset()
    joined: bool = False
    before: int = 0


def find_actors(text: str, lang: str, parties: tuple[Authority, ...]) -> tuple[Actor, ...]:
    """Return the actors of a clause in text order, with their cases."""
    phrases, keys, read = _known(parties, lang)
    if text not in read:
        if len(read) >= _MOST_READ:
            read.clear()
        read[text] = tuple(_read(text, lang, phrases, keys))
    return read[text]


def _read(
    text: str, lang: str, phrases: Phrases, keys: Sequence[tuple[str, str]]
) -> Iterator[Actor]:
    last: Actor | None = None
    for number, match in phrases.find(text):
        key, distribution = keys[number]
        actor = Actor(key, distribution, match.start(), match.end())
        last = _with_cases(actor, text, lang, last)
        yield last


_Gazetteer = tuple[Phrases, tuple[tuple[str, str], ...], dict[str, tuple[Actor, ...]]]
"""Names, what each stands for, and what was read with them: several rules read the same texts."""
_MOST_READ = 1 << 13
_LAST: dict[str, tuple[tuple[Authority, ...], _Gazetteer]] = {}
"""Per language the parties that were asked for last, and their names."""


def _known(parties: tuple[Authority, ...], lang: str) -> _Gazetteer:
    """Return the gazetteer; hashing all parties for each clause would take longer than reading."""
    last = _LAST.get(lang)
    if last is None or last[0] is not parties:
        last = _LAST[lang] = parties, _gazetteer(parties, lang)
    return last[1]


@lru_cache(maxsize=64)
def _gazetteer(parties: tuple[Authority, ...], lang: str) -> _Gazetteer:
    """Return the expressions and keys of all who may be named: names first, longest first."""
    rows = [(regex, (key, "")) for regex, key in name_patterns(parties, lang)]
    rows += [
        (row["regex"], (row["kind"].removeprefix("role:"), row["distribution"]))
        for row in read_table("actors")
        if row["lang"] == lang
    ]
    phrases = Phrases([regex for regex, _ in rows], lang, edges=(r"(?<![\w-])", r"(?!\w|-\w)"))
    return phrases, tuple(key for _, key in rows), {}


def _with_cases(actor: Actor, text: str, lang: str, previous: Actor | None) -> Actor:
    begin, word = _word_before(text, actor.start, lang)
    if previous is not None and _is_joined(text, previous, actor, begin, word, lang):
        return replace(actor, cases=previous.cases, joined=True, before=actor.start)
    case = _case_of(word, lang)
    cases = frozenset({case}) if case else _bare_cases(actor, text, lang, word)
    if cases & {"nom", "ins"} and _is_thing(text, actor.end, lang) and actor.key != "anyone":
        cases = frozenset({"thing"})
    return replace(actor, cases=cases, before=begin if case else actor.start)


def _is_joined(text: str, previous: Actor, actor: Actor, begin: int, word: str, lang: str) -> bool:
    """A conjunction joins two actors, or two like nouns of theirs: 苏联飞机和中国飞机."""
    if _SO_ALSO.fullmatch(text, previous.end, actor.start):
        return True
    if word not in _words(lang, "join"):
        return False
    noun = text[previous.end : begin]
    return not noun or (len(noun) < 16 and text.startswith(noun, actor.end))


_SO_ALSO = re.compile(r",? (?:так и|ни) |, as well as (?:the )?| and also ")


def _word_before(text: str, position: int, lang: str) -> tuple[int, str]:
    """Return where the governing word before ``position`` begins, spaces included, and the word."""
    return _chinese_before(text, position) if lang == "zh" else _spaced_before(text, position, lang)


def _spaced_before(text: str, position: int, lang: str) -> tuple[int, str]:
    skip = _words(lang, "skip")
    while True:
        match = _LAST_WORD.search(text, max(0, position - 24), position)
        if match is None:
            return position, ""
        word = match[1].lower()
        if word not in skip:
            return match.start(), word
        position = match.start()


_LAST_WORD = re.compile(r"(?:^|(?<=\W)|\s)\s*([\w-]+)\s+$|\s*(?!)")


def _chinese_before(text: str, position: int) -> tuple[int, str]:
    skip = _ends("zh", "skip")
    while (match := skip.search(text[max(0, position - 4) : position])) is not None:
        position -= len(match.group())
    known = _ends("zh", "join ins dat obl open").search(text[max(0, position - 4) : position])
    if known:
        return position - len(known.group()), known.group()
    last = text[position - 1 : position]
    return position, last if last and last not in "，。；：、,;:（( “”《》　" else ""


@cache
def _words(lang: str, case: str) -> frozenset[str]:
    rows = (r for r in read_table("case_words") if r["lang"] == lang and r["case"] == case)
    return frozenset(word for row in rows for word in row["words"].split())


@cache
def _ends(lang: str, cases: str) -> re.Pattern[str]:
    words = {word for case in cases.split() for word in _words(lang, case)}
    longest = sorted(words, key=len, reverse=True)
    return re.compile("(?:" + "|".join(longest) + ")$")


def _case_of(word: str, lang: str) -> str:
    cases = ("ins", "dat", "gen", "na", "za", "ot", "obl")
    return next((case for case in cases if word in _words(lang, case)), "")


def _bare_cases(actor: Actor, text: str, lang: str, word: str) -> frozenset[str]:
    """Cases of an actor that no preposition governs."""
    if lang == "ru":
        return phrase_cases(text[actor.start : actor.end], text[actor.end : actor.end + 40])
    if lang == "zh" and word and word not in _words("zh", "open") | _words("zh", "join"):
        return frozenset({"obj"})
    return frozenset({"gen" if lang == "zh" and _owns_something(text, actor.end) else "nom"})


def _owns_something(text: str, end: int) -> bool:
    """中方的规定 is no actor, 中方的飞机 is."""
    return text[end : end + 1] == "的" and _things("zh_actors").match(text, end + 1) is None


def heads_a_thing(words: str, lang: str) -> bool:
    """Return True where an owner's noun acts for nobody: the consent of, территория."""
    return lang != "zh" and _things(f"{lang}_heads").search(words) is not None


def _is_thing(text: str, end: int, lang: str) -> bool:
    return _things(lang).match(text, end) is not None


@cache
def _things(lang: str) -> re.Pattern[str]:
    rows: Sequence[dict[str, str]] = read_table("things")
    return re.compile(next(r["regex"] for r in rows if r["lang"] == lang), re.IGNORECASE)
