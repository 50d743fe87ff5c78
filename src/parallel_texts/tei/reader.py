"""A version file to the model."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from lxml import etree

from parallel_texts.errors import ParseError
from parallel_texts.model import Division, Passage, Version, Witness
from parallel_texts.tei.content import flatten, fragment, plain_text
from parallel_texts.tei.header import ORIGINS, STANDINGS
from parallel_texts.tei.parsing import XML_ID, XML_LANG, fail, line_of, parse, parse_read, tei

__all__ = ["VersionFile", "read_version", "read_version_bytes", "read_version_file"]

_BLOCKS = (tei("p"), tei("ab"), tei("item"))


class VersionFile(NamedTuple):
    """A version, the witnesses its header lists, and the line where its text begins."""

    version: Version
    witnesses: tuple[Witness, ...]
    line: int | None = None


def read_version(path: Path) -> Version:
    """Read one version of a work.

    Raises:
        ParseError: Broken or hostile XML, no text, or a passage without id; with file and line.
    """
    return read_version_file(path).version


def read_version_file(path: Path) -> VersionFile:
    """Read a version with the witnesses that its header tells of; see :func:`read_version`."""
    return _version_file(parse(path).getroot(), path)


def read_version_bytes(data: bytes, path: Path) -> Version:
    """Read a version from bytes that are, or will be, the file at ``path``."""
    return _version_file(parse_read(data, path).getroot(), path).version


def _version_file(root: etree._Element, path: Path) -> VersionFile:
    text = root.find(tei("text"))
    body = text.find(tei("body")) if text is not None else None
    if text is None or body is None:
        raise fail("no text with a body in it", root, path)
    tag = text.get(XML_LANG) or root.get(XML_LANG) or ""
    if not tag:
        raise fail("the text has no xml:lang", text, path)
    lang = tag.split("-")[0]
    header = root.find(tei("teiHeader"))
    witnesses = _witness_elements(root)
    standing, origin = _standing_and_origin(witnesses[0] if witnesses else None)
    version = Version(
        work=_work(witnesses, path),
        lang=lang,
        language_tag=tag,
        title=_title(root, tag, path),
        standing=standing,
        origin=origin,
        divisions=_unique(_divisions(body, lang, path), path),
        translation_of=_translation_of(root),
        responsible="; ".join(plain_text(n) for n in _all(header, "respStmt/name")),
        note=_statement(root, lang),
        path=str(path),
    )
    return VersionFile(version, tuple(map(_witness, witnesses)), line_of(text))


def _all(element: etree._Element | None, steps: str) -> list[etree._Element]:
    """Return descendants by a path of TEI names."""
    if element is None:
        return []
    return element.findall(".//" + "/".join(tei(step) for step in steps.split("/")))


def _witness_elements(root: etree._Element) -> list[etree._Element]:
    return _all(root, "sourceDesc/listWit/witness")


def _standing_and_origin(witness: etree._Element | None) -> tuple[str, str]:
    categories = {
        fragment(p) for p in (witness.get("ana", "").split() if witness is not None else ())
    }
    return (
        next(iter(sorted(categories & STANDINGS)), ""),
        next(iter(sorted(categories & ORIGINS)), ""),
    )


def _witness(element: etree._Element) -> Witness:
    standing, _ = _standing_and_origin(element)
    language = element.find(f".//{tei('textLang')}")
    tag = language.get("mainLang", "") if language is not None else ""
    return Witness(tag.split("-")[0], standing, issued=standing != "never-issued")


def _work(witnesses: list[etree._Element], path: Path) -> str:
    for witness in witnesses:
        bibl = witness.find(tei("bibl"))
        if bibl is not None and fragment(bibl.get("corresp")):
            return fragment(bibl.get("corresp"))
    return path.stem


def _title(root: etree._Element, tag: str, path: Path) -> str:
    titles = _all(root, "titleStmt/title")
    own = [title for title in titles if title.get(XML_LANG) == tag] or titles
    return plain_text(own[0]) if own else path.stem


def _translation_of(root: etree._Element) -> str | None:
    for item in root.iter(tei("relatedItem")):
        if item.get("type") == "translationOf":
            parts = Path(item.get("target", "")).parts
            return parts[-2] if len(parts) > 1 else None
    return None


def _statement(root: etree._Element, lang: str) -> str:
    notes = [n for n in _all(root, "notesStmt/note") if n.get("type") == "statement"]
    own = [n for n in notes if (n.get(XML_LANG) or "").split("-")[0] == lang]
    return plain_text((own or notes)[0]) if notes else ""


def _divisions(body: etree._Element, lang: str, path: Path) -> list[Division]:
    found = [d for d in body.iter(tei("div")) if d.find(f".//{tei('div')}") is None]
    if not found:
        found = [body]
    return [_division(element, number, lang, path) for number, element in enumerate(found, start=1)]


def _unique(divisions: list[Division], path: Path) -> tuple[Division, ...]:
    """Refuse an id that two passages have: links could not tell them apart."""
    seen: set[str] = set()
    for passage in (p for division in divisions for p in division.passages):
        if passage.id in seen:
            message = f"the id {passage.id} is given twice: give one passage another id"
            raise ParseError(message, path=path, line=passage.line)
        seen.add(passage.id)
    return tuple(divisions)


def _division(element: etree._Element, number: int, lang: str, path: Path) -> Division:
    identifier = _own_id(element, lang) or f"d{number}"
    passages: list[Passage] = []
    for paragraph, block in enumerate(_paragraphs(element)):
        for segment in block.iter(tei("seg")):
            if segment.get("type") == "sentence":
                passages.append(_passage(segment, lang, identifier, paragraph, path))
    return Division(
        id=identifier,
        type=element.get("type", "section"),
        n=element.get("n", ""),
        head=plain_text(element.find(tei("head"))),
        passages=tuple(passages),
    )


def _paragraphs(element: etree._Element) -> list[etree._Element]:
    """Return the innermost blocks, in text order."""
    blocks = list(element.iter(*_BLOCKS))
    return [b for b in blocks if next(b.iterdescendants(*_BLOCKS), None) is None]


def _own_id(element: etree._Element, lang: str) -> str:
    return (element.get(XML_ID) or "").removeprefix(f"{lang}.")


def _passage(
    element: etree._Element, lang: str, division: str, paragraph: int, path: Path
) -> Passage:
    identifier = element.get(XML_ID)
    if not identifier:
        raise fail("a passage (seg) without xml:id", element, path)
    text, mentions = flatten(element)
    sources = tuple(fragment(pointer) for pointer in element.get("source", "").split())
    categories = {fragment(pointer) for pointer in element.get("ana", "").split()}
    return Passage(
        id=identifier,
        text=text,
        lang=lang,
        division=division,
        paragraph=paragraph,
        sources=sources,
        editorial="editorial" in categories,
        mentions=mentions,
        line=line_of(element),
    )
