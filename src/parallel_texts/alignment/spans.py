"""Vectors of passages and of runs of neighbouring passages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parallel_texts.encoders import AdditiveEncoder, Array, Encoder

__all__ = ["Spans"]


class Spans:
    """One text's vectors: of each passage, and of each run of 2, 3... passages.

    Attributes:
        lengths: Characters of each passage, at least 1.
    """

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        self.lengths = np.array([max(len(t.strip()), 1) for t in texts], dtype=np.float64)
        self._encoder = encoder
        if isinstance(encoder, AdditiveEncoder):
            states = encoder.encode_parts(texts).totals()
        else:
            weights = self.lengths[:, None].astype(np.float32)
            states = encoder.encode(texts) * weights if len(texts) else np.zeros((0, 1), np.float32)
        self._sums = np.zeros((len(texts) + 1, states.shape[1]))
        np.cumsum(states, axis=0, out=self._sums[1:])
        self._mean = self._pool(states).mean(axis=0) if len(texts) else 0.0

    def __len__(self) -> int:
        return len(self.lengths)

    def vectors(self, size: int) -> Array:
        """Return centred unit vectors of runs that end before passage 0, 1, ... n.

        Row ``i`` is the run of passages ``i - size`` to ``i - 1``; rows below ``size`` are zero.
        """
        out = np.zeros((len(self) + 1, self._pool_width()), dtype=np.float32)
        if len(self) >= size:
            states = (self._sums[size:] - self._sums[:-size]).astype(np.float32)
            out[size:] = _unit(self._pool(states) - self._mean)
        return out

    def _pool_width(self) -> int:
        return self._encoder.dimensions

    def _pool(self, states: Array) -> Array:
        if isinstance(self._encoder, AdditiveEncoder):
            return self._encoder.pool(states)
        return _unit(states)


def _unit(vectors: Array) -> Array:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)
