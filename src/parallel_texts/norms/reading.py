"""Passages to norms: a norm for each deontic marker, then for clauses that need none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from parallel_texts.frames import Results
from parallel_texts.languages.deontic import LANGUAGES, Marker, find_markers
from parallel_texts.model import Authority, Passage
from parallel_texts.norms.actors import Actor, find_actors
from parallel_texts.norms.bearers import Place, find_bearer, inherits
from parallel_texts.norms.clauses import (
    Stretch,
    is_conditional,
    is_relative,
    points_back,
    stretches,
)
from parallel_texts.norms.details import MUTUAL, bind_back, complete, share_exemption
from parallel_texts.norms.memory import NOBODY, Memory
from parallel_texts.norms.schema import ALL, UNRESOLVED, Modality, Norm, Span
from parallel_texts.norms.taxonomy import Taxonomy, standard_taxonomy
from parallel_texts.norms.unmarked import split_gaps, unmarked_norms

__all__ = ["norms", "norms_of_text"]

_NEGATED: dict[str, Modality] = {
    "obligation": "prohibition",
    "permission": "prohibition",
    "right": "prohibition",
}


def norms(
    passages: Sequence[Passage],
    parties: Sequence[Authority] = (),
    *,
    only: Sequence[str] = (),
    taxonomy: Taxonomy | None = None,
    narrative: bool = False,
) -> Results[Norm]:
    """Return who must, may, must not or need not do what, in text order.

    Args:
        passages: Of one text; languages without tables (zh, ru and en have them) give no norms.
        parties: Parties and organs with their names. Roles ("the Licensor", 甲方), "each Party"
            and the states of the table ``states`` are known without.
        only: Ids of the parties of this text, where ``parties`` lists more: "the other Side" is
            the other of two.
        taxonomy: Classes of actions; the standard ones without.
        narrative: True for memoirs and reports, where a bare verb tells and binds nobody; what
            they say of duties is reported speech and of lower confidence.
    """
    known = tuple(parties)
    tops = tuple(only) or tuple(dict.fromkeys(p.id for p in known if p.kind == "party"))
    readable = [passage for passage in passages if passage.lang in LANGUAGES]
    memory = Memory(tops, partial(_named_in, readable, known), narrative)
    classes = taxonomy or standard_taxonomy()
    found = [norm for p in readable for norm in _read(p, known, classes, memory)]
    bound = tuple(bind_back(found))
    if narrative:
        bound = tuple(replace(n, confidence=n.confidence * 0.6) for n in bound)
    return Results(bound)


def _named_in(passages: Sequence[Passage], parties: tuple[Authority, ...]) -> set[str]:
    return {a.key for p in passages for a in find_actors(p.text, p.lang, parties)}


def norms_of_text(text: str, lang: str, parties: Sequence[Authority] = ()) -> Results[Norm]:
    """Return the norms of a string, its passage called ``text``."""
    return norms([Passage(id="text", text=text, lang=lang)], parties)


def _read(
    passage: Passage, parties: tuple[Authority, ...], classes: Taxonomy, memory: Memory
) -> Iterator[Norm]:
    memory.begin(passage)
    for stretch in stretches(passage.text, passage.lang, parties):
        found = [*_marked(stretch, memory)]
        resolve = partial(_key, stretch=stretch, memory=memory)
        if not memory.narrative:
            found += unmarked_norms(stretch, found, passage, classes, resolve)
        memory.subject = _spoken_of(stretch)
        memory.read(found)
        found = [*split_gaps(stretch, found)]
        found.sort(key=lambda n: n.start)
        full = [complete(norm, stretch, passage, classes, memory.opposite) for norm in found]
        yield from share_exemption(full)
    memory.end()


def _marked(stretch: Stretch, memory: Memory) -> Iterator[Norm]:
    markers = _kept(stretch, memory.narrative)
    start = 0
    carried: Norm | None = memory.last if stretch.continues else None
    for number, marker in enumerate(markers):
        end = markers[number + 1].start if number + 1 < len(markers) else len(stretch.text)
        norm = _norm_at(Place(stretch, marker, start, end), carried, memory)
        if norm is not None:
            yield norm
            memory.last = norm
            if not is_relative(stretch, start, marker.start):
                carried, start = norm, marker.end


def _kept(stretch: Stretch, narrative: bool) -> list[Marker]:
    """Drop the markers that count only with a bearer and have none: 应将 is one marker, not two."""
    kept: list[Marker] = []
    for marker in find_markers(stretch.text, stretch.lang):
        start = kept[-1].end if kept else 0
        place = Place(stretch, marker, start, len(stretch.text))
        repeats = bool(kept) and kept[-1].end == marker.start
        if (marker.rule == "must_double" and narrative) or (
            repeats and kept[-1].modality == marker.modality
        ):
            continue
        certain = not marker.bearer.endswith("?") or _is_named(find_bearer(place))
        if certain and not is_conditional(stretch, marker.start):
            kept.append(marker)
    return kept


def _is_named(actor: Actor | None) -> bool:
    return actor is not None and actor.key != "pronoun"


def _norm_at(place: Place, carried: Norm | None, memory: Memory) -> Norm | None:
    marker = place.marker
    norm = _draft(place)
    carries = carried is not None and _carries(place, carried)
    actor = None if carries and marker.bearer == "dat" else find_bearer(place)
    if actor is None and carried is not None and carries:
        return replace(norm, bearer=carried.bearer, distribution=carried.distribution,
                       label=carried.label, rule=f"{marker.rule}+carried")  # fmt: skip
    if (
        actor is None
        and marker.modality == "exemption"
        and points_back(place.stretch.text, norm.lang)
    ):
        return replace(norm, bearer=memory.before, rule=f"{marker.rule}+anaphor")
    if actor is None:
        return None if marker.bearer.endswith("?") else norm
    return _with_actor(norm, actor, place, memory)


def _carries(place: Place, carried: Norm) -> bool:
    subject = place.marker.bearer.rstrip("?") in ("nom", "dat")
    certain = not place.marker.bearer.endswith("?")
    return (
        subject
        and certain
        and carried.bearer != UNRESOLVED
        and inherits(place.left, place.stretch.lang)
    )


def _draft(place: Place) -> Norm:
    marker, offset = place.marker, place.stretch.offset
    return Norm(
        bearer=UNRESOLVED, modality=_modality(place), action="", object="",
        lang=place.stretch.lang, passage="", start=offset + marker.start, end=offset + place.end,
        rule=marker.rule, spans=(Span("marker", offset + marker.start, offset + marker.end),),
    )  # fmt: skip


def _modality(place: Place) -> Modality:
    """Return the row's modality; an English negative subject turns a duty into a prohibition."""
    modality: Modality = place.marker.modality  # type: ignore[assignment]
    if place.stretch.lang == "en" and _NEGATIVE.search(place.left):
        required = place.marker.rule in ("required_to", "responsible_for")
        return "exemption" if required else _NEGATED.get(modality, modality)
    return modality


_NEGATIVE = re.compile(
    r"\b(?:no(?! (?:later|less|more|longer|doubt|other than))|neither|nor|nothing|none|nobody)\b",
    re.I,
)


def _with_actor(norm: Norm, actor: Actor, place: Place, memory: Memory) -> Norm:
    """Put the actor in as bearer."""
    key = _key(actor, place.stretch, memory)
    offset = place.stretch.offset
    memory.name(key)
    span = Span("bearer", offset + actor.start, offset + actor.end)
    return replace(
        norm, bearer=key, start=min(norm.start, span.start),
        rule=f"{norm.rule}+side" if actor.distribution == "side" else norm.rule,
        distribution="each" if actor.distribution == "neg" else actor.distribution,
        spans=(span, *norm.spans), label=place.stretch.text[actor.start : actor.end],
    )  # fmt: skip


def _key(actor: Actor, stretch: Stretch, memory: Memory) -> str:
    if actor.key == "other":
        return memory.opposite(_named_before(actor, stretch))
    if actor.key == "organs":
        mutual = MUTUAL[stretch.lang].search(stretch.text)
        return UNRESOLVED if mutual else memory.owner()
    if actor.key == "pronoun":
        return _antecedent(actor, stretch, memory)
    return actor.key


def _named_before(actor: Actor, stretch: Stretch) -> str:
    """Return the last party named before "the other Party" in its sentence."""
    named = [a.key for a in stretch.actors if a.end <= actor.start and a.key not in NOBODY]
    return named[-1] if named else ""


def _antecedent(pronoun: Actor, stretch: Stretch, memory: Memory) -> str:
    """Return whom a pronoun means where only one can be meant."""
    earlier = [a for a in stretch.actors if a.end <= pronoun.start]
    if pronoun.cases == {"ins"} and memory.last is not None:
        agents = {a.key for a in earlier} - NOBODY - {memory.last.bearer}
        return agents.pop() if len(agents) == 1 else UNRESOLVED
    keys = {a.key for a in earlier if "nom" in a.cases} - {"pronoun", "other", "organs"}
    if not keys and memory.last is not None:
        return memory.last.bearer
    if not keys and memory.subject and _is_plural(pronoun, stretch):
        return memory.subject
    if not keys and memory.before == ALL and _is_plural(pronoun, stretch):
        return ALL
    return keys.pop() if len(keys) == 1 else UNRESOLVED


def _is_plural(pronoun: Actor, stretch: Stretch) -> bool:
    return stretch.text[pronoun.start : pronoun.end].lower() in ("they", "они", "他们", "她们")


def _spoken_of(stretch: Stretch) -> str:
    """Return the one actor that is subject in a stretch, or the empty string."""
    keys = {a.key for a in stretch.actors if a.cases & {"nom"}} - {"pronoun", "other", "organs"}
    return keys.pop() if len(keys) == 1 else ""
