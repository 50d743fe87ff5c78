"""Passages in the source of a version file: cut, joined, corrected; all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher

from lxml import etree

from parallel_texts.model import Passage
from parallel_texts.tei.content import flatten, fragment
from parallel_texts.tei.parsing import NAMESPACE, XML_ID
from parallel_texts.tei.patches import Patch, attribute, elements, escaped, set_attribute
from parallel_texts.tei.places import Places, SegmentError, places

__all__ = [
    "Moved",
    "SegmentError",
    "correct",
    "cut",
    "join",
    "placed",
    "read_passages",
    "recorded",
    "segment_ids",
]


@dataclass(frozen=True, slots=True)
class Moved:
    """Where offsets of a passage's old text are now.

    Attributes:
        passage: Id of the passage whose offsets moved.
        pieces: Old start, old end, id of the passage now, new start, new end; in order.
    """

    passage: str
    pieces: tuple[tuple[int, int, str, int, int], ...]

    def place(self, start: int, end: int) -> tuple[str, int, int]:
        """Return where a stretch of the old text is; what is parted keeps its larger part."""
        found = [
            (a, b, piece)
            for piece in self.pieces
            if (a := max(start, piece[0])) <= (b := min(end, piece[1]))
        ]
        if not found:
            _, _, name, _, last = self.pieces[-1]
            return name, last, last
        owner = max(found, key=lambda hit: hit[1] - hit[0])[2][2]
        mine = [hit for hit in found if hit[2][2] == owner]
        return owner, _shift(mine[0][0], mine[0][2]), _shift(mine[-1][1], mine[-1][2], is_end=True)


def _shift(offset: int, piece: tuple[int, int, str, int, int], *, is_end: bool = False) -> int:
    """Return an offset's new place; inside what was replaced, an end of what replaced it."""
    old_start, old_end, _, new_start, new_end = piece
    if old_end - old_start == new_end - new_start:
        return new_start + offset - old_start
    if offset == old_start and not is_end:
        return new_start
    return new_end if is_end or offset == old_end else new_start


def _segment(text: str, passage: str) -> re.Match[str]:
    """Return the place of a passage's element."""
    for mark in (f'xml:id="{passage}"', f"xml:id='{passage}'"):
        at = text.find(mark)
        while at >= 0:
            start = text.rfind("<", 0, at)
            found = next(elements(text, "seg", start), None)
            if found and found.start() == start:
                return found
            at = text.find(mark, at + 1)
    raise SegmentError(f"no passage {passage} in the file")


def cut(text: str, passage: Passage, at: int) -> tuple[Patch, str, Moved]:
    """Cut a passage in two.

    Args:
        text: Source of the version.
        passage: The passage.
        at: Offset in its text of the first character of the new passage.

    Returns:
        The patch, the id of the second part, and where offsets moved.

    Raises:
        SegmentError: A part would be empty, or a tagged word would be cut.
    """
    found = _segment(text, passage.id)
    source = found["element"]
    here = _known(source, passage)
    if not passage.text[:at].strip() or not passage.text[at:].strip():
        raise SegmentError("one part would be empty: cut inside the text")
    place = here.between(at)
    if here.depths[place] > 0:
        raise SegmentError("inside a tagged word: cut before or after it")
    new_id = _free_id(text, passage.id)
    first = source[:place].rstrip() + f"</{found['name']}>"
    opening = set_attribute(source[: here.start], "xml:id", new_id)
    second = opening + source[place:].lstrip()
    glue = "" if passage.lang == "zh" else " "
    patch = Patch(passage.lang, found.start(), source, first + glue + second)
    kept, begin = len(passage.text[:at].rstrip()), at + _spaces(passage.text[at:])
    end = len(passage.text)
    pieces = ((0, kept, passage.id, 0, kept), (begin, end, new_id, 0, end - begin))
    return patch, new_id, Moved(passage.id, pieces)


def _spaces(text: str) -> int:
    return len(text) - len(text.lstrip())


def _known(source: str, passage: Passage) -> Places:
    here = places(source)
    if here.text != passage.text:
        raise SegmentError(f"{passage.id} cannot be changed here: edit the file itself")
    return here


def _free_id(text: str, near: str) -> str:
    """Count on in the division of ``near``: ``zh.a1.s5`` after four passages."""
    stem = re.sub(r"\d+$", "", near)
    numbers = re.findall(rf"xml:id\s*=\s*[\"']{re.escape(stem)}(\d+)[\"']", text)
    return f"{stem}{max(map(int, numbers), default=0) + 1}"


def join(text: str, one: Passage, two: Passage) -> tuple[Patch, Moved]:
    """Join a passage with the one that follows it in the same paragraph.

    Returns:
        The patch, and where offsets of the second passage moved.

    Raises:
        SegmentError: Something stands between them that cannot stand inside a passage.
    """
    first, second = _segment(text, one.id), _segment(text, two.id)
    between = text[first.end() : second.start()]
    bare = re.sub(r"<!--.*?-->|<\?.*?\?>|<[^<>]*/>", "", between, flags=re.DOTALL)
    if bare.strip() or first.end() > second.start():
        raise SegmentError("the passages do not stand side by side: join them in the file itself")
    head, tail = _known(first["element"], one), _known(second["element"], two)
    glue = "" if one.lang == "zh" else " "
    kept = between.strip() or glue
    opening = first["element"][: head.start]
    for name in ("source", "ana"):
        values = [v for m in (first, second) for v in attribute(m["element"], name).split()]
        if values:
            opening = set_attribute(opening, name, " ".join(dict.fromkeys(values)))
    source = (
        opening + first["element"][head.start : head.end] + kept + second["element"][tail.start :]
    )
    offset = len(places(source).text) - len(two.text)
    moved = Moved(two.id, ((0, len(two.text), one.id, offset, offset + len(two.text)),))
    return Patch(one.lang, first.start(), text[first.start() : second.end()], source), moved


def correct(text: str, passage: Passage, start: int, end: int, new: str) -> tuple[Patch, Moved]:
    """Put other words in the place of some; tags stay around those they stood around.

    Args:
        text: Source of the version.
        passage: The passage.
        start: Offset of the first character that is replaced.
        end: Offset after the last.
        new: What is written there.

    Raises:
        SegmentError: Nothing would be left, or a tag would lose all its words.
    """
    found = _segment(text, passage.id)
    source = found["element"]
    here = _known(source, passage)
    steps = _steps(passage.text[start:end], new, start)
    changed = source
    for tag, a, b, words in reversed(steps):
        if tag != "equal":
            changed = _written(changed, here, a, b, words)
    whole = passage.text[:start] + new + passage.text[end:]
    wanted = re.sub(r"[ \t\r\n]+", " ", whole).strip(" ")
    if not wanted:
        raise SegmentError("nothing would be left: join the passage with its neighbour instead")
    if places(changed).text != wanted or _has_emptied(source, changed):
        raise SegmentError("a tag would lose its words: correct inside the tag, or edit the file")
    moved = _moved(passage.id, steps, len(passage.text), start, end)
    return Patch(passage.lang, found.start(), source, changed), moved


_Step = tuple[str, int, int, str]
"""What is done, start and end in the old text, the new words."""


def _steps(old: str, new: str, start: int) -> list[_Step]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(tag, start + a, start + b, new[c:d]) for tag, a, b, c, d in codes]


def _written(source: str, here: Places, a: int, b: int, words: str) -> str:
    """Replace characters ``a`` to ``b``; markup between them stays."""
    if a == b:
        place = here.spans[a - 1][1] if a and _is_inside(here, a) else here.between(a)
        return source[:place] + escaped(words) + source[place:]
    for number in range(b - 1, a - 1, -1):
        first, last = here.spans[number]
        source = source[:first] + (escaped(words) if number == a else "") + source[last:]
    return source


def _is_inside(here: Places, at: int) -> bool:
    """Tell whether no tag stands between a character and the one before it."""
    return at < len(here.spans) and here.spans[at - 1][1] == here.spans[at][0]


def _has_emptied(before: str, after: str) -> bool:
    empty = re.compile(r"<(?![/!?])[^<>]*[^/<>]></")
    return len(empty.findall(after)) > len(empty.findall(before))


def _moved(passage: str, steps: list[_Step], length: int, start: int, end: int) -> Moved:
    pieces = [(0, start, passage, 0, start)] if start else []
    at = start
    for _, a, b, words in steps:
        pieces.append((a, b, passage, at, at + len(words)))
        at += len(words)
    if end < length:
        pieces.append((end, length, passage, at, at + length - end))
    return Moved(passage, tuple(pieces))


def recorded(text: str, lang: str, what: str) -> Patch:
    """Return the patch that says in a version's header what was changed today, newest first."""
    header = text[: text.rfind("teiHeader>")]
    prefix = re.search(r"<([\w.-]+:)?teiHeader", text)
    p = (prefix[1] if prefix else "") or ""
    change = f'<{p}change when="{date.today().isoformat()}">{escaped(what)}</{p}change>'
    body = header.rfind("</")
    found = list(re.finditer(rf"<{p}revisionDesc(?:\s[^>]*)?>(\s*)", header))
    if found:
        return Patch(lang, found[-1].end(), "", change + found[-1][1], lead=found[-1][0])
    line = header[header.rfind("\n", 0, body) + 1 : body]
    indent = f"\n{line}" if not line.strip() else ""
    step = "  " if indent else ""
    source = (
        f"{step}<{p}revisionDesc>{indent}{step * 2}{change}{indent}{step}</{p}revisionDesc>{indent}"
    )
    return Patch(lang, body, "", source, anchor=f"</{p}teiHeader>")


def segment_ids(source: str) -> tuple[str, ...]:
    """Return the ids of the passages in a stretch of a version file."""
    return tuple(attribute(m["element"], "xml:id") for m in elements(source, "seg"))


def read_passages(source: str, like: Passage) -> tuple[Passage, ...]:
    """Return the passages of a stretch of a version file that stood where ``like`` stands."""
    prefix = re.match(r"<(?:([\w.-]+):)?", source)
    name = f"xmlns:{prefix[1]}" if prefix and prefix[1] else "xmlns"
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(f'<x {name}="{NAMESPACE}">{source}</x>', parser)
    return tuple(_passage(element, like) for element in root.iter(f"{{{NAMESPACE}}}seg"))


def _passage(element: etree._Element, like: Passage) -> Passage:
    text, mentions = flatten(element)
    categories = {fragment(pointer) for pointer in element.get("ana", "").split()}
    return replace(
        like,
        id=element.get(XML_ID) or "",
        text=text,
        mentions=mentions,
        sources=tuple(fragment(pointer) for pointer in element.get("source", "").split()),
        editorial="editorial" in categories,
    )


def placed(pointer: str, moved: Mapping[str, Moved]) -> str:
    """Return a pointer to words of a passage as it has to be after offsets moved."""
    found = re.fullmatch(r"(.*#string-range\()([^,()]+),(\d+),(\d+)\)", pointer)
    if found is None or found[2] not in moved:
        return pointer
    start, length = int(found[3]), int(found[4])
    name, first, last = moved[found[2]].place(start, start + length)
    return f"{found[1]}{name},{first},{last - first})"
