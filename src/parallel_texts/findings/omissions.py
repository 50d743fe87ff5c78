"""V101: a passage without a counterpart in a language that has the document."""

from __future__ import annotations

from collections.abc import Iterator

from parallel_texts.findings.comparison import Row
from parallel_texts.findings.messages import say, where
from parallel_texts.model import Finding

__all__ = ["missing_passage"]


def missing_passage(row: Row) -> Iterator[Finding]:
    """V101. Languages that lack the document altogether are a matter of A301."""
    missing = [lang for lang in row.comparison.languages if lang not in row.sides]
    if missing and row.sides:
        yield _finding(row, missing)


def _finding(row: Row, missing: list[str]) -> Finding:
    ui_lang = row.comparison.ui_lang
    message = say(
        "Nothing in {missing} answers to this passage, which stands in {present}.",
        ui_lang,
        missing=where(missing, ui_lang),
        present=where(row.sides, ui_lang),
    )
    return Finding(
        "V101",
        "version",
        row.comparison.alignment.work,
        row.link.id,
        row.comparison.languages,
        message,
        round(0.97 * row.link.confidence, 3),
        "missing-passage",
        tuple(quote for lang in row.sides for quote in row.quotes(lang)),
    )
