"""TEI that others wrote: any division, any block, sentences marked or not, ids or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from parallel_texts.errors import ParseError
from parallel_texts.tei.content import plain_text
from parallel_texts.tei.parsing import TEI, XML_ID, XML_LANG, fail, parse_foreign, tei

__all__ = ["ForeignDivision", "ForeignText", "is_own_version", "read_foreign"]

_DIVISIONS = frozenset(tei(f"div{n}") for n in ("", *range(8))) | {tei("lg"), tei("sp")}
_BLOCKS = tuple(map(tei, ("p", "ab", "l", "item", "opener", "closer", "signed", "salute", "u")))
_SENTENCES = (tei("s"), tei("seg"))


class ForeignDivision(NamedTuple):
    """A division as its encoder named it.

    Attributes:
        type: ``@type``, or empty.
        n: ``@n``, or empty.
        head: Text of the heading.
        paragraphs: Each as its sentences; ``sentences`` tells whether they were marked.
        sentences: True where ``s`` or ``seg`` mark the sentences; else a paragraph is one text.
    """

    type: str
    n: str
    head: str
    paragraphs: tuple[tuple[str, ...], ...]
    sentences: bool


class ForeignText(NamedTuple):
    """Title, language tag (or empty) and divisions of a TEI file."""

    title: str
    language: str
    divisions: tuple[ForeignDivision, ...]


def is_own_version(path: Path) -> bool:
    """Tell whether a TEI file has passages with ids and says what version it is."""
    root = parse_foreign(path)
    segments = [s for s in root.iter(tei("seg")) if s.get("type") == "sentence"]
    witness = root.find(f".//{tei('listWit')}/{tei('witness')}")
    has_ids = bool(segments) and all(s.get(XML_ID) for s in segments)
    return has_ids and witness is not None and root.tag == TEI + "TEI"


def read_foreign(path: Path) -> ForeignText:
    """Read the running text of a TEI file, P5 or older, notes and page furniture left out.

    Raises:
        ParseError: Broken or hostile XML, several texts in one file, or no text.
    """
    root = parse_foreign(path)
    texts = root.findall(f".//{tei('text')}")
    outer = [t for t in texts if next(t.iterancestors(tei("text")), None) is None]
    if len(outer) != 1 or root.find(f".//{tei('group')}") is not None:
        raise ParseError(
            f"holds {len(outer) if len(outer) != 1 else 'a group of'} texts: expected one; "
            "save each text as a file of its own",
            path=path,
        )
    divisions = tuple(d for part in _parts(outer[0]) for d in _divisions(part))
    if not any(d.paragraphs for d in divisions):
        raise fail("no paragraph in its text", outer[0], path)
    tag = outer[0].get(XML_LANG) or root.get(XML_LANG) or ""
    return ForeignText(_title(root), tag, divisions)


def _title(root: etree._Element) -> str:
    titles = root.findall(f".//{tei('titleStmt')}/{tei('title')}")
    main = [t for t in titles if t.get("type") in (None, "main")] or titles
    return plain_text(main[0]) if main else ""


def _parts(text: etree._Element) -> Iterator[etree._Element]:
    """Yield front, body and back, without title page and index."""
    for name in ("front", "body", "back"):
        yield from text.findall(tei(name))


def _divisions(element: etree._Element) -> Iterator[ForeignDivision]:
    """Yield an element's own blocks as a division, then those of its divisions, in text order."""
    loose: list[etree._Element] = []
    head = element.find(tei("head"))
    first = True
    for child in element:
        if child.tag in _DIVISIONS:
            yield from _division(element, head if first else None, loose)
            first, loose = first and not loose, []
            yield from _divisions(child)
        elif isinstance(child.tag, str):
            loose.append(child)
    yield from _division(element, head if first else None, loose)


def _division(
    element: etree._Element, head: etree._Element | None, children: list[etree._Element]
) -> Iterator[ForeignDivision]:
    blocks = [b for child in children for b in _blocks(child)]
    paragraphs = tuple(_sentences(block) for block in blocks)
    marked = any(next(block.iter(*_SENTENCES), None) is not None for block in blocks)
    kept = tuple(p for p in paragraphs if p)
    if kept:
        is_part = element.tag in (tei("front"), tei("body"), tei("back"))
        kind = "" if is_part else element.get("type", "")
        yield ForeignDivision(kind, element.get("n", ""), plain_text(head), kept, marked)


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the innermost blocks; an element of another kind without any is one itself."""
    if element.tag == tei("head") or element.tag in map(tei, ("note", "fw", "pb", "titlePage")):
        return
    inner = [b for b in element.iter(*_BLOCKS) if next(b.iterdescendants(*_BLOCKS), None) is None]
    yield from inner or [element]


def _sentences(block: etree._Element) -> tuple[str, ...]:
    """Return marked sentences when they hold all of a block's text, else the whole text."""
    whole = plain_text(block)
    marked = [
        s for s in block.iter(*_SENTENCES) if next(s.iterancestors(*_SENTENCES), None) is None
    ]
    texts = tuple(text for s in marked if (text := plain_text(s)))
    if texts and _bare("".join(texts)) == _bare(whole):
        return texts
    return (whole,) if whole else ()


def _bare(text: str) -> str:
    return "".join(text.split())
