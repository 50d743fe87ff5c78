"""Whose norm a deontic marker makes: named rules, each looking in one place.

A rule returns the actor or ``None``. Where none answers, the bearer of the marker before carries
over a coordination; where that does not hold either, the bearer is unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from parallel_texts.languages.deontic import Marker
from parallel_texts.languages.russian_cases import noun_has_case
from parallel_texts.languages.tables import read_table
from parallel_texts.norms.actors import Actor, heads_a_thing
from parallel_texts.norms.clauses import Piece, Stretch, asks_or_suffers, pieces

__all__ = [
    "Place",
    "find_bearer",
    "inherits",
    "opens_condition",
    "relative_subject",
    "subject_in",
    "together",
]


@dataclass(frozen=True, slots=True)
class Place:
    """A marker in its stretch; ``start``: the marker before ended, ``end``: the next begins."""

    stretch: Stretch
    marker: Marker
    start: int
    end: int

    @property
    def left(self) -> str:
        """Words between the marker before and this one."""
        return self.stretch.text[self.start : self.marker.start]

    @property
    def right(self) -> str:
        """Words up to the next marker."""
        return self.stretch.text[self.marker.end : self.end]


def find_bearer(place: Place) -> Actor | None:
    """Return the actor whose norm the marker makes, as the marker's row says where to look."""
    want = place.marker.bearer.rstrip("?")
    found = _on_each_side(place, want) or _SEARCHES[want](place)
    return together(place.stretch, found) if found else None


def _on_each_side(place: Place, want: str) -> Actor | None:
    """Passives that say who acts for whom: "on the Chinese side by ..., and on the Soviet side"."""
    if want not in ("ins", "na"):
        return None
    text = place.stretch.text
    named = [a for a in place.stretch.between(place.start, place.end) if _speaks_for(text, a)]
    if not named:
        return None
    first, last = named[0], named[-1]
    alike = all(actor.key == first.key for actor in named)
    if alike:
        return replace(first, distribution="side")
    return Actor("all", "each", first.start, last.end, before=first.before)


def _speaks_for(text: str, actor: Actor) -> bool:
    words = text[actor.before : actor.end + 8]
    return _FOR_A_SIDE.match(words.strip()) is not None


_FOR_A_SIDE = re.compile(r"on the [A-Z]\w+ side\b|с [а-яё]+ой стороны\b", re.IGNORECASE)


def together(stretch: Stretch, actor: Actor) -> Actor:
    """Return all the actors that conjunctions join to one as ``all``: the Soviet Side and the..."""
    chain: list[Actor] = []
    for other in stretch.actors:
        if not other.joined:
            if actor in chain:
                break
            chain = []
        chain.append(other)
    if actor not in chain or len({other.key for other in chain}) < 2:
        return actor
    start, end = chain[0], chain[-1]
    return Actor("all", "joint", start.start, end.end, start.cases, before=start.before)


def _nom(place: Place) -> Actor | None:
    """The subject: before the marker, in Russian also after it; a named agent comes first."""
    if place.stretch.lang == "zh" and (agent := _agent_at(place)):
        return agent
    found = _subject_left(place)
    if found is None and place.stretch.lang == "ru":
        found = _first(place, place.marker.end, place.end, {"nom"}, near=True)
    return found


def _subject_left(place: Place) -> Actor | None:
    text = place.stretch.text
    found = pieces(place.stretch, place.start, place.marker.start)
    if antecedent := relative_subject(place.stretch, found[-1]):
        return antecedent
    for piece in reversed(found):
        actor = _subject_of(place, piece, found)
        words = text[piece.start : piece.end]
        if actor is not None or not (piece.subordinate or inherits(words, place.stretch.lang)):
            return actor
    return None


def relative_subject(stretch: Stretch, piece: Piece) -> Actor | None:
    """The party right before ", which" or «, которая»: it is who the relative clause binds."""
    if not _RELATIVE.match(stretch.text, piece.start, piece.end):
        return None
    near = (a for a in stretch.actors if 0 <= piece.start - a.end <= 2)
    return next((a for a in near if _BODY.search(stretch.text[a.start : a.end])), None)


_RELATIVE = re.compile(r"\s*(?:which|котор(?:ая|ый|ое|ые))\b", re.IGNORECASE)
_BODY = re.compile(r"(?:Side|Party|Parties|Government|Сторон\w*|Правительств\w*)$")


def _subject_of(place: Place, piece: Piece, found: Sequence[Piece]) -> Actor | None:
    stretch = place.stretch
    if piece.subordinate and not _carries_topic(stretch, piece, found):
        return None
    return subject_in(
        stretch, piece.start, piece.end, after_verb=place.start > 0 and piece.start == place.start
    )


def _carries_topic(stretch: Stretch, piece: Piece, found: Sequence[Piece]) -> bool:
    """A Chinese clause of time whose subject acts hands it on: 中国飞机飞行时，应…"""
    words = stretch.text[piece.start : piece.end]
    first = next(iter(stretch.between(piece.start, piece.end)), None)
    leads = first is not None and opens_condition(stretch.text, first.end)
    return stretch.lang == "zh" and (leads or not asks_or_suffers(words, "zh"))


_CONDITION = re.compile(r"当|如(?!下)|若|倘|因|凡")


def opens_condition(text: str, position: int) -> bool:
    """Return True where a Chinese subject is followed by a clause in between: 任何人当…时，有权."""
    return _CONDITION.match(text, position) is not None


def subject_in(stretch: Stretch, start: int, end: int, *, after_verb: bool = False) -> Actor | None:
    """Return the subject among the actors of a piece: the first nominative, else an owner."""
    actors = stretch.between(start, end)
    subjects = [a for a in actors if _is_subject(stretch, a, start, after_verb)]
    if not subjects:
        return next((a for a in actors if _is_owner(stretch, a, start)), None)
    return subjects[0]


def _is_subject(stretch: Stretch, actor: Actor, start: int, after_verb: bool) -> bool:
    wanted = {"nom", "ins"} if stretch.lang == "zh" else {"nom"}
    if not actor.cases & wanted or actor.joined:
        return False
    return not after_verb or _opens_clause(stretch, actor, start)


def _opens_clause(stretch: Stretch, actor: Actor, start: int) -> bool:
    """After a verb an actor is its object, unless a conjunction or comma stands before it."""
    if stretch.lang == "ru" and "acc" not in actor.cases:
        return True
    before = stretch.text[start : actor.start].rstrip(" ,，")
    return not before.strip() or _openers(stretch.lang).search(before) is not None


@cache
def _openers(lang: str) -> re.Pattern[str]:
    row = next(r for r in read_table("case_words") if r["lang"] == lang and r["case"] == "open")
    words = "|".join(sorted(row["words"].split(), key=len, reverse=True))
    return re.compile(
        rf"(?:{words})$" if lang == "zh" else rf"\b(?:{words})(?: the| all| each)?$", re.I
    )


def _is_owner(stretch: Stretch, actor: Actor, start: int) -> bool:
    """A genitive whose head is the subject: "the crews of Soviet aircraft", экипажи советских."""
    if actor.key in ("anyone", "pronoun") or stretch.lang == "zh":
        return False
    if _SENT_BY.search(stretch.text, start, actor.start):
        return True
    if "gen" not in actor.cases:
        return False
    words = stretch.text[start : actor.before].split()[-4:]
    if words and heads_a_thing(words[-1], stretch.lang):
        return False
    return bool(words) and not any(w.lower() in _prepositions(stretch.lang) for w in words)


_SENT_BY = re.compile(r"\w+ (?:sent|\w+ed|chosen) by (?:the )?$")
"""The specialists sent by X are X's."""


@cache
def _prepositions(lang: str) -> frozenset[str]:
    cases = ("obl", "na", "za", "ot", "dat", "ins")
    rows = (r for r in read_table("case_words") if r["lang"] == lang and r["case"] in cases)
    return frozenset(word for row in rows for word in row["words"].split())


def _agent_at(place: Place) -> Actor | None:
    """由X right after a marker, or 由X负责 before it."""
    after = place.stretch.between(place.marker.end, place.end)
    return next((a for a in after if "ins" in a.cases and a.before - place.marker.end <= 1), None)


def _ins(place: Place) -> Actor | None:
    """The agent of a passive, on either side."""
    right = _first(place, place.marker.end, place.end, {"ins"}, only="ins")
    if right is None and place.right.startswith(("由", "归")):
        return next(iter(place.stretch.between(place.marker.end, place.end)), None)
    return right or _first(place, place.start, place.marker.start, {"ins"}, only="ins")


def _first(
    place: Place, start: int, end: int, cases: set[str], *, only: str = "", near: bool = False
) -> Actor | None:
    """Return the first actor in one of ``cases``; ``only``: not one that may be anything."""
    for actor in place.stretch.between(start, end):
        if actor.cases & cases and not (only and len(actor.cases) > 3):
            return actor if not near or actor.before - start < 12 else None
    return None


def _governed(*cases: str) -> Callable[[Place], Actor | None]:
    """Look for a case, before the marker from the right, then after it."""

    def search(place: Place) -> Actor | None:
        before = place.stretch.between(place.start, place.marker.start)
        fit = [a for a in before if a.cases & set(cases) and not _owns_thing(place, a)]
        near = fit[-1] if fit else None
        found = near or _first(place, place.marker.end, place.end, set(cases))
        around = (*before, *place.stretch.between(place.marker.end, place.end))
        return found or next((a for a in around if _belongs_to(place, a, cases[0])), None)

    return search


def _owns_thing(place: Place, actor: Actor) -> bool:
    """Согласия Сильвании: the ending may be the dative's, the noun before says it is not."""
    words = place.stretch.text[: actor.start].split()
    return "gen" in actor.cases and bool(words) and heads_a_thing(words[-1], place.stretch.lang)


def _belongs_to(place: Place, actor: Actor, case: str) -> bool:
    """The owner of a noun in the case looked for: экипажам советских судов."""
    words = place.stretch.text[place.start : actor.before].split()
    return "gen" in actor.cases and bool(words) and noun_has_case(words[-1].lower(), case)


def _inside(place: Place) -> Actor | None:
    """An actor between the words of the marker: in no event shall X be liable."""
    return next(iter(place.stretch.between(place.marker.start, place.marker.end)), None)


def _adjacent(place: Place) -> Actor | None:
    """A passive whose subject acts after all: 买方应予接受."""
    before = place.stretch.between(place.start, place.marker.start)
    near = next((a for a in before if a.end == place.marker.start and "nom" in a.cases), None)
    return near or _ins(place)


def _right_or_nom(place: Place) -> Actor | None:
    """禁止X, or X禁止."""
    return _right(place) or _nom(place)


def _right(place: Place) -> Actor | None:
    """The first actor after the marker: requires X to, rests with X, 要求X."""
    blocked = {"thing", "obl"} if place.marker.bearer.endswith("?") else {"thing"}
    for actor in place.stretch.between(place.marker.end, place.end):
        beyond = "，" in place.stretch.text[place.marker.end : actor.start]
        if not actor.cases & blocked and not (beyond and blocked > {"thing"}):
            return actor if actor.start - place.marker.end < 60 else None
    return None


def _none(place: Place) -> Actor | None:
    return None


_SEARCHES: dict[str, Callable[[Place], Actor | None]] = {
    "nom": _nom,
    "ins": _ins,
    "dat": _governed("dat"),
    "acc": _governed("acc"),
    "gen": _governed("gen", "ins"),
    "na": _governed("na"),
    "za": _governed("za"),
    "ot": _governed("ot"),
    "right": _right,
    "right_or_nom": _right_or_nom,
    "inside": _inside,
    "adjacent": _adjacent,
    "none": _none,
}


def inherits(left: str, lang: str) -> bool:
    """Return True where nothing but a conjunction and adverbs stands before the marker."""
    return _carry(lang).search(left) is not None


@cache
def _carry(lang: str) -> re.Pattern[str]:
    row = next(r for r in read_table("carry") if r["lang"] == lang)
    return re.compile(row["regex"], re.IGNORECASE)
