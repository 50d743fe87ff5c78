"""Alignments as standOff: links between the passages of a work's versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from parallel_texts import __version__
from parallel_texts.errors import AlignmentError
from parallel_texts.files import write_atomic
from parallel_texts.model import Alignment, Link, Version
from parallel_texts.tei.content import fragment, plain_text
from parallel_texts.tei.parsing import NAMESPACE, TEI, XML_ID, XML_LANG, fail, parse, tei

__all__ = ["format_alignment", "read_alignment", "write_alignment"]


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
    editors = {e.get(XML_ID) for e in root.iter(tei("respStmt"))}
    return Alignment(
        languages=languages,
        passages=tuple(by_lang[lang].passages for lang in languages),
        links=links,
        work=by_lang[languages[0]].work,
        responsible=_responsible(root),
        checked=bool(elements) and all(fragment(e.get("resp")) in editors for e in elements),
    )


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
            raise fail(f"points to {pointer}, which is not there", element, path)
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


def _responsible(root: etree._Element) -> str:
    name = root.find(f".//{tei('respStmt')}/{tei('name')}")
    return plain_text(name) or "parallel-texts"


def write_alignment(alignment: Alignment, versions: Sequence[Version], path: Path) -> None:
    """Write an alignment file, atomically.

    Raises:
        AlignmentError: A language of the alignment has no version.
        ParallelTextsError: The file cannot be written.
    """
    write_atomic(path, format_alignment(alignment, versions))


def format_alignment(alignment: Alignment, versions: Sequence[Version]) -> bytes:
    """Return an alignment file's bytes; the same alignment always gives the same bytes."""
    works = {version.lang: version.work for version in versions}
    missing = [lang for lang in alignment.languages if lang not in works]
    if missing:
        raise AlignmentError(f"no version in {', '.join(missing)} to point to")
    root = etree.Element(TEI + "TEI", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.set(XML_ID, f"alignment.{alignment.work}")
    root.set(XML_LANG, "en")
    _add_header(root, alignment)
    stand_off = etree.SubElement(root, TEI + "standOff")
    _add_omissions(stand_off, alignment)
    _add_links(stand_off, alignment, works)
    etree.indent(root, space="  ")
    body: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return body + b"\n"


def _add_header(root: etree._Element, alignment: Alignment) -> None:
    header = etree.SubElement(root, TEI + "teiHeader")
    description = etree.SubElement(header, TEI + "fileDesc")
    title = etree.SubElement(description, TEI + "titleStmt")
    etree.SubElement(title, TEI + "title").text = f"Alignment of {alignment.work}"
    if alignment.checked:
        editor = etree.SubElement(title, TEI + "respStmt")
        editor.set(XML_ID, "editor")
        etree.SubElement(editor, TEI + "resp").text = "links checked by reading"
        etree.SubElement(editor, TEI + "name").text = alignment.responsible
    publication = etree.SubElement(description, TEI + "publicationStmt")
    etree.SubElement(publication, TEI + "publisher").text = "parallel-texts"
    source = etree.SubElement(description, TEI + "sourceDesc")
    etree.SubElement(source, TEI + "p").text = "Links between the passages of the versions."
    encoding = etree.SubElement(header, TEI + "encodingDesc")
    info = etree.SubElement(encoding, TEI + "appInfo")
    application = etree.SubElement(info, TEI + "application")
    application.set("ident", "parallel-texts")
    application.set("version", __version__)
    application.set(XML_ID, "aligner")
    etree.SubElement(application, TEI + "label").text = "parallel-texts"


def _add_omissions(stand_off: etree._Element, alignment: Alignment) -> None:
    note = etree.SubElement(stand_off, TEI + "note")
    note.set("type", "omissions")
    for lang in alignment.languages:
        anchor = etree.SubElement(note, TEI + "anchor")
        anchor.set("type", "omission")
        anchor.set(XML_ID, f"omission.{lang}")
        anchor.set("n", lang)


def _add_links(stand_off: etree._Element, alignment: Alignment, works: Mapping[str, str]) -> None:
    files = {lang: f"../{lang}/{works[lang]}.xml" for lang in alignment.languages}
    group = etree.SubElement(stand_off, TEI + "linkGrp")
    group.set("type", "alignment")
    group.set("subtype", "sentence")
    group.set("domains", " ".join(files.values()))
    group.set("targFunc", " ".join(alignment.languages))
    for link in alignment:
        element = etree.SubElement(group, TEI + "link")
        element.set(XML_ID, link.id)
        element.set("target", " ".join(_targets(alignment, link, files)))
        element.set("cert", "high" if alignment.checked else f"{link.confidence:.4g}")
        element.set("resp", "#editor" if alignment.checked else "#aligner")
        if not alignment.checked:
            element.set("n", f"{link.score:.4g}")
        if link.moved:
            element.set("type", "moved")


def _targets(alignment: Alignment, link: Link, files: Mapping[str, str]) -> list[str]:
    """Return pointers; a link needs two, so an omission points to its anchor."""
    return [
        pointer
        for lang in alignment.languages
        for pointer in (
            [f"{files[lang]}#{p.id}" for p in alignment.of(link, lang)] or [f"#omission.{lang}"]
        )
    ]
