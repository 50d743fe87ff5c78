"""Addresses inside a site: file names and anchors that no id, however hostile, can break."""

from __future__ import annotations

import re

from parallel_texts.model import Alignment

__all__ = ["RESERVED_ANCHORS", "Anchors", "PageAnchors", "file_stem", "plain_anchor"]

RESERVED_ANCHORS = tuple(
    "top main summary outline findings facts rows entries cite columns columns-help filter keys "
    "only use-keys q h-versions h-general h-balance".split()
)
"""Ids that templates use themselves."""

_UNSAFE = re.compile(r"[^\w.\-]", re.ASCII)
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d|index|names|search)(\.|$)")
"""Names Windows keeps for devices, and the site's own pages."""


def _code(match: re.Match[str]) -> str:
    return f"_{ord(match[0]):x}_"


def plain_anchor(raw: str) -> str:
    """Return ``raw`` with every character outside ``A-Za-z0-9_.-`` written as its number.

    >>> plain_anchor("zh.a3.s1")
    'zh.a3.s1'
    >>> plain_anchor('x"y')
    'x_22_y'
    """
    return _UNSAFE.sub(_code, raw) or "_"


def file_stem(raw: str) -> str:
    """Return a file name without ending that is safe on every system: never hidden, never a path.

    >>> file_stem("chita-1955"), file_stem("../x")
    ('chita-1955', '_.._2f_x')
    """
    stem = plain_anchor(raw)[:120]
    return f"_{stem}" if stem.startswith((".", "-")) or _RESERVED.match(stem) else stem


class Anchors:
    """Gives each thing of one page an anchor of its own."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def claim(self, raw: str) -> str:
        """Return the plain form of ``raw``, numbered when another thing has it already."""
        base = plain_anchor(raw)
        anchor, count = base, 1
        while anchor.casefold() in self._taken:
            count += 1
            anchor = f"{base}-{count}"
        self._taken.add(anchor.casefold())
        return anchor


class PageAnchors:
    """The anchors of one page: findings by number, passages, links, and what else is claimed.

    Attributes:
        links: Anchor per link id.
        passages: Anchor per language and passage id.
    """

    def __init__(self, alignment: Alignment, findings: int = 0) -> None:
        self._anchors = Anchors()
        for reserved in (*RESERVED_ANCHORS, *(f"f{n}" for n in range(1, findings + 1))):
            self._anchors.claim(reserved)
        self.passages = {
            (lang, passage.id): self._anchors.claim(passage.id)
            for lang, passages in zip(alignment.languages, alignment.passages, strict=True)
            for passage in passages
        }
        self.links = {link.id: self._anchors.claim(link.id) for link in alignment}

    def claim(self, raw: str) -> str:
        """Return a new anchor for another thing of the page."""
        return self._anchors.claim(raw)
