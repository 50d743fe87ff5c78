"""V104 and V106: deontic force and negation of linked passages.

What is compared is how often each side permits, binds and denies, never which words it uses. A duty
may go unmarked in Russian and Chinese, so its absence is no difference; a right rarely does. Weak
marks (nouns such as "rights", prefixes such as "un-") never make a difference, they excuse one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from parallel_texts.findings.comparison import Row, quote
from parallel_texts.findings.messages import join, quoted, say, sides, where
from parallel_texts.languages.marks import Mark, find_marks
from parallel_texts.model import Evidence, Finding, Passage

__all__ = ["different_force", "different_negation"]


_PLAIN = ("strong", "medium")
_ELSEWHERE = ("limit", "lexical")
"""What another language may put as a denial."""


@dataclass(frozen=True, slots=True)
class Said:
    """Marks of one side of a link, with the passages they stand in."""

    marks: tuple[tuple[Mark, Passage], ...]
    _counts: dict[tuple[str, str], int] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """How many marks there are by concept and strength, and by concept alone."""

    def __post_init__(self) -> None:
        for mark, _ in self.marks:
            for key in ((mark.concept, mark.strength), (mark.concept, "")):
                self._counts[key] = self._counts.get(key, 0) + 1

    def strong(self, *concepts: str) -> int:
        """Count the marks that are alone enough."""
        return sum(self._counts.get((concept, "strong"), 0) for concept in concepts)

    def medium(self, concept: str) -> int:
        """Count the marks that are enough where the other side has nothing."""
        return self._counts.get((concept, "medium"), 0)

    def limits(self, concept: str) -> int:
        """Count marks of a limitation or of a word such as "inviolable"."""
        return sum(self._counts.get((concept, strength), 0) for strength in _ELSEWHERE)

    def lexical(self, concept: str) -> int:
        """Count words that deny by themselves, as "inviolable" does."""
        return self._counts.get((concept, "lexical"), 0)

    def any(self, *concepts: str) -> int:
        """Count marks of whatever strength."""
        return sum(self._counts.get((concept, ""), 0) for concept in concepts)

    def words(self, *concepts: str) -> list[str]:
        """Return the words of strong and medium marks."""
        return [m.text for m, _ in self.marks if m.concept in concepts and m.strength in _PLAIN]

    def evidence(self, *concepts: str) -> list[Evidence]:
        """Quote strong and medium marks."""
        return [
            quote(passage, mark.start, mark.end)
            for mark, passage in self.marks
            if mark.concept in concepts and mark.strength in _PLAIN
        ]


def said(row: Row, lang: str, *groups: str) -> Said:
    """Return the marks of the given groups on one side of a row."""
    return Said(
        tuple(
            (mark, passage)
            for passage in row.sides[lang]
            for group in groups
            for mark in find_marks(passage.text, lang, group)
        )
    )


_Judge = Callable[[Said, Said], float]
"""Probability that the first side says something that the second does not; 0 for none."""


_RIGHTS = ("PER", "MAY")
_COULD = (*_RIGHTS, "CAN")


def _right_against_duty(one: Said, other: Said) -> float:
    """More rights here, more duties there."""
    rights = one.strong(*_RIGHTS) - other.strong(*_RIGHTS)
    duties = other.strong("OBL") - one.strong("OBL")
    if rights <= 0 or duties <= 0:
        return 0.0
    return 0.9 if other.any(*_COULD) == 0 or one.any("OBL") == 0 else 0.75


def _duty_named(one: Said, other: Said) -> float:
    """A duty by name here; there more rights instead, or a right and no duty of any kind."""
    if one.strong("DUTY") <= other.any("DUTY"):
        return 0.0
    if one.any(*_COULD) < other.any(*_COULD):
        return 0.85
    return 0.8 if other.strong(*_RIGHTS) and not other.any("OBL") else 0.0


def _right_against_nothing(one: Said, other: Said) -> float:
    """A right or permission here; there nothing that could say one."""
    if _by_consent(one, other):
        return 0.0
    return 0.7 if one.strong(*_RIGHTS) and not other.any(*_COULD) else 0.0


def _by_consent(one: Said, other: Said) -> bool:
    """What may be done by consent in one language is done by consent in another."""
    return one.strong("consent") > 0 and other.strong("consent") > 0


def _permission_against_nothing(one: Said, other: Said) -> float:
    """A "may" here; there no right and nothing that could permit, nouns such as "rights" aside."""
    if not one.strong("MAY") or other.strong(*_RIGHTS) or other.any("MAY", "CAN"):
        return 0.0
    if _by_consent(one, other):
        return 0.0
    return 0.6


def _one_more_permission(one: Said, other: Said) -> float:
    """One "may" more here than there, and more of all that could permit."""
    if _by_consent(one, other):
        return 0.0
    more = one.strong("MAY") > other.strong("MAY") and one.strong(*_RIGHTS) > other.strong(*_RIGHTS)
    return 0.55 if more and one.any(*_COULD) > other.any(*_COULD) else 0.0


def _exemption_against_duty(one: Said, other: Said) -> float:
    """Need not here; there a duty and nothing that denies it."""
    if one.strong("EXM") == 0 or other.any("EXM") or other.any("NEG"):
        return 0.0
    return 0.85 if other.any("OBL") else 0.6


_FORCE: tuple[tuple[str, _Judge], ...] = (
    ("right-against-duty", _right_against_duty),
    ("duty-named", _duty_named),
    ("exemption-against-duty", _exemption_against_duty),
    ("right-against-nothing", _right_against_nothing),
    ("permission-against-nothing", _permission_against_nothing),
    ("one-more-permission", _one_more_permission),
)


def different_force(row: Row) -> Iterator[Finding]:
    """V104. A right against a duty, an exemption against a duty, a right against nothing."""
    texts = {lang: said(row, lang, "force", "negation", "duty", "condition") for lang in row.sides}
    for rule, judge in _FORCE:
        odd, confidence = _disagreements(texts, judge)
        if odd:
            yield _force_finding(row, texts, odd, rule, confidence)
            return


def _denial(one: Said, other: Said) -> float:
    """More is denied here than the other side denies in any way."""
    if _prohibits(one) and (_turned(one, other) or not _excused(other)):
        return 0.85
    if _clauses_denied(one) <= _clauses_denied(other) + _excuses(one, other):
        return 0.0
    if one.strong("NEG") > other.strong("NEG"):
        return 0.85 if other.any("NEG") == 0 else 0.7
    return 0.6 if one.medium("NEG") and not _excused(other) else 0.0


def _turned(one: Said, other: Said) -> bool:
    """More prohibitions here, and there more rights, or more duties, instead."""
    more = one.strong("PRO") - other.strong("PRO") - other.strong("EXM")
    if more <= 0 or one.strong("NEG") < other.strong("NEG"):
        return False
    if one.strong(*_RIGHTS) < other.strong(*_RIGHTS):
        return not (_by_consent(one, other) and other.limits("NEG"))
    if _clauses_denied(one) <= _clauses_denied(other):
        return False
    return one.strong("OBL") < other.strong("OBL") and more > other.lexical("NEG")


def _excused(text: Said) -> bool:
    return _denies(text) or text.limits("NEG") > 0


def _excuses(one: Said, other: Said) -> int:
    """Count what may deny in the other text; limits and words that both have cancel out."""
    plain = other.any("NEG") - _clauses_denied(other) - other.limits("NEG")
    limits = other.limits("NEG") - other.lexical("NEG") - one.limits("NEG") + one.lexical("NEG")
    return plain + max(0, limits) + max(0, other.lexical("NEG") - one.lexical("NEG"))


def _clauses_denied(text: Said) -> int:
    return text.strong("NEG") + text.medium("NEG")


def _prohibits(text: Said) -> bool:
    return text.strong("PRO") > 0 and _clauses_denied(text) > 0


def _denies(text: Said) -> bool:
    """Tell whether a clause is denied: a prefix or a verb such as "refuse" is less than that."""
    return text.strong("NEG") + text.medium("NEG") + text.strong("PRO") + text.strong("EXM") > 0


def different_negation(row: Row) -> Iterator[Finding]:
    """V106. One language denies what another affirms."""
    texts = {lang: said(row, lang, "negation", "force", "condition") for lang in row.sides}
    odd, confidence = _disagreements(texts, _denial)
    if odd:
        yield _negation_finding(row, texts, odd, confidence)


def _disagreements(texts: dict[str, Said], judge: _Judge) -> tuple[list[tuple[str, str]], float]:
    """Return the pairs of languages that disagree and the highest probability."""
    judged = {(a, b): judge(texts[a], texts[b]) for a, b in permutations(texts, 2)}
    odd = [pair for pair, probability in judged.items() if probability > 0]
    return odd, max((judged[pair] for pair in odd), default=0.0)


_FORCE_WORDS = {
    "OBL": "a duty",
    "DUTY": "a duty",
    "PER": "a right",
    "MAY": "a permission",
    "PRO": "a prohibition",
    "EXM": "an exemption",
}


def _force_finding(
    row: Row, texts: dict[str, Said], odd: list[tuple[str, str]], rule: str, confidence: float
) -> Finding:
    ui_lang = row.comparison.ui_lang
    concerned = [lang for lang in row.sides if any(lang in pair for pair in odd)]
    stated = {lang: _force_words(texts[lang], ui_lang) for lang in concerned}
    message = say(
        "The force of the clause differs: {sides}.", ui_lang, sides=sides(stated, ui_lang)
    )
    return _finding(
        row, "V104", message, confidence, rule, texts, ("OBL", "PER", "MAY", "PRO", "EXM")
    )


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


def _negation_finding(
    row: Row, texts: dict[str, Said], odd: list[tuple[str, str]], confidence: float
) -> Finding:
    ui_lang = row.comparison.ui_lang
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
    return _finding(row, "V106", message, confidence, "negation", texts, ("NEG",))


def _finding(
    row: Row,
    code: str,
    message: str,
    confidence: float,
    rule: str,
    texts: dict[str, Said],
    concepts: tuple[str, ...],
) -> Finding:
    evidence: list[Evidence] = []
    for lang in row.sides:
        evidence.extend(texts[lang].evidence(*concepts) or row.quotes(lang))
    work = row.comparison.alignment.work
    return Finding(
        code,
        "version",
        work,
        row.link.id,
        tuple(row.sides),
        message,
        confidence,
        rule,
        tuple(evidence),
    )
