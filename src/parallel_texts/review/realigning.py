"""The rest aligned anew: locked links are fixed points, and what lies between two of them is
aligned by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parallel_texts.alignment import align
from parallel_texts.model import Division, Link, Passage, Version
from parallel_texts.review.sheet import Sheet, Splice
from parallel_texts.tei import KeptLink

__all__ = ["Stretches", "realigned", "stretches"]

_AGAIN = "#aligner"
_BACK = 200
"""Locked links that are looked back at for one that comes before in every text."""

Sides = tuple[tuple[str, ...], ...]
"""Passage ids per language."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """What is to be aligned: a copy that stays as it is while others act.

    Attributes:
        languages: In the order of the links.
        texts: Per stretch and language its divisions with the passages that are not locked.
        links: All links, as they were.
        places: Place in its text by passage id.
    """

    languages: tuple[str, ...]
    texts: tuple[tuple[tuple[Division, ...], ...], ...]
    links: tuple[KeptLink, ...]
    places: Mapping[str, int]


def stretches(sheet: Sheet, versions: Sequence[Version]) -> Stretches:
    """Return what lies between locked links, language by language."""
    by_lang = {version.lang: version for version in versions}
    locked = [link for link in sheet.links if link.locked]
    fixed = {passage for link in locked for passage in link.passages}
    texts = tuple(
        tuple(
            _between(by_lang[lang], fixed, start, end, sheet.places)
            for lang, start, end in zip(sheet.languages, starts, ends, strict=True)
        )
        for starts, ends in _borders(sheet, locked)
    )
    return Stretches(sheet.languages, texts, tuple(sheet.links), dict(sheet.places))


Border = tuple[int, ...]
"""A place in each text."""


def _borders(sheet: Sheet, locked: Sequence[KeptLink]) -> Iterator[tuple[Border, Border]]:
    """Yield start and end of each stretch; a locked link out of order parts nothing."""
    at: Border = (0,) * len(sheet.languages)
    for link in _in_step(sheet, locked):
        places = [[sheet.places[p] for p in side] for side in link.sides]
        yield at, tuple(min(side, default=here) for side, here in zip(places, at, strict=True))
        at = tuple(max(side, default=here - 1) + 1 for side, here in zip(places, at, strict=True))
    yield at, tuple(len(sheet.passages[lang]) for lang in sheet.languages)


def _in_step(sheet: Sheet, locked: Sequence[KeptLink]) -> list[KeptLink]:
    """Return as many locked links as come one after another in every text."""
    whole = [link for link in locked if all(link.sides)]
    spans = [[[sheet.places[p] for p in side] for side in link.sides] for link in whole]
    order = sorted(range(len(whole)), key=lambda n: spans[n][0][0])
    best: list[tuple[int, int]] = []
    for k, n in enumerate(order):
        near = range(max(0, k - _BACK), k)
        before = [(best[j][0], j) for j in near if _precedes(spans[order[j]], spans[n])]
        length, last = max(before, default=(0, -1))
        best.append((length + 1, last))
    chain = []
    at = max(range(len(best)), key=lambda k: best[k][0], default=-1)
    while at >= 0:
        chain.append(whole[order[at]])
        at = best[at][1]
    return chain[::-1]


def _precedes(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> bool:
    return all(max(a) < min(b) for a, b in zip(one, other, strict=True))


def _between(
    version: Version, fixed: set[str], start: int, end: int, places: Mapping[str, int]
) -> tuple[Division, ...]:
    """Return the divisions of a stretch, without passages of locked links."""
    found = []
    for division in version.divisions:
        inside = tuple(
            p for p in division.passages if start <= places[p.id] < end and p.id not in fixed
        )
        if inside:
            found.append(replace(division, passages=inside))
    return tuple(found)


def realigned(job: Stretches) -> Splice | None:
    """Align what is not locked; ``None`` where nothing changes.

    A link that joins what it joined before stays as it is; others keep an id where they can.
    This takes as long as aligning does, and nothing else is waited for.
    """
    locked = [link for link in job.links if link.locked]
    found = [link for texts in job.texts for link in _aligned(job.languages, texts)]
    old = {link.sides: link for link in job.links if not link.locked}
    links = _named(job, [old.get(link.sides, link) for link in found])
    ordered = _ordered(job, [*locked, *links])
    return _trimmed(job.links, ordered)


def _aligned(languages: Sequence[str], texts: Sequence[tuple[Division, ...]]) -> Iterator[KeptLink]:
    """Yield new links of one stretch; what stands in one language only is an omission."""
    there = {lang: text for lang, text in zip(languages, texts, strict=True) if text}
    if len(there) < 2:
        for lang, text in there.items():
            for passage in (p for division in text for p in division.passages):
                yield _link(languages, {lang: (passage,)}, None)
        return
    alignment = align(there)
    for link in alignment:
        yield _link(languages, {lang: alignment.of(link, lang) for lang in there}, link)


def _link(
    languages: Sequence[str], sides: Mapping[str, Sequence[Passage]], link: Link | None
) -> KeptLink:
    made = tuple(tuple(p.id for p in sides.get(lang, ())) for lang in languages)
    if link is None:
        return KeptLink("", made, cert="0.5", resp=_AGAIN, score="0")
    numbers = f"{link.confidence:.4g}", f"{link.score:.4g}"
    return KeptLink("", made, cert=numbers[0], resp=_AGAIN, score=numbers[1], moved=link.moved)


def _named(job: Stretches, links: Sequence[KeptLink]) -> list[KeptLink]:
    """Give new links the ids of old ones that held their first passage, as far as they are free."""
    taken = {link.id for link in links} | {link.id for link in job.links if link.locked}
    holders = {p: link.id for link in job.links for p in link.passages}
    numbers = (re.fullmatch(r"l(\d+)", link.id) for link in job.links)
    last = max((int(found[1]) for found in numbers if found), default=0)
    named = []
    for link in links:
        if not link.id:
            name = holders[link.passages[0]]
            if name in taken:
                last += 1
                name = f"l{last}"
            taken.add(name)
            link = replace(link, id=name)
        named.append(link)
    return named


def _ordered(job: Stretches, links: Sequence[KeptLink]) -> list[KeptLink]:
    """Sort by the first language; what it lacks goes after what stands before it in another."""
    orders = [_texts_of(links, column, job) for column in range(len(job.languages))]
    keys: dict[int, tuple[int, ...]] = {}
    for order in orders:
        last: tuple[int, ...] = ()
        for place, number in order:
            if number not in keys:
                keys[number] = (place,) if order is orders[0] else (*last, 1, place)
            last = keys[number]
    return [links[number] for number in sorted(keys, key=keys.__getitem__)]


def _texts_of(links: Sequence[KeptLink], column: int, job: Stretches) -> list[tuple[int, int]]:
    """Return place and number of the links that have passages in one language, in its order."""
    sides = ((n, link.sides[column]) for n, link in enumerate(links))
    return sorted((job.places[side[0]], number) for number, side in sides if side)


def _trimmed(old: Sequence[KeptLink], new: Sequence[KeptLink]) -> Splice | None:
    """Return the stretch that differs, one link on either side at least."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    if head == len(old) == len(new):
        return None
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head == len(old) - tail or head == len(new) - tail:
        head, tail = (head - 1, tail) if head else (head, tail - 1)
    return Splice(head, len(old) - head - tail, tuple(new[head : len(new) - tail]))
