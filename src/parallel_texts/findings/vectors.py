"""Vectors of clauses, of whole sides and of words, encoded in one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

import numpy as np

from parallel_texts.encoders import AdditiveEncoder, Array, additive, load_encoder

__all__ = ["Side", "Vectors", "encode_sides"]

Side = tuple[str, ...]
"""The clauses of one side of a link."""
Vectors = dict["str | Side", Array]
"""Unit vectors by clause or word, and by whole side."""

_WORDS: dict[str, Array] = {}
"""Vectors of words met before: a text goes on using its own."""
_MOST_WORDS = 40_000


def encode_sides(sides: Iterable[Side], words: Iterable[str]) -> Vectors:
    """Return a vector for each clause, each whole side and each word.

    The state of a side is the sum of its clauses' states, so that nothing is read twice.

    Args:
        sides: Clauses of each side.
        words: Content words; their vectors are kept for later calls.
    """
    listed = list(dict.fromkeys(side for side in sides if side))
    clauses = list(dict.fromkeys(chain.from_iterable(listed)))
    wanted = dict.fromkeys(words)
    fresh = [word for word in wanted if word not in _WORDS]
    vectors: Vectors = {word: _WORDS[word] for word in wanted if word in _WORDS}
    if clauses or fresh:
        vectors |= _encoded(listed, clauses, fresh)
    _keep({word: vectors[word] for word in fresh})
    return vectors


def _encoded(sides: Sequence[Side], clauses: Sequence[str], words: Sequence[str]) -> Vectors:
    states = _encoder().encode_parts([*clauses, *words]).totals()
    place = {clause: n for n, clause in enumerate(clauses)}
    wholes = [states[[place[clause] for clause in side]].sum(axis=0) for side in sides]
    pooled = _encoder().pool(np.concatenate([states, *(w[None] for w in wholes)]))
    keys: list[str | Side] = [*clauses, *words, *sides]
    return dict(zip(keys, pooled, strict=True))


def _keep(vectors: Vectors) -> None:
    if len(_WORDS) > _MOST_WORDS:
        _WORDS.clear()
    _WORDS.update((word, vector) for word, vector in vectors.items() if isinstance(word, str))


@cache
def _encoder() -> AdditiveEncoder:
    return additive(load_encoder("use"))
