"""Files under validation: trees, ids, and what a pointer leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from parallel_texts.errors import ParseError
from parallel_texts.tei.parsing import TEI, XML_ID, XML_LANG, parse, tei

__all__ = ["Collection", "File"]

POINTERS = ("ref", "ana", "source", "target", "corresp", "resp", "who", "active", "passive")
"""Attributes that hold URIs to resolve; ``http`` addresses are left alone."""


@dataclass(frozen=True)
class File:
    """A parsed TEI file.

    Attributes:
        path: Where it lies.
        root: Its root element.
    """

    path: Path
    root: etree._Element

    @cached_property
    def kind(self) -> str:
        """``header``, ``alignment`` or ``version``."""
        if self.root.find(tei("text")) is not None:
            return "version"
        return "alignment" if self.root.find(f".//{tei('linkGrp')}") is not None else "header"

    @cached_property
    def ids(self) -> dict[str, etree._Element]:
        """Elements by ``xml:id``, the first where one is given twice."""
        found: dict[str, etree._Element] = {}
        for element in self.elements():
            identifier = element.get(XML_ID)
            if identifier is not None:
                found.setdefault(identifier, element)
        return found

    @cached_property
    def lang(self) -> str:
        """Primary subtag of the text's language."""
        text = self.root.find(tei("text"))
        tag = (text.get(XML_LANG) if text is not None else None) or self.root.get(XML_LANG) or ""
        return tag.split("-")[0]

    @cached_property
    def tag(self) -> str:
        """Full language tag of the text."""
        text = self.root.find(tei("text"))
        return (text.get(XML_LANG) if text is not None else None) or self.root.get(XML_LANG) or ""

    def elements(self, *names: str) -> Iterator[etree._Element]:
        """Yield elements in document order, those with the given TEI names if any are given."""
        for element in self.root.iter(*map(tei, names)):
            if isinstance(element.tag, str):
                yield element

    def passages(self) -> Iterator[etree._Element]:
        """Yield the ``seg`` elements that are passages."""
        yield from (s for s in self.elements("seg") if s.get("type") == "sentence")

    def witnesses(self) -> list[etree._Element]:
        """Return the witnesses of the header, the version's own first."""
        return self.root.findall(f".//{tei('listWit')}/{tei('witness')}")


@dataclass
class Collection:
    """All files of a run, and those that their pointers lead to, read once."""

    _files: dict[Path, File | None] = field(default_factory=dict)

    def open(self, path: Path) -> File:
        """Read a file or return it as it was read before.

        Raises:
            ParseError: It cannot be read.
        """
        key = path.resolve()
        known = self._files.get(key)
        if known is None:
            known = self._files[key] = File(path, parse(path).getroot())
        return known

    def target(self, file: File, pointer: str) -> etree._Element | File | None:
        """Return what a pointer of ``file`` leads to, or ``None``; a ``File`` without fragment."""
        address, _, fragment = pointer.partition("#")
        other = file if not address else self._try(file.path.parent / address)
        if other is None or not fragment:
            return other
        return other.ids.get(fragment.partition("(")[0] if "(" not in fragment else fragment)

    def _try(self, path: Path) -> File | None:
        if path.resolve() in self._files:
            return self._files[path.resolve()]
        try:
            return self.open(path)
        except ParseError:
            self._files[path.resolve()] = None
            return None


def local_name(element: etree._Element) -> str:
    """Return an element's name without the TEI namespace."""
    return str(element.tag).removeprefix(TEI)
