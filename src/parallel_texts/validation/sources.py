"""Files under test: parsed once, with their ids, kind, language and corpus folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from parallel_texts.errors import CorpusError, ParseError
from parallel_texts.tei.parsing import XML_ID, XML_LANG, line_of, parse, tei

__all__ = ["Found", "Library", "Pointer", "Run", "Source", "find_files", "language_at", "primary"]

_LANGUAGE_FOLDER = re.compile(r"[a-z]{2,3}")


class Found(NamedTuple):
    """What a rule yields: an element and a message; a warning; another line than the element's."""

    element: etree._Element
    message: str
    is_error: bool = True
    line: int | None = None


class Run(NamedTuple):
    """A stretch of text between two tags: its element, text, language tag, line."""

    element: etree._Element
    text: str
    lang: str
    line: int


class Pointer(NamedTuple):
    """A pointer: where it stands, as it is written, and the file and id that it names."""

    element: etree._Element
    attribute: str
    text: str
    path: Path
    fragment: str
    is_own: bool
    is_outside: bool


_POINTERS = (
    "ref", "ana", "source", "target", "corresp", "resp", "who", "active", "passive", "domains",
)  # fmt: skip
"""Attributes that hold pointers, several apart by white space."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_RANGE = re.compile(r"(?:string-range|range|match)\(([^,)]+)")


@dataclass(frozen=True)
class Source:
    """One file.

    Attributes:
        path: As it was named.
        root: The ``TEI`` element.
        folder: The corpus folder that its pointers must not leave.
    """

    path: Path
    root: etree._Element
    folder: Path

    @cached_property
    def kind(self) -> str:
        """``version``, ``header`` or ``alignment``, by what the file holds."""
        if self.root.find(tei("text")) is not None:
            return "version"
        return "alignment" if self.root.find(f".//{tei('linkGrp')}") is not None else "header"

    @cached_property
    def ids(self) -> dict[str, etree._Element]:
        """Element by id; the first one where an id is given twice."""
        found: dict[str, etree._Element] = {}
        for element in self.root.iter(etree.Element):
            identifier = element.get(XML_ID)
            if identifier is not None:
                found.setdefault(identifier, element)
        return found

    @cached_property
    def pointers(self) -> tuple[Pointer, ...]:
        """All pointers, web addresses left out."""
        places: dict[str, tuple[Path, bool]] = {"": (self.path, False)}
        return tuple(
            self._pointer(element, name, text, places)
            for element in self.root.iter(etree.Element)
            for name in _POINTERS
            for text in (element.get(name) or "").split()
            if not _SCHEME.match(text)
        )

    def _pointer(
        self, element: etree._Element, name: str, text: str, places: dict[str, tuple[Path, bool]]
    ) -> Pointer:
        file, _, fragment = text.partition("#")
        if file not in places:
            path = (self.path.parent / unquote(file)).resolve()
            places[file] = (path, not path.is_relative_to(self.folder))
        span = _RANGE.match(fragment)
        identifier = span[1] if span else unquote(fragment)
        path, is_outside = places[file]
        return Pointer(element, name, text, path, identifier, not file, is_outside)

    @cached_property
    def tag(self) -> str:
        """Language tag of the text, else of the file."""
        text = self.root.find(tei("text"))
        own = text.get(XML_LANG) if text is not None else None
        return own or self.root.get(XML_LANG) or ""

    @property
    def lang(self) -> str:
        """Primary subtag of :attr:`tag`."""
        return primary(self.tag)

    @cached_property
    def language_folder(self) -> str | None:
        """Name of the file's folder where that is a language's."""
        name = self.path.parent.resolve().name
        return name if _LANGUAGE_FOLDER.fullmatch(name) else None

    @cached_property
    def divisions(self) -> tuple[etree._Element, ...]:
        """All ``div`` of the text."""
        return tuple(self.root.iter(tei("div")))

    @cached_property
    def passages(self) -> tuple[etree._Element, ...]:
        """All ``seg`` of type sentence."""
        return tuple(s for s in self.root.iter(tei("seg")) if s.get("type") == "sentence")

    def passages_of(self, division: etree._Element) -> list[etree._Element]:
        """Return the passages of one division."""
        return [s for s in division.iter(tei("seg")) if s.get("type") == "sentence"]

    @cached_property
    def witnesses(self) -> tuple[etree._Element, ...]:
        """All ``witness`` of the header; the first is what this version is."""
        return tuple(self.root.iter(tei("witness")))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All text, stretch by stretch, with the language that ``xml:lang`` gives it."""
        return tuple(_runs(self.root, ""))


def primary(tag: str) -> str:
    """Return the primary subtag: ``zh`` of ``zh-Hans``."""
    return tag.split("-")[0]


def language_at(element: etree._Element) -> str:
    """Return the primary subtag of the language that holds at ``element``."""
    at: etree._Element | None = element
    while at is not None:
        if at.get(XML_LANG):
            return primary(at.get(XML_LANG, ""))
        at = at.getparent()
    return ""


def _runs(element: etree._Element, inherited: str) -> Iterator[Run]:
    lang = element.get(XML_LANG) or inherited
    line = line_of(element) or 1
    if element.text:
        yield Run(element, element.text, lang, line)
    for child in element:
        if isinstance(child.tag, str):
            yield from _runs(child, lang)
        if child.tail:
            yield Run(element, child.tail, lang, line_of(child) or line)


class Library:
    """Files by resolved path, each parsed once, so that pointers across files are cheap."""

    def __init__(self) -> None:
        self._open: dict[Path, Source | ParseError] = {}
        self._seen: dict[Path, Source | None] = {}

    def read(self, path: Path) -> Source:
        """Return the file.

        Raises:
            ParseError: It is not readable TEI.
        """
        key = path.resolve()
        if key not in self._open:
            self._open[key] = _read(path)
        found = self._open[key]
        if isinstance(found, ParseError):
            raise found
        return found

    def peek(self, path: Path) -> Source | None:
        """Return the file, or ``None`` where it is missing or unreadable."""
        if path not in self._seen:
            try:
                self._seen[path] = self.read(path) if path.is_file() else None
            except ParseError:
                self._seen[path] = None
        return self._seen[path]


def _read(path: Path) -> Source | ParseError:
    folder = _corpus_folder(path)
    if not path.resolve().is_relative_to(folder):
        return ParseError("a link that leads out of the corpus: copy the file", path=path, line=1)
    try:
        return Source(path, parse(path).getroot(), folder)
    except ParseError as error:
        return error


def _corpus_folder(path: Path) -> Path:
    """Return the nearest folder above with a ``corpus.xml``, else the one a corpus would have."""
    here = path.parent.resolve()
    for folder in [here, *here.parents][:3]:
        if (folder / "corpus.xml").is_file():
            return folder
    in_layout = _LANGUAGE_FOLDER.fullmatch(here.name) or here.name == "alignments"
    return here.parent if in_layout else here


def find_files(path: Path) -> list[Path]:
    """Return a file itself, or all ``.xml`` files below a folder, hidden ones left out.

    Raises:
        CorpusError: Nothing there, or no such file in the folder.
    """
    if not path.exists():
        raise CorpusError(f"{path}: no such file or folder")
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.rglob("*.xml") if not _is_hidden(p.relative_to(path)))
    if not found:
        raise CorpusError(f"{path}: no .xml file in it: name a corpus, a folder of TEI or a file")
    return found


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
