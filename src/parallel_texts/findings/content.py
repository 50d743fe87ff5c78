"""V110: part of a passage has no counterpart inside the link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from parallel_texts.findings import counterparts, proportion
from parallel_texts.findings.comparison import Comparison, Row, quote
from parallel_texts.findings.messages import quoted, say, where
from parallel_texts.findings.proportion import probability, threshold
from parallel_texts.findings.stretches import unmet_stretch
from parallel_texts.findings.vectors import Key, Spoken, encode_texts, give_vectors
from parallel_texts.model import Evidence, Finding, Passage

__all__ = ["DOUBT", "STRONG_DOUBT", "missing_content"]

DOUBT = 0.42
"""Probability of the first model from which on words are compared."""
STRONG_DOUBT = 0.6
"""Probability of the second model from which on words are compared by their vectors."""

_AGREES = 0.4
"""Probability from which on a third language bears a finding out."""
_LEAST_CHARACTERS = {"zh": 14}
"""Characters that the fuller side needs; 40 where a language is not named."""

Pair = tuple[str, str]


@dataclass(slots=True)
class _Doubt:
    """A row in which the second language may lack something of the first.

    Attributes:
        row: The row.
        pair: The languages, the fuller one first.
        values: What the first model looks at.
        sure: Probability, of the last model that was asked.
    """

    row: Row
    pair: Pair
    values: list[float]
    sure: float

    @property
    def keys(self) -> tuple[Key, Key]:
        first, second = self.pair
        return (self.row.text(first), first), (self.row.text(second), second)


def missing_content(comparison: Comparison) -> Iterator[Finding]:
    """V110. Proportions raise the doubt, words and their vectors decide and say which it is."""
    rows = [row for row in comparison.rows() if len(row) > 1]
    pairs = permutations(comparison.languages, 2)
    by_row: dict[str, list[_Doubt]] = {}
    for doubt in (doubt for pair in pairs for doubt in _doubts(rows, pair)):
        by_row.setdefault(doubt.row.link.id, []).append(doubt)
    worth = [doubts for doubts in by_row.values() if _can_be_borne_out(doubts)]
    spoken = encode_texts(key for doubts in worth for doubt in doubts for key in doubt.keys)
    _judge(worth, spoken)
    for doubts in worth:
        sure = [d for d in doubts if d.sure >= threshold(d.pair) and _is_borne_out(d, doubts)]
        if sure:
            yield _finding(sure, spoken)


def _doubts(rows: Sequence[Row], pair: Pair) -> Iterator[_Doubt]:
    first, second = pair
    both = [row for row in rows if first in row.sides and second in row.sides]
    measured = [
        (
            proportion.measure(row.text(first), first),
            proportion.measure(row.text(second), second),
        )
        for row in both
    ]
    usual = proportion.habit(pair, measured)
    for row, (a, b) in zip(both, measured, strict=True):
        values = proportion.features(a, b, usual)
        sure = probability(pair, "proportion", values)
        if sure >= DOUBT and _is_long_enough(row, pair):
            yield _Doubt(row, pair, values, sure)


def _is_long_enough(row: Row, pair: Pair) -> bool:
    """A heading or a date is too short for proportions to mean anything."""
    fuller, shorter = (row.text(lang).strip() for lang in pair)
    return len(fuller) >= _LEAST_CHARACTERS.get(pair[0], 40) and len(shorter) > 1


def _judge(rows: Sequence[Sequence[_Doubt]], spoken: dict[Key, Spoken]) -> None:
    """Ask the second model, and the third where the second leaves strong doubt."""
    _ask("words", [doubt for doubts in rows for doubt in doubts], spoken)
    strong = [
        doubt
        for doubts in rows
        for doubt in doubts
        if doubt.sure >= STRONG_DOUBT and _is_borne_out(doubt, doubts)
    ]
    for doubt in (doubt for doubts in rows for doubt in doubts):
        doubt.sure = min(doubt.sure, _AGREES)
    give_vectors(spoken[key] for doubt in strong for key in doubt.keys)
    _ask("vectors", strong, spoken)


def _ask(model: str, doubts: Sequence[_Doubt], spoken: dict[Key, Spoken]) -> None:
    for doubt in doubts:
        ours, theirs = (spoken[key] for key in doubt.keys)
        met = counterparts.meet(ours, theirs, by_vectors=model == "vectors")
        doubt.sure = probability(doubt.pair, model, [*doubt.values, *counterparts.features(*met)])


def _can_be_borne_out(doubts: Sequence[_Doubt]) -> bool:
    """What no third language doubts need not be encoded."""
    return len(doubts[0].row) == 2 or any(_agree(*two) for two in combinations(doubts, 2))


def _is_borne_out(found: _Doubt, doubts: Sequence[_Doubt]) -> bool:
    """In three languages a third has to agree: it too says more, or it too says less."""
    if len(found.row) == 2:
        return True
    return any(
        other is not found and other.sure >= _AGREES and _agree(other, found) for other in doubts
    )


def _agree(one: _Doubt, other: _Doubt) -> bool:
    return one.pair[0] == other.pair[0] or one.pair[1] == other.pair[1]


def _finding(sure: Sequence[_Doubt], spoken: dict[Key, Spoken]) -> Finding:
    best = max(sure, key=lambda doubt: doubt.sure)
    row, (fuller, shorter) = best.row, best.pair
    ui_lang = row.comparison.ui_lang
    passage, start, end = _missing(best, spoken)
    lacking = [lang for lang in row.sides if any(doubt.pair[1] == lang for doubt in sure)]
    message = say(
        "{fuller} says more than {shorter}: no counterpart was found for {words}.",
        ui_lang,
        fuller=where([fuller], ui_lang),
        shorter=where(lacking or [shorter], ui_lang),
        words=quoted(passage.text[start:end], ui_lang, limit=90),
    )
    return Finding(
        "V110",
        "version",
        row.comparison.alignment.work,
        row.link.id,
        tuple(row.sides),
        message,
        round(_calibrated(best.sure, threshold(best.pair)), 3),
        "content-without-counterpart",
        _evidence(row, fuller, quote(passage, start, end)),
    )


def _missing(doubt: _Doubt, spoken: dict[Key, Spoken]) -> tuple[Passage, int, int]:
    """Return the passage and offsets of the words without counterpart."""
    (text, fuller), _ = doubt.keys
    ours, theirs = (spoken[key] for key in doubt.keys)
    passages = doubt.row.sides[fuller]
    edges = _edges(text, passages)
    met, _ = counterparts.meet(ours, theirs, by_vectors=True)
    start, end = unmet_stretch(ours, theirs, met, fuller, edges)
    number = max(n for n, edge in enumerate(edges) if edge <= start)
    return passages[number], start - edges[number], end - edges[number]


def _edges(text: str, passages: Sequence[Passage]) -> list[int]:
    """Return the offsets at which the passages of a side begin in its text."""
    edges: list[int] = []
    for passage in passages:
        done = edges[-1] + len(passages[len(edges) - 1].text) if edges else 0
        edges.append(text.index(passage.text, done))
    return edges


def _calibrated(probability_: float, least: float) -> float:
    """A finding at the threshold is right about as often as not; see docs/flags.md."""
    return 0.5 + 0.45 * (probability_ - least) / (1 - least)


def _evidence(row: Row, fuller: str, missing: Evidence) -> tuple[Evidence, ...]:
    spans: list[Evidence] = []
    for lang in row.sides:
        spans.extend([missing] if lang == fuller else row.quotes(lang))
    return tuple(spans)
