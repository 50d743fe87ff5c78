"""What a person has said of a finding, and whether it still holds.

A refused finding stays away as long as the passages of its link are the ones that were judged; a
confirmed one keeps its status. Passages are compared by a digest of their texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from parallel_texts.model import Alignment, Finding

__all__ = ["Key", "digest", "digest_of", "key", "respect"]

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
