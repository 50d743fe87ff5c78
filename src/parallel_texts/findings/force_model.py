"""How likely it is that the sides of a link differ in force or in what they deny.

One logistic model a code for all pairs of languages weighs what rules of thumb say, how many marks
one side has beyond the other, and what :mod:`parallel_texts.findings.counterfactuals` found. The
table ``force_model``, made by ``bench/flags/fit_force.py``, holds the weights and thresholds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from parallel_texts.findings.force_rules import FORCE, RIGHTS, clauses_denied, denial
from parallel_texts.findings.proportion import logistic
from parallel_texts.findings.said import Said
from parallel_texts.languages.tables import read_table

__all__ = [
    "CHANGED",
    "MARKED",
    "PAIRS",
    "features",
    "gate",
    "is_denial",
    "probability",
    "threshold",
]

PAIRS = (("zh", "ru"), ("zh", "en"), ("ru", "en"))
"""Pairs of languages the model knows."""

_SURPLUS = (
    "rights permissions entitlements duties rights-uncovered rights-alone duties-uncovered crossed "
    "right-unmet right-unmentioned duty-unmet duty-unmentioned only-right crossed-subordinate "
    "crossed-weak permission-duty duty-nouns duty-noun-for-right exemptions prohibitions denied "
    "denials denied-uncovered denied-unmentioned denial-unmet denial-unhinted prohibition-right "
    "prohibition-duty denied-subordinate denied-beyond denial-only prohibition-unmet possibilities "
    "denial-ratio denied-words right-nouns consent"
).split()
MARKED = (*_SURPLUS, *(name for name, _ in FORCE), "negation", *map("-".join, PAIRS))
"""Names of what :func:`features` returns."""
CHANGED = (
    "bind bind-tried permit permit-tried affirm affirm-tried deny deny-tried "
    "force-both denial-both likeness"
).split()
"""Names of what trying changed wordings adds."""

_MOST = 2
_MANY = 6


@dataclass(frozen=True, slots=True)
class _Counts:
    """Marks of one side, by what they say."""

    rights: float
    permissions: float
    entitlements: float
    duties: float
    weak_duties: float
    possible: float
    subordinate: float
    right_nouns: float
    duty_nouns: float
    weak_duty_nouns: float
    exemptions: float
    prohibitions: float
    denials: float
    denied: float
    words: float
    limits: float
    hints: float
    inner: float
    consent: float

    @property
    def covering(self) -> float:
        """Words that another language may put as a denial."""
        return self.words + self.limits


def _counted(text: Said) -> _Counts:
    return _Counts(
        rights=_eased(text.strong(*RIGHTS)),
        permissions=_eased(text.strong("MAY")),
        entitlements=_eased(text.strong("PER")),
        duties=_eased(text.strong("OBL")),
        weak_duties=_eased(text.graded("OBL", "weak")),
        possible=_eased(text.any("CAN")),
        subordinate=_eased(text.graded("CAN", "sub")),
        right_nouns=_eased(text.graded("PER", "weak")),
        duty_nouns=_eased(text.strong("DUTY")),
        weak_duty_nouns=_eased(text.any("DUTY") - text.strong("DUTY")),
        exemptions=_eased(text.strong("EXM")),
        prohibitions=_eased(text.strong("PRO") + text.medium("PRO")),
        denials=_eased(text.strong("NEG")),
        denied=_eased(clauses_denied(text)),
        words=_eased(text.lexical("NEG")),
        limits=_eased(text.graded("NEG", "limit")),
        hints=_eased(text.graded("NEG", "weak")),
        inner=_eased(text.graded("NEG", "sub")),
        consent=_eased(text.strong("consent")),
    )


def _eased(count: int) -> float:
    """Count half what is said again: "not to make, transfer or receive" is one denial or three."""
    return float(count) if count < 2 else (count + 1) / 2


def features(one: Said, other: Said, pair: tuple[str, str]) -> list[float]:
    """Return what the model looks at, the same whichever side is given first but for ``pair``.

    Args:
        one: Marks of the first side.
        other: Marks of the second.
        pair: Their languages, in the order of :data:`PAIRS`.

    Returns:
        One value for each name of :data:`MARKED`.
    """
    a, b = _counted(one), _counted(other)
    known = [float(pair == one_of) for one_of in PAIRS]
    if a == b:
        return [*[0.0] * (len(_SURPLUS) - 1), 2 * _both(a, b), *[0.0] * (len(FORCE) + 1), *known]
    surplus = [x + y for x, y in zip(_surplus(a, b), _surplus(b, a), strict=True)]
    judged = [judge(one, other) + judge(other, one) for _, judge in FORCE]
    denied = denial(one, other) + denial(other, one)
    return [*surplus, *judged, denied, *known]


def _surplus(a: _Counts, b: _Counts) -> list[float]:
    """Return what the first side has beyond the second; the names are in ``_SURPLUS``."""
    return [*_more_rights(a, b), *_more_duties(a, b), *_more_denials(a, b), *_more_words(a, b)]


def _more_rights(a: _Counts, b: _Counts) -> list[float]:
    return [
        _more(a.rights - b.rights),
        _more(a.permissions - b.permissions),
        _more(a.entitlements - b.entitlements),
        _more(a.duties - b.duties),
        _more(a.rights - b.rights - b.possible),
        _more(a.rights - b.rights - b.possible - b.right_nouns),
        _more(a.duties - b.duties - b.weak_duties),
        min(_more(a.rights - b.rights), _more(b.duties - a.duties)),
        float(a.rights > 0 and b.rights + b.possible == 0),
        float(a.rights > 0 and b.rights + b.possible + b.right_nouns == 0),
        float(a.duties > 0 and b.duties == 0),
        float(a.duties > 0 and b.duties + b.weak_duties == 0),
        float(a.rights > 0 and a.duties == 0 and b.rights == 0 and b.duties > 0),
    ]


def _more_duties(a: _Counts, b: _Counts) -> list[float]:
    here, there = (x.possible + x.subordinate + x.rights for x in (a, b))
    nouns = b.entitlements + b.right_nouns - a.entitlements - a.right_nouns
    return [
        min(_more(a.subordinate - b.subordinate), _more(b.duties - a.duties)),
        min(_more(here - there), _more(b.duties - a.duties)),
        min(_more(a.permissions - b.permissions), _more(b.duties - a.duties)),
        _more(a.duty_nouns - b.duty_nouns - b.weak_duty_nouns),
        min(_more(a.duty_nouns - b.duty_nouns), _more(nouns)),
        _more(a.exemptions - b.exemptions),
        _more(a.prohibitions - b.prohibitions),
    ]


def _more_denials(a: _Counts, b: _Counts) -> list[float]:
    beyond = a.denied - b.denied - b.covering
    return [
        _more(a.denied - b.denied),
        _more(a.denials - b.denials),
        _more(beyond),
        _more(beyond - b.hints),
        float(a.denied > 0 and b.denied + b.covering == 0),
        float(a.denied > 0 and b.denied + b.covering + b.hints == 0),
        min(_more(a.prohibitions - b.prohibitions), _more(b.rights - a.rights)),
        min(_more(a.prohibitions - b.prohibitions), _more(b.duties - a.duties)),
        _more(a.inner - b.inner),
        _more(beyond - b.inner),
        float(a.denials > 0 and b.denials == 0),
        float(a.prohibitions > 0 and b.denied + b.words + b.inner == 0),
    ]


def _more_words(a: _Counts, b: _Counts) -> list[float]:
    return [
        _more(a.subordinate - b.subordinate - b.possible - b.rights),
        max(0, a.denials - b.denials) / (1 + a.denials + b.denials),
        _more(a.words - b.words - b.denied),
        _more(a.right_nouns - b.right_nouns),
        _both(a, b),
    ]


def _both(a: _Counts, b: _Counts) -> float:
    """Tell whether both sides speak of consent."""
    return float(min(a.consent, b.consent, 1))


def _more(surplus: float) -> float:
    return 0.0 if surplus <= 0 else float(min(_MOST, surplus))


def probability(code: str, values: Sequence[float]) -> float:
    """Return the probability that the sides differ.

    Args:
        code: ``V104`` or ``V106``.
        values: What :func:`features` returns, alone or with the values of :data:`CHANGED` after it.
    """
    return logistic(_model(code)["marks" if len(values) == len(MARKED) else "all"], values)


def is_denial(values: Sequence[float]) -> bool:
    """Tell whether a difference is rather one of denial (V106) than of force (V104).

    Args:
        values: What :func:`features` returns, with the values of :data:`CHANGED` after it.
    """
    return logistic(_model("V106")["which"], values) > 0.5


def gate(code: str) -> float:
    """Return the probability by marks alone from which on changed wordings are tried."""
    return _model(code)["gate"][0]


def threshold(code: str) -> float:
    """Return the probability by all from which on a finding is made."""
    return _model(code)["threshold"][0]


@cache
def _model(code: str) -> dict[str, list[float]]:
    """Return intercept and weights, gate and threshold of a code."""
    found: dict[str, list[float]] = {}
    for row in read_table("force_model"):
        if row["code"] == code:
            found.setdefault(row["model"], []).append(float(row["weight"]))
    return found
