"""What completes a norm once bearer and modality are known: action, counterparty, conditions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from parallel_texts.languages.deontic import ConditionMatch, find_conditions
from parallel_texts.model import Passage
from parallel_texts.norms.actors import Actor
from parallel_texts.norms.clauses import Stretch
from parallel_texts.norms.schema import ALL, UNRESOLVED, Condition, Norm, Span
from parallel_texts.norms.taxonomy import Taxonomy

__all__ = ["MUTUAL", "bind_back", "complete", "share_exemption"]

MUTUAL = {
    "zh": re.compile(r"互相|相互|彼此|互(?=[不为给])"),
    "ru": re.compile(
        r"\b(?:взаимн\w+|друг друг\w+|друг с другом|между собой|на началах взаимности)\b", re.I
    ),
    "en": re.compile(r"\b(?:mutual(?:ly)?|reciprocal(?:ly)?|each other|one another)\b", re.I),
}
"""Words that make a norm mutual, per language."""
_TRAILING = re.compile(r"[\s,，、]*(?:\b(?:and|but|or|и|а также|но|или)|并且?|且|而)?[\s,，]*$")
_PLAIN = frozenset({"all", "other", "pronoun", "organs", "anyone"})


def complete(
    norm: Norm,
    stretch: Stretch,
    passage: Passage,
    classes: Taxonomy,
    opposite: Callable[[str], str],
) -> Norm:
    """Return ``norm`` with its passage, wording, action, counterparty and conditions."""
    marker_end = next(s.end for s in norm.spans if s.part == "marker")
    start, end = marker_end - stretch.offset, _end(norm, stretch)
    conditions = tuple(_conditions(norm, stretch, passage, end, opposite))
    action, span = _action(norm, stretch, end, classes, conditions)
    return replace(
        norm, action=action, object=stretch.text[start:end].strip(" ，,、"),
        passage=passage.id, division=passage.division, end=stretch.offset + end,
        conditions=conditions, context=stretch.text.strip(),
        counterparty=_counterparty(norm, stretch, start, end, opposite),
        cost_bearer=next((c.value for c in conditions if c.kind == "cost"), ""),
        distribution=_distribution(norm, stretch), spans=(*norm.spans, *span),
    )  # fmt: skip


def share_exemption(norms: list[Norm]) -> Iterator[Norm]:
    """Give "may land, and need not notify" one norm more: the landing is free of notice."""
    for norm, following in itertools.zip_longest(norms, norms[1:]):
        free = following.condition("notice") if _exempts(norm, following) else None
        yield replace(norm, conditions=(*norm.conditions, free)) if free else norm


def bind_back(norms: list[Norm]) -> Iterator[Norm]:
    """Give a norm the exemption that the next sentence makes of it: "for this no notice..."."""
    for number, norm in enumerate(norms):
        before = norms[number - 1] if number else None
        after = norms[number + 1] if number + 1 < len(norms) else None
        if before is not None and _points_at(before, norm):
            yield replace(norm, action=norm.action or "notify", context=before.context)
        elif after is not None and _points_at(norm, after):
            yield replace(norm, conditions=(*norm.conditions, *_borrowed(after, norm.end)))
        else:
            yield norm


def _borrowed(norm: Norm, at: int) -> Iterator[Condition]:
    """Yield a norm's waiver of notice for another passage, where its words do not stand."""
    free = norm.condition("notice")
    if free is not None:
        yield replace(free, start=at, end=at)


def _points_at(norm: Norm, following: Norm) -> bool:
    return following.rule.endswith("+anaphor") and _exempts(norm, following)


def _exempts(norm: Norm, following: Norm | None) -> bool:
    return (
        following is not None
        and following.modality == "exemption"
        and following.value("notice") == "waived"
        and norm.modality in ("right", "permission")
        and norm.bearer == following.bearer
        and not norm.value("notice")
    )


def _end(norm: Norm, stretch: Stretch) -> int:
    """Cut what belongs to the next norm: its subject and the conjunction before it."""
    end = norm.end - stretch.offset
    begin = norm.start - stretch.offset
    after = [
        a
        for a in stretch.actors
        if begin < a.start and a.end <= end and _before_next(stretch, a, end)
    ]
    if after and end < len(stretch.text):
        end = after[-1].start
    match = _TRAILING.search(stretch.text, begin, end)
    return match.start() if match and match.start() > begin else end


def _before_next(stretch: Stretch, actor: Actor, end: int) -> bool:
    """Return True for a subject that stands between a comma or conjunction and the next marker."""
    before = stretch.text[: actor.start].rstrip()
    opened = re.search(r"(?:[,，]|\b(?:and|but|while|whereas|и|а|но)|而|并)$", before)
    return opened is not None and "nom" in actor.cases and "," not in stretch.text[actor.end : end]


def _action(
    norm: Norm, stretch: Stretch, end: int, classes: Taxonomy, conditions: tuple[Condition, ...]
) -> tuple[str, tuple[Span, ...]]:
    """Return the first action from the marker on, else the last one before it."""
    offset = stretch.offset
    begin = _piece_start(stretch, norm.start - offset)
    waived = [] if norm.modality == "exemption" else [c for c in conditions if c.value == "waived"]
    found = [
        Span(match.action, offset + match.start, offset + match.end)
        for match in classes.find(stretch.text, stretch.lang, begin, end)
        if not any(c.start <= offset + match.start < c.end for c in waived)
    ]
    marker = next(s.start for s in norm.spans if s.part == "marker")
    after = [span for span in found if span.start >= marker]
    chosen = (after[:1] or found[-1:])[0] if found else None
    return (chosen.part, (replace(chosen, part="action"),)) if chosen else ("", ())


def _piece_start(stretch: Stretch, position: int) -> int:
    """Return where the comma piece around ``position`` begins."""
    return max((m.end() for m in re.finditer(r"[,，]", stretch.text[:position])), default=0)


def _conditions(
    norm: Norm, stretch: Stretch, passage: Passage, end: int, opposite: Callable[[str], str]
) -> Iterator[Condition]:
    """Yield the conditions between the norm's beginning and its end."""
    begin, offset = _clause_start(norm, stretch), stretch.offset
    for match in find_conditions(stretch.text, stretch.lang):
        if begin <= match.start and match.end <= end:
            start, stop = offset + match.start, offset + match.end
            value = _value(match, norm, stretch, end, opposite)
            if value:
                yield Condition(match.kind, value, passage.text[start:stop], start, stop)


def _clause_start(norm: Norm, stretch: Stretch) -> int:
    """A condition may stand before its norm, from the beginning of the stretch on."""
    begin = norm.start - stretch.offset
    first = next((a.start for a in stretch.actors if "nom" in a.cases), begin)
    return 0 if first >= begin else begin


def _value(
    match: ConditionMatch, norm: Norm, stretch: Stretch, end: int, opposite: Callable[[str], str]
) -> str:
    """ "Must not without notice" requires notice; of costs the value is who bears them."""
    if match.value == "waived" and norm.modality == "prohibition":
        return "required"
    if match.kind == "cost" and match.value == "bearer":
        payer = _payer(match, norm, stretch, end, opposite)
        return "shared" if payer == ALL else payer
    return match.value


def _payer(
    match: ConditionMatch, norm: Norm, stretch: Stretch, end: int, opposite: Callable[[str], str]
) -> str:
    """Return who is named beside "at the expense of"; the bearer where it bears the cost."""
    if _BEARS.match(stretch.text, match.start):
        return norm.bearer
    inside = stretch.between(match.start, match.end)
    after = stretch.between(match.end, min(len(stretch.text), end + 40))
    near = [a for a in after if a.start - match.end < 40 and a.cases - {"acc", "thing"}]
    actor = next(iter((*inside, *near)), None)
    return _plain_key(actor, opposite) if actor else norm.bearer


_BEARS = re.compile(r"承担|负担|支付|bears?\b|нес[её]?у?т", re.IGNORECASE)


def _plain_key(actor: Actor, opposite: Callable[[str], str]) -> str:
    return opposite("") if actor.key == "other" else actor.key


def _counterparty(
    norm: Norm, stretch: Stretch, start: int, end: int, opposite: Callable[[str], str]
) -> str:
    """Return the first actor after the marker who is not the bearer."""
    for actor in stretch.between(start, end):
        if actor.key == "other":
            return ALL if norm.bearer in (ALL, UNRESOLVED) else opposite(norm.bearer)
        if actor.key not in (norm.bearer, *_PLAIN) and "thing" not in actor.cases:
            return actor.key
    return ALL if MUTUAL[stretch.lang].search(stretch.text[start:end]) else ""


def _distribution(norm: Norm, stretch: Stretch) -> str:
    if norm.bearer != ALL:
        return ""
    begin, end = norm.start - stretch.offset, norm.end - stretch.offset
    mutual = MUTUAL[stretch.lang].search(stretch.text, begin, end)
    return "mutual" if mutual else norm.distribution or "joint"
