"""Needs: what every passage that a regular expression matches cannot do without.

The pattern is taken from Python's own parser as a row of *items*: letters and digits (``word``),
``\\w`` (``wide``: it may also match what ends a word here), ``\\b`` (``edge``), Chinese characters
(``run``), what ends a word (``gap``), and all else. Items of one kind that follow each other make
a need. A need may let through too much, never too little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby, product
from math import prod
from typing import Any

from parallel_texts.languages.words import UNSPACED, fold, is_unspaced

__all__ = ["Choice", "Every", "Need", "Runs", "Words", "exact_need", "need_of"]

_SPACED = re.compile(rf"[^\W_{UNSPACED}]")
_MANY = 64
"""Runs of characters that a pattern may stand for, and still be looked up one by one."""
_WIDEST = 3000
"""Characters of the largest range, ``а-я``, that is looked through."""
_LEAST = 3
"""Characters from which part of a word narrows enough where none of them is set."""
_PLAIN = re.IGNORECASE | re.UNICODE | re.DOTALL | re.MULTILINE | re.VERBOSE


@dataclass(frozen=True, slots=True)
class Words:
    """A word, as written, that matches a pattern.

    Attributes:
        pattern: Searched for in each word.
        letters: Folded letters that every such word holds; may be empty.
        is_wide: True where a match may also go beyond the word, by ``\\w`` or ``\\b``.
    """

    pattern: str
    letters: str
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Runs:
    """One of several runs of Chinese characters."""

    choice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All of several needs."""

    parts: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One at least of several needs."""

    parts: tuple[Need, ...]


Need = Words | Runs | Every | Choice


@dataclass(frozen=True, slots=True)
class _Item:
    """What one part of a pattern matches; ``text`` is the pattern, ``least`` its shortest match."""

    kind: str
    text: str = ""
    least: int = 1
    letter: str = ""
    choice: tuple[str, ...] = ()
    need: Need | None = None


_OTHER = _Item("other")


def need_of(pattern: re.Pattern[str]) -> Need | None:
    """Return what every passage that matches has; ``None`` where nothing can be said.

    >>> need_of(re.compile("苏方.*不得"))
    Every(parts=(Runs(choice=('苏方',)), Runs(choice=('不得',))))
    """
    return None if pattern.flags & ~_PLAIN else _need(_items(_parsed(pattern)))


def exact_need(pattern: re.Pattern[str]) -> Words | Runs | None:
    """Return the need that says it all: a passage that has it matches; ``None`` where none does.

    >>> exact_need(re.compile("соглашени[ея]\\\\w*"))
    Words(pattern='соглашени[ея]', letters='соглашени', is_wide=False)
    """
    if pattern.flags & ~_PLAIN:
        return None
    items = _stripped(list(_items(_parsed(pattern))))
    kinds = {item.kind for item in items}
    if kinds == {"run"}:
        return _runs(items)
    has_letter = any(item.kind == "word" and item.least for item in items)
    return _words(items) if has_letter and kinds <= {"word", "wide", "edge"} else None


def _parsed(pattern: re.Pattern[str]) -> Sequence[Any]:
    """Return the nodes of a pattern; the parser is not public, so it may be absent one day."""
    try:
        parsed: Sequence[Any] = import_module("re._parser").parse(pattern.pattern, pattern.flags)
    except (ImportError, AttributeError):
        return ()
    return parsed


def _stripped(items: list[_Item]) -> list[_Item]:
    """Leave out what may be absent at both ends: it changes where a match ends, not if there is."""
    while items and not items[0].least and items[0].kind != "edge":
        items = items[1:]
    while items and not items[-1].least and items[-1].kind != "edge":
        items = items[:-1]
    return items


def _need(found: Iterable[_Item]) -> Need | None:
    items = [_OTHER if item.kind == "wide" else item for item in found]
    groups = [(kind, list(group)) for kind, group in groupby(items, _family)]
    kinds = [None, *(kind for kind, _ in groups), None]
    parts: list[Need | None] = []
    for (kind, group), before, after in zip(groups, kinds, kinds[2:], strict=False):
        if kind == "word":
            parts.append(_part(group, before in _ENDS, after in _ENDS))
        else:
            parts += [_runs(group)] if kind == "run" else [item.need for item in group]
    known = tuple(part for part in parts if part is not None)
    return Every(known) if len(known) > 1 else next(iter(known), None)


_ENDS = ("gap", "run")


def _family(item: _Item) -> str:
    return "word" if item.kind == "edge" else item.kind


def _part(items: list[_Item], starts: bool, ends: bool) -> Words | None:
    """Return the need of one word of several; too many words have only a character or two."""
    found = _words(items)
    if found is None or not (found.letters or sum(item.least for item in items) >= _LEAST):
        return None
    return Words((r"\A" if starts else "") + found.pattern + (r"\Z" if ends else ""), found.letters)


def _words(items: list[_Item]) -> Words | None:
    if not any(item.least for item in items):
        return None
    runs = "".join(item.letter or " " for item in items).split()
    letters = fold(max(runs, key=len, default=""))
    is_wide = any(item.kind != "word" for item in items)
    return Words("".join(item.text for item in items), letters, is_wide)


def _runs(items: list[_Item]) -> Runs | None:
    if prod(len(item.choice) for item in items) > _MANY:
        return None
    return Runs(tuple("".join(run) for run in product(*(item.choice for item in items))))


def _items(nodes: Iterable[Any]) -> Iterator[_Item]:
    for operation, value in nodes:
        yield from _READERS.get(str(operation), _read_other)(value)


def _read_other(_: Any) -> Iterator[_Item]:
    yield _OTHER


def _read_literal(code: int) -> Iterator[_Item]:
    character = chr(code)
    kind = _kind(character)
    letter = character if kind == "word" else ""
    yield _Item(kind, re.escape(character), letter=letter, choice=(character,))


def _kind(character: str) -> str:
    if is_unspaced(character):
        return "run"
    return "word" if _SPACED.match(character) else "gap"


def _read_set(members: Sequence[Any]) -> Iterator[_Item]:
    kinds = {_kind_of_member(str(operation), value) for operation, value in members}
    text = "[" + "".join(_written(str(operation), value) for operation, value in members) + "]"
    if kinds == {"run"}:
        yield _Item("run", choice=tuple(c for one in members for c in _characters(*one)))
    elif len(kinds) == 1:
        yield _Item(kinds.pop(), text)
    else:
        yield _Item("wide", text) if kinds == {"word", "wide"} else _OTHER


def _characters(operation: Any, value: Any) -> Sequence[str]:
    codes = range(value[0], value[1] + 1) if str(operation) == "RANGE" else [value]
    return [chr(code) for code in codes]


_CATEGORIES = {
    "CATEGORY_DIGIT": ("word", r"\d"),
    "CATEGORY_WORD": ("wide", r"\w"),
    "CATEGORY_SPACE": ("gap", r"\s"),
    "CATEGORY_NOT_WORD": ("gap", r"\W"),
}


def _kind_of_member(operation: str, value: Any) -> str:
    if operation == "CATEGORY":
        return _CATEGORIES.get(str(value), ("other", ""))[0]
    if operation not in ("LITERAL", "RANGE") or (
        operation == "RANGE" and value[1] - value[0] > _WIDEST
    ):
        return "other"
    kinds = {_kind(character) for character in _characters(operation, value)}
    return kinds.pop() if len(kinds) == 1 else "other"


def _written(operation: str, value: Any) -> str:
    """Return a member of a set as it is written in a pattern; of other sets, nothing is made."""
    if operation == "CATEGORY":
        return _CATEGORIES.get(str(value), ("other", ""))[1]
    if operation == "RANGE":
        return "-".join(re.escape(chr(code)) for code in value)
    return re.escape(chr(value)) if operation == "LITERAL" else ""


def _read_branch(value: tuple[Any, Sequence[Any]]) -> Iterator[_Item]:
    branches = [list(_items(branch)) for branch in value[1]]
    kinds = {item.kind for branch in branches for item in branch}
    runs = [_runs(branch) for branch in branches] if kinds == {"run"} else []
    if kinds and kinds <= {"word", "wide"}:
        text = "|".join("".join(item.text for item in branch) for branch in branches)
        least = min(sum(item.least for item in branch) for branch in branches)
        yield _Item("wide" if "wide" in kinds else "word", f"(?:{text})", least)
    elif runs and all(branches) and all(runs):
        yield _Item("run", choice=tuple(run for found in runs if found for run in found.choice))
    else:
        yield _Item("other", need=_choice([_need(branch) for branch in branches]))


def _choice(needs: Sequence[Need | None]) -> Need | None:
    known = tuple(need for need in needs if need is not None)
    return Choice(known) if len(known) == len(needs) else None


def _read_group(value: tuple[Any, int, int, Sequence[Any]]) -> Iterator[_Item]:
    _, added, dropped, nodes = value
    if added & ~_PLAIN:
        yield _OTHER
    elif added or dropped:
        yield from _read_inside(nodes)
    else:
        yield from _items(nodes)


def _read_inside(nodes: Sequence[Any]) -> Iterator[_Item]:
    """Yield what must be there, of a part that has rules of its own."""
    yield _Item("other", need=_need(_items(nodes)))


def _read_repeat(value: tuple[int, Any, Sequence[Any]]) -> Iterator[_Item]:
    least, most, nodes = int(value[0]), value[1], value[2]
    items = list(_items(nodes))
    kinds = {item.kind for item in items}
    if kinds and kinds <= {"word", "wide"}:
        text = "".join(item.text for item in items)
        times = f"{{{least},{'' if str(most) == 'MAXREPEAT' else most}}}"
        shortest = least * sum(item.least for item in items)
        yield _Item("wide" if "wide" in kinds else "word", f"(?:{text}){times}", shortest)
    elif kinds == {"gap"} and least:
        yield _Item("gap")
    else:
        yield _Item("other", need=_need(items) if least else None)


def _read_possessive(value: tuple[int, Any, Sequence[Any]]) -> Iterator[_Item]:
    yield _Item("other", need=_need(_items(value[2])) if value[0] else None)


def _read_place(value: Any) -> Iterator[_Item]:
    yield _Item("edge", r"\b", 0) if str(value) == "AT_BOUNDARY" else _OTHER


_READERS: dict[str, Callable[[Any], Iterator[_Item]]] = {
    "LITERAL": _read_literal,
    "IN": _read_set,
    "BRANCH": _read_branch,
    "SUBPATTERN": _read_group,
    "ATOMIC_GROUP": _read_inside,
    "MAX_REPEAT": _read_repeat,
    "MIN_REPEAT": _read_repeat,
    "POSSESSIVE_REPEAT": _read_possessive,
    "AT": _read_place,
}
