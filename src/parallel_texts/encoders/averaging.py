"""Any encoder made additive: a concatenation's vector is the average of its clauses' vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parallel_texts.encoders.base import LONGEST_TEXT, AdditiveEncoder, Array, Encoder, Parts
from parallel_texts.segmentation import clauses

__all__ = ["AveragingEncoder", "additive"]


def additive(encoder: Encoder) -> AdditiveEncoder:
    """Return ``encoder`` itself if its states add up, else one that averages its vectors."""
    return encoder if isinstance(encoder, AdditiveEncoder) else AveragingEncoder(encoder)


class AveragingEncoder:
    """Wraps an encoder that knows only whole texts.

    A state holds the sum of vectors weighted by characters, and the number of characters. What
    passages lose by averaging their clauses is put right by the difference to the passage's own
    vector, shared out among its clauses.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name = encoder.name
        self.dimensions = encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, as the encoder itself."""
        return self._encoder.encode(texts)

    def encode_parts(self, texts: Sequence[str]) -> Parts:
        """Return the states of each text's clauses; they add up to the whole text's vector."""
        texts = [text[:LONGEST_TEXT] for text in texts]
        pieces = [[c.text for c in clauses(text, "")] or [text] for text in texts]
        counts = np.array([len(p) for p in pieces], dtype=np.int64)
        bounds = np.concatenate([[0], np.cumsum(counts)])
        weights = np.array([max(len(c), 1) for p in pieces for c in p], dtype=np.float32)
        whole = self._encoder.encode(texts)
        flat = [clause for p in pieces for clause in p]
        vectors = np.repeat(whole, counts, axis=0)
        divided = np.repeat(counts > 1, counts)
        if divided.any():
            chosen = [c for c, is_divided in zip(flat, divided, strict=True) if is_divided]
            vectors[divided] = self._encoder.encode(chosen)
            self._put_right(vectors, weights, whole, bounds)
        states = np.concatenate([vectors * weights[:, None], weights[:, None]], axis=1)
        return Parts(states.astype(np.float32), bounds)

    @staticmethod
    def _put_right(vectors: Array, weights: Array, whole: Array, bounds: NDArray[np.int64]) -> None:
        sums = np.add.reduceat(vectors * weights[:, None], bounds[:-1], axis=0)
        totals = np.add.reduceat(weights, bounds[:-1])[:, None]
        vectors += np.repeat(whole - sums / totals, np.diff(bounds), axis=0)

    def junctions(self, pairs: Sequence[tuple[str, str]], glue: str) -> Array:
        """Return zeros: nothing is known of seams."""
        return np.zeros((len(pairs), self.dimensions + 1), dtype=np.float32)

    def weigh(self, states: Array) -> Array:
        """Return the number of characters in each row of states."""
        return states[:, -1]

    def pool(self, states: Array) -> Array:
        """Turn states into unit vectors."""
        norms = np.linalg.norm(states[:, :-1], axis=1, keepdims=True)
        return np.asarray(states[:, :-1] / np.maximum(norms, 1e-9), dtype=np.float32)
