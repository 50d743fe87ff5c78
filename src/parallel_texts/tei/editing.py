"""Changes to passages of a version file, everything else in it left as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lxml import etree

from parallel_texts.errors import ExchangeError
from parallel_texts.tei.moving import MovedTags
from parallel_texts.tei.parsing import TEI, XML_ID, parse_read, read_bytes, tei
from parallel_texts.tei.remarks import Remark, add_remarks, record_change
from parallel_texts.tei.serialising import serialise

__all__ = ["Edited", "PassageEdit", "edit_version"]


@dataclass(frozen=True, slots=True)
class PassageEdit:
    """One passage to change.

    Attributes:
        action: ``replace`` the text of ``passage``, ``insert`` one after it or before it, or
            ``remove`` it.
        passage: Id; empty to insert before the first passage.
        text: The new text.
        group: Edits of one group share their tags: words may move from one passage to another.
    """

    action: Literal["replace", "insert", "insert-before", "remove"]
    passage: str
    text: str = ""
    group: str = ""


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
    path: Path,
    edits: Sequence[PassageEdit],
    *,
    who: str = "",
    what: str = "",
    remarks: Sequence[Remark] = (),
) -> Edited:
    """Apply edits to a version file and return its new bytes; nothing is written.

    Ids of passages that stay are kept, new ones are counted on. Tags inside a passage stay
    where the words that they hold are in the new text unchanged.

    Args:
        path: A version file.
        edits: Applied in order.
        who: Who changed it, for the record in ``revisionDesc``.
        what: What was changed; without it nothing is recorded.
        remarks: Comments and statuses to record.

    Raises:
        ParseError: The file cannot be read.
        ExchangeError: A passage is not there.
    """
    original = read_bytes(path)
    tree = parse_read(original, path)
    root = tree.getroot()
    passages = {s.get(XML_ID): s for s in root.iter(tei("seg")) if s.get("type") == "sentence"}
    inserted: list[str] = []
    groups: dict[str, MovedTags] = {}
    lost: list[str] = []
    for edit in edits:
        segment = _find(passages, edit, path)
        tags = groups.setdefault(edit.group or edit.passage, MovedTags(root))
        if edit.action == "replace":
            tags.replace(segment, edit.text)
        elif edit.action == "remove":
            tags.take(segment)
            _remove(segment)
        else:
            identifier = _insert(segment, edit, passages)
            inserted.append(identifier)
            tags.give(passages[identifier])
    for tags in groups.values():
        lost.extend(tags.settle())
    add_remarks(root, remarks)
    if what:
        record_change(root, f"{what} ({who})" if who else what)
    return Edited(serialise(tree, original), tuple(inserted), tuple(lost))


def _find(
    passages: Mapping[str | None, etree._Element], edit: PassageEdit, path: Path
) -> etree._Element:
    found = passages.get(edit.passage) if edit.passage else next(iter(passages.values()), None)
    if found is None:
        raise ExchangeError(f"{path}: no passage {edit.passage!r}: export the work again")
    return found


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
    if edit.passage and edit.action == "insert":
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
