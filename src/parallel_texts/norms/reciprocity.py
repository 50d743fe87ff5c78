"""Norms of one text compared across its parties: mutual, mirrored, unequal or one-sided.

A norm of one party looks for its mirror: the same kind of norm (duty, right, prohibition,
exemption) of each other party, with the same action and, where an action needs an object, a like
one; or else the same wording with the names exchanged. Norms of all parties are mutual.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parallel_texts.frames import Tabular
from parallel_texts.model import Authority
from parallel_texts.norms.schema import ALL, ANYONE, UNRESOLVED, Norm
from parallel_texts.norms.taxonomy import Taxonomy, standard_taxonomy
from parallel_texts.norms.unequal import (
    inequalities,
    is_bound_to_notify,
    shares_of,
    speaks_of_the_text,
    waives_notice,
)
from parallel_texts.norms.wording import likeness

__all__ = ["Balance", "Item", "balance"]

SAME_WORDING = 75
"""From this likeness on (0 to 100) wordings mirror each other without a class of action."""
NEIGHBOURS = 40
"""From this likeness on two clauses of one article with the same marker mirror each other."""
SAME_OBJECT = 45
"""From this likeness on two norms of the same action have the same object."""
_GROUPS = {"right": "right", "permission": "right"}
_ONE_SIDED = {
    "right": "P201", "permission": "P201", "exemption": "P201", "obligation": "P202",
    "prohibition": "P203",
}  # fmt: skip
_NEED_OBJECT = frozenset(
    "supply deliver build pay host use personnel own assist train defend".split()
)


@dataclass(frozen=True, slots=True)
class Item:
    """One action as the parties share it, or do not.

    Attributes:
        status: ``mutual``, ``mirrored``, ``unequal`` or ``one-sided``.
        action: Class of the action, or empty.
        norms: What shows it, the favoured or burdened party's norm first.
        code: ``P201`` to ``P206``; empty where the parties are equal.
        detail: What differs: ``notice``, ``consent``, ``cost``, ``language``; or empty.
        confidence: 0 to 1.
    """

    status: str
    action: str
    norms: tuple[Norm, ...]
    code: str = ""
    detail: str = ""
    confidence: float = 1.0

    def record(self) -> dict[str, Any]:
        """Return the item as a row of plain values, with its first norm's bearer and words."""
        norm = self.norms[0]
        return {
            "status": self.status,
            "code": self.code,
            "action": self.action,
            "bearer": norm.bearer,
            "modality": norm.modality,
            "detail": self.detail,
            "confidence": self.confidence,
            "passage": norm.passage,
            "words": norm.object,
        }


@dataclass(frozen=True, slots=True)
class Balance(Tabular):
    """Rights and duties of the parties of one text.

    Attributes:
        lang: Language of the text.
        parties: Ids in their order.
        norms: Every norm of the text, those of third persons and unresolved ones too.
        items: What was compared, in text order.
    """

    lang: str
    parties: tuple[str, ...]
    norms: tuple[Norm, ...]
    items: tuple[Item, ...]

    def of(self, party: str) -> tuple[Norm, ...]:
        """Return the norms that bind or entitle a party, those of all parties included."""
        return tuple(norm for norm in self.norms if norm.bearer in (party, ALL))

    def records(self) -> list[dict[str, Any]]:
        """Return a row an item, with the text's language."""
        return [{"lang": self.lang, **item.record()} for item in self.items]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)


def balance(
    norms: Sequence[Norm],
    parties: Sequence[Authority] = (),
    *,
    only: Sequence[str] = (),
    taxonomy: Taxonomy | None = None,
) -> Balance:
    """Compare the norms of one text across its parties.

    Args:
        norms: From :func:`parallel_texts.norms.norms`, one language.
        parties: As given to it.
        only: Ids of the parties of this text; without, those of ``parties`` that bear a norm, or
            where none does, every role and state that does.
        taxonomy: As given to :func:`~parallel_texts.norms.norms`.
    """
    ids = _party_ids(norms, parties, only)
    judge = _Judge(norms, ids, tuple(parties), taxonomy or standard_taxonomy())
    places = {id(norm): number for number, norm in enumerate(norms)}
    items = sorted(judge.items(), key=lambda item: min(places[id(n)] for n in item.norms))
    return Balance(norms[0].lang if norms else "", ids, tuple(norms), tuple(items))


def _party_ids(
    norms: Sequence[Norm], parties: Sequence[Authority], only: Sequence[str]
) -> tuple[str, ...]:
    if only:
        return tuple(only)
    bearers = dict.fromkeys(n.bearer for n in norms if n.bearer not in (ALL, ANYONE, UNRESOLVED))
    given = tuple(p.id for p in parties if p.kind == "party" and p.id in bearers)
    return given or tuple(bearers)


class _Judge:
    """Finds each norm's mirror and says what the pair comes to."""

    def __init__(
        self,
        norms: Sequence[Norm],
        ids: tuple[str, ...],
        parties: tuple[Authority, ...],
        classes: Taxonomy,
    ) -> None:
        self._parties, self._ids, self._classes = parties, ids, classes
        self._own = [norm for norm in norms if norm.bearer in ids]
        self._mutual = [norm for norm in norms if norm.bearer == ALL]
        self._open = [n for n in norms if n.bearer == UNRESOLVED and n.value("language")]
        self._paired: set[int] = set()
        self._like = _index(self._own)
        self._shared_like = _index(self._mutual)

    def items(self) -> Iterator[Item]:
        """Yield one item per mutual norm, pair and norm without a mirror."""
        for norm in self._mutual:
            yield from self._shared(norm)
        yield from self._language_of_nobody()
        yield from self._notice()
        for norm in self._own:
            if id(norm) not in self._paired:
                yield from self._judge(norm)

    def _shared(self, norm: Norm) -> Iterator[Item]:
        found = [*inequalities(norm, None, self._parties)]
        for code, detail in found:
            yield Item("unequal", norm.action, (norm,), code, detail, norm.confidence * 0.8)
        if not found:
            yield Item("mutual", norm.action, (norm,))

    def _language_of_nobody(self) -> Iterator[Item]:
        """Reports that "shall be in Russian", whoever makes them: one party works in its own."""
        for norm in self._open:
            codes = [c for c, _ in inequalities(replace(norm, bearer=ALL), None, self._parties)]
            if "P206" in codes and not speaks_of_the_text(norm):
                yield Item("unequal", norm.action, (norm,), "P206", "language", 0.6)

    def _notice(self) -> Iterator[Item]:
        """Pair whoever needs give no notice with whoever must: one act, unequal condition."""
        said: set[str] = set()
        must = [norm for norm in self._own if is_bound_to_notify(norm)]
        for free in filter(waives_notice, self._own):
            bound = [norm for norm in must if norm.bearer != free.bearer]
            if not bound:
                continue
            self._paired |= {id(norm) for norm in bound}
            if any(self._same_act(free, norm) for norm in bound) or free.context in said:
                self._paired.add(id(free))
            if free.context not in said:
                beside = [n for n in self._own if n.context == free.context and waives_notice(n)]
                yield _unequal((*beside, *bound), "P204", "notice")
            said.add(free.context)

    def _same_act(self, free: Norm, bound: Norm) -> bool:
        """The duty to notify speaks of the same act: flights that notice must be given of."""
        family = self._classes.family(free.action)
        acts = {
            self._classes.family(a.action) for a in self._classes.find(bound.context, bound.lang)
        }
        return family in acts | {"inform"}

    def _judge(self, norm: Norm) -> Iterator[Item]:
        self._paired.add(id(norm))
        others = [party for party in self._ids if party != norm.bearer]
        mirrors = [self._mirror(norm, party) for party in others]
        if not (others and all(mirrors)):
            mirrors = [self._covered(norm)]
        for mirror in mirrors:
            yield from self._against(norm, mirror) if mirror else self._alone(norm)

    def _mirror(self, norm: Norm, party: str) -> Norm | None:
        """Return the most alike norm of ``party`` that answers to ``norm``."""
        same = self._like.get((party, _group(norm), norm.action), ())
        found = [
            (self._likeness(norm, other), -number, other)
            for number, other in enumerate(same)
            if id(other) not in self._paired
        ]
        best = max(found, key=lambda f: f[:2], default=None)
        return best[2] if best and best[0] > 0 else None

    def _likeness(self, norm: Norm, other: Norm) -> float:
        """Compare two norms of the same kind and action; 0 where they do not answer each other."""
        alike = likeness(norm, other, self._parties)
        if norm.action:
            shares = norm.action == "pay" and bool(shares_of(norm)) and bool(shares_of(other))
            needs = self._classes.family(norm.action) in _NEED_OBJECT and not shares
            return 100 + alike if not needs or alike >= SAME_OBJECT else 0
        if norm.rule.endswith("+side") and norm.rule == other.rule:
            return 100  # "on the part of each Side": the same act by two organs
        near = norm.division != "" and norm.division == other.division and norm.rule == other.rule
        return alike if alike >= (NEIGHBOURS if near else SAME_WORDING) else 0

    def _covered(self, norm: Norm) -> Norm | None:
        """Return a norm of all parties that already says what ``norm`` says of one."""
        same = self._shared_like.get((ALL, _group(norm), norm.action), ())
        return next((n for n in same if self._likeness(norm, n) > 0), None)

    def _against(self, norm: Norm, mirror: Norm) -> Iterator[Item]:
        self._paired.add(id(mirror))
        found = [*inequalities(norm, mirror, self._parties)]
        for code, detail in found:
            yield _unequal((norm, mirror), code, detail)
        if not found:
            yield Item("mirrored", norm.action, (norm, mirror))

    def _alone(self, norm: Norm) -> Iterator[Item]:
        found = [*inequalities(norm, None, self._parties)]
        for code, detail in found:
            yield Item("unequal", norm.action, (norm,), code, detail, norm.confidence)
        if not any(code in ("P205", "P206") and _is_only(norm, code) for code, _ in found):
            certain = norm.confidence * (1 if norm.action else 0.8)
            yield Item("one-sided", norm.action, (norm,), _ONE_SIDED[norm.modality], "", certain)


def _index(norms: Sequence[Norm]) -> dict[tuple[str, str, str], list[Norm]]:
    """Return norms by bearer, kind and action."""
    found: dict[tuple[str, str, str], list[Norm]] = {}
    for norm in norms:
        found.setdefault((norm.bearer, _group(norm), norm.action), []).append(norm)
    return found


def _is_only(norm: Norm, code: str) -> bool:
    """A duty to pay is a cost and nothing else; a duty of language likewise."""
    return code == "P206" or norm.action in ("pay", "")


def _unequal(norms: tuple[Norm, ...], code: str, detail: str) -> Item:
    certain = min(norm.confidence for norm in norms)
    return Item("unequal", norms[0].action, norms, code, detail, certain)


def _group(norm: Norm) -> str:
    return _GROUPS.get(norm.modality, norm.modality)
