"""Findings of a review: those of the rules with what people said, and those of people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parallel_texts.findings import flag
from parallel_texts.findings.glossary import read_glossary
from parallel_texts.findings.judged import key
from parallel_texts.judgements import BY_HAND
from parallel_texts.model import Alignment, Authority, Corpus, Finding, Work
from parallel_texts.review.sheet import ReviewFinding
from parallel_texts.tei import KeptJudgement

__all__ = ["ROW_CODES", "Flagger", "finding_key", "with_judgements"]

ROW_CODES = ("V101", "V102", "V103", "V104", "V105", "V106", "V107", "V108", "V109")
"""Findings that need no more than their own link; the others look at the whole text."""


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
        """Return the findings of the rules, refused ones among them."""
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


def with_judgements(
    found: Iterable[Finding],
    kept: Iterable[KeptJudgement],
    is_link: Callable[[str], bool],
    digest: Callable[[Finding], str],
) -> list[ReviewFinding]:
    """Return findings with what was said of them; judged ones stay when no rule finds them now.

    Args:
        found: By the rules.
        kept: As the alignment file has them.
        is_link: Tells whether an id is a link's.
        digest: Of the passages of a finding as they are.
    """
    said = {finding_key(one.judgement.finding): one.judgement for one in kept}
    everything = {finding_key(f): f for f in found}
    everything |= {k: j.finding for k, j in said.items() if k not in everything}
    shown = []
    for name, finding in everything.items():
        judgement = said.get(name)
        link = finding.unit if is_link(finding.unit) else None
        if judgement is None:
            shown.append(ReviewFinding(name, finding, link))
            continue
        own = judgement.finding.rule == BY_HAND
        holds = not judgement.digest or own or judgement.digest == digest(finding)
        status = judgement.finding.status if holds else "open"
        judged = replace(finding, status=status)
        shown.append(ReviewFinding(name, judged, link, judgement.verdicts, own, holds))
    return shown
