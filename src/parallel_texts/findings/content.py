"""V110: part of a passage has no counterpart inside the link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np

from parallel_texts.encoders import Array
from parallel_texts.findings.comparison import Comparison, Row, quote
from parallel_texts.findings.messages import quoted, say, where
from parallel_texts.findings.proportion import (
    features,
    habit,
    measure,
    probability,
    threshold,
)
from parallel_texts.findings.vectors import Side, Vectors, encode_sides
from parallel_texts.languages.content_words import content_words
from parallel_texts.model import Evidence, Finding, Passage
from parallel_texts.segmentation import clauses

__all__ = ["DOUBT", "clause_features", "missing_content", "word_features"]

DOUBT = 0.35
"""Probability of the first model from which on clauses are compared."""

_AGREES = 0.4
"""Probability from which on a third language bears a finding out."""
_STOPS = " .,;:。，；："
"""Marks at the end of a clause that its quotation leaves out."""
_LEAST_CHARACTERS = {"zh": 14}
"""Characters that the fuller side needs; 40 where a language is not named."""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A row in which the second language may lack something of the first."""

    row: Row
    pair: tuple[str, str]
    values: list[float]


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of a passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def lang(self) -> str:
        return self.passage.lang


def missing_content(comparison: Comparison) -> Iterator[Finding]:
    """V110. Proportions raise the doubt, clause vectors decide and say which words it is."""
    rows = [row for row in comparison.rows() if len(row) > 1]
    pairs = permutations(comparison.languages, 2)
    by_row: dict[str, list[_Doubt]] = {}
    for doubt in (doubt for pair in pairs for doubt in _doubts(rows, pair)):
        by_row.setdefault(doubt.row.link.id, []).append(doubt)
    worth = [doubts for doubts in by_row.values() if _can_be_borne_out(doubts)]
    vectors = _vectors([doubts[0].row for doubts in worth])
    for doubts in worth:
        judged = [_judge(doubt, vectors) for doubt in doubts]
        row = doubts[0].row
        sure = [f for f in judged if f[0] >= threshold(f[1].pair) and _is_borne_out(f, judged, row)]
        if sure:
            yield _finding(row, sure)


def _vectors(rows: Sequence[Row]) -> Vectors:
    """Return the vectors of some rows' clauses, sides and words."""
    sides = [_clauses(row, lang) for row in rows for lang in row.sides]
    return encode_sides(map(_whole, sides), (word for side in sides for word in _words(side)))


def _words(side: Sequence[_Clause]) -> list[str]:
    return [word.text for clause in side for word in content_words(clause.text, clause.lang)]


def _whole(side: Sequence[_Clause]) -> Side:
    return tuple(clause.text for clause in side)


def _doubts(rows: Sequence[Row], pair: tuple[str, str]) -> Iterator[_Doubt]:
    first, second = pair
    both = [row for row in rows if first in row.sides and second in row.sides]
    measured = [
        (measure(row.text(first), first), measure(row.text(second), second)) for row in both
    ]
    usual = habit(pair, measured)
    for row, (a, b) in zip(both, measured, strict=True):
        values = features(a, b, usual)
        if _is_long_enough(row, pair) and probability(pair, "proportion", values) >= DOUBT:
            yield _Doubt(row, pair, values)


def _is_borne_out(
    found: tuple[float, _Doubt, list[_Clause]],
    judged: Sequence[tuple[float, _Doubt, list[_Clause]]],
    row: Row,
) -> bool:
    """In three languages a third has to agree: it too says more, or it too says less."""
    if len(row) == 2:
        return True
    return any(
        other is not found and other[0] >= _AGREES and _agree(other[1], found[1])
        for other in judged
    )


def _can_be_borne_out(doubts: Sequence[_Doubt]) -> bool:
    """What no third language doubts need not be encoded."""
    return len(doubts[0].row) == 2 or any(_agree(*two) for two in combinations(doubts, 2))


def _agree(one: _Doubt, other: _Doubt) -> bool:
    return one.pair[0] == other.pair[0] or one.pair[1] == other.pair[1]


def _is_long_enough(row: Row, pair: tuple[str, str]) -> bool:
    """A heading or a date is too short for proportions to mean anything."""
    fuller, shorter = (row.text(lang).strip() for lang in pair)
    return len(fuller) >= _LEAST_CHARACTERS.get(pair[0], 40) and len(shorter) > 1


def _judge(doubt: _Doubt, vectors: Vectors) -> tuple[float, _Doubt, list[_Clause]]:
    """Return the second model's probability and the clauses least matched, worst first."""
    ours, theirs = (_clauses(doubt.row, lang) for lang in doubt.pair)
    matched, back = _matches(ours, theirs, vectors)
    alone, theirs_alone = _unmet(ours, theirs, vectors)
    values = [
        *doubt.values,
        *clause_features(matched, back),
        *word_features(alone),
        *word_features(theirs_alone),
    ]
    worst = sorted(ours, key=lambda c: (_is_scrap(c), matched[ours.index(c)]))
    return probability(doubt.pair, "clauses", values), doubt, worst


def _is_scrap(clause: _Clause) -> bool:
    """Tell whether a clause is too short to be what is missing: "Now,"."""
    return len(clause.text) < (5 if clause.passage.lang == "zh" else 14)


def clause_features(matched: Array, back: Array) -> list[float]:
    """Return what the second model adds: the worst match of either side and their difference.

    Args:
        matched: Best cosine of each clause of the first side with the second, shape (clauses,).
        back: The same from the second side.
    """
    return [float(matched.min()), float(back.min()), float(matched.min() - back.min())]


def word_features(alone: Array) -> list[float]:
    """Return how little the words of a side are met: on average, and the three least met.

    Args:
        alone: One less the best cosine of each content word with one of the other side.
    """
    if not len(alone):
        return [0.0, 0.0]
    return [float(alone.mean()), float(np.sort(alone)[-3:].mean())]


def _unmet(
    ours: Sequence[_Clause], theirs: Sequence[_Clause], vectors: Vectors
) -> tuple[Array, Array]:
    """Return for each content word of either side how far it is from all of the other."""
    words, their_words = _words(ours), _words(theirs)
    if not words or not their_words:
        return np.ones(len(words), np.float32), np.ones(len(their_words), np.float32)
    a, b = (np.stack([vectors[w] for w in side]) for side in (words, their_words))
    similar = a @ b.T
    return 1 - similar.max(axis=1), 1 - similar.max(axis=0)


def _matches(
    ours: Sequence[_Clause], theirs: Sequence[_Clause], vectors: Vectors
) -> tuple[Array, Array]:
    """Return the best cosine of each clause with a clause of the other side, or with all of it."""
    a, b = (np.stack([vectors[c.text] for c in side]) for side in (ours, theirs))
    similar = a @ b.T
    return (
        np.maximum(similar.max(axis=1), a @ vectors[_whole(theirs)]),
        np.maximum(similar.max(axis=0), b @ vectors[_whole(ours)]),
    )


def _clauses(row: Row, lang: str) -> list[_Clause]:
    return [
        _Clause(passage, segment.start, segment.end)
        for passage in row.sides[lang]
        for segment in clauses(passage.text, lang)
    ]


def _finding(row: Row, sure: Sequence[tuple[float, _Doubt, list[_Clause]]]) -> Finding:
    best, doubt, worst = max(sure, key=lambda found: found[0])
    ui_lang = row.comparison.ui_lang
    fuller, shorter = doubt.pair
    lacking = [lang for lang in row.sides if any(found[1].pair[1] == lang for found in sure)]
    message = say(
        "{fuller} says more than {shorter}: no counterpart was found for {words}.",
        ui_lang,
        fuller=where([fuller], ui_lang),
        shorter=where(lacking or [shorter], ui_lang),
        words=quoted(worst[0].text.rstrip(_STOPS), ui_lang, limit=90),
    )
    return Finding(
        "V110",
        "version",
        row.comparison.alignment.work,
        row.link.id,
        tuple(row.sides),
        message,
        round(_calibrated(best, threshold(doubt.pair)), 3),
        "content-without-counterpart",
        _evidence(row, fuller, worst[0]),
    )


def _calibrated(probability_: float, least: float) -> float:
    """A finding at the threshold is right about as often as not; see docs/flags.md."""
    return 0.5 + 0.45 * (probability_ - least) / (1 - least)


def _evidence(row: Row, fuller: str, clause: _Clause) -> tuple[Evidence, ...]:
    spans: list[Evidence] = []
    for lang in row.sides:
        if lang == fuller:
            spans.append(quote(clause.passage, clause.start, clause.end))
        else:
            spans.extend(row.quotes(lang))
    return tuple(spans)
