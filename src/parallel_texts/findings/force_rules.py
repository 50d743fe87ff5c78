"""Rules of thumb on force and denial: each compares the marks of one side with those of another.

They are what the model of :mod:`parallel_texts.findings.force_model` weighs first, and they name
what differs.
"""

from __future__ import annotations

from collections.abc import Callable

from parallel_texts.findings.said import Said

__all__ = ["FORCE", "RIGHTS", "Judge", "clauses_denied", "denial"]

Judge = Callable[[Said, Said], float]
"""Probability that the first side says something that the second does not; 0 for none."""


RIGHTS = ("PER", "MAY")
_COULD = (*RIGHTS, "CAN")


def _right_against_duty(one: Said, other: Said) -> float:
    """More rights here, more duties there."""
    rights = one.strong(*RIGHTS) - other.strong(*RIGHTS)
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
    return 0.8 if other.strong(*RIGHTS) and not other.any("OBL") else 0.0


def _right_against_nothing(one: Said, other: Said) -> float:
    """A right or permission here; there nothing that could say one."""
    if _by_consent(one, other):
        return 0.0
    return 0.7 if one.strong(*RIGHTS) and not other.any(*_COULD) else 0.0


def _by_consent(one: Said, other: Said) -> bool:
    """What may be done by consent in one language is done by consent in another."""
    return one.strong("consent") > 0 and other.strong("consent") > 0


def _permission_against_nothing(one: Said, other: Said) -> float:
    """A "may" here; there no right and nothing that could permit, nouns such as "rights" aside."""
    if not one.strong("MAY") or other.strong(*RIGHTS) or other.any("MAY", "CAN"):
        return 0.0
    if _by_consent(one, other):
        return 0.0
    return 0.6


def _one_more_permission(one: Said, other: Said) -> float:
    """One "may" more here than there, and more of all that could permit."""
    if _by_consent(one, other):
        return 0.0
    more = one.strong("MAY") > other.strong("MAY") and one.strong(*RIGHTS) > other.strong(*RIGHTS)
    return 0.55 if more and one.any(*_COULD) > other.any(*_COULD) else 0.0


def _exemption_against_duty(one: Said, other: Said) -> float:
    """Need not here; there a duty and nothing that denies it."""
    if one.strong("EXM") == 0 or other.any("EXM") or other.any("NEG"):
        return 0.0
    return 0.85 if other.any("OBL") else 0.6


FORCE: tuple[tuple[str, Judge], ...] = (
    ("right-against-duty", _right_against_duty),
    ("duty-named", _duty_named),
    ("exemption-against-duty", _exemption_against_duty),
    ("right-against-nothing", _right_against_nothing),
    ("permission-against-nothing", _permission_against_nothing),
    ("one-more-permission", _one_more_permission),
)


def denial(one: Said, other: Said) -> float:
    """More is denied here than the other side denies in any way."""
    if _prohibits(one) and (_turned(one, other) or not _excused(other)):
        return 0.85
    if clauses_denied(one) <= clauses_denied(other) + _excuses(one, other):
        return 0.0
    if one.strong("NEG") > other.strong("NEG"):
        return 0.85 if other.any("NEG") == 0 else 0.7
    return 0.6 if one.medium("NEG") and not _excused(other) else 0.0


def _turned(one: Said, other: Said) -> bool:
    """More prohibitions here, and there more rights, or more duties, instead."""
    more = one.strong("PRO") - other.strong("PRO") - other.strong("EXM")
    if more <= 0 or one.strong("NEG") < other.strong("NEG"):
        return False
    if one.strong(*RIGHTS) < other.strong(*RIGHTS):
        return not (_by_consent(one, other) and other.limits("NEG"))
    if clauses_denied(one) <= clauses_denied(other):
        return False
    return one.strong("OBL") < other.strong("OBL") and more > other.lexical("NEG")


def _excused(text: Said) -> bool:
    return _denies(text) or text.limits("NEG") > 0


def _excuses(one: Said, other: Said) -> int:
    """Count what may deny in the other text; limits and words that both have cancel out."""
    plain = other.any("NEG") - clauses_denied(other) - other.limits("NEG")
    limits = other.limits("NEG") - other.lexical("NEG") - one.limits("NEG") + one.lexical("NEG")
    return plain + max(0, limits) + max(0, other.lexical("NEG") - one.lexical("NEG"))


def clauses_denied(text: Said) -> int:
    """Count clauses denied by a word of their own."""
    return text.strong("NEG") + text.medium("NEG")


def _prohibits(text: Said) -> bool:
    return text.strong("PRO") > 0 and clauses_denied(text) > 0


def _denies(text: Said) -> bool:
    """Tell whether a clause is denied: a prefix or a verb such as "refuse" is less than that."""
    return text.strong("NEG") + text.medium("NEG") + text.strong("PRO") + text.strong("EXM") > 0
