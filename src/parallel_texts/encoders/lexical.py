"""An encoder without a model: numbers, names and cognates, hashed.

Texts are put into Latin letters (Chinese as pinyin); their words' letter groups and their
numbers are counted in hashed columns. Sums of counts are the counts of a concatenation, so states
add up. Far behind a real encoder, but it needs nothing and shows what lengths and names give.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from parallel_texts.encoders.base import LONGEST_TEXT, Array, Parts
from parallel_texts.languages.names import romanize
from parallel_texts.segmentation import clauses

__all__ = ["LexicalEncoder"]

_COLUMNS = 1024
_GROUP = 4
"""Letters in a group."""
_NUMBER_WEIGHT = 4.0
_GROUPED = re.compile(r"(?<=\d)[,.\u00a0\u202f ](?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W\d_]+")


class LexicalEncoder:
    """Numbers, names and cognates, without a model."""

    name = "lexical-1"
    dimensions = _COLUMNS

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (len(texts), 1024)."""
        return self.pool(self.encode_parts(texts).totals())

    def encode_parts(self, texts: Sequence[str]) -> Parts:
        """Return counts for each clause: hashed features, and the number of characters."""
        texts = [text[:LONGEST_TEXT] for text in texts]
        pieces = [[c.text for c in clauses(text, "")] or [text] for text in texts]
        bounds = np.concatenate([[0], np.cumsum([len(p) for p in pieces], dtype=np.int64)])
        states = [_count(clause) for p in pieces for clause in p]
        table = np.array(states, dtype=np.float32).reshape(len(states), _COLUMNS + 1)
        return Parts(table, bounds)

    def junctions(self, pairs: Sequence[tuple[str, str]], glue: str) -> Array:
        """Return zeros: counts add up as they are."""
        return np.zeros((len(pairs), _COLUMNS + 1), dtype=np.float32)

    def weigh(self, states: Array) -> Array:
        """Return the number of characters."""
        return states[:, -1]

    def pool(self, states: Array) -> Array:
        """Damp counts and scale rows to length 1."""
        counts = np.sqrt(np.maximum(states[:, :-1], 0))
        norms = np.linalg.norm(counts, axis=1, keepdims=True)
        return np.asarray(counts / np.maximum(norms, 1e-9), dtype=np.float32)


def _count(text: str) -> Array:
    row = np.zeros(_COLUMNS + 1, dtype=np.float32)
    row[-1] = max(len(text), 1)
    for number in re.findall(r"\d+", _GROUPED.sub("", text)):
        row[crc32(number.encode()) % _COLUMNS] += _NUMBER_WEIGHT
    for word in _WORD.findall(romanize(text)):
        for start in range(max(len(word) - _GROUP + 1, 1)):
            row[crc32(word[start : start + _GROUP].encode()) % _COLUMNS] += 1.0
    return row
