"""Findings of the rules for a review, and where they belong when links change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parallel_texts.findings import flag
from parallel_texts.findings.glossary import read_glossary
from parallel_texts.findings.judged import key
from parallel_texts.model import Alignment, Authority, Corpus, Evidence, Finding, Passage, Work
from parallel_texts.tei import KeptLink, Moved

__all__ = [
    "ROW_CODES",
    "TEXT_CODES",
    "Flagger",
    "finding_key",
    "home",
    "placed_finding",
    "requoted",
]

ROW_CODES = ("V101", "V102", "V103", "V104", "V105", "V106", "V107", "V108", "V109")
"""Findings that need no more than their own link."""

TEXT_CODES = ("V110", "P", "A")
"""Findings that look at the whole text."""


@dataclass(frozen=True, slots=True)
class Flagger:
    """What the rules need to know of a corpus.

    Attributes:
        parties: With their names.
        names: People and places.
        glossary: Set translations.
        ui_lang: Language of messages.
    """

    parties: tuple[Authority, ...]
    names: tuple[Authority, ...]
    glossary: tuple[Authority, ...]
    ui_lang: str = "en"

    @classmethod
    def of(cls, corpus: Corpus, ui_lang: str) -> Flagger:
        """Return what a corpus knows."""
        path = Path(corpus.path) / "glossary.tsv"
        glossary = read_glossary(path) if path.is_file() else ()
        names = tuple(a for a in corpus.authorities if a.kind in ("person", "place"))
        return cls(corpus.parties(), names, tuple(glossary), ui_lang)

    def flag(self, alignment: Alignment, work: Work, select: Sequence[str] = ()) -> list[Finding]:
        """Return the findings of the rules, refused ones among them.

        Args:
            alignment: All links, or some with their own passages alone.
            work: What its header says.
            select: Codes or their beginnings; all without.
        """
        return list(
            flag(
                alignment,
                parties=self.parties,
                work=work,
                select=select,
                ui_lang=self.ui_lang,
                names=self.names,
                glossary=self.glossary,
            )
        )


def finding_key(finding: Finding) -> str:
    """Return what actions name a finding by: code, link and rule."""
    return ":".join(key(finding))


def home(finding: Finding, links: Sequence[KeptLink]) -> str:
    """Return the id of the link that a finding belongs to: where its first words stand."""
    for evidence in finding.evidence:
        for link in links:
            if evidence.passage in link.passages:
                return link.id
    return next((link.id for link in links if link.id == finding.unit), links[0].id)


def placed_finding(finding: Finding, moved: Mapping[str, Moved]) -> Finding:
    """Return a finding whose quotations are where their words are now."""
    if not any(e.passage in moved for e in finding.evidence):
        return finding
    return replace(finding, evidence=tuple(_placed(e, moved) for e in finding.evidence))


def _placed(evidence: Evidence, moved: Mapping[str, Moved]) -> Evidence:
    if evidence.passage not in moved:
        return evidence
    passage, start, end = moved[evidence.passage].place(evidence.start, evidence.end)
    return replace(evidence, passage=passage, start=start, end=end)


def requoted(finding: Finding, old: Sequence[str], new: Sequence[Passage]) -> Finding:
    """Return a finding that quotes from new passages what it quoted from old ones.

    Args:
        finding: Any.
        old: Ids of passages that gave way.
        new: The passages that took their place; words that are gone are quoted whole.
    """
    if not any(e.passage in old for e in finding.evidence):
        return finding
    quoted = tuple(_quoted(e, new) if e.passage in old else e for e in finding.evidence)
    return replace(finding, evidence=quoted)


def _quoted(evidence: Evidence, new: Sequence[Passage]) -> Evidence:
    for passage in new:
        at = passage.text.find(evidence.text, max(0, evidence.start - 20))
        at = at if at >= 0 else passage.text.find(evidence.text)
        if at >= 0:
            end = at + len(evidence.text)
            return replace(evidence, passage=passage.id, start=at, end=end)
    passage = next((p for p in new if p.id == evidence.passage), new[0])
    return Evidence(passage.lang, passage.id, 0, len(passage.text), passage.text)
