"""Alignments to standOff: a new file, or new links in the file that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from parallel_texts import __version__
from parallel_texts.errors import AlignmentError
from parallel_texts.files import write_atomic
from parallel_texts.model import Alignment, Link, Version
from parallel_texts.tei.parsing import (
    NAMESPACE,
    TEI,
    XML_ID,
    XML_LANG,
    parse_read,
    read_bytes,
    tei,
)
from parallel_texts.tei.responsibility import responsible_id
from parallel_texts.tei.serialising import serialise

__all__ = ["format_alignment", "update_alignment", "write_alignment"]


def write_alignment(alignment: Alignment, versions: Sequence[Version], path: Path) -> None:
    """Write an alignment file, atomically; what else a file holds that is there stays.

    Raises:
        AlignmentError: A language of the alignment has no version.
        ParseError: The file that is there cannot be read.
        ParallelTextsError: The file cannot be written.
    """
    if path.is_file():
        data = update_alignment(alignment, versions, path)
    else:
        data = format_alignment(alignment, versions)
    write_atomic(path, data)


def format_alignment(alignment: Alignment, versions: Sequence[Version]) -> bytes:
    """Return a new alignment file's bytes; the same alignment always gives the same bytes."""
    files = _files(alignment, versions)
    root = etree.Element(TEI + "TEI", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    root.set(XML_ID, f"alignment.{alignment.work}")
    root.set(XML_LANG, "en")
    _add_header(root, alignment)
    stand_off = etree.SubElement(root, TEI + "standOff")
    _set_omissions(stand_off, alignment)
    _set_links(etree.SubElement(stand_off, TEI + "linkGrp"), alignment, files, root)
    etree.indent(root, space="  ")
    return serialise(etree.ElementTree(root))


def update_alignment(alignment: Alignment, versions: Sequence[Version], path: Path) -> bytes:
    """Return the bytes of an alignment file with other links.

    Comments, judged findings and all else stay. A link that joins what it joined before keeps its
    element, and with it whoever checked it; findings follow their links to new ids.
    """
    files = _files(alignment, versions)
    original = read_bytes(path)
    tree = parse_read(original, path)
    root = tree.getroot()
    stand_off = root.find(tei("standOff"))
    if stand_off is None:
        stand_off = etree.SubElement(root, TEI + "standOff")
    group = stand_off.find(tei("linkGrp"))
    if group is None:
        group = etree.SubElement(stand_off, TEI + "linkGrp")
    _set_omissions(stand_off, alignment)
    _repoint(stand_off, _set_links(group, alignment, files, root))
    return serialise(tree, original)


def _files(alignment: Alignment, versions: Sequence[Version]) -> dict[str, str]:
    """Return how an alignment file points to each version."""
    works = {version.lang: version.work for version in versions}
    missing = [lang for lang in alignment.languages if lang not in works]
    if missing:
        raise AlignmentError(f"no version in {', '.join(missing)} to point to")
    return {lang: f"../{lang}/{works[lang]}.xml" for lang in alignment.languages}


def _add_header(root: etree._Element, alignment: Alignment) -> None:
    header = etree.SubElement(root, TEI + "teiHeader")
    description = etree.SubElement(header, TEI + "fileDesc")
    title = etree.SubElement(description, TEI + "titleStmt")
    etree.SubElement(title, TEI + "title").text = f"Alignment of {alignment.work}"
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


def _set_omissions(stand_off: etree._Element, alignment: Alignment) -> None:
    """Have an anchor for each language, where a link points that has nothing in it."""
    notes = [n for n in stand_off.findall(tei("note")) if n.get("type") == "omissions"]
    if notes:
        note = notes[0]
    else:
        note = etree.Element(TEI + "note")
        note.set("type", "omissions")
        stand_off.insert(0, note)
    there = {anchor.get("n") for anchor in note.findall(tei("anchor"))}
    for lang in alignment.languages:
        if lang not in there:
            anchor = etree.Element(TEI + "anchor")
            anchor.set("type", "omission")
            anchor.set(XML_ID, f"omission.{lang}")
            anchor.set("n", lang)
            _append(note, anchor)


def _append(parent: etree._Element, child: etree._Element) -> None:
    """Append on a line of its own where the others have one."""
    if len(parent):
        child.tail, parent[-1].tail = parent[-1].tail, parent.text
    parent.append(child)


def _set_links(
    group: etree._Element, alignment: Alignment, files: Mapping[str, str], root: etree._Element
) -> dict[str, str]:
    """Replace the links of a group; return the new id by the old one of those that stay."""
    old = {_joined(e.get("target", "").split()): e for e in group.findall(tei("link"))}
    taken: dict[str, str] = {}
    placed: list[etree._Element] = []
    _set_group(group, alignment, files)
    for link in alignment:
        targets = _targets(alignment, link, files)
        element = old.pop(_joined(targets), None)
        if element is None:
            element = etree.Element(TEI + "link")
        else:
            taken[element.get(XML_ID, "")] = link.id
        element.set(XML_ID, link.id)
        element.set("target", " ".join(targets))
        if alignment.checked or element.get("cert") != "high":
            _describe(element, alignment, link, root)
        placed.append(element)
    _place(group, placed, list(old.values()))
    return taken


def _set_group(group: etree._Element, alignment: Alignment, files: Mapping[str, str]) -> None:
    group.set("type", "alignment")
    group.set("subtype", "sentence")
    group.set("domains", " ".join(files[lang] for lang in alignment.languages))
    group.set("targFunc", " ".join(alignment.languages))


def _joined(targets: Sequence[str]) -> frozenset[str]:
    """Return what identifies a link: the passages that it joins."""
    return frozenset(target for target in targets if not target.startswith("#"))


def _describe(
    element: etree._Element, alignment: Alignment, link: Link, root: etree._Element
) -> None:
    """Say who made the link, how sure that is, and whether it moved."""
    by = responsible_id(root, alignment.responsible) if alignment.checked else "aligner"
    values = {
        "cert": "high" if alignment.checked else f"{link.confidence:.4g}",
        "resp": f"#{by}",
        "n": None if alignment.checked else f"{link.score:.4g}",
        "type": "moved" if link.moved else None,
    }
    for name, value in values.items():
        if value is not None:
            element.set(name, value)
        elif name in element.attrib:
            del element.attrib[name]


def _place(
    group: etree._Element, placed: Sequence[etree._Element], dropped: Sequence[etree._Element]
) -> None:
    """Bring the links into their order; comments stay before the link that they stood before."""
    before: dict[etree._Element | None, list[etree._Element]] = {}
    waiting: list[etree._Element] = []
    for node in list(group):
        if node.tag == tei("link") and node not in dropped:
            before[node], waiting = waiting, []
        elif node.tag != tei("link"):
            waiting.append(node)
    between = group.text if (group.text or "").strip() == "" and group.text else "\n      "
    last = group[-1].tail if len(group) else "\n    "
    ordered = [node for link in placed for node in (*before.get(link, ()), link)] + waiting
    group[:] = ordered
    group.text = between
    for node in ordered:
        if not (node.tail or "").strip():
            node.tail = between
    if ordered:
        ordered[-1].tail = last


def _repoint(stand_off: etree._Element, taken: Mapping[str, str]) -> None:
    """Let findings follow their links to new ids; a link that is gone is no longer pointed to."""
    for annotation in stand_off.iter(tei("annotation")):
        targets = annotation.get("target", "").split()
        moved = [
            f"#{taken[target[1:]]}" if target[1:] in taken else target
            for target in targets
            if not target.startswith("#") or target[1:] in taken
        ]
        if moved and moved != targets:
            annotation.set("target", " ".join(moved))


def _targets(alignment: Alignment, link: Link, files: Mapping[str, str]) -> list[str]:
    """Return pointers; a link needs two, so an omission points to its anchor."""
    return [
        pointer
        for lang in alignment.languages
        for pointer in (
            [f"{files[lang]}#{p.id}" for p in alignment.of(link, lang)] or [f"#omission.{lang}"]
        )
    ]
