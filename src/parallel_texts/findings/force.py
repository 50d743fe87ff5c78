"""V104 and V106: deontic force and negation of linked passages.

What is compared is how often each side permits, binds and denies, never which words it uses. A duty
may go unmarked in Russian and Chinese, so its absence is no difference; a right rarely does. Marks
of both sides are weighed together, and where they leave doubt other wordings are tried, see
:mod:`parallel_texts.findings.force_model` and :mod:`parallel_texts.findings.counterfactuals`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import cast

from parallel_texts.findings.comparison import Comparison, Row
from parallel_texts.findings.counterfactuals import try_wordings
from parallel_texts.findings.force_model import (
    MARKED,
    PAIRS,
    features,
    gate,
    is_denial,
    probability,
    threshold,
)
from parallel_texts.findings.force_rules import FORCE, clauses_denied, denial
from parallel_texts.findings.messages import join, quoted, say, sides, where
from parallel_texts.findings.said import Said, said
from parallel_texts.model import Evidence, Finding

__all__ = ["different_force", "different_negation"]

_CODES = ("V104", "V106")
_AGREES = 0.3
"""Probability from which on a third language bears a finding out."""


@dataclass(slots=True)
class _Judged:
    """Two sides of a row, and how likely they differ in force and in what they deny."""

    row: Row
    pair: tuple[str, str]
    texts: dict[str, Said]
    values: list[float]
    chances: dict[str, float]

    @property
    def sure(self) -> str:
        """The code that is more beyond its threshold."""
        return max(_CODES, key=lambda code: self.chances[code] - threshold(code))

    def is_found(self, code: str) -> bool:
        """Tell whether the sides differ, and in what the code stands for."""
        tried = len(self.values) > len(MARKED)
        found = tried and any(self.chances[each] >= threshold(each) for each in _CODES)
        return found and (code == "V106") == is_denial(self.values)


def different_force(comparison: Comparison) -> Iterator[Finding]:
    """V104. A right against a duty, an exemption against a duty, a right against nothing."""
    for row_judged in _judge(comparison):
        found = _found(row_judged, "V104")
        if found:
            yield _force_finding(found)


def different_negation(comparison: Comparison) -> Iterator[Finding]:
    """V106. One language denies what another affirms."""
    for row_judged in _judge(comparison):
        found = _found(row_judged, "V106")
        if found:
            yield _negation_finding(found)


def _found(judged: Sequence[_Judged], code: str) -> list[_Judged]:
    """Return the pairs that differ; in three languages a third has to bear it out."""
    return [
        one
        for one in judged
        if one.is_found(code)
        and (len(judged) == 1 or any(_bears_out(other, one) for other in judged))
    ]


def _bears_out(other: _Judged, one: _Judged) -> bool:
    shared = set(other.pair) & set(one.pair)
    return len(shared) == 1 and max(other.chances.values()) >= _AGREES


def _judge(comparison: Comparison) -> list[list[_Judged]]:
    """Return the pairs of each row that has any, judged once for both codes."""
    kept = comparison.made.get("force")
    if kept is None:
        kept = [pairs for row in comparison.rows() if (pairs := _by_marks(row))]
        _try_wordings([one for pairs in kept for one in pairs if _is_worth_trying(one, pairs)])
        comparison.made["force"] = kept
    return cast("list[list[_Judged]]", kept)


def _by_marks(row: Row) -> list[_Judged]:
    known = [pair for pair in map(_in_order, combinations(row.sides, 2)) if pair in PAIRS]
    langs = {lang for pair in known for lang in pair}
    texts = {lang: said(row, lang, "force", "negation", "duty", "condition") for lang in langs}
    judged = []
    for a, b in known:
        values = features(texts[a], texts[b], (a, b))
        chances = {code: probability(code, values) for code in _CODES}
        judged.append(_Judged(row, (a, b), texts, values, chances))
    return judged


def _in_order(pair: tuple[str, str]) -> tuple[str, str]:
    return pair if pair in PAIRS else (pair[1], pair[0])


def _is_worth_trying(one: _Judged, judged: Sequence[_Judged]) -> bool:
    """Tell whether marks leave doubt, and in three languages in more than one pair."""
    return any(
        one.chances[code] >= gate(code)
        and (len(judged) == 1 or sum(each.chances[code] >= gate(code) for each in judged) > 1)
        for code in _CODES
    )


def _try_wordings(doubtful: Sequence[_Judged]) -> None:
    """Judge those again with what the encoder makes of other wordings; the rest cannot differ."""
    texts = [(one.row.text(one.pair[0]), one.row.text(one.pair[1])) for one in doubtful]
    gains = try_wordings(texts, [one.pair for one in doubtful])
    for one, more in zip(doubtful, gains, strict=True):
        one.values += map(float, more)
        one.chances = {code: probability(code, one.values) for code in _CODES}


_FORCE_WORDS = {
    "OBL": "a duty",
    "DUTY": "a duty",
    "PER": "a right",
    "MAY": "a permission",
    "PRO": "a prohibition",
    "EXM": "an exemption",
}


def _force_finding(found: Sequence[_Judged]) -> Finding:
    row, texts = found[0].row, found[0].texts
    ui_lang = row.comparison.ui_lang
    concerned = [lang for lang in row.sides if any(lang in one.pair for one in found)]
    stated = {lang: _force_words(texts[lang], ui_lang) for lang in concerned}
    message = say(
        "The force of the clause differs: {sides}.", ui_lang, sides=sides(stated, ui_lang)
    )
    concepts = ("OBL", "PER", "MAY", "PRO", "EXM")
    return _finding(found, "V104", message, _rule(found), concepts)


def _force_words(text: Said, ui_lang: str) -> str:
    parts = []
    for concept, name in _FORCE_WORDS.items():
        words = text.words(concept)
        if words:
            parts.append(f"{say(name, ui_lang)} ({_listed(words[:3], ui_lang)})")
    return join(parts, ui_lang) or say("nothing marked", ui_lang)


def _listed(words: Sequence[str], ui_lang: str) -> str:
    """Return the words in quotation marks, each once."""
    return ", ".join(quoted(word, ui_lang, limit=30) for word in dict.fromkeys(words))


def _negation_finding(found: Sequence[_Judged]) -> Finding:
    row, texts = found[0].row, found[0].texts
    ui_lang = row.comparison.ui_lang
    odd = [_denier(one) for one in found]
    more = [lang for lang in row.sides if any(lang == one for one, _ in odd)]
    fewer = [lang for lang in row.sides if any(lang == other for _, other in odd)]
    words = _listed([w for lang in more for w in texts[lang].words("NEG")[:3]], ui_lang)
    message = say(
        "Denied in {more}, not in {fewer}: {words}.",
        ui_lang,
        more=where(more, ui_lang),
        fewer=where(fewer, ui_lang),
        words=words,
    )
    return _finding(found, "V106", message, "negation", ("NEG",))


def _calibrated(found: Sequence[_Judged]) -> float:
    """A finding at the threshold is right more often than not; see docs/flags.md."""
    beyond = [
        (one.chances[one.sure] - threshold(one.sure)) / (1 - threshold(one.sure)) for one in found
    ]
    return round(0.55 + 0.4 * max(beyond), 3)


def _rule(found: Sequence[_Judged]) -> str:
    """Name the first rule of thumb that sees the difference."""
    for name, judge in FORCE:
        for one in found:
            a, b = (one.texts[lang] for lang in one.pair)
            if judge(a, b) or judge(b, a):
                return name
    return "force"


def _denier(one: _Judged) -> tuple[str, str]:
    """Return the language that denies more, and the other."""
    a, b = one.pair
    here, there = one.texts[a], one.texts[b]
    more = denial(here, there) - denial(there, here) or clauses_denied(here) - clauses_denied(there)
    more = more or here.any("NEG") - there.any("NEG")
    return (a, b) if more >= 0 else (b, a)


def _finding(
    found: Sequence[_Judged], code: str, message: str, rule: str, concepts: tuple[str, ...]
) -> Finding:
    row, texts = found[0].row, found[0].texts
    evidence: list[Evidence] = []
    for lang in row.sides:
        marked = texts[lang].evidence(*concepts) if lang in texts else ()
        evidence.extend(marked or row.quotes(lang))
    return Finding(
        code,
        "version",
        row.comparison.alignment.work,
        row.link.id,
        tuple(row.sides),
        message,
        _calibrated(found),
        rule,
        tuple(evidence),
    )
