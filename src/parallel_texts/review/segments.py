"""Passages cut, joined and corrected: the version file changes, and the links with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from parallel_texts.model import Passage
from parallel_texts.review.desk import Desk
from parallel_texts.review.errors import ReviewError
from parallel_texts.review.planning import Draft, Plan, plan_splice
from parallel_texts.review.sheet import Splice
from parallel_texts.tei import KeptLink, SegmentError, correct, cut, join, recorded

__all__ = ["plan_correct", "plan_cut", "plan_join"]


def plan_cut(desk: Desk, action: Mapping[str, object], who: str) -> Plan:
    """Plan to cut a passage in two; both stay in the link that it was in."""
    passage = _passage(desk, action)
    at = _offset(action, "at", passage)
    draft = Draft(desk)
    with _explained(passage):
        patch, new, moved = cut(draft.text(passage.lang), passage, at)
    draft.add(patch)
    _record(draft, passage, f"{passage.id} cut in two, {new} follows it", who)
    number = desk.sheet.numbers[desk.sheet.holders[passage.id]]
    link = desk.sheet.links[number]
    parts = passage.text[:at].rstrip(), passage.text[at:].lstrip()
    sides = tuple(_inserted(side, passage.id, new) for side in link.sides)
    splice = Splice(number, 1, (replace(link, sides=sides),))
    return plan_splice(desk, draft, splice, {passage.id: moved}, {passage.id: parts})


def _inserted(side: tuple[str, ...], after: str, new: str) -> tuple[str, ...]:
    return tuple(name for p in side for name in ((p, new) if p == after else (p,)))


def plan_join(desk: Desk, action: Mapping[str, object], who: str) -> Plan:
    """Plan to join a passage with the next of its paragraph; the first keeps its id and link."""
    one = _passage(desk, action)
    two = _next(desk, one)
    draft = Draft(desk)
    with _explained(one):
        patch, moved = join(draft.text(one.lang), one, two)
    draft.add(patch)
    _record(draft, one, f"{two.id} joined to {one.id}", who)
    splice = _without(desk, one, two, draft, who)
    glue = "" if one.lang == "zh" else " "
    is_same = desk.sheet.holders[one.id] == desk.sheet.holders[two.id]
    fresh = {one.id: (one.text + glue + two.text,), two.id: ()} if is_same else {}
    return plan_splice(desk, draft, splice, {two.id: moved}, fresh)


def _next(desk: Desk, one: Passage) -> Passage:
    texts = desk.sheet.passages[one.lang]
    at = desk.sheet.places[one.id] + 1
    two = texts[at] if at < len(texts) else None
    if two is None or (two.division, two.paragraph) != (one.division, one.paragraph):
        raise ReviewError(
            f"{one.id} is the last of its paragraph: there is nothing to join it with"
        )
    return two


def _without(desk: Desk, one: Passage, two: Passage, draft: Draft, who: str) -> Splice:
    """Return the links without the second passage, which is now part of the first."""
    sheet = desk.sheet
    here, there = (sheet.numbers[sheet.holders[p.id]] for p in (one, two))
    source = sheet.links[there]
    rest = replace(source, sides=tuple(tuple(p for p in s if p != two.id) for s in source.sides))
    if here == there:
        return Splice(here, 1, (rest,))
    target = sheet.links[here]
    if abs(here - there) > 1:
        raise ReviewError(f"{two.id} is in a link further away: move it here first")
    if source.locked or target.locked:
        raise ReviewError(f"{two.id} is in another link and one of them is locked: unlock it first")
    pointer = draft.person(who)
    made = [replace(link, cert="high", resp=pointer, score="") for link in (target, rest)]
    links: list[KeptLink] = made if rest.passages else made[:1]
    return Splice(min(here, there), 2, tuple(links if here < there else reversed(links)))


def plan_correct(desk: Desk, action: Mapping[str, object], who: str) -> Plan:
    """Plan to correct words of a passage."""
    passage = _passage(desk, action)
    start, end = _offset(action, "start", passage), _offset(action, "end", passage)
    was, new = str(action["was"]), str(action["text"])
    if start > end or passage.text[start:end] != was:
        raise ReviewError(f"was: {passage.id} does not say {was[:80]!r} there")
    if was == new:
        raise ReviewError("text: the same as before: there is nothing to correct")
    draft = Draft(desk)
    with _explained(passage):
        patch, moved = correct(draft.text(passage.lang), passage, start, end, new)
    draft.add(patch)
    _record(draft, passage, f"{passage.id} corrected: {_shown(was)} to {_shown(new)}", who)
    number = desk.sheet.numbers[desk.sheet.holders[passage.id]]
    splice = Splice(number, 1, (desk.sheet.links[number],))
    return plan_splice(desk, draft, splice, {passage.id: moved})


def _shown(words: str) -> str:
    """Return words in quotation marks, long ones cut short."""
    return f"“{words}”" if len(words) <= 60 else f"“{words[:50]}…”"


def _record(draft: Draft, passage: Passage, what: str, who: str) -> None:
    draft.add(recorded(draft.text(passage.lang), passage.lang, f"{what} ({who})"))


def _passage(desk: Desk, action: Mapping[str, object]) -> Passage:
    name = str(action["passage"])
    if name not in desk.sheet.owners:
        raise ReviewError(f"passage: there is no passage {name!r}")
    return desk.sheet.passage(name)


def _offset(action: Mapping[str, object], name: str, passage: Passage) -> int:
    value = action[name]
    if not isinstance(value, int) or value > len(passage.text):
        raise ReviewError(f"{name}: {value} is behind the end of {passage.id}")
    return value


@contextmanager
def _explained(passage: Passage) -> Iterator[None]:
    try:
        yield
    except SegmentError as error:
        raise ReviewError(f"{passage.id}: {error}") from error
