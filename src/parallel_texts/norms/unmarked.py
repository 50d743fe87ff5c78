"""Norms without a deontic word: «Сторона сообщает», 由中方修建, "aircraft land without notice".

Treaties in Russian and Chinese state duties by the bare verb. A party as subject and a verb of the
action table make an obligation of low confidence; without notice it is a permission, negated a
prohibition. Preambles and memoirs tell, they do not bind: nothing is read there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parallel_texts.languages.deontic import find_conditions
from parallel_texts.languages.russian_cases import is_finite
from parallel_texts.model import Passage
from parallel_texts.norms.actors import Actor
from parallel_texts.norms.bearers import subject_in
from parallel_texts.norms.clauses import Piece, Stretch, pieces
from parallel_texts.norms.schema import Modality, Norm, Span
from parallel_texts.norms.taxonomy import ActionMatch, Taxonomy

__all__ = ["unmarked_norms"]

_NARRATED = {
    "zh": re.compile(r"[了过]|已|曾|希望|拒绝|认为|表示|指出|要求|请求|当时|未(?!经)|没有"),
    "ru": re.compile(r"\b[а-яё]+(?:л|ла|ло|ли|лся|лась|лись)\b|считает|заявляет|просит|предлага"),
    "en": re.compile(
        r"\b(?:was|were|had|did|said|wrote|has|have|considers?|believes?)\b|\w+ed\b", re.I
    ),
}
_NEGATION = {
    "zh": re.compile(r"不(?!经|必|须|需)$|(?:均|互|各)不"),
    "ru": re.compile(r"\bне\s+$"),
    "en": re.compile(r"\b(?:do|does) not\s+$", re.I),
}
_FINITE_EN = re.compile(r"(?!.*(?:ing|ed|tion|ment|ance|age)$)", re.I)
_TOLD = re.compile(r"(?:pre|s\d|closing)")


def unmarked_norms(
    stretch: Stretch, marked: Sequence[Norm], passage: Passage, last: Norm | None, classes: Taxonomy
) -> Iterator[Norm]:
    """Yield norms of the pieces of a stretch in which no marker stands."""
    if _TOLD.match(passage.division):
        return
    taken = [s.start - stretch.offset for n in marked for s in n.spans if s.part == "marker"]
    subject: Actor | None = None
    for piece in pieces(stretch, 0, len(stretch.text)):
        if piece.subordinate:
            continue
        found = subject_in(stretch, piece.start, piece.end)
        subject = found or subject
        if found is None or found.key in ("anyone", "pronoun", "other"):
            continue
        if stretch.lang == "zh" and _is_topic(stretch, found, piece, marked):
            continue
        stop = min((t for t in taken if t >= piece.start), default=piece.end)
        yield from _norm(stretch, found, Piece(piece.start, min(stop, piece.end), False), classes)


def _is_topic(stretch: Stretch, actor: Actor, piece: Piece, marked: Sequence[Norm]) -> bool:
    """A Chinese clause whose subject belongs to the marker of the next: 飞机进入…，必须通知."""
    start = stretch.offset + actor.start
    theirs = [n for n in marked if any(s.part == "bearer" and s.start == start for s in n.spans)]
    joined = re.match(r"(?:并|且|还|同时|又)", stretch.text[piece.end :])
    return bool(theirs) and not joined and theirs[0].modality != "exemption"


def _norm(stretch: Stretch, actor: Actor, piece: Piece, classes: Taxonomy) -> Iterator[Norm]:
    told = _NARRATED[stretch.lang].search(stretch.text, actor.end, piece.end)
    action = _verb(stretch, actor, piece, classes)
    if action is None or told:
        return
    offset = stretch.offset
    modality = _modality(stretch, actor, action)
    end = len(stretch.text) if modality == "permission" else piece.end
    yield Norm(
        bearer=actor.key, modality=modality, action="", object="", lang=stretch.lang, passage="",
        start=offset + actor.start, end=offset + end, rule=f"unmarked_{modality}", confidence=0.6,
        distribution=actor.distribution, label=stretch.text[actor.start : actor.end],
        spans=(Span("bearer", offset + actor.start, offset + actor.end),
               Span("marker", offset + action.start, offset + action.start)),
    )  # fmt: skip


def _verb(stretch: Stretch, actor: Actor, piece: Piece, classes: Taxonomy) -> ActionMatch | None:
    for action in classes.find(stretch.text, stretch.lang, actor.end, piece.end):
        if _IS_VERB[stretch.lang](stretch, actor, action):
            return action
    return None


def _english_verb(stretch: Stretch, actor: Actor, action: ActionMatch) -> bool:
    between = stretch.text[actor.end : action.start].split()
    word = stretch.text[action.start :].split()[0]
    near = len(between) <= 3 and not any(w.lower() in _NOT_BETWEEN for w in between)
    return near and _FINITE_EN.match(re.sub(r"\W+$", "", word)) is not None


_NOT_BETWEEN = frozenset("of in to for by with a the on at from into".split())


def _russian_verb(stretch: Stretch, actor: Actor, action: ActionMatch) -> bool:
    word = re.match(r"[А-Яа-яЁё-]+", stretch.text[action.start :])
    return word is not None and is_finite(word[0].lower())


def _chinese_verb(stretch: Stretch, actor: Actor, action: ActionMatch) -> bool:
    return action.start - actor.end <= 16


_IS_VERB = {"en": _english_verb, "ru": _russian_verb, "zh": _chinese_verb}


def _modality(stretch: Stretch, actor: Actor, action: ActionMatch) -> Modality:
    if _NEGATION[stretch.lang].search(stretch.text[actor.end : action.start]):
        return "prohibition"
    rest = find_conditions(stretch.text[actor.start :], stretch.lang)
    waived = any(c.kind in ("notice", "consent") and c.value == "waived" for c in rest)
    return "permission" if waived else "obligation"
