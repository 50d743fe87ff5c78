"""Findings that a person has judged, kept as ``listAnnotation`` beside the links."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from lxml import etree

from parallel_texts.errors import AlignmentError
from parallel_texts.files import write_atomic
from parallel_texts.judgements import Judgement, Verdict, agreed
from parallel_texts.model import Evidence, Finding, Kind, Passage, Version
from parallel_texts.tei.content import fragment, plain_text
from parallel_texts.tei.parsing import TEI, XML_ID, parse, parse_read, read_bytes, tei
from parallel_texts.tei.responsibility import responsible_id, responsible_names
from parallel_texts.tei.serialising import serialise

__all__ = ["judgement_of", "read_judgements", "write_judgements"]

_RANGE = re.compile(r"string-range\(([^,()]+),(\d+),(\d+)\)")
_KINDS: Mapping[str, Kind] = {"V": "version", "P": "party", "A": "authenticity"}


def read_judgements(path: Path, versions: Sequence[Version]) -> tuple[Judgement, ...]:
    """Read the judged findings of an alignment file.

    Args:
        path: An alignment file.
        versions: The work's versions, from which quoted words are taken.

    Raises:
        ParseError: The file cannot be read.
    """
    root = parse(path).getroot()
    passages = {p.id: p for version in versions for p in version.passages}
    work = versions[0].work if versions else path.stem
    people = responsible_names(root)
    return tuple(judgement_of(e, people, passages, work) for e in root.iter(tei("annotation")))


def judgement_of(
    element: etree._Element,
    people: Mapping[str, str],
    passages: Mapping[str, Passage],
    work: str,
) -> Judgement:
    """Return the judged finding of an ``annotation``.

    Args:
        element: The annotation.
        people: Name by the pointer that changes name a person by.
        passages: Of the work, by id.
        work: Its id.
    """
    code = fragment(element.get("ana"))
    notes = {n.get("type", ""): plain_text(n) for n in element.findall(tei("note"))}
    targets = element.get("target", "").split()
    evidence = tuple(e for t in targets if (e := _evidence(t, passages)) is not None)
    units = [t[1:] for t in targets if t.startswith("#") and "(" not in t]
    revisions = element.find(tei("revisionDesc"))
    verdicts = tuple(_verdicts(element, people))
    stated = revisions.get("status", "open") if revisions is not None else "open"
    finding = Finding(
        code=code,
        kind=_KINDS.get(code[:1], "version"),
        work=work,
        unit=units[0] if units else work,
        languages=tuple((element.get("n") or "").split()),
        message=notes.get("message", ""),
        confidence=_confidence(element.get("cert")),
        rule=notes.get("rule", ""),
        evidence=evidence,
        status=agreed(verdicts, stated),
    )
    last = verdicts[0] if verdicts else Verdict(stated)
    digest = notes.get("digest", "")
    return Judgement(finding, last.who, last.when, last.note, digest, verdicts)


def _verdicts(element: etree._Element, people: Mapping[str, str]) -> Iterator[Verdict]:
    """Yield what was said, newest first; a change without status is as the whole says."""
    revisions = element.find(tei("revisionDesc"))
    if revisions is None:
        return
    stated = revisions.get("status", "open")
    for change in revisions.iterfind(tei("change")):
        who = change.get("who", "")
        yield Verdict(
            change.get("status", stated),
            people.get(who, who),
            change.get("when", ""),
            change.get("type", ""),
            plain_text(change),
        )


def _confidence(cert: str | None) -> float:
    try:
        return float(cert or "")
    except ValueError:
        return 1.0


def _evidence(pointer: str, passages: Mapping[str, Passage]) -> Evidence | None:
    """Return the words a pointer quotes; ``None`` for links and passages that are gone."""
    match = _RANGE.search(pointer)
    passage = passages.get(match[1]) if match else None
    if match is None or passage is None:
        return None
    start, end = int(match[2]), int(match[2]) + int(match[3])
    return Evidence(passage.lang, passage.id, start, end, passage.text[start:end])


def write_judgements(
    judgements: Sequence[Judgement], versions: Sequence[Version], path: Path
) -> None:
    """Write judged findings into an alignment file, all else in it left as it stands.

    Args:
        judgements: All that the file shall hold; those in it that are not among them go.
        versions: The work's versions, to which evidence points.
        path: An alignment file that is there.

    Raises:
        AlignmentError: There is no alignment file yet, or a verdict has no judge.
        ParseError: The file cannot be read.
    """
    if not path.is_file():
        raise AlignmentError(f"{path}: no alignment to keep findings beside: align the work first")
    original = read_bytes(path)
    tree = parse_read(original, path)
    root = tree.getroot()
    old = {_identity(e): e for e in root.iter(tei("annotation"))}
    new = [_annotation(j, number, versions, root) for number, j in enumerate(judgements, start=1)]
    kept = [_kept(old.get(_identity(element)), element) for element in new]
    _number(kept, {element for element in old.values() if element in kept})
    _replace(root, kept)
    write_atomic(path, serialise(tree, original))


def _number(annotations: Sequence[etree._Element], old: Collection[etree._Element]) -> None:
    """Give each annotation that is new an id that none has which stays."""
    taken = {element.get(XML_ID) for element in old}
    free = (f"f{n}" for n in itertools.count(1) if f"f{n}" not in taken)
    for element in annotations:
        if element not in old:
            element.set(XML_ID, next(free))


def _identity(element: etree._Element) -> tuple[str | None, ...]:
    return element.get("ana"), element.get("target"), _said(element, "rule")


def _said(element: etree._Element, kind: str) -> str:
    notes = [n for n in element.findall(tei("note")) if n.get("type") == kind]
    return plain_text(notes[0]) if notes else ""


def _kept(old: etree._Element | None, new: etree._Element) -> etree._Element:
    """Return the old annotation where it says the same, else the new one with the old history."""
    if old is None:
        return new
    changes = list(old.iter(tei("change")))
    latest = new.find(f"{tei('revisionDesc')}/{tei('change')}")
    if latest is None or (changes and _same(changes[0], latest)):
        return old
    revisions = new.find(tei("revisionDesc"))
    assert revisions is not None
    revisions.extend(changes)
    revisions.set("status", agreed(_verdicts(new, {})))
    return new


def _same(one: etree._Element, other: etree._Element) -> bool:
    names = ("when", "who", "status")
    return all(one.get(n) == other.get(n) for n in names) and plain_text(one) == plain_text(other)


def _annotation(
    judgement: Judgement, number: int, versions: Sequence[Version], root: etree._Element
) -> etree._Element:
    finding = judgement.finding
    element = etree.Element(TEI + "annotation")
    element.set(XML_ID, f"f{number}")
    element.set("motivation", "assessing")
    element.set("target", " ".join(_pointers(finding, versions)))
    element.set("ana", f"../corpus.xml#{finding.code}")
    element.set("cert", f"{finding.confidence:.4g}")
    element.set("n", " ".join(finding.languages))
    if finding.status != "open":
        revisions = etree.SubElement(element, TEI + "revisionDesc")
        revisions.set("status", finding.status)
        revisions.append(_change(judgement, root))
    said = {"rule": finding.rule, "message": finding.message, "digest": judgement.digest}
    for kind, text in said.items():
        if kind == "digest" and not text:
            continue
        note = etree.SubElement(element, TEI + "note")
        note.set("type", kind)
        note.text = text
    return element


def _change(judgement: Judgement, root: etree._Element) -> etree._Element:
    if not judgement.who:
        raise AlignmentError(f"{judgement.finding.code} judged by nobody: say who did")
    change = etree.Element(TEI + "change")
    change.set("when", judgement.when or date.today().isoformat())
    change.set("who", f"#{responsible_id(root, judgement.who)}")
    newest = judgement.verdicts[0].verdict if judgement.verdicts else judgement.finding.status
    change.set("status", newest)
    change.text = judgement.note or None
    return change


def _pointers(finding: Finding, versions: Sequence[Version]) -> Iterator[str]:
    """Yield the link, or the work, and the words quoted from each version."""
    if finding.unit in ("", finding.work):
        yield f"../corpus.xml#{finding.work}"
    else:
        yield f"#{finding.unit}"
    files = {version.lang: f"../{version.lang}/{version.work}.xml" for version in versions}
    for e in finding.evidence:
        if e.lang in files:
            yield f"{files[e.lang]}#string-range({e.passage},{e.start},{e.end - e.start})"


def _replace(root: etree._Element, annotations: Sequence[etree._Element]) -> None:
    listed = root.find(f".//{tei('listAnnotation')}")
    if listed is None:
        stand_off = root.find(tei("standOff"))
        assert stand_off is not None
        if not annotations:
            return
        listed = etree.SubElement(stand_off, TEI + "listAnnotation")
        previous = listed.getprevious()
        if previous is not None:
            listed.tail, previous.tail = previous.tail, stand_off.text
    kept = [node for node in listed if node.tag != tei("annotation")]
    listed[:] = [*kept, *annotations]
    etree.indent(listed, space="  ", level=2)
    if not annotations and not kept:
        parent = listed.getparent()
        assert parent is not None
        parent.remove(listed)
