"""V107: a condition, hedge or limit that one language states and another does not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from parallel_texts.findings.comparison import Row
from parallel_texts.findings.force import Said, said
from parallel_texts.findings.messages import quoted, say, where
from parallel_texts.findings.proportion import features, habit, measure, probability
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

_COUNTED = {"possible", "immediate"}
_ADDS_LITTLE = {"possible", "effort", "immediate"}
"""Concepts that a word or two can add: lengths say nothing of them."""
_GAP = 0.16
"""Probability of the model of proportions from which on a side says less."""
_ONLY_BESIDE_OTHERS = {"only"}
"""Concepts that languages word too freely to make a finding alone: "only", "not until"."""

_CONFIDENCE = {"notice": 0.75, "consent": 0.75, "possible": 0.75, "exception": 0.75, "if": 0.65}
_OTHERWISE = 0.6


def different_condition(row: Row) -> Iterator[Finding]:
    """V107. At most one finding a link: all conditions that a language lacks."""
    texts = {lang: said(row, lang, "condition") for lang in row.sides}
    lacking: dict[str, tuple[list[str], list[str]]] = {}
    for concept in CONCEPTS:
        pairs = [
            (a, b)
            for a, b in permutations(texts, 2)
            if (concept in _COUNTED and _fewer(texts[a], texts[b], concept))
            or (
                _lacks(texts[a], texts[b], concept)
                and (concept in _ADDS_LITTLE or _says_less(row, a, b))
            )
        ]
        if pairs:
            with_it = [lang for lang in texts if any(lang == a for a, _ in pairs)]
            without = [lang for lang in texts if any(lang == b for _, b in pairs)]
            lacking[concept] = with_it, without
    if lacking.keys() - _ONLY_BESIDE_OTHERS:
        yield _finding(row, texts, lacking)


def _lacks(one: Said, other: Said, concept: str) -> bool:
    """Tell whether the concept is said here and in no way there."""
    return one.strong(concept) > 0 and other.any(concept) == 0


def _fewer(one: Said, other: Said, concept: str) -> bool:
    """Tell whether the concept is said more often here, by strong marks and by all."""
    return one.strong(concept) > other.strong(concept) and one.any(concept) > other.any(concept)


def _says_less(row: Row, fuller: str, shorter: str) -> bool:
    """Tell whether the side without the condition is shorter than translations usually are.

    A condition that was left out leaves a gap; one that is worded in a way that no table knows
    does not.
    """
    pair = fuller, shorter
    ours, theirs = (measure(row.text(lang), lang) for lang in pair)
    return probability(pair, "proportion", features(ours, theirs, habit(pair, ()))) >= _GAP


def _finding(
    row: Row, texts: dict[str, Said], lacking: dict[str, tuple[list[str], list[str]]]
) -> Finding:
    ui_lang = row.comparison.ui_lang
    sentences = [_sentence(texts, concept, *sides, ui_lang) for concept, sides in lacking.items()]
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
        max(_CONFIDENCE.get(concept, _OTHERWISE) for concept in lacking),
        "condition-" + "-".join(lacking),
        tuple(evidence),
    )


def _sentence(
    texts: dict[str, Said], concept: str, with_it: list[str], without: list[str], ui_lang: str
) -> str:
    words = (quoted(w, ui_lang) for lang in with_it for w in texts[lang].words(concept)[:2])
    return say(
        "Stated in {present}, not in {absent}: {condition} ({words}).",
        ui_lang,
        present=where(with_it, ui_lang),
        absent=where(without, ui_lang),
        condition=say(CONCEPTS[concept], ui_lang),
        words=", ".join(words),
    )
