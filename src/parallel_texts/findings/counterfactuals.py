"""Would the other language say more nearly the same if this clause were worded otherwise?

Where marks leave doubt, "may" is put for "shall", "not" put in or taken out, and so on, by the
table ``wordings``; the encoder then tells whether the clause of the other language that is nearest
to the clause as it stands is nearer to it as changed. Of a true translation it seldom is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np

from parallel_texts.encoders import Array
from parallel_texts.findings.vectors import encoder
from parallel_texts.languages.tables import read_table
from parallel_texts.segmentation import clauses

__all__ = ["KINDS", "try_wordings"]

KINDS = ("D2P", "P2D", "N2A", "A2N")
"""A duty made a permission, a permission a duty, a denial taken out, a denial put in."""
_FARTHEST = -0.1
_Gains = dict[tuple[int, str], float]
_Side = tuple[str, ...]
"""Clauses of a text."""
_Vectors = dict["str | _Side", Array]
"""Unit vectors by clause, and by whole side."""


@dataclass(frozen=True, slots=True)
class _Try:
    """A clause of one side, worded otherwise."""

    side: int
    kind: str
    clause: str
    changed: str


def try_wordings(pairs: Sequence[tuple[str, str]], languages: Sequence[tuple[str, str]]) -> Array:
    """Return what changed wordings gain, for each pair of texts.

    Args:
        pairs: The texts of two sides.
        languages: Their languages, for each pair.

    Returns:
        Shape (pairs, 11): for each of :data:`KINDS` the most that a change on either side gains in
        cosine and whether one could be tried; the lesser gain of a change on one side and the
        contrary change on the other, for force and for denial; the cosine of the whole sides.
    """
    sides = [_sides(texts, langs) for texts, langs in zip(pairs, languages, strict=True)]
    tries = [list(_tries(both, langs)) for both, langs in zip(sides, languages, strict=True)]
    changed = [one.changed for some in tries for one in some]
    vectors = _encoded([side for both in sides for side in both], changed)
    made = [_values(both, some, vectors) for both, some in zip(sides, tries, strict=True)]
    return np.array(made, dtype=np.float32).reshape(len(made), 2 * len(KINDS) + 3)


def _sides(texts: tuple[str, str], languages: tuple[str, str]) -> tuple[_Side, _Side]:
    first, second = (
        tuple(clause.text for clause in clauses(text, lang)) or (text,)
        for text, lang in zip(texts, languages, strict=True)
    )
    return first, second


def _encoded(sides: Sequence[_Side], changed: Sequence[str]) -> _Vectors:
    """Return vectors of all clauses; the state of a side is the sum of its clauses' states."""
    whole = list(dict.fromkeys(sides))
    read = list(dict.fromkeys([*chain.from_iterable(whole), *changed]))
    if not read:
        return {}
    states = encoder().encode_parts(read).totals()
    place = {clause: n for n, clause in enumerate(read)}
    sums = [states[[place[clause] for clause in side]].sum(axis=0) for side in whole]
    pooled = encoder().pool(np.concatenate([states, np.stack(sums)]))
    keys: list[str | _Side] = [*read, *whole]
    return dict(zip(keys, pooled, strict=True))


def _tries(sides: tuple[_Side, _Side], languages: tuple[str, str]) -> Iterator[_Try]:
    for number, (side, lang) in enumerate(zip(sides, languages, strict=True)):
        for clause in side:
            for kind, changed in _wordings(clause, lang):
                yield _Try(number, kind, clause, changed)


def _wordings(clause: str, lang: str) -> Iterator[tuple[str, str]]:
    """Yield the clause with one place changed, for each place that a line of the table fits."""
    for kind, pattern, new in _table(lang):
        for match in pattern.finditer(clause):
            changed = clause[: match.start()] + match.expand(new) + clause[match.end() :]
            yield kind, changed.replace("  ", " ")


@cache
def _table(lang: str) -> list[tuple[str, re.Pattern[str], str]]:
    return [
        (row["kind"], re.compile(row["form"]), row["wording"].replace("∅", ""))
        for row in read_table("wordings")
        if row["lang"] == lang
    ]


def _values(sides: tuple[_Side, _Side], tries: Sequence[_Try], vectors: _Vectors) -> list[float]:
    gains: _Gains = {}
    for one in tries:
        key = one.side, one.kind
        gains[key] = max(gains.get(key, _FARTHEST), _gain(one, sides[1 - one.side], vectors))
    values: list[float] = []
    for kind in KINDS:
        values += [
            max(gains.get((side, kind), 0.0) for side in (0, 1)),
            float(any((side, kind) in gains for side in (0, 1))),
        ]
    both = [_both(gains, "D2P", "P2D"), _both(gains, "N2A", "A2N")]
    return [*values, *both, float(vectors[sides[0]] @ vectors[sides[1]])]


def _gain(one: _Try, other: _Side, vectors: _Vectors) -> float:
    """Return how much nearer what is nearest to the clause is to the clause as changed."""
    near = np.stack([*(vectors[clause] for clause in other), vectors[other]])
    before = near @ vectors[one.clause]
    place = int(before.argmax())
    return float(near[place] @ vectors[one.changed] - before[place])


def _both(gains: _Gains, kind: str, contrary: str) -> float:
    found = [
        min(gains[side, kind], gains[1 - side, contrary])
        for side in (0, 1)
        if (side, kind) in gains and (1 - side, contrary) in gains
    ]
    return max(found, default=0.0)
