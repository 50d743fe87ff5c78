"""What can be done to links: pure functions from the sheet to links in the place of others.

Each keeps every passage in exactly one link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from parallel_texts.review.errors import ReviewError
from parallel_texts.review.sheet import Sheet, Splice
from parallel_texts.tei import KeptLink

__all__ = ["OPERATIONS", "lock", "merge", "move", "omit", "split"]

Operation = Callable[[Sheet, Mapping[str, object], str], Splice]
_NEIGHBOURS = {"next": 1, "previous": -1}


def merge(sheet: Sheet, action: Mapping[str, object], who: str) -> Splice:
    """Join a link with the ``next`` or ``previous`` one; the first keeps its id."""
    number = _number(sheet, action)
    start = min(number, _neighbour(sheet, number, str(action["with"])))
    one, two = sheet.links[start : start + 2]
    _refuse_locked(one, two)
    sides = tuple(_sorted(sheet, (*a, *b)) for a, b in zip(one.sides, two.sides, strict=True))
    return Splice(start, 2, (_by(who, one, sides),))


def split(sheet: Sheet, action: Mapping[str, object], who: str) -> Splice:
    """Cut a link in two before a passage; other languages stay with the first part.

    ``at`` names per language the passage from which on it goes with the second part.
    """
    number = _number(sheet, action)
    link = sheet.links[number]
    _refuse_locked(link)
    before = str(action["before"])
    cuts = _cuts(action)
    cuts[_owner(sheet, before)] = before
    first, second = zip(
        *(
            _cut(side, cuts.get(lang))
            for lang, side in zip(sheet.languages, link.sides, strict=True)
        ),
        strict=True,
    )
    if not any(first) or not any(second):
        raise ReviewError(f"{before} begins the link: split before a later passage")
    new = KeptLink(free_id(sheet), (), moved=link.moved)
    return Splice(number, 1, (_by(who, link, first), _by(who, new, second)))


def _cuts(action: Mapping[str, object]) -> dict[str, str | None]:
    given = action.get("at") or {}
    return dict(given) if isinstance(given, Mapping) else {}


def _cut(side: tuple[str, ...], before: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if before is None:
        return side, ()
    if before not in side:
        raise ReviewError(f"{before} is not in this link: choose one of its passages")
    at = side.index(before)
    return side[:at], side[at:]


def move(sheet: Sheet, action: Mapping[str, object], who: str) -> Splice:
    """Move a passage to the ``next`` or ``previous`` link; a link that is empty then goes."""
    passage = str(action["passage"])
    number = sheet.numbers[_holder(sheet, passage)]
    other = _neighbour(sheet, number, str(action["to"]))
    source, target = sheet.links[number], sheet.links[other]
    _refuse_locked(source, target)
    column = sheet.languages.index(_owner(sheet, passage))
    rest = _without(source.sides, (passage,))
    gained = list(target.sides)
    gained[column] = _sorted(sheet, (*target.sides[column], passage))
    links = [_by(who, target, tuple(gained))]
    if any(rest):
        links.insert(0 if number < other else 1, _by(who, source, rest))
    return Splice(min(number, other), 2, tuple(links))


def omit(sheet: Sheet, action: Mapping[str, object], who: str) -> Splice:
    """Take passages of one link out into one of their own, with no counterpart."""
    passages = _names(action["passages"])
    holders = {_holder(sheet, passage) for passage in passages}
    if len(holders) != 1:
        raise ReviewError("passages of several links: mark those of one link at a time")
    number = sheet.numbers[holders.pop()]
    link = sheet.links[number]
    _refuse_locked(link)
    if len({_owner(sheet, passage) for passage in passages}) != 1:
        raise ReviewError("passages of several languages: an omission has those of one")
    rest = _without(link.sides, passages)
    if not any(rest):
        raise ReviewError("these passages have no counterpart already")
    taken = tuple(_sorted(sheet, [p for p in side if p in passages]) for side in link.sides)
    parts = [_by(who, link, rest), _by(who, KeptLink(free_id(sheet), ()), taken)]
    if _comes_first(sheet, taken, rest):
        parts.reverse()
    return Splice(number, 1, tuple(parts))


def _comes_first(
    sheet: Sheet, taken: Sequence[Sequence[str]], rest: Sequence[Sequence[str]]
) -> bool:
    """Tell whether what is taken out stands before what stays, in its own language."""
    pairs = [(a, b) for a, b in zip(taken, rest, strict=True) if a and b]
    return bool(pairs) and all(sheet.places[a[0]] < sheet.places[b[0]] for a, b in pairs)


def lock(sheet: Sheet, action: Mapping[str, object], who: str) -> Splice:
    """Lock a link, which says that it was checked, or unlock it."""
    number = _number(sheet, action)
    link = sheet.links[number]
    locked = bool(action["locked"])
    if link.locked == locked:
        raise ReviewError(f"the link is {'locked' if locked else 'not locked'} already")
    changed = _by(who, link, link.sides) if locked and not link.checked else link
    return Splice(number, 1, (replace(changed, locked=locked),))


OPERATIONS: dict[str, Operation] = {
    "merge": merge,
    "split": split,
    "move": move,
    "omit": omit,
    "lock": lock,
}
"""Actions on links alone."""


def free_id(sheet: Sheet) -> str:
    """Return an id that no link has: ``l26`` after ``l25``."""
    numbers = (re.fullmatch(r"l(\d+)", identifier) for identifier in sheet.numbers)
    return f"l{max((int(found[1]) for found in numbers if found), default=0) + 1}"


def _by(who: str, link: KeptLink, sides: Sequence[Sequence[str]]) -> KeptLink:
    """Return a link as a person has made it."""
    made = tuple(map(tuple, sides))
    return replace(link, sides=made, cert="high", resp=who, score="")


def _number(sheet: Sheet, action: Mapping[str, object]) -> int:
    link = str(action["link"])
    if link not in sheet.numbers:
        raise ReviewError(f"link: there is no link {link!r}")
    return sheet.numbers[link]


def _neighbour(sheet: Sheet, number: int, side: str) -> int:
    other = number + _NEIGHBOURS[side]
    if not 0 <= other < len(sheet.links):
        raise ReviewError(f"there is no {side} link")
    return other


def _refuse_locked(*links: KeptLink) -> None:
    locked = [link.id for link in links if link.locked]
    if locked:
        raise ReviewError(f"{' and '.join(locked)} is locked: unlock it first")


def _holder(sheet: Sheet, passage: str) -> str:
    _owner(sheet, passage)
    return sheet.holders[passage]


def _owner(sheet: Sheet, passage: str) -> str:
    if passage not in sheet.owners:
        raise ReviewError(f"passage: there is no passage {passage!r}")
    return sheet.owners[passage]


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else ()


def _sorted(sheet: Sheet, side: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(side, key=sheet.places.__getitem__))


def _without(
    sides: Sequence[Sequence[str]], passages: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(p for p in side if p not in passages) for side in sides)
