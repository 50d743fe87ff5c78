"""Changes to passages of a version file, everything else in it left as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from lxml import etree

from parallel_texts.errors import ExchangeError
from parallel_texts.tei.content import plain_text
from parallel_texts.tei.parsing import TEI, XML_ID, parse_read, read_bytes, tei
from parallel_texts.tei.serialising import serialise

__all__ = ["Edited", "PassageEdit", "edit_version"]


@dataclass(frozen=True, slots=True)
class PassageEdit:
    """One passage to change.

    Attributes:
        action: ``replace`` the text of ``passage``, ``insert`` one after it, or ``remove`` it.
        passage: Id; empty to insert before the first passage.
        text: The new text.
    """

    action: Literal["replace", "insert", "remove"]
    passage: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """What editing made.

    Attributes:
        data: The file's new bytes.
        inserted: Id given to each insertion, in the order of the edits.
        lost_markup: Ids of passages whose tags could not all be kept.
    """

    data: bytes
    inserted: tuple[str, ...]
    lost_markup: tuple[str, ...]


def edit_version(
    path: Path, edits: Iterable[PassageEdit], *, who: str = "", what: str = ""
) -> Edited:
    """Apply edits to a version file and return its new bytes; nothing is written.

    Ids of passages that stay are kept, new ones are counted on. Tags inside a passage stay
    where the words that they hold are in the new text unchanged.

    Args:
        path: A version file.
        edits: Applied in order.
        who: Who changed it, for the record in ``revisionDesc``.
        what: What was changed; without it nothing is recorded.

    Raises:
        ParseError: The file cannot be read.
        ExchangeError: A passage is not there.
    """
    original = read_bytes(path)
    tree = parse_read(original, path)
    root = tree.getroot()
    passages = {s.get(XML_ID): s for s in root.iter(tei("seg")) if s.get("type") == "sentence"}
    inserted: list[str] = []
    lost: list[str] = []
    for edit in edits:
        segment = _find(passages, edit, path)
        if edit.action == "replace":
            if not _replace_text(segment, edit.text):
                lost.append(edit.passage)
        elif edit.action == "remove":
            _remove(segment)
        else:
            inserted.append(_insert(segment, edit, passages))
    _record(root, who, what)
    return Edited(serialise(tree, original), tuple(inserted), tuple(lost))


def _find(
    passages: Mapping[str | None, etree._Element], edit: PassageEdit, path: Path
) -> etree._Element:
    found = passages.get(edit.passage) if edit.passage else next(iter(passages.values()), None)
    if found is None:
        raise ExchangeError(f"{path}: no passage {edit.passage!r}: export the work again")
    return found


def _replace_text(segment: etree._Element, text: str) -> bool:
    """Give a passage a new text; return whether all its tags could be kept."""
    kept = _Rebuilt(segment, text)
    tail = segment.tail
    segment[:] = kept.children
    segment.text = kept.text
    segment.tail = tail
    return kept.complete


class _Rebuilt:
    """The new content of a passage: tagged words that the new text still has, in their order."""

    def __init__(self, segment: etree._Element, text: str) -> None:
        self.children: list[etree._Element] = []
        self.complete = True
        self.text = ""
        at = 0
        old = plain_text(segment)
        for child in segment:
            at = self._keep(child, old, text, at)
        self._write(text[at:])

    def _keep(self, child: etree._Element, old: str, text: str, at: int) -> int:
        words = plain_text(child) if isinstance(child.tag, str) else ""
        start = _position(words, old, text, at) if words else at
        if start is None:
            self.complete = False
            return at
        self._write(text[at:start])
        copy = deepcopy(child)
        copy.tail = None
        self.children.append(copy)
        return start + len(words)

    def _write(self, text: str) -> None:
        if self.children:
            self.children[-1].tail = (self.children[-1].tail or "") + text
        else:
            self.text += text


def _position(words: str, old: str, text: str, at: int) -> int | None:
    """Return where tagged words stand in the new text, not before ``at``."""
    places = [m.start() for m in re.finditer(re.escape(words), text) if m.start() >= at]
    if len(places) < 2:
        return places[0] if places else None
    expected = _moved(old.find(words), old, text)
    return min(places, key=lambda place: abs(place - expected))


def _moved(offset: int, old: str, text: str) -> int:
    """Return where an offset of the old text is likely to be in the new one."""
    for block in SequenceMatcher(a=old, b=text, autojunk=False).get_matching_blocks():
        if block.a <= offset < block.a + block.size:
            return block.b + offset - block.a
    return offset


def _remove(segment: etree._Element) -> None:
    """Take out a passage and, when it was the last of its paragraph, the paragraph."""
    parent = segment.getparent()
    if parent is None:
        return
    previous = segment.getprevious()
    if segment.getnext() is None and previous is not None:
        previous.tail = segment.tail
    parent.remove(segment)
    if len(parent) == 0 and not (parent.text or "").strip():
        grandparent = parent.getparent()
        if grandparent is not None:
            grandparent.remove(parent)


def _insert(
    anchor: etree._Element, edit: PassageEdit, passages: dict[str | None, etree._Element]
) -> str:
    identifier = _free_id(anchor.get(XML_ID) or "", passages)
    segment = etree.Element(TEI + "seg")
    segment.set("type", "sentence")
    segment.set(XML_ID, identifier)
    for name in ("source", "ana"):
        if anchor.get(name):
            segment.set(name, anchor.get(name, ""))
    segment.text = edit.text
    glue = "" if identifier.startswith("zh.") else " "
    if edit.passage:
        segment.tail, anchor.tail = anchor.tail, glue
        anchor.addnext(segment)
        segment.tail, anchor.tail = segment.tail, glue
    else:
        segment.tail = glue
        anchor.addprevious(segment)
    passages[identifier] = segment
    return identifier


def _free_id(near: str, passages: Mapping[str | None, etree._Element]) -> str:
    """Count on in the division of ``near``: ``zh.a1.s5`` after four passages."""
    stem = re.sub(r"\d+$", "", near)
    numbers = [
        int(m[1]) for key in passages if (m := re.fullmatch(re.escape(stem) + r"(\d+)", key or ""))
    ]
    return f"{stem}{max(numbers, default=0) + 1}"


def _record(root: etree._Element, who: str, what: str) -> None:
    if not what:
        return
    header = root.find(tei("teiHeader"))
    if header is None:
        return
    revisions = header.find(tei("revisionDesc"))
    if revisions is None:
        revisions = etree.SubElement(header, TEI + "revisionDesc")
    change = etree.Element(TEI + "change")
    change.set("when", date.today().isoformat())
    change.text = f"{what} ({who})" if who else what
    change.tail = revisions.text
    revisions.insert(0, change)
