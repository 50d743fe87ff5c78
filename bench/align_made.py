"""Makes texts to learn from, with links that are known, out of passages that answer to each other.

On either side, by chance and apart from the other, neighbours are joined, passages cut in two and
left out; what overlaps is one link. So links of all shapes come out of rows one to one. A passage
is cut on one side alone: where both are cut, nobody knows whether their halves answer to each
other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import align_gold
from align_gold import Bible, Gold
from parallel_texts.evaluation import Sides

__all__ = ["LITERARY", "Corpus", "corpora", "make"]

JOIN, CUT, DROP = 0.12, 0.12, 0.04
"""How often a passage is joined to the next, cut, left out, on each side."""
_CUTS = (re.compile(r"[.!?。！？；;][”\"’』」)）]*\s*"), re.compile(r"[,，:：、]\s*"))
LITERARY = (700, 2900, 5400, 8100, 10900, 13600, 16800, 19500, 22300, 25200, 27600, 29000)
"""Lines of the Bible where stretches to learn from begin."""

Pieces = list[tuple[str, set[int]]]
"""Passages of one side, each with the rows that it comes from."""


@dataclass(frozen=True)
class Corpus:
    """Texts of one kind.

    Attributes:
        texts: Aligned texts, or stretches of the Bible, where only verses are known.
        weight: How much a text counts in learning.
        family: Corpora of one family are learned from together, or left out together.
    """

    texts: Sequence[Gold | Bible]
    weight: float
    family: str


def corpora() -> dict[str, Corpus]:
    """Return all there is to learn from and to try weights on."""
    news = {
        "-".join(pair): Corpus(align_gold.ntrex(*pair), 1.0, "news") for pair in align_gold.PAIRS
    }
    berg = align_gold.textberg()
    made_berg = [make(g.name, tuple(g.texts), rows(g), k) for k, g in enumerate(berg)]
    verses = [align_gold.bible(start, 140) for start in LITERARY]
    after = [align_gold.bible(s + far, 150).gold for far in (300, 600) for s in LITERARY]
    prose = [flip(make(g.name, ("en", "zh"), rows(g), k)) for k, g in enumerate(after)]
    rights = [
        make(f"udhr {s}", pair, rows(align_gold.udhr(*pair)), s)
        for pair in align_gold.PAIRS
        for s in (1, 2, 3, 4)
    ]
    return news | {
        "textberg": Corpus(berg, 1.0, "textberg"),
        "made textberg": Corpus(made_berg, 0.5, "textberg"),
        "bible": Corpus(verses, 0.3, "bible"),
        "made bible": Corpus(prose, 0.5, "bible"),
        "made udhr": Corpus(rights, 0.5, "udhr"),
    }


def rows(gold: Gold) -> list[tuple[str, ...]]:
    """Return the text of each link that has two sides."""
    return [
        tuple(
            _glue(lang).join(gold.texts[lang][n] for n in side)
            for lang, side in zip(gold.texts, link, strict=True)
        )
        for link in gold.links
        if all(link)
    ]


def flip(gold: Gold) -> Gold:
    """Return the same with the second text first."""
    texts = dict(reversed(gold.texts.items()))
    return Gold(gold.name, texts, [link[::-1] for link in gold.links])


def make(
    name: str, languages: tuple[str, ...], units: Sequence[tuple[str, ...]], seed: int
) -> Gold:
    """Return texts made of rows, and their links."""
    chance = random.Random(f"{name} {seed}")
    cut = [chance.choice((0, 1)) if chance.random() < 2 * CUT else None for _ in units]
    dropped = [chance.choice((0, 1)) if chance.random() < 2 * DROP else None for _ in units]
    sides = [
        _side([unit[side] for unit in units], _glue(lang), chance,
              ([c == side for c in cut], [d == side for d in dropped]))
        for side, lang in enumerate(languages)
    ]  # fmt: skip
    texts = {lang: [text for text, _ in side] for lang, side in zip(languages, sides, strict=True)}
    return Gold(name, texts, _links(sides, len(units)))


def _glue(lang: str) -> str:
    return "" if lang == "zh" else " "


def _side(
    texts: Sequence[str], glue: str, chance: random.Random, fate: tuple[list[bool], list[bool]]
) -> Pieces:
    out: Pieces = []
    joins = False
    for row, (text, cut, dropped) in enumerate(zip(texts, *fate, strict=True)):
        if dropped:
            joins = False
            continue
        first, *rest = _cut(text, chance) if cut else [text]
        if joins:
            out[-1] = (out[-1][0] + glue + first, out[-1][1] | {row})
        else:
            out.append((first, {row}))
        out += [(piece, {row}) for piece in rest]
        joins = chance.random() < JOIN
    return out


def _cut(text: str, chance: random.Random) -> list[str]:
    """Cut a text in two: between sentences if it has several, else between clauses."""
    for mark in _CUTS:
        inner = [m.end() for m in mark.finditer(text)]
        places = [end for end in inner if 0.2 * len(text) < end < 0.8 * len(text)]
        if places:
            place = chance.choice(places)
            return [text[:place].strip(), text[place:].strip()]
    return [text]


def _links(sides: Sequence[Pieces], count: int) -> list[Sides]:
    group = list(range(count))
    for _, origin in (piece for side in sides for piece in side):
        first = min(group[row] for row in origin)
        joined = {group[row] for row in origin}
        group = [first if g in joined else g for g in group]
    found: dict[int, list[list[int]]] = {}
    for k, side in enumerate(sides):
        for number, (_, origin) in enumerate(side):
            found.setdefault(group[min(origin)], [[], []])[k].append(number)
    links: list[Sides] = []
    for left, right in found.values():
        if left and right:
            links.append((tuple(left), tuple(right)))
        else:
            links += [((n,), ()) for n in left] + [((), (n,)) for n in right]
    return links
