"""Words as they stand in their text: states of the encoder, vectors of a word and its neighbours.

A state is what the encoder adds up before its last layers. Those of a word and of its neighbours,
added, say what a short phrase says and cost nothing; turned into vectors they say it better and
cost as much as reading the word again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from parallel_texts.encoders import Array, UseEncoder
from parallel_texts.languages.content_words import Word, split_words

__all__ = ["Key", "Spoken", "encode_texts", "encoder", "give_vectors", "unit"]

Key = tuple[str, str]
"""Text and language."""
_NEAR = (0, 1, 2)
"""Words on either side that a window takes in."""
_TEXT_SUM = 512
"""Columns of a state that hold the token sum."""
_MOST_ROWS = 8192
"""States turned into vectors at a time: bounds memory."""


class Spoken:
    """A text with its words.

    Attributes:
        words: Words and marks in order.
        content: Numbers of the words that carry content, shape (content words,).
        sums: For each width of window one unit vector a content word: added states.
        vectors: The same windows as the encoder's vectors; empty until :func:`give_vectors`.
    """

    def __init__(self, words: Sequence[Word], states: Array) -> None:
        self.words = words
        self.content = np.array([n for n, w in enumerate(words) if w.has_content], dtype=np.int64)
        self._marks = states[0] + states[-1]
        self._added = np.concatenate([states[:1] * 0, np.cumsum(states[1:-1], axis=0)])
        self.sums = [unit(self.window(near)[:, :_TEXT_SUM]) for near in _NEAR]
        self.vectors: list[Array] = []

    def window(self, near: int) -> Array:
        """Return the added states of each content word and so many words on either side."""
        first = np.maximum(self.content - near, 0)
        last = np.minimum(self.content + near + 1, len(self.words))
        return np.asarray(self._added[last] - self._added[first])

    def windows(self) -> Array:
        """Return the states of all windows, each with the marks of a text of its own."""
        return np.asarray(np.concatenate([self.window(near) for near in _NEAR]) + self._marks)

    def without(self, spans: NDArray[np.int64]) -> Array:
        """Return the vectors of the text, then of the text without each span of words."""
        whole = self._added[-1] + self._marks
        rest = whole - (self._added[spans[:, 1]] - self._added[spans[:, 0]])
        return np.asarray(encoder().pool(np.concatenate([whole[None], rest])))


def encode_texts(wanted: Iterable[Key]) -> dict[Key, Spoken]:
    """Return texts with their words and the states of these; nothing is read twice."""
    keys = list(dict.fromkeys(wanted))
    if not keys:
        return {}
    words = [split_words(*key) for key in keys]
    places = [[word.start for word in some] for some in words]
    parts = encoder().encode_words([text for text, _ in keys], places)
    states = np.split(parts.states, parts.bounds[1:-1])
    return {k: Spoken(w, s) for k, w, s in zip(keys, words, states, strict=True)}


def give_vectors(texts: Iterable[Spoken]) -> None:
    """Give the texts that lack them the vectors of their windows, all in one go."""
    fresh = [text for text in dict.fromkeys(texts) if not text.vectors]
    if fresh:
        pooled = _pool([text.windows() for text in fresh])
        for text, vectors in zip(fresh, pooled, strict=True):
            text.vectors = np.split(vectors, len(_NEAR))


def _pool(blocks: Sequence[Array]) -> list[Array]:
    ends = list(accumulate(map(len, blocks)))
    states = np.concatenate(blocks)
    chunks = [states[n : n + _MOST_ROWS] for n in range(0, len(states), _MOST_ROWS)]
    pooled = [encoder().pool(chunk) for chunk in chunks] or [states[:, :_TEXT_SUM]]
    return np.split(np.concatenate(pooled), ends[:-1])


def unit(rows: Array) -> Array:
    """Return rows of length one; those of zeros stay so."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9))


@cache
def encoder() -> UseEncoder:
    """Return the encoder that the models of findings know: the bundled one."""
    return UseEncoder()
