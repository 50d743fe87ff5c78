"""Many expressions sought in one text, each tried only at places where a match can begin.

The tables hold hundreds of expressions, and a clause matches a handful. What letters a match of an
expression begins with is read from Python's own parse of it; a text is then gone through once,
and an expression tried where its letters stand. Results are those of trying each everywhere.

    >>> sorted(beginnings("(?:shall|must) not"))
    ['must not', 'shall not']
    >>> phrases = Phrases(("may", "shall not"), "en")
    >>> [(number, match[0]) for number, match in phrases.find("It shall not; it may.")]
    [(1, 'shall not'), (0, 'may')]
"""

from __future__ import annotations

import importlib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

__all__ = ["Phrases", "beginnings"]

_parser: Any = importlib.import_module("re._parser")
"""The parse tree is no public part of Python: of an operator that is not known nothing is said."""

_MOST = 24
"""Ways to write a part of an expression out, at most."""
_ENOUGH = 5
"""Letters after which a beginning is followed no further."""
_KEY = 3
_ZH_KEY = 2
"""Letters that a beginning is looked up by."""
_Strings = frozenset[str]
_ANYTHING: _Strings = frozenset([""])
_WIDTHLESS = frozenset(["AT", "ASSERT", "ASSERT_NOT"])
_REPEATS = frozenset(["MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"])
_UNLIKE = re.compile("[ſıςϐϑϕϖϰϱϵẛᲀ-ᲈ]")
"""Letters that match others than the small letter that they have."""
_WORD_EDGE = re.compile(r"(?<!\w)(?=\S)")


def beginnings(regex: str) -> _Strings:
    """Return small letters with which every match begins; ``""`` where nothing can be said.

    Args:
        regex: An expression; whether it looks at case makes no difference.
    """
    found = {string.lower() for string in _begun(tuple(_parser.parse(regex)))}
    return frozenset(s for s in found if not any(s[:n] in found for n in range(len(s))))


def _begun(items: tuple[tuple[object, Any], ...]) -> _Strings:
    if not items:
        return _ANYTHING
    (operator, value), rest = items[0], items[1:]
    exact = _exactly(str(operator), value)
    if exact is None:
        return _inside(str(operator), value, rest)
    if min(map(len, exact)) >= _ENOUGH:
        return exact
    tails = _begun(rest)
    return _joined(exact, tails) or (exact - _ANYTHING | (tails if "" in exact else frozenset()))


def _inside(operator: str, value: Any, rest: tuple[tuple[object, Any], ...]) -> _Strings:
    """Return how an operator that cannot be written out, and what follows it, begin."""
    if operator == "SUBPATTERN":
        return _begun((*value[-1], *rest))
    if operator == "BRANCH":
        return frozenset().union(*(_begun((*branch, *rest)) for branch in value[1]))
    if operator in _REPEATS:
        inner = _begun(tuple(value[2]))
        return inner if value[0] else inner | _begun(rest)
    return _ANYTHING


def _joined(one: _Strings, other: _Strings) -> _Strings | None:
    if len(one) * len(other) > _MOST:
        return None
    return frozenset(a + b for a, b in itertools.product(one, other))


def _exactly(operator: str, value: Any) -> _Strings | None:
    """Return all that an operator can match, where that is little."""
    if operator == "LITERAL":
        return frozenset([chr(value)])
    if operator in _WIDTHLESS:
        return _ANYTHING
    if operator == "IN":
        return _letters(value)
    if operator == "SUBPATTERN":
        return _sequence(value[-1])
    if operator == "BRANCH":
        return _union(_sequence(branch) for branch in value[1])
    if operator in _REPEATS and value[:2] == (0, 1):
        return _union((_ANYTHING, _sequence(value[2])))
    return None


def _letters(members: Sequence[tuple[object, int]]) -> _Strings | None:
    if len(members) <= _MOST and all(str(operator) == "LITERAL" for operator, _ in members):
        return frozenset(chr(code) for _, code in members)
    return None


def _sequence(items: Iterable[tuple[object, Any]]) -> _Strings | None:
    found: _Strings | None = _ANYTHING
    for operator, value in items:
        exact = _exactly(str(operator), value)
        found = _joined(found, exact) if found is not None and exact is not None else None
    return found


def _union(parts: Iterable[_Strings | None]) -> _Strings | None:
    listed = list(parts)
    known = [part for part in listed if part is not None]
    found = frozenset().union(*known)
    return found if len(known) == len(listed) and len(found) <= _MOST else None


_Found = tuple[int, re.Match[str]]
"""Number of an expression and its match."""


class Phrases:
    """Expressions to look for together.

    Args:
        regexes: The expressions.
        lang: Primary subtag: in Chinese a match may begin and end anywhere.
        edges: What has to stand before and after a match in other languages.
        ignore_case: True where capital letters match small ones.
    """

    def __init__(
        self,
        regexes: Sequence[str],
        lang: str,
        *,
        edges: tuple[str, str] = (r"(?<!\w)", r"(?!\w)"),
        ignore_case: bool = True,
    ) -> None:
        before, after = ("", "") if lang == "zh" else edges
        flags = re.IGNORECASE if ignore_case else re.NOFLAG
        self._patterns = [re.compile(f"{before}(?:{r}){after}", flags) for r in regexes]
        self._at_words = before.startswith(r"(?<!")
        self._length = _ZH_KEY if lang == "zh" else _KEY
        self._anywhere: list[int] = []
        self._by_key: dict[str, dict[int, tuple[str, ...]]] = {}
        for number, regex in enumerate(regexes):
            self._enter(number, beginnings(regex))
        self._shorter = sorted({len(key) for key in self._by_key} - {self._length})

    def _enter(self, number: int, strings: _Strings) -> None:
        """Note how an expression begins; no word begins with a space."""
        if any(not string[:1].strip() for string in strings):
            self._anywhere.append(number)
            return
        for string in strings:
            numbers = self._by_key.setdefault(string[: self._length], {})
            numbers[number] = (*numbers.get(number, ()), string)

    def find(self, text: str) -> Iterator[_Found]:
        """Yield matches in text order; the first expression that matches at a place wins."""
        starts = self._starts(text)
        waiting = [(n, m) for n in starts if (m := self._next(n, text, starts, 0))]
        while waiting:
            number, match = min(waiting, key=_place)
            yield number, match
            end = max(match.end(), match.start() + 1)
            again = [n for n, m in waiting if m.start() < end]
            waiting = [found for found in waiting if found[1].start() >= end]
            waiting += [(n, m) for n in again if (m := self._next(n, text, starts, end))]

    def find_each(self, text: str) -> Iterator[_Found]:
        """Yield the matches of each expression by itself, in the order of the expressions."""
        starts = self._starts(text)
        for number in sorted(starts):
            end = 0
            while match := self._next(number, text, starts, end):
                yield number, match
                end = max(match.end(), match.start() + 1)

    def _next(
        self, number: int, text: str, starts: Mapping[int, Sequence[int] | None], end: int
    ) -> re.Match[str] | None:
        """Return an expression's first match from ``end`` on."""
        places = starts[number]
        if places is None:
            return self._patterns[number].search(text, end) if end <= len(text) else None
        match = self._patterns[number].match
        return next((m for place in places if place >= end and (m := match(text, place))), None)

    def _starts(self, text: str) -> dict[int, list[int] | None]:
        """Return the places at which each expression may begin; ``None``: anywhere."""
        small, words = _prepared(text)
        if small is None:
            return dict.fromkeys(range(len(self._patterns)))
        found: dict[int, list[int] | None] = dict.fromkeys(self._anywhere)
        by_key, shorter = self._by_key, self._shorter
        for place, key in words if self._at_words else _everywhere(small, self._length):
            if key in by_key:
                _note(found, by_key[key], small, place)
            for length in shorter:
                if key[:length] in by_key and length < len(key):
                    _note(found, by_key[key[:length]], small, place)
        return found


def _note(
    found: dict[int, list[int] | None],
    numbers: Mapping[int, tuple[str, ...]],
    small: str,
    place: int,
) -> None:
    for number, strings in numbers.items():
        if small.startswith(strings, place):
            places = found.get(number)
            if places is None:
                found[number] = [place]
            elif places[-1] != place:
                places.append(place)


def _place(found: _Found) -> tuple[int, int]:
    return found[1].start(), found[0]


_Places = tuple[tuple[int, str], ...]
"""Places in a text and the letters that stand there."""


@lru_cache(maxsize=512)
def _prepared(text: str) -> tuple[str | None, _Places]:
    """Return a text in small letters, and where no letter stands before another character.

    Where a letter is not one small letter, ``None``: each expression has to look for itself.
    """
    small = text.lower()
    if len(small) != len(text) or _UNLIKE.search(text):
        return None, ()
    places = (match.start() for match in _WORD_EDGE.finditer(text))
    return small, tuple((place, small[place : place + _KEY]) for place in places)


@lru_cache(maxsize=512)
def _everywhere(small: str, length: int) -> _Places:
    return tuple((place, small[place : place + length]) for place in range(len(small)))
