"""Norms without a deontic word: «Сторона сообщает», 由中方修建, "aircraft land without notice".

Treaties in Russian and Chinese state duties by the bare verb. A party as subject, or as agent, and
a verb make an obligation of low confidence; without notice it is a permission, negated a
prohibition. Preambles and memoirs tell, they do not bind: nothing is read there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from parallel_texts.languages.deontic import find_conditions
from parallel_texts.languages.russian_cases import is_finite
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Passage
from parallel_texts.norms.actors import Actor
from parallel_texts.norms.bearers import opens_condition, relative_subject, subject_in, together
from parallel_texts.norms.clauses import Piece, Stretch, pieces
from parallel_texts.norms.schema import UNRESOLVED, Modality, Norm, Span
from parallel_texts.norms.taxonomy import Taxonomy

__all__ = ["split_gaps", "unmarked_norms"]

_NARRATED = {
    "zh": re.compile(r"[了过]|已|曾|拒绝|要求|请求|当时|未(?!经)|没有"),
    "ru": re.compile(r"\b[а-яё]{2,}(?:[аеияыу]л|[аеияыу]ла|[аеияыу]ли|лся|лась|лись)\b"),
    "en": re.compile(r"\b(?:was|were|had|did|said|wrote|has|have)\b|\w+ed\b", re.I),
}
_NEGATION = {
    "zh": re.compile(r"不(?!经|必|须|需)$|(?:均|互|各|亦)不"),
    "ru": re.compile(r"\bне\s+$"),
    "en": re.compile(r"\b(?:do|does) not\s+$", re.I),
}
_NOT_FINITE_EN = re.compile(r"(?:ing|ed|tion|ment|ance|age|al|ly)$", re.I)
_NOT_BETWEEN = frozenset("of in to for by with a the on at from into".split())
_REFUSES = re.compile(r"(?:均|亦|概|也|仍|决)?不(?=[^必须需得应可能同是会愿想但仅了知受具]\w)")
"""苏方不诉诸战争: whatever the verb, a party that does not is one that shall not."""
_TOLD = frozenset({"pre", "closing"})
_WORD = re.compile(r"[А-Яа-яЁё-]+")
_FURTHER = re.compile(r"(?<=\s)(?:и|а также|но)\s+(?P<no>не\s+)?(?P<verb>[а-яё]{3,})\b")
_NUMBER_FOLLOWS = re.compile(
    r"\W{0,4}(?:the (?:other|remaining) )?"
    r"(?:\d|百分之|остальн|in (?:Russian|Chinese|English)|на (?:русск|китайск|англ)"
    r"|(?<=[—–-] )[а-яё]+ть(?:ся)?\b)"
)


@dataclass(frozen=True, slots=True)
class _Verb:
    start: int
    rule: str


def unmarked_norms(
    stretch: Stretch,
    marked: Sequence[Norm],
    passage: Passage,
    classes: Taxonomy,
    resolve: Callable[[Actor], str],
) -> Iterator[Norm]:
    """Yield norms of the pieces of a stretch in which no marker stands.

    Args:
        stretch: Where to look.
        marked: The norms that markers made there.
        passage: For its division.
        classes: Actions; in English and Chinese only their verbs count.
        resolve: From an actor to a party's id: "the other Side" is somebody.
    """
    if passage.division in _TOLD:
        return
    taken = [s.start - stretch.offset for n in marked for s in n.spans if s.part == "marker"]
    waiting: Actor | None = None
    for piece in pieces(stretch, 0, len(stretch.text)):
        stop = min((t for t in taken if piece.start <= t), default=piece.end)
        short = replace(piece, end=min(stop, piece.end))
        relative = relative_subject(stretch, short)
        actor = relative or _subject(stretch, short) or _resumed(stretch, short, waiting)
        if (
            (piece.subordinate and not relative)
            or actor is None
            or _is_topic(stretch, actor, piece, marked)
        ):
            continue
        known = replace(actor, key=resolve(actor))
        if known.key == UNRESOLVED:
            continue
        found = [*_norm(stretch, known, short, classes)]
        yield from found
        yield from (n for first in found for n in _coordinated(stretch, first, short))
        waiting = None if found or stop < piece.end else actor


def _resumed(stretch: Stretch, piece: Piece, waiting: Actor | None) -> Actor | None:
    """A Russian subject whose verb comes behind a participle clause: органы, созданные…, ведут."""
    if waiting is None or stretch.lang != "ru" or waiting.cases == {"ins"}:
        return None
    return waiting if _finite(stretch, piece.start, piece.end, first=3) else None


def _coordinated(stretch: Stretch, first: Norm, piece: Piece) -> Iterator[Norm]:
    """Yield a norm for each further Russian verb of the subject: хранят и не передают."""
    if stretch.lang != "ru" or first.rule != "unmarked_verb":
        return
    start = first.spans[-1].end - stretch.offset
    for match in _FURTHER.finditer(stretch.text, start, piece.end):
        if is_finite(match["verb"].lower()):
            at = stretch.offset + match.start("verb")
            marker = Span("marker", at, at)
            modality: Modality = "prohibition" if match["no"] else "obligation"
            yield replace(first, modality=modality, start=at, rule="unmarked_verb+carried",
                          spans=(first.spans[0], marker))  # fmt: skip


def _subject(stretch: Stretch, piece: Piece) -> Actor | None:
    found = subject_in(stretch, piece.start, piece.end)
    if found is None or ("gen" in found.cases and "nom" not in found.cases):
        agents = [a for a in stretch.between(piece.start, piece.end) if a.cases == {"ins"}]
        found = next(iter(agents), found)
    if found is None or found.key in ("anyone", "pronoun"):
        return None
    return together(stretch, found)


def _is_topic(stretch: Stretch, actor: Actor, piece: Piece, marked: Sequence[Norm]) -> bool:
    """A Chinese clause whose subject belongs to the marker of the next: 飞机进入…，必须通知."""
    if stretch.lang != "zh":
        return False
    start = stretch.offset + actor.start
    theirs = [n for n in marked if any(s.part == "bearer" and s.start == start for s in n.spans)]
    joined = re.match(r"(?:并|且|还|同时|又)", stretch.text[piece.end :])
    return bool(theirs) and not joined and theirs[0].modality != "exemption"


def _norm(stretch: Stretch, actor: Actor, piece: Piece, classes: Taxonomy) -> Iterator[Norm]:
    if stretch.lang == "zh" and opens_condition(stretch.text, actor.end):
        return
    told = _NARRATED[stretch.lang].search(stretch.text, actor.end, piece.end)
    verb = _VERBS[stretch.lang](stretch, actor, piece, classes)
    if verb is None or told or _states(stretch, verb, actor):
        return
    offset = stretch.offset
    modality = _modality(stretch, actor, verb, classes)
    end = len(stretch.text) if modality == "permission" else piece.end
    yield Norm(
        bearer=actor.key, modality=modality, action="", object="", lang=stretch.lang, passage="",
        start=offset + min(actor.start, verb.start), end=offset + end,
        rule=f"unmarked_{verb.rule}", confidence=0.6,
        distribution=actor.distribution, label=stretch.text[actor.start : actor.end],
        spans=(Span("bearer", offset + actor.start, offset + actor.end),
               Span("marker", offset + verb.start, offset + verb.start)),
    )  # fmt: skip


def _states(stretch: Stretch, verb: _Verb, actor: Actor) -> bool:
    """The verb states, wishes or agrees; in Chinese it may stand before the action's."""
    if stretch.lang == "zh" and verb.rule == "verb":
        return _not_duties("zh").search(stretch.text, actor.end, verb.start) is not None
    return _not_duties(stretch.lang).match(stretch.text, verb.start) is not None


@cache
def _not_duties(lang: str) -> re.Pattern[str]:
    row = next(r for r in read_table("not_duties") if r["lang"] == lang)
    return re.compile(row["regex"].removesuffix("$"), re.IGNORECASE)


def _english_verb(stretch: Stretch, actor: Actor, piece: Piece, classes: Taxonomy) -> _Verb | None:
    for action in classes.find(stretch.text, "en", actor.end, piece.end):
        between = stretch.text[actor.end : action.start].split()
        word = stretch.text[action.start :].split()[0].strip(".,;")
        near = len(between) <= 3 and not any(w.lower() in _NOT_BETWEEN for w in between)
        if near and not _NOT_FINITE_EN.search(word):
            return _Verb(action.start, "verb")
    return None


def _russian_verb(stretch: Stretch, actor: Actor, piece: Piece, classes: Taxonomy) -> _Verb | None:
    """A finite verb near the subject, on either side; of an agent a passive one."""
    if "nom" in actor.cases:
        start = max(actor.end, piece.start)
        after = _finite(stretch, start, piece.end, first=14)
        return after or _finite_before(stretch, piece.start, actor.start)
    if actor.cases == {"ins"}:
        verb = _finite(stretch, piece.start, piece.end, passive=True)
        return verb and _Verb(verb.start, "agent")
    return _finite(stretch, actor.end, piece.end, first=1)


def _finite(
    stretch: Stretch, start: int, end: int, *, first: int = 99, passive: bool = False
) -> _Verb | None:
    for number, match in enumerate(_WORD.finditer(stretch.text, start, end)):
        word = match.group().lower()
        if number >= first:
            return None
        if is_finite(word) and (not passive or word.endswith("ся")):
            return _Verb(match.start(), "verb")
    return None


def _finite_before(stretch: Stretch, start: int, end: int) -> _Verb | None:
    words = [*_WORD.finditer(stretch.text, start, end)][-1:]
    return next((_Verb(m.start(), "verb") for m in words if is_finite(m.group().lower())), None)


def _chinese_verb(stretch: Stretch, actor: Actor, piece: Piece, classes: Taxonomy) -> _Verb | None:
    """After 由X whatever follows; after a subject an action of the table, not behind 的."""
    rest = stretch.text[actor.end : piece.end]
    if "ins" in actor.cases and len(rest.strip("，, ")) >= 2 and not rest.startswith("的"):
        return _Verb(actor.end, "agent")
    if refuses := _REFUSES.match(stretch.text, actor.end, piece.end):
        return _Verb(refuses.end(), "verb")
    for action in classes.find(stretch.text, "zh", actor.end, piece.end):
        around = stretch.text[action.start - 1] + stretch.text[action.end : action.end + 1]
        nominal = "的" in around
        if action.start - actor.end <= 16 and not nominal:
            return _Verb(action.start, "verb")
    return None


_VERBS = {"en": _english_verb, "ru": _russian_verb, "zh": _chinese_verb}


def _modality(stretch: Stretch, actor: Actor, verb: _Verb, classes: Taxonomy) -> Modality:
    if _NEGATION[stretch.lang].search(stretch.text[: verb.start]):
        return "prohibition"
    action = next(classes.find(stretch.text, stretch.lang, verb.start), None)
    if action is not None and action.action == "own":
        return "right"
    rest = (c for c in find_conditions(stretch.text, stretch.lang) if c.start >= actor.start)
    waived = any(c.kind == "notice" and c.value == "waived" for c in rest)
    return "permission" if waived else "obligation"


def split_gaps(stretch: Stretch, found: Sequence[Norm]) -> Iterator[Norm]:
    """Yield the norms, and for "and the Chinese Side 30 per cent" one more, its verb left out."""
    for norm in found:
        gap = _gap(stretch, norm)
        if gap is None:
            yield norm
        else:
            yield replace(norm, end=stretch.offset + gap.start)
            yield _gapped(norm, gap, stretch)


def _gap(stretch: Stretch, norm: Norm) -> Actor | None:
    begin = norm.start - stretch.offset
    for actor in stretch.between(begin + 1, norm.end - stretch.offset):
        follows = _NUMBER_FOLLOWS.match(stretch.text, actor.end)
        if follows and actor.key != norm.bearer and "nom" in actor.cases:
            return actor
    return None


def _gapped(norm: Norm, actor: Actor, stretch: Stretch) -> Norm:
    offset = stretch.offset
    return replace(
        norm, bearer=actor.key, start=offset + actor.start, rule=f"{norm.rule}+gapped",
        label=stretch.text[actor.start : actor.end], distribution=actor.distribution,
        spans=(Span("bearer", offset + actor.start, offset + actor.end),
               Span("marker", offset + actor.end, offset + actor.end)),
    )  # fmt: skip
