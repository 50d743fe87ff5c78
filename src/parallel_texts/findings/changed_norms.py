"""V104, V105 and V107 from norms: a balance that changes with the language of the text.

Only works of a corpus are read this way: their parties are known, and their links are checked or
can be. Loose rows are compared by the marks of force, party and condition alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial

from parallel_texts.findings.comparison import Comparison, quote
from parallel_texts.findings.messages import quoted, say, sides
from parallel_texts.model import Alignment, Authority, Evidence, Finding, Passage, Work
from parallel_texts.norms import is_narrative, norms
from parallel_texts.norms.schema import Norm
from parallel_texts.norms.versions import Change, changes

__all__ = ["CHANGED_NORMS"]

_MESSAGES = {
    "V104": "Read as norms, the versions bind or entitle differently: {sides}.",
    "V105": "Read as norms, the versions name different bearers: {sides}.",
    "V107": "Read as norms, the versions set different conditions: {sides}.",
}
_CONFIDENCE = 0.6
"""Two readings by rule have to be right at once: below a finding from marked words."""


def _changed(code: str, comparison: Comparison) -> Iterator[Finding]:
    """Yield one finding a link for which two versions give a party another part."""
    work = comparison.work
    if work is None or len(comparison.languages) < 2:
        return
    seen: set[str] = set()
    passages = {p.id: p for side in comparison.alignment.passages for p in side}
    for change in _changes(comparison.alignment, comparison.parties, work):
        if change.code == code and change.link not in seen:
            seen.add(change.link)
            yield _finding(change, comparison, passages)


CHANGED_NORMS = {code: partial(_changed, code) for code in _MESSAGES}
"""Code to rule."""


@lru_cache(maxsize=4)
def _changes(
    alignment: Alignment, parties: tuple[Authority, ...], work: Work
) -> tuple[Change, ...]:
    if any(is_narrative(work, lang) for lang in alignment.languages):
        return ()
    read = [norm for side in alignment.passages for norm in norms(side, parties, only=work.parties)]
    return tuple(changes(alignment, read))


def _finding(change: Change, comparison: Comparison, passages: dict[str, Passage]) -> Finding:
    ui = comparison.ui_lang
    evidence = tuple(_quote(norm, passages) for norm in change.norms)
    words = {e.lang: quoted(e.text, ui) for e in evidence}
    return Finding(
        code=change.code,
        kind="version",
        work=comparison.alignment.work,
        unit=change.link,
        languages=tuple(norm.lang for norm in change.norms),
        message=say(_MESSAGES[change.code], ui, sides=sides(words, ui)),
        confidence=round(_CONFIDENCE * min(norm.confidence for norm in change.norms), 2),
        rule="changed-norm",
        evidence=evidence,
    )


def _quote(norm: Norm, passages: dict[str, Passage]) -> Evidence:
    return quote(passages[norm.passage], norm.start, norm.end)
