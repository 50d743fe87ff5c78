"""V105: the languages name different parties, or give the same parties different parts.

Who is named, and in which case, is read by :mod:`parallel_texts.norms.actors`: a subject or the
agent of a passive acts, whoever stands in another case is acted on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from parallel_texts.findings.comparison import Row, quote
from parallel_texts.findings.messages import quoted, say, sides, where
from parallel_texts.model import Authority, Evidence, Finding, Passage
from parallel_texts.norms.actors import Actor, find_actors

__all__ = ["different_party"]

_NOT_PARTIES = frozenset(("pronoun", "anyone", "other"))
_ACTS = frozenset(("nom", "ins"))
_SUBJECT = frozenset(("nom",))
_OBJECT = frozenset(("acc", "dat", "obj", "loc", "gen"))
_OPENING = re.compile(
    r"(?:^|[,;:.(，。；：、（]|[由则而且如若当因故但]"
    r"|\b(?:and|or|but|that|which|when|if|while|as|because|before|after|until|where|whether))\s*(?:[Tt]he\s+)?$",
    re.IGNORECASE,
)
"""What stands before a subject whose form does not show that it is one."""
_ARTICLE = 4
"""Characters of an article at the beginning."""
_NO_SUBJECT = frozenset(("thing",))


@dataclass(frozen=True, slots=True)
class _Named:
    """An actor and the passage that names it."""

    actor: Actor
    passage: Passage

    @property
    def acts(self) -> bool:
        """True where the words can be a subject or an agent."""
        return bool(self.actor.cases & _ACTS) and not self.actor.cases & _NO_SUBJECT

    @property
    def is_subject(self) -> bool:
        """True where the words can be nothing but a subject or an agent."""
        if not self.acts or "ins" in self.actor.cases:
            return self.acts
        if self.passage.lang == "ru" and self.actor.cases <= _ACTS:
            return True
        return bool(_OPENING.search(self.passage.text[: self.actor.before or self.actor.start]))

    @property
    def evidence(self) -> Evidence:
        return quote(self.passage, self.actor.start, self.actor.end)


def different_party(row: Row) -> Iterator[Finding]:
    """V105. Another party is named, or another acts; without parties, another organ or office."""
    parties, roles = _everyone(row.comparison.parties)
    named = {lang: _named(row, lang, parties) for lang in row.sides}
    bound = {lang: [n for n in found if n.actor.key not in roles] for lang, found in named.items()}
    judged = {(a, b): _judge(bound[a], bound[b]) for a, b in combinations(named, 2)}
    if roles and not any(judged.values()):
        named = {lang: [n for n in ns if n.actor.key in roles] for lang, ns in named.items()}
        judged = {(a, b): _judge_roles(named[a], named[b]) for a, b in combinations(named, 2)}
    odd = {pair: rule for pair, rule in judged.items() if rule}
    if odd:
        rule = max(odd.values(), key=lambda r: _CONFIDENCE[r])
        yield _finding(row, named, [lang for pair in odd for lang in pair], rule)


@lru_cache(maxsize=16)
def _everyone(parties: tuple[Authority, ...]) -> tuple[tuple[Authority, ...], frozenset[str]]:
    """Return parties and roles as bearers whose names are sought, and which of them are roles."""
    roles = frozenset(party.id for party in parties if party.kind == "role")
    if not roles:
        return parties, roles
    return tuple(replace(p, kind="organ") if p.id in roles else p for p in parties), roles


def _named(row: Row, lang: str, parties: tuple[Authority, ...]) -> list[_Named]:
    return [
        _Named(actor, passage)
        for passage in row.sides[lang]
        for actor in find_actors(passage.text, lang, parties)
        if actor.key not in _NOT_PARTIES
    ]


_CONFIDENCE = {
    "other-party": 0.95,
    "parts-exchanged": 0.9,
    "order-exchanged": 0.7,
    "one-for-all": 0.8,
    "party-replaced": 0.75,
    "role-replaced": 0.8,
    "roles-exchanged": 0.8,
}


def _judge(one: list[_Named], other: list[_Named]) -> str:
    """Return the rule by which two languages disagree on parties, or the empty string."""
    keys, other_keys = _counts(one), _counts(other)
    if keys.keys() - other_keys.keys() and other_keys.keys() - keys.keys():
        return "other-party"
    if _replaced(keys, other_keys) or _replaced(other_keys, keys):
        return "party-replaced"
    agents, other_agents = _agents(one), _agents(other)
    if _exchanged(one, other) or _crossed(one, other):
        return "parts-exchanged"
    if _one_for_all(one, other, agents, other_agents):
        return "one-for-all"
    same = sorted(agents) == sorted(other_agents) and len(set(agents)) > 1
    if (same and agents != other_agents) or _openings_exchanged(one, other):
        return "order-exchanged"
    return ""


def _judge_roles(one: list[_Named], other: list[_Named]) -> str:
    """Return the rule by which two languages disagree on roles: one stands in place of another.

    Texts go on with "it" and "the Council": that a role is named more often is no difference.
    """
    here, there = _counts(one), _counts(other)
    gone, new = here.keys() - there.keys(), there.keys() - here.keys()
    if gone and new:
        return "role-replaced"
    if here.keys() != there.keys() or len(here) < 2:
        return ""
    crossed = [k for k in here if here[k] != there[k]]
    if len(crossed) == 2 and sorted(here.values()) == sorted(there.values()):
        return "roles-exchanged"
    return "roles-exchanged" if _exchanged(one, other) or _openings_exchanged(one, other) else ""


def _counts(named: list[_Named]) -> Counter[str]:
    return Counter(n.actor.key for n in named if n.actor.key != "all")


def _replaced(one: Counter[str], other: Counter[str]) -> bool:
    """Tell whether the other text names a party less often and another one more often instead."""
    fewer = [key for key in one if other[key] < one[key]]
    more = [key for key in other if other[key] > one[key]]
    gone = any(other[key] == 0 for key in fewer)
    return bool(fewer and more) and (
        gone or (len(fewer) + len(more) > 1 and one.total() == other.total())
    )


def _crossed(one: list[_Named], other: list[_Named]) -> bool:
    """Tell whether who only acts here is only acted on there, both ways."""
    return bool(_only(one, _SUBJECT) & _only(other, _OBJECT)) and bool(
        _only(other, _SUBJECT) & _only(one, _OBJECT)
    )


def _only(named: list[_Named], cases: frozenset[str]) -> set[str]:
    """Return parties all of whose mentions can only be in one of ``cases``."""
    plain = {n.actor.key for n in named if n.actor.cases and n.actor.cases <= cases}
    return plain - {n.actor.key for n in named if not n.actor.cases <= cases} - {"all"}


def _agents(named: list[_Named]) -> list[str]:
    return [n.actor.key for n in named if n.acts]


def _exchanged(one: list[_Named], other: list[_Named]) -> bool:
    """Tell whether one party alone acts here and another there, both being named in both."""
    acting, theirs = _subjects(one) - {"all"}, _subjects(other) - {"all"}
    if len(acting) != 1 or len(theirs) != 1 or acting == theirs:
        return False
    return all(acting | theirs <= {n.actor.key for n in named} for named in (one, other))


def _openings_exchanged(one: list[_Named], other: list[_Named]) -> bool:
    """Tell whether each text opens with a party of its own that the other names later."""
    if not (one and other and _opens(one[0]) and _opens(other[0])):
        return False
    first, theirs = one[0].actor.key, other[0].actor.key
    late = {n.actor.key for n in one[1:]}, {n.actor.key for n in other[1:]}
    return first != theirs and theirs in late[0] and first in late[1]


def _opens(named: _Named) -> bool:
    """Tell whether the words are the subject at the very beginning of a passage."""
    return named.is_subject and (named.actor.before or named.actor.start) <= _ARTICLE


def _subjects(named: list[_Named]) -> set[str]:
    return {n.actor.key for n in named if n.is_subject}


def _one_for_all(
    one: list[_Named], other: list[_Named], agents: list[str], other_agents: list[str]
) -> bool:
    """Tell whether all parties act here and one alone there, neither text naming the other's."""
    for mine, yours, acting, theirs in (
        (one, other, agents, other_agents),
        (other, one, other_agents, agents),
    ):
        if acting == ["all"] and theirs and "all" not in {n.actor.key for n in yours}:
            return not {n.actor.key for n in mine} & set(theirs)
    return False


def _finding(row: Row, named: dict[str, list[_Named]], odd: list[str], rule: str) -> Finding:
    ui_lang = row.comparison.ui_lang
    concerned = [lang for lang in row.sides if lang in odd]
    said = {lang: _words(named[lang], ui_lang) for lang in concerned}
    template = (
        "The same parties take different parts: {sides}."
        if rule in ("parts-exchanged", "order-exchanged", "roles-exchanged")
        else "{languages} name different parties: {sides}."
    )
    languages = where(concerned, ui_lang)
    message = say(template, ui_lang, sides=sides(said, ui_lang), languages=languages)
    evidence: list[Evidence] = []
    for lang in row.sides:
        evidence.extend([n.evidence for n in named[lang]] or row.quotes(lang))
    work = row.comparison.alignment.work
    return Finding(
        "V105",
        "version",
        work,
        row.link.id,
        tuple(row.sides),
        message,
        _CONFIDENCE[rule],
        rule,
        tuple(evidence),
    )


def _words(named: list[_Named], ui_lang: str) -> str:
    acting = [n for n in named if n.acts] or named
    return ", ".join(quoted(n.evidence.text, ui_lang, limit=40) for n in acting[:4]) or say(
        "none", ui_lang
    )
