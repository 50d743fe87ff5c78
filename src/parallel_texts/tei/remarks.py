"""What people say of passages: comments and statuses, kept as changes in ``revisionDesc``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import etree

from parallel_texts.tei.content import fragment, plain_text
from parallel_texts.tei.parsing import TEI, parse, tei

__all__ = [
    "APPROVED",
    "DRAFT",
    "Remark",
    "add_remarks",
    "latest_status",
    "read_remarks",
    "record_change",
]

DRAFT = "draft"
"""A person says that a passage needs work."""
APPROVED = "approved"
"""A person says that a passage is as it should be."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment or a status of passages.

    Attributes:
        passages: Ids in this version; empty for a remark on what has no passage here.
        comment: What was said, or empty.
        status: :data:`DRAFT`, :data:`APPROVED` or empty.
    """

    passages: tuple[str, ...]
    comment: str = ""
    status: str = ""


def read_remarks(path: Path) -> tuple[Remark, ...]:
    """Return the remarks of a version file, newest first.

    Raises:
        ParseError: The file cannot be read.
    """
    changes = parse(path).getroot().iterfind(f"{tei('teiHeader')}/{tei('revisionDesc')}/*")
    return tuple(_remark(e) for e in changes if e.get("status") or e.get("target"))


def _remark(change: etree._Element) -> Remark:
    ids = tuple(fragment(pointer) for pointer in change.get("target", "").split())
    return Remark(ids, plain_text(change), change.get("status", ""))


def add_remarks(root: etree._Element, remarks: Sequence[Remark]) -> None:
    """Put remarks into a version's header, the first of them first."""
    for remark in reversed(remarks):
        change = record_change(root, remark.comment)
        if change is None:
            return
        if remark.status:
            change.set("status", remark.status)
        if remark.passages:
            change.set("target", " ".join(f"#{i}" for i in remark.passages))


def record_change(root: etree._Element, what: str) -> etree._Element | None:
    """Put a dated change before all others; ``None`` where there is no header."""
    header = root.find(tei("teiHeader"))
    if header is None:
        return None
    revisions = header.find(tei("revisionDesc"))
    if revisions is None:
        revisions = etree.SubElement(header, TEI + "revisionDesc")
    change = etree.Element(TEI + "change")
    change.set("when", date.today().isoformat())
    change.text = what
    change.tail = revisions.text
    revisions.insert(0, change)
    return change


def latest_status(remarks: Iterable[Remark], passages: Sequence[str]) -> str:
    """Return the newest status that names any of ``passages``, or the empty string."""
    for remark in remarks:
        if remark.status and set(remark.passages) & set(passages):
            return remark.status
    return ""
