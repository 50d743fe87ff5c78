"""V107: a condition, hedge or limit that one language states and another does not.

Hedges and haste take a word or two, so their marks are counted. Whether a condition was left out is
judged by marks and lengths together, see :mod:`parallel_texts.findings.condition_model`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from parallel_texts.findings.comparison import Row
from parallel_texts.findings.condition_model import CLAUSES, features, is_above, probability
from parallel_texts.findings.messages import quoted, say, where
from parallel_texts.findings.said import Said, said
from parallel_texts.model import Evidence, Finding

__all__ = ["CONCEPTS", "different_condition"]

CONCEPTS = {
    "notice": "notice in advance",
    "consent": "consent",
    "possible": "a hedge",
    "effort": "a duty of effort only",
    "immediate": "haste",
    "exception": "an exception",
    "if": "a condition",
    "request": "a request",
    "only": "a limitation",
    "until": "an end in time",
}
"""Concepts of the table ``marks`` and what a message calls them."""

_COUNTED = ("possible", "immediate")
"""Concepts that a word or two can say: where one side has a mark more, it says more."""
_ONLY_BESIDE_OTHERS = {"only"}
"""Concepts that languages word too freely to make a finding alone: "only", "not until"."""
_LEAST = 0.6
_MOST = 0.9

_Pair = tuple[str, str]


def different_condition(row: Row) -> Iterator[Finding]:
    """V107. At most one finding a link: all conditions that a language lacks."""
    texts = {lang: said(row, lang, "condition") for lang in row.sides}
    lacking: dict[str, list[_Pair]] = {}
    confidence = _LEAST
    for pair in permutations(texts, 2):
        concepts, sure = _lost(row, texts, pair)
        confidence = max(confidence, sure)
        for concept in concepts:
            lacking.setdefault(concept, []).append(pair)
    if lacking.keys() - _ONLY_BESIDE_OTHERS:
        ordered = {concept: lacking[concept] for concept in CONCEPTS if concept in lacking}
        yield _finding(row, texts, ordered, confidence)


def _lost(row: Row, texts: dict[str, Said], pair: _Pair) -> tuple[list[str], float]:
    """Return concepts that the first language of a pair says and the second lacks, and how sure."""
    one, other = texts[pair[0]], texts[pair[1]]
    words = [concept for concept in _COUNTED if _fewer(one, other, concept)]
    if _lacks(one, other, "effort"):
        words.append("effort")
    more = [concept for concept in CLAUSES if one.strong(concept) > other.strong(concept)]
    chance = _chance(row, texts, pair) if more else 0.0
    if not is_above(chance):
        return words, _WORDS if words else 0.0
    gone = [concept for concept in more if one.strong(concept) > other.any(concept)]
    extra = ["only"] if _lacks(one, other, "only") else []
    return [*words, *(gone or more), *extra], min(_MOST, chance)


_WORDS = 0.75
"""How sure a hedge or haste is that one side has more often."""


def _chance(row: Row, texts: dict[str, Said], pair: _Pair) -> float:
    ours, theirs = ([mark for mark, _ in texts[lang].marks] for lang in pair)
    return probability(features(ours, theirs, (row.text(pair[0]), row.text(pair[1])), pair))


def _lacks(one: Said, other: Said, concept: str) -> bool:
    """Tell whether the concept is said here and in no way there."""
    return one.strong(concept) > 0 and other.any(concept) == 0


def _fewer(one: Said, other: Said, concept: str) -> bool:
    """Tell whether the concept is said more often here, by strong marks and by all."""
    return one.strong(concept) > other.strong(concept) and one.any(concept) > other.any(concept)


def _finding(
    row: Row, texts: dict[str, Said], lacking: dict[str, list[_Pair]], confidence: float
) -> Finding:
    ui_lang = row.comparison.ui_lang
    sentences = [_sentence(texts, concept, pairs, ui_lang) for concept, pairs in lacking.items()]
    evidence: list[Evidence] = []
    for lang in row.sides:
        evidence.extend(texts[lang].evidence(*lacking) or row.quotes(lang))
    return Finding(
        "V107",
        "version",
        row.comparison.alignment.work,
        row.link.id,
        tuple(row.sides),
        ("" if ui_lang == "zh" else " ").join(sentences),
        round(confidence, 2),
        "condition-" + "-".join(lacking),
        tuple(evidence),
    )


def _sentence(texts: dict[str, Said], concept: str, pairs: list[_Pair], ui_lang: str) -> str:
    with_it = [lang for lang in texts if any(lang == one for one, _ in pairs)]
    without = [lang for lang in texts if any(lang == other for _, other in pairs)]
    words = (quoted(w, ui_lang) for lang in with_it for w in texts[lang].words(concept)[:2])
    return say(
        "Stated in {present}, not in {absent}: {condition} ({words}).",
        ui_lang,
        present=where(with_it, ui_lang),
        absent=where(without, ui_lang),
        condition=say(CONCEPTS[concept], ui_lang),
        words=", ".join(words),
    )
