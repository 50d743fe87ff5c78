"""Tags that stay with their words when a passage's text changes, is split or is merged."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from parallel_texts.tei.content import plain_text
from parallel_texts.tei.parsing import XML_ID

__all__ = ["MovedTags"]


@dataclass(frozen=True, slots=True)
class _Tag:
    """A tagged stretch of the old text.

    Attributes:
        element: A copy, without what follows it.
        words: Its text; empty for a milestone or comment.
        start: Offset of its words in the old text of the whole group.
        passage: Id of the passage it stood in.
    """

    element: etree._Element
    words: str
    start: int
    passage: str


class MovedTags:
    """Collects the tags of passages that change together, then puts them where their words went.

    Words that are in the new texts unchanged and in the old order keep their tag; the rest is lost
    and reported.
    """

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._tags: list[_Tag] = []
        self._old = ""
        self._new: list[etree._Element] = []

    def take(self, segment: etree._Element) -> None:
        """Remember the tags of a passage that is replaced or removed."""
        for number, child in enumerate(segment):
            before, through = _prefix(segment, number), _prefix(segment, number, child=True)
            words = through[len(before) :].lstrip(" ")
            copy = deepcopy(child)
            copy.tail = None
            start = len(self._old) + len(through) - len(words)
            self._tags.append(_Tag(copy, words, start, segment.get(XML_ID) or ""))
        self._old += plain_text(segment)

    def replace(self, segment: etree._Element, text: str) -> None:
        """Give a passage a new text, its tags remembered."""
        self.take(segment)
        tail = segment.tail
        for child in list(segment):
            segment.remove(child)
        segment.text, segment.tail = text, tail
        self._new.append(segment)

    def give(self, segment: etree._Element) -> None:
        """Name a new passage that may hold some of the words."""
        self._new.append(segment)

    def settle(self) -> tuple[str, ...]:
        """Put the tags into the new passages; return the ids of passages that lost any."""
        order = {element: n for n, element in enumerate(self._root.iter())}
        segments = sorted(self._new, key=lambda segment: order[segment])
        texts = [segment.text or "" for segment in segments]
        places: list[tuple[int, _Tag]] = []
        at = 0
        lost: list[str] = []
        for tag, last in zip(self._tags, _last_places(self._tags, texts), strict=True):
            place = _position(tag, self._old, texts, range(at, last + 1))
            if place is None:
                lost.append(tag.passage)
                continue
            places.append((place, tag))
            at = place + len(tag.words)
        lost.extend(_rebuild(segments, texts, places))
        return tuple(dict.fromkeys(lost))


def _prefix(segment: etree._Element, number: int, *, child: bool = False) -> str:
    """Return the text before a child, or with it: what is skipped in it counts for nothing."""
    copy = deepcopy(segment)
    for later in list(copy)[number + child :]:
        copy.remove(later)
    if child:
        copy[-1].tail = None
    return plain_text(copy)


def _position(tag: _Tag, old: str, texts: list[str], within: range) -> int | None:
    """Return where tagged words stand in the new texts, within these places."""
    expected = _moved(tag.start, old, "".join(texts))
    places = within if not tag.words else [p for p in _places(tag, texts) if p in within]
    return min(places, key=lambda place: abs(place - expected), default=None)


def _places(tag: _Tag, texts: list[str]) -> list[int]:
    """Return where tagged words stand within one of the new texts."""
    overlapping = re.finditer(f"(?={re.escape(tag.words)})", "".join(texts))
    found = (match.start() for match in overlapping)
    return [place for place in found if _owner(texts, place, len(tag.words)) is not None]


def _last_places(tags: list[_Tag], texts: list[str]) -> list[int]:
    """Return the last place of each tag that leaves room for those after it; -1 for none."""
    limit = sum(map(len, texts))
    last: list[int] = []
    for tag in reversed(tags):
        ends = (place for place in _places(tag, texts) if place + len(tag.words) <= limit)
        place = max(ends, default=-1) if tag.words else limit
        limit = place if place >= 0 else limit
        last.append(place)
    return last[::-1]


def _moved(offset: int, old: str, new: str) -> int:
    """Return where an offset of the old text is likely to be in the new one."""
    best = 0
    for block in SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks():
        if block.a > offset:
            break
        best = block.b + min(offset - block.a, block.size)
    return best


def _owner(texts: list[str], place: int, length: int) -> int | None:
    """Return which text a stretch lies in; ``None`` where it crosses a border.

    What has no length stays with what stands before it.
    """
    start = 0
    for number, text in enumerate(texts):
        end = start + len(text)
        if place < end or (place == end and not length):
            return number if place + length <= end else None
        start = end
    return None


def _rebuild(
    segments: list[etree._Element], texts: list[str], places: list[tuple[int, _Tag]]
) -> list[str]:
    """Fill the passages; return those whose tags would have changed the text."""
    start = 0
    failed: list[str] = []
    for number, (segment, text) in enumerate(zip(segments, texts, strict=True)):
        mine = [
            (place - start, tag)
            for place, tag in places
            if _owner(texts, place, len(tag.words)) == number
        ]
        _fill(segment, text, mine)
        if mine and plain_text(segment) != _collapsed(text):
            _fill(segment, text, [])
            failed.extend(tag.passage for _, tag in mine)
        start += len(text)
    return failed


def _collapsed(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def _fill(segment: etree._Element, text: str, places: list[tuple[int, _Tag]]) -> None:
    """Write a passage's text with its tags in their places."""
    tail = segment.tail
    written = 0
    last: etree._Element | None = None
    segment[:] = []
    segment.text = ""
    for place, tag in places:
        _append(segment, last, text[written:place])
        last = deepcopy(tag.element)
        segment.append(last)
        written = place + len(tag.words)
    _append(segment, last, text[written:])
    segment.tail = tail


def _append(segment: etree._Element, last: etree._Element | None, text: str) -> None:
    if last is None:
        segment.text = (segment.text or "") + text
    else:
        last.tail = (last.tail or "") + text
