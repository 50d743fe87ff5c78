"""An alignment as rows that formats can hold: texts per language, ids, notes, doubts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parallel_texts.model import Alignment, Finding, Link

__all__ = ["LOW_CONFIDENCE", "Cell", "Row", "fingerprint", "rows"]

LOW_CONFIDENCE = 0.5
"""Links below are marked for a translator's attention."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a link: passages of one language; both tuples are empty for an omission."""

    lang: str
    ids: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def lines(self) -> str:
        """The passages, one a line: a translator moves a line end to split or merge."""
        return "\n".join(self.texts)


@dataclass(frozen=True, slots=True)
class Row:
    """One link with the open findings that concern it.

    Attributes:
        id: The link's id.
        cells: In the order of the alignment's languages.
        confidence: 0 to 1.
        findings: Those on this link, refused ones left out.
    """

    id: str
    cells: tuple[Cell, ...]
    confidence: float
    findings: tuple[Finding, ...] = ()

    def cell(self, lang: str) -> Cell:
        """Return the side in ``lang``; an empty one if the alignment has no such language."""
        return next((cell for cell in self.cells if cell.lang == lang), Cell(lang, (), ()))

    @property
    def doubtful(self) -> bool:
        """Whether a person should look: low confidence, or an open finding."""
        return self.confidence < LOW_CONFIDENCE or any(f.status == "open" for f in self.findings)


def rows(alignment: Alignment, findings: Iterable[Finding] = ()) -> tuple[Row, ...]:
    """Return one row a link, in the alignment's order."""
    kept = [finding for finding in findings if finding.status != "refused"]
    return tuple(_row(alignment, link, kept) for link in alignment)


def _row(alignment: Alignment, link: Link, findings: Sequence[Finding]) -> Row:
    cells = tuple(_cell(alignment, link, lang) for lang in alignment.languages)
    mine = tuple(finding for finding in findings if finding.unit == link.id)
    return Row(link.id, cells, link.confidence, mine)


def _cell(alignment: Alignment, link: Link, lang: str) -> Cell:
    passages = alignment.of(link, lang)
    return Cell(lang, tuple(p.id for p in passages), tuple(p.text for p in passages))


def fingerprint(texts: Iterable[str]) -> str:
    """Return 16 hex digits that tell whether passages are still what was exported (SHA-256)."""
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
