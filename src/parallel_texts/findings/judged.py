"""What a person has said of a finding, and whether it still holds.

A refused finding stays away as long as the passages of its link are the ones that were judged; a
confirmed one keeps its status. Passages are compared by a digest of their texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from parallel_texts.judgements import BY_HAND, Judgement
from parallel_texts.model import Alignment, Finding

__all__ = ["Key", "digest", "digest_of", "key", "respect", "with_judgements"]

Key = tuple[str, str, str]
"""Code, unit and rule: what makes two findings the same."""


def key(finding: Finding) -> Key:
    """Return what makes this finding the same as one of an earlier run."""
    return finding.code, finding.unit, finding.rule


def digest(finding: Finding, alignment: Alignment) -> str:
    """Return a digest of the passages that a finding is about: its link's, else all."""
    links = [link for link in alignment if link.id == finding.unit] or list(alignment)
    return digest_of(
        passage.text
        for link in links
        for lang in alignment.languages
        for passage in alignment.of(link, lang)
    )


def digest_of(texts: Iterable[str]) -> str:
    """Return the digest of the texts of passages, in the order of the languages."""
    return sha256("\n".join(texts).encode()).hexdigest()[:16]


def with_judgements(
    findings: Sequence[Finding], judgements: Sequence[Judgement], alignment: Alignment
) -> tuple[Finding, ...]:
    """Return findings as people see them: refused ones away, confirmed ones marked, own ones added.

    Args:
        findings: Of this run.
        judgements: Kept beside the links; where people disagree, a finding stays open.
        alignment: The alignment that the findings were made from.
    """
    decided = {
        key(j.finding): (j.finding.status, j.digest)
        for j in judgements
        if j.finding.status != "open"
    }
    shown = respect(findings, decided, alignment)
    own = tuple(_own(judgements, alignment))
    if not own:
        return shown
    order = {link.id: number for number, link in enumerate(alignment)}
    return tuple(sorted((*shown, *own), key=lambda f: (order.get(f.unit, -1), f.code)))


def _own(judgements: Sequence[Judgement], alignment: Alignment) -> Iterator[Finding]:
    """Yield the findings that people have made, but those that were refused."""
    units = {link.id for link in alignment} | {alignment.work}
    for judgement in judgements:
        finding = judgement.finding
        if finding.rule == BY_HAND and finding.unit in units and finding.status != "refused":
            yield finding


def respect(
    findings: Sequence[Finding],
    judged: Mapping[Key, tuple[str, str]],
    alignment: Alignment,
) -> tuple[Finding, ...]:
    """Leave out what was refused and give the rest the status that it was given.

    Args:
        findings: Of this run.
        judged: Status and digest of earlier findings; an empty digest holds for any text.
        alignment: The alignment that the findings were made from.
    """
    kept = []
    for finding in findings:
        status, then = judged.get(key(finding), ("open", ""))
        holds = not then or then == digest(finding, alignment)
        if status == "refused" and holds:
            continue
        kept.append(replace(finding, status=status) if holds else finding)
    return tuple(kept)
