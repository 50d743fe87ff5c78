"""In what two norms of the same action differ: notice, consent, cost, language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from parallel_texts.languages.numbers import find_numbers
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Authority
from parallel_texts.norms.schema import ALL, Norm

__all__ = ["inequalities", "is_bound_to_notify", "shares_of", "speaks_of_the_text", "waives_notice"]

Difference = tuple[str, str]
"""Code and what differs."""
_TEXT_ACTIONS = frozenset({"ratify", "terminate"})


def inequalities(
    norm: Norm, mirror: Norm | None, parties: tuple[Authority, ...]
) -> Iterator[Difference]:
    """Yield what makes ``norm`` unequal to its mirror, or by itself where it has none."""
    for rule in _RULES:
        found = rule(norm, mirror, parties)
        if found is not None:
            yield found


def waives_notice(norm: Norm) -> bool:
    """Return True for an act free of notice, or an exemption from giving it."""
    return norm.value("notice") == "waived" or (
        norm.modality == "exemption" and norm.action == "notify"
    )


def speaks_of_the_text(norm: Norm) -> bool:
    """Return True where the language is that of the agreement itself: a matter of authenticity."""
    return _THE_TEXT.search(norm.context) is not None


_THE_TEXT = re.compile(
    r"\b(?:agreement|treaty|protocol|convention|document|texts?)\b"
    r"|\b(?:соглашени|договор|протокол|конвенци|документ|текст)\w*|协定|条约|议定书|公约|文件|文本|正本",
    re.IGNORECASE,
)


def is_bound_to_notify(norm: Norm) -> bool:
    """Return True for a duty to notify, or an act that notice is a condition of."""
    if norm.value("notice") == "required":
        return norm.modality != "exemption"
    return norm.modality == "obligation" and norm.action == "notify"


def _notice_or_consent(
    norm: Norm, mirror: Norm | None, _: tuple[Authority, ...]
) -> Difference | None:
    """One with notice or consent, the other without."""
    if mirror is None:
        return None
    for kind in ("notice", "consent", "request"):
        mine, theirs = norm.value(kind), mirror.value(kind)
        if mine != theirs and (kind != "request" or norm.action):
            return "P204", kind
    return None


def _cost(norm: Norm, mirror: Norm | None, _: tuple[Authority, ...]) -> Difference | None:
    """Only one pays, or the shares differ."""
    if mirror is None:
        payer = norm.cost_bearer
        return ("P205", "cost") if payer not in ("", "shared", "free", ALL) else None
    if _mirrored_cost(norm, mirror):
        return (
            ("P205", "cost")
            if norm.action == "pay" and shares_of(norm) != shares_of(mirror)
            else None
        )
    return "P205", "cost"


def _mirrored_cost(norm: Norm, mirror: Norm) -> bool:
    """Each pays for its own, or each for the other's, or neither is said to pay."""
    mine = "self" if norm.cost_bearer == norm.bearer else norm.cost_bearer
    theirs = "self" if mirror.cost_bearer == mirror.bearer else mirror.cost_bearer
    swapped = norm.cost_bearer == mirror.bearer and mirror.cost_bearer == norm.bearer
    return mine == theirs or swapped


def shares_of(norm: Norm) -> tuple[str, ...]:
    """Return the numbers of a norm: 70 per cent against 30."""
    found = find_numbers(norm.object, norm.lang) or find_numbers(norm.context, norm.lang)
    return tuple(sorted(str(number.value) for number in found))


def _language(norm: Norm, mirror: Norm | None, parties: tuple[Authority, ...]) -> Difference | None:
    """One party works in the other's language."""
    named = norm.value("language")
    other = mirror.value("language") if mirror else ""
    if not (named or other) or "several" in (named, other) or norm.action in _TEXT_ACTIONS:
        return None
    own = _own_languages(parties)
    if mirror is None and norm.bearer != ALL:
        return ("P206", "language") if own.get(norm.bearer) != named else None
    if norm.bearer == ALL or (mirror and mirror.bearer == ALL):
        return ("P206", "language") if list(own.values()).count(named or other) == 1 else None
    equal = bool(named) and bool(other) and _both_own_or_both_foreign(norm, mirror, own)
    return None if equal else ("P206", "language")


def _both_own_or_both_foreign(norm: Norm, mirror: Norm | None, own: dict[str, str]) -> bool:
    assert mirror is not None
    mine = own.get(norm.bearer, "") == norm.value("language")
    theirs = own.get(mirror.bearer, "") == mirror.value("language")
    return mine == theirs


def _own_languages(parties: tuple[Authority, ...]) -> dict[str, str]:
    """Return each party's own language: from its facts, else from the table ``states``."""
    found = {
        p.id: dict(p.facts).get("language", "") or _state_language(p)
        for p in parties
        if p.kind == "party"
    }
    return {key: language for key, language in found.items() if language}


def _state_language(party: Authority) -> str:
    for language, patterns in _state_names():
        for lang, names in party.names:
            if lang in patterns and any(patterns[lang].match(name) for name in names):
                return language
    return ""


@cache
def _state_names() -> tuple[tuple[str, dict[str, re.Pattern[str]]], ...]:
    found: dict[str, tuple[str, dict[str, re.Pattern[str]]]] = {}
    for row in read_table("states"):
        _, patterns = found.setdefault(row["state"], (row["language"], {}))
        patterns[row["lang"]] = re.compile(rf"(?:{row['regex']})", re.IGNORECASE)
    return tuple(found.values())


_RULES: tuple[Callable[[Norm, Norm | None, tuple[Authority, ...]], Difference | None], ...] = (
    _notice_or_consent,
    _cost,
    _language,
)
