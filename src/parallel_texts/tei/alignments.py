"""Alignments from standOff: links between the passages of a work's versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from parallel_texts.model import Alignment, Link, Version
from parallel_texts.tei.content import fragment, plain_text
from parallel_texts.tei.parsing import XML_ID, fail, parse, tei

__all__ = ["read_alignment"]


def read_alignment(path: Path, versions: Sequence[Version]) -> Alignment:
    """Read the links of a work.

    Args:
        path: An alignment file.
        versions: The versions that it links; others that the file names are an error.

    Raises:
        ParseError: Broken XML, or a pointer to a passage that no version has; file and line.
    """
    root = parse(path).getroot()
    group = root.find(f".//{tei('linkGrp')}")
    if group is None:
        raise fail("no linkGrp in it", root, path)
    by_lang = {version.lang: version for version in versions}
    languages = tuple(group.get("targFunc", "").split())
    unknown = [lang for lang in languages if lang not in by_lang]
    if unknown or not languages:
        raise fail(f"links {', '.join(unknown) or 'nothing'}: no such version", group, path)
    numbers = _numbers([by_lang[lang] for lang in languages])
    elements = list(group.iter(tei("link")))
    links = tuple(_link(e, i, languages, numbers, path) for i, e in enumerate(elements, start=1))
    editors = {e.get(XML_ID): e for e in root.iter(tei("respStmt"))}
    checkers = {fragment(element.get("resp")) for element in elements}
    checked = bool(elements) and checkers <= editors.keys()
    return Alignment(
        languages=languages,
        passages=tuple(by_lang[lang].passages for lang in languages),
        links=links,
        work=by_lang[languages[0]].work,
        responsible=_names([editors[c] for c in editors if c in checkers]) if checked else _MACHINE,
        checked=checked,
    )


_MACHINE = "parallel-texts"


def _names(editors: Sequence[etree._Element]) -> str:
    names = [plain_text(name) for editor in editors for name in editor.findall(tei("name"))]
    return "; ".join(names) or _MACHINE


def _numbers(versions: Sequence[Version]) -> dict[str, tuple[str, int]]:
    return {p.id: (v.lang, n) for v in versions for n, p in enumerate(v.passages)}


def _link(
    element: etree._Element,
    number: int,
    languages: tuple[str, ...],
    numbers: Mapping[str, tuple[str, int]],
    path: Path,
) -> Link:
    sides: dict[str, list[int]] = {lang: [] for lang in languages}
    for pointer in element.get("target", "").split():
        target = fragment(pointer)
        if pointer.startswith("#"):
            continue
        if target not in numbers:
            raise fail(f"points to {pointer}, which is not there: align again", element, path)
        lang, passage = numbers[target]
        sides[lang].append(passage)
    return Link(
        id=element.get(XML_ID) or f"l{number}",
        languages=languages,
        sides=tuple(tuple(sorted(sides[lang])) for lang in languages),
        score=_number(element.get("n"), 1.0),
        confidence=_number(element.get("cert"), 1.0),
        moved=element.get("type") == "moved",
    )


def _number(text: str | None, otherwise: float) -> float:
    """Return a number; ``high`` and what is no number count as ``otherwise``."""
    try:
        return float(text or "")
    except ValueError:
        return otherwise
