"""An alignment as rows that formats can hold: texts per language, ids, notes, doubts."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from parallel_texts.exchange.lines import join_lines
from parallel_texts.judgements import Judgement, Verdict
from parallel_texts.model import Alignment, Finding, Link
from parallel_texts.tei import APPROVED, DRAFT, Remark, latest_status

__all__ = ["LOW_CONFIDENCE", "Cell", "Row", "fingerprint", "fingerprints", "rows"]

LOW_CONFIDENCE = 0.5
"""Links below are marked for a translator's attention."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a link: passages of one language; all tuples are empty for an omission.

    Attributes:
        lang: Primary language subtag.
        ids: Of the passages.
        texts: Of the passages.
        numbers: Place of each passage in its text, from 0.
        comment: What people said of these passages, newest first, a line each.
        status: What a person said of their state: ``draft``, ``approved`` or empty.
    """

    lang: str
    ids: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    comment: str = ""
    status: str = ""

    @property
    def lines(self) -> str:
        """The passages, one a line: a translator moves a line end to split or merge."""
        return join_lines(self.texts)


@dataclass(frozen=True, slots=True)
class Row:
    """One link with the open findings that concern it.

    Attributes:
        id: The link's id.
        cells: In the order of the alignment's languages.
        confidence: 0 to 1.
        findings: Those on this link, refused ones left out.
        judgements: What people said of findings on this link.
    """

    id: str
    cells: tuple[Cell, ...]
    confidence: float
    findings: tuple[Finding, ...] = ()
    judgements: tuple[Judgement, ...] = ()

    def said(self, code: str, rule: str) -> tuple[str, ...]:
        """Return what people said of a finding, a line each, newest first."""
        return tuple(
            _verdict(verdict)
            for judgement in self.judgements
            if (judgement.finding.code, judgement.finding.rule) == (code, rule)
            for verdict in judgement.verdicts
        )

    def cell(self, lang: str) -> Cell:
        """Return the side in ``lang``; an empty one if the alignment has no such language."""
        return next((cell for cell in self.cells if cell.lang == lang), Cell(lang))

    @property
    def doubtful(self) -> bool:
        """Whether a person should look: low confidence, or an open finding."""
        return self.confidence < LOW_CONFIDENCE or any(f.status == "open" for f in self.findings)

    def needs_work(self, lang: str) -> bool:
        """Whether a translator into ``lang`` should look; a person's word goes before doubts."""
        cell = self.cell(lang)
        doubtful = cell.status == DRAFT or (self.doubtful and cell.status != APPROVED)
        return doubtful and bool(cell.texts)


def rows(
    alignment: Alignment,
    findings: Iterable[Finding] = (),
    remarks: Mapping[str, Sequence[Remark]] | None = None,
    judgements: Iterable[Judgement] = (),
) -> tuple[Row, ...]:
    """Return one row a link, in the alignment's order.

    Args:
        alignment: Of two to n languages.
        findings: On its links.
        remarks: Per language what people said of passages, newest first.
        judgements: What people said of findings.
    """
    by_link: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.status != "refused":
            by_link[finding.unit].append(finding)
    said = remarks or {}
    judged: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        judged[judgement.finding.unit].append(judgement)
    made = (_row(alignment, link, by_link.get(link.id, ()), said) for link in alignment)
    return tuple(replace(row, judgements=tuple(judged.get(row.id, ()))) for row in made)


def _row(
    alignment: Alignment,
    link: Link,
    findings: Sequence[Finding],
    remarks: Mapping[str, Sequence[Remark]],
) -> Row:
    cells = tuple(
        _cell(alignment, link, lang, remarks.get(lang, ())) for lang in alignment.languages
    )
    return Row(link.id, cells, link.confidence, tuple(findings))


def _verdict(verdict: Verdict) -> str:
    """Return a verdict in words: ``refused by B. Reader, 2026-11-24 (wording): a synonym``."""
    reason = f" ({verdict.reason})" if verdict.reason else ""
    note = f": {' '.join(verdict.note.split())}" if verdict.note else ""
    return f"{verdict.verdict} by {verdict.who}, {verdict.when}{reason}{note}"


def _cell(alignment: Alignment, link: Link, lang: str, remarks: Sequence[Remark]) -> Cell:
    passages = alignment.of(link, lang)
    ids = tuple(p.id for p in passages)
    said = [r.comment for r in remarks if r.comment and set(r.passages) & set(ids)]
    return Cell(
        lang,
        ids,
        tuple(p.text for p in passages),
        link[lang],
        "\n".join(dict.fromkeys(said)),
        latest_status(remarks, ids),
    )


def fingerprint(text: str) -> str:
    """Return 16 hex digits that tell whether a passage is still what was exported (SHA-256)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprints(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the fingerprint of each passage."""
    return tuple(map(fingerprint, texts))
