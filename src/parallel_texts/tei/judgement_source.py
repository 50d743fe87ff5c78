"""Judged findings in the source of an alignment file: read, added to, pointed anew."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from parallel_texts.judgements import Judgement, Verdict, agreed
from parallel_texts.model import Evidence, Finding, Passage
from parallel_texts.tei.judgements import judgement_of
from parallel_texts.tei.link_source import LinkGroup, insertion
from parallel_texts.tei.parsing import NAMESPACE
from parallel_texts.tei.patches import Patch, attribute, elements, escaped, set_attribute

__all__ = ["KeptJudgement", "add_annotation", "add_verdict", "read_annotations", "repoint"]

_START = "listAnnotation"


class KeptJudgement:
    """A judged finding with the source of its annotation."""

    __slots__ = ("judgement", "source")

    def __init__(self, judgement: Judgement, source: str) -> None:
        self.judgement = judgement
        self.source = source

    @property
    def id(self) -> str:
        """Id of the annotation."""
        return attribute(self.source, "xml:id")

    @property
    def pointers(self) -> tuple[str, ...]:
        """What it points to: its link, or the work, and the words quoted."""
        return tuple(attribute(self.source, "target").split())


def read_annotations(
    text: str, people: Mapping[str, str], passages: Mapping[str, Passage], work: str
) -> list[KeptJudgement]:
    """Return the judged findings of an alignment file, or of a stretch of one.

    Args:
        text: Its source.
        people: Name by pointer.
        passages: Of the work, by id.
        work: Its id.
    """
    start = text.find("annotation ")
    if start < 0:
        return []
    found = [m["element"] for m in elements(text, "annotation", text.rfind("<", 0, start))]
    return [KeptJudgement(judgement_of(_parsed(s), people, passages, work), s) for s in found]


def _parsed(source: str) -> etree._Element:
    prefix = re.match(r"<(?:([\w.-]+):)?", source)
    name = f"xmlns:{prefix[1]}" if prefix and prefix[1] else "xmlns"
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(f'<x {name}="{NAMESPACE}">{source}</x>', parser)[0]


def add_annotation(
    text: str,
    group: LinkGroup,
    finding: Finding,
    verdict: Verdict,
    who: str,
    *,
    digest: str = "",
) -> list[Patch]:
    """Return the patches that put a finding with its first verdict beside the links.

    Args:
        text: Source of the alignment file.
        group: What its links share.
        finding: The finding.
        verdict: What is said of it.
        who: Pointer to who says it.
        digest: Of its passages as they are.
    """
    p = group.prefix
    source = _annotation(text, group, finding, verdict, who, digest)
    closing = f"</{p}listAnnotation>"
    if closing in text:
        return [insertion(text, closing, source)]
    whole = f"<{p}listAnnotation>\n{closing}"
    container = insertion(text, f"</{p}standOff>", whole, token=f"<{p}annotation ")
    made = text[: container.at] + container.after + text[container.at :]
    return [container, insertion(made, closing, source)]


def _annotation(
    text: str, group: LinkGroup, finding: Finding, verdict: Verdict, who: str, digest: str
) -> str:
    p = group.prefix
    notes = {"rule": finding.rule, "message": finding.message, "digest": digest}
    lines = [
        f'<{p}annotation xml:id="{_free_id(text)}" motivation="assessing"'
        f' target="{escaped(" ".join(_pointers(finding, group)))}"'
        f' ana="../corpus.xml#{finding.code}" cert="{finding.confidence:.4g}"'
        f' n="{" ".join(finding.languages)}">',
        f'  <{p}revisionDesc status="{verdict.verdict}">',
        f"    {_change(p, verdict, who)}",
        f"  </{p}revisionDesc>",
        *(
            f'  <{p}note type="{kind}">{escaped(" ".join(said.split()))}</{p}note>'
            for kind, said in notes.items()
            if said
        ),
        f"</{p}annotation>",
    ]
    return "\n".join(lines)


def _free_id(text: str) -> str:
    start = max(text.find(_START), 0)
    numbers = [int(n) for n in re.findall(r'xml:id\s*=\s*["\']f(\d+)["\']', text[start:])]
    return f"f{max(numbers, default=0) + 1}"


def _pointers(finding: Finding, group: LinkGroup) -> list[str]:
    unit = f"#{finding.unit}"
    if finding.unit in ("", finding.work):
        unit = f"../corpus.xml#{finding.work}"
    return [unit, *(p for e in finding.evidence if (p := _range(e, group)))]


def _range(evidence: Evidence, group: LinkGroup) -> str:
    files = dict(zip(group.languages, group.files, strict=True))
    if evidence.lang not in files:
        return ""
    length = evidence.end - evidence.start
    return f"{files[evidence.lang]}#string-range({evidence.passage},{evidence.start},{length})"


def _change(prefix: str, verdict: Verdict, who: str) -> str:
    reason = f' type="{escaped(verdict.reason)}"' if verdict.reason else ""
    tag = f'{prefix}change when="{verdict.when}" who="{who}" status="{verdict.verdict}"{reason}'
    note = escaped(" ".join(verdict.note.split()))
    return f"<{tag}>{note}</{prefix}change>" if note else f"<{tag}/>"


def add_verdict(
    text: str,
    group: LinkGroup,
    kept: KeptJudgement,
    verdict: Verdict,
    who: str,
    *,
    digest: str = "",
) -> Patch:
    """Return the patch that puts a verdict before those that a finding has; all are kept."""
    p = group.prefix
    source = kept.source
    status = agreed([verdict, *kept.judgement.verdicts])
    change = _change(p, verdict, who)
    found = next(elements(source, "revisionDesc", 1), None)
    at = text.find(source)
    inner = _indent(text, at) + "  "
    if found is None:
        end = source.index(">") + 1
        new = f'<{p}revisionDesc status="{status}">{change}</{p}revisionDesc>'
        return Patch("alignments", at, source, f"{source[:end]}{inner}{new}{source[end:]}")
    old = found["element"]
    tag = set_attribute(old[: old.index(">") + 1], "status", status)
    rest = old[old.index(">") + 1 :]
    lead = re.match(r"\s*", rest)
    new = tag + (lead[0] if lead else "") + change + rest
    changed = source[: found.start()] + new + source[found.end() :]
    return Patch("alignments", at, source, _with_digest(changed, p, digest))


def _with_digest(source: str, prefix: str, digest: str) -> str:
    """Return an annotation with the digest of its passages as they are judged now."""
    for found in elements(source, "note", 1):
        if attribute(found["element"], "type") == "digest" and digest:
            new = f'<{prefix}note type="digest">{digest}</{prefix}note>'
            return source[: found.start()] + new + source[found.end() :]
    return source


def _indent(text: str, at: int) -> str:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return "\n" + line if not line.strip() else ""


def repoint(
    text: str, kept: KeptJudgement, pointers: Mapping[str, str], digest: str = ""
) -> list[Patch]:
    """Return the patch that lets a finding point to another link, or other places in passages.

    Args:
        text: Source of the alignment file.
        kept: The finding.
        pointers: New pointer by old one.
        digest: Of its passages, where that has to be another.
    """
    new = " ".join(pointers.get(pointer, pointer) for pointer in kept.pointers)
    source = set_attribute(kept.source, "target", new)
    source = _with_digest(source, _prefix(kept.source), digest)
    if source == kept.source:
        return []
    return [Patch("alignments", text.find(kept.source), kept.source, source)]


def _prefix(source: str) -> str:
    found = re.match(r"<([\w.-]+:)?", source)
    return (found[1] if found else "") or ""
