"""P201 to P207: what one party alone may, must or must not do, in each language by itself.

Every language is read alone; findings that several languages share become one, with the words of
each. The wording is the same whichever party is favoured.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from parallel_texts.findings.comparison import Comparison, quote
from parallel_texts.findings.messages import quoted
from parallel_texts.i18n import translator
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Alignment, Authority, Evidence, Finding, Link, Passage, Work
from parallel_texts.norms import ALL, UNRESOLVED, Item, Norm, balance, is_narrative, norms
from parallel_texts.norms.actors import find_actors
from parallel_texts.norms.taxonomy import action_label

__all__ = ["RULES", "balances"]

_MESSAGES = {
    "P201": (
        "{party} alone has a right or permission: {action}. No like norm of {others} was found."
    ),
    "P202": "{party} alone has an obligation: {action}. No like norm of {others} was found.",
    "P203": "{party} alone is under a prohibition: {action}. No like norm of {others} was found.",
    "P204": "Unequal condition ({detail}), {action}: {party} and {others} are not bound alike.",
    "P205": "Unequal cost: {action}. The cost is not shared alike by {party} and {others}.",
    "P206": "Unequal duty of language, {action}: {party} and {others} are not bound alike.",
    "P207": "The text itself calls something unequal and gives no terms: {words}.",
}

_WHO = "{party}: {mine}; {others}: {theirs}."


@dataclass(frozen=True, slots=True)
class _Seen:
    """An item as one language shows it."""

    lang: str
    item: Item
    unit: str
    evidence: tuple[Evidence, ...]


def balances(comparison: Comparison) -> dict[str, tuple[Item, ...]]:
    """Return the compared norms of each language of a comparison."""
    return dict(_balances(comparison.alignment, comparison.parties, comparison.work))


@lru_cache(maxsize=4)
def _balances(
    alignment: Alignment, parties: tuple[Authority, ...], work: Work | None
) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    if not parties:
        return ()
    only = work.parties if work else ()
    texts = zip(alignment.languages, alignment.passages, strict=True)
    return tuple((lang, _items(passages, lang, parties, work, only)) for lang, passages in texts)


def _items(
    passages: Sequence[Passage],
    lang: str,
    parties: tuple[Authority, ...],
    work: Work | None,
    only: tuple[str, ...],
) -> tuple[Item, ...]:
    told = work is not None and is_narrative(work, lang)
    read = norms(passages, parties, only=only, narrative=told)
    return balance(read, parties, only=only).items


def _unequal_items(code: str, comparison: Comparison) -> Iterator[Finding]:
    """Yield the findings of one code; a party's n-th in a link is the same in each language."""
    places = _Places(comparison.alignment)
    groups: dict[tuple[str, str, int], list[_Seen]] = {}
    for lang, items in balances(comparison).items():
        counted: Counter[tuple[str, str]] = Counter()
        for item in (item for item in items if item.code == code):
            seen = _seen(lang, item, places)
            place = (seen.unit, "" if code == "P206" else item.norms[0].bearer)
            groups.setdefault((*place, counted[place]), []).append(seen)
            counted[place] += 1
    for seen_in in groups.values():
        yield _finding(code, comparison, seen_in, places)


class _Places:
    """Where passages stand: their link, and what else the link holds."""

    def __init__(self, alignment: Alignment) -> None:
        self._links: dict[tuple[str, str], Link] = {}
        self._passages: dict[tuple[str, str], Passage] = {}
        for link in alignment:
            for lang in alignment.languages:
                for passage in alignment.of(link, lang):
                    self._links[lang, passage.id] = link
                    self._passages[lang, passage.id] = passage
        self._alignment = alignment
        self._named: frozenset[str] | None = None

    def named(self, parties: tuple[Authority, ...]) -> frozenset[str]:
        """Return the parties that the texts speak of: a table of parties may hold others."""
        if self._named is None:
            passages = (passage for side in self._alignment.passages for passage in side)
            self._named = frozenset(
                actor.key for p in passages for actor in find_actors(p.text, p.lang, parties)
            )
        return self._named

    def link(self, norm: Norm) -> Link | None:
        """Return the link that a norm's passage is in."""
        return self._links.get((norm.lang, norm.passage))

    def quote(self, norm: Norm) -> Evidence:
        """Return the words of a norm."""
        return quote(self._passages[norm.lang, norm.passage], norm.start, norm.end)

    def beside(self, link: Link | None, languages: tuple[str, ...]) -> tuple[Evidence, ...]:
        """Quote a link's passages in other languages than ``languages``."""
        others = [lang for lang in self._alignment.languages if lang not in languages]
        sides = [self._alignment.of(link, lang) for lang in others] if link else []
        return tuple(quote(p, 0, len(p.text)) for side in sides for p in side if p.text.strip())


def _seen(lang: str, item: Item, places: _Places) -> _Seen:
    link = places.link(item.norms[0])
    evidence = tuple(places.quote(norm) for norm in item.norms)
    return _Seen(lang, item, link.id if link else "", evidence)


def _finding(code: str, comparison: Comparison, seen: list[_Seen], places: _Places) -> Finding:
    first = max(seen, key=lambda one: one.item.confidence)
    found_in = tuple(dict.fromkeys(one.lang for one in seen))
    others = places.beside(places.link(first.item.norms[0]), found_in)
    certain = sum(one.item.confidence for one in seen) / len(seen)
    return Finding(
        code=code, kind="party", work=comparison.alignment.work, unit=first.unit,
        languages=found_in, message=_sentence(_message(code, comparison, first.item, places)),
        confidence=round(certain * 0.9 * (0.85 if others else 1), 2),
        rule=f"{first.item.status}:{first.item.norms[0].rule}",
        evidence=tuple(dict.fromkeys(e for one in seen for e in one.evidence)) + others,
    )  # fmt: skip


def _message(code: str, comparison: Comparison, item: Item, places: _Places) -> str:
    ui = comparison.ui_lang
    norm = item.norms[0]
    names = {p.id: p.name(ui) for p in comparison.parties}
    named = places.named(comparison.parties)
    tops = [p.id for p in comparison.parties if p.kind == "party" and p.id in named]
    ids = comparison.work.parties if comparison.work and comparison.work.parties else tops
    known = [names[i] for i in ids if i in names]
    party = names.get(norm.bearer, norm.label or norm.bearer)
    if norm.bearer in (ALL, UNRESOLVED) and known:
        party = known[0]
    others = [name for name in known if name != party]
    action = action_label(item.action, ui) if item.action else quoted(norm.object, ui)
    rest = ", ".join(others) or _say("the other party", ui)
    said = _say(_MESSAGES[code], ui, party=party, others=rest, action=action,
               detail=_say(item.detail or "condition", ui))  # fmt: skip
    other = next((n for n in item.norms if n.bearer != norm.bearer), None)
    if code == "P204" and other is not None and item.detail:
        mine, theirs = (_say(n.value(item.detail) or "not named", ui) for n in (norm, other))
        who = _say(_WHO, ui, party=party, mine=mine, others=rest, theirs=theirs)
        said += ("" if ui == "zh" else " ") + _sentence(who)
    return said


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _say(template: str, ui_lang: str, **values: object) -> str:
    return translator("norms", ui_lang)(template).format(**values)


def _asserted(comparison: Comparison) -> Iterator[Finding]:
    """Yield P207 for links whose text calls something unequal."""
    for row in comparison.rows():
        evidence = tuple(e for lang in row.sides for p in row.sides[lang] for e in _assertions(p))
        if evidence:
            yield Finding(
                "P207", "party", comparison.alignment.work, row.link.id,
                tuple(dict.fromkeys(e.lang for e in evidence)),
                _say(_MESSAGES["P207"], comparison.ui_lang, words=evidence[0].text),
                0.7, "asserted", evidence,
            )  # fmt: skip


def _assertions(passage: Passage) -> Iterator[Evidence]:
    pattern = _asserting().get(passage.lang)
    for match in pattern.finditer(passage.text) if pattern else ():
        yield quote(passage, match.start(), match.end())


@cache
def _asserting() -> dict[str, re.Pattern[str]]:
    return {row["lang"]: re.compile(row["regex"], re.IGNORECASE) for row in read_table("asserted")}


RULES: dict[str, Callable[[Comparison], Iterator[Finding]]] = {
    **{
        code: partial(_unequal_items, code)
        for code in ("P201", "P202", "P203", "P204", "P205", "P206")
    },
    "P207": _asserted,
}
