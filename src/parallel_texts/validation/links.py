"""Rules on alignment files: every passage in exactly one link, findings judged by somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from parallel_texts.tei.parsing import XML_ID, tei
from parallel_texts.validation.pointers import is_by_machine
from parallel_texts.validation.sources import Found, Library, Source

__all__ = ["group_languages", "judgement", "lonely_link", "passage_links", "unlinked_version"]


def passage_links(source: Source, library: Library) -> Iterator[Found]:
    """T801: a passage of an aligned version stands in no link, or in several."""
    links = list(source.root.iter(tei("link")))
    is_error = not links or not all(map(is_by_machine, links))
    counts = Counter((p.path, p.fragment) for p in source.pointers if p.element.tag == tei("link"))
    for group, path in _domains(source):
        version = library.peek(path)
        for passage in version.passages if version is not None else ():
            identifier = passage.get(XML_ID) or ""
            count = counts[path, identifier]
            if count != 1:
                message = f"{identifier} stands in {count or 'no'} links, not in one: "
                yield Found(group, f"{message}align again or correct the links", is_error)


def _domains(source: Source) -> Iterator[tuple[etree._Element, Path]]:
    """Yield the versions that groups of links name, as far as they lie in the corpus."""
    for pointer in source.pointers:
        if pointer.attribute == "domains" and not pointer.is_outside:
            yield pointer.element, pointer.path


def _groups(source: Source) -> Iterator[etree._Element]:
    yield from source.root.iter(tei("linkGrp"))


def lonely_link(source: Source, _: Library) -> Iterator[Found]:
    """T802: a link has fewer than two targets."""
    for link in source.root.iter(tei("link")):
        if len(link.get("target", "").split()) < 2:
            yield Found(
                link,
                "a link needs two targets: point to the anchor of an omission "
                "where a language has nothing",
            )


def group_languages(source: Source, library: Library) -> Iterator[Found]:
    """T803: @targFunc and @domains of the links do not name the same languages."""
    for group in _groups(source):
        languages = group.get("targFunc", "").split()
        folders = [Path(domain).parent.name for domain in group.get("domains", "").split()]
        if languages != folders or len(set(languages)) != len(languages):
            yield Found(
                group,
                f"@targFunc says {' '.join(languages) or 'nothing'}, @domains "
                f"{' '.join(folders) or 'nothing'}: name each language once, in the same order",
            )


def unlinked_version(source: Source, library: Library) -> Iterator[Found]:
    """T804: a version of the work is not aligned (a warning)."""
    for group in _groups(source):
        if source.path.resolve().parent.name != "alignments":
            return
        linked = set(group.get("targFunc", "").split())
        there = {path.parent.name for path in source.folder.glob(f"*/{source.path.name}")}
        for lang in sorted(there - linked - {"alignments"}):
            yield Found(
                group, f"the version in {lang!r} is not aligned: align again", is_error=False
            )


def judgement(source: Source, _: Library) -> Iterator[Found]:
    """T805: a finding was confirmed or refused, and nothing says by whom and when."""
    for annotation in source.root.iter(tei("annotation")):
        revisions = annotation.find(tei("revisionDesc"))
        if revisions is None or revisions.get("status", "open") == "open":
            continue
        changes = revisions.findall(tei("change"))
        if not any(change.get("who") and change.get("when") for change in changes):
            yield Found(
                annotation,
                f"{revisions.get('status')} by nobody: add a change with @who and @when",
            )
