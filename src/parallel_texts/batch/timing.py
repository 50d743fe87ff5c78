"""How long the encoder works: what a batch's time is spent on."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from parallel_texts.encoders import AdditiveEncoder, Array, Parts

__all__ = ["TimedEncoder"]


class TimedEncoder:
    """An encoder that adds up its own seconds; vectors are those of the encoder it wraps."""

    def __init__(self, encoder: AdditiveEncoder) -> None:
        self._encoder = encoder
        self.seconds = 0.0
        self.name = encoder.name
        self.dimensions = encoder.dimensions
        self.weigh = encoder.weigh

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors."""
        start = perf_counter()
        vectors = self._encoder.encode(texts)
        self.seconds += perf_counter() - start
        return vectors

    def encode_parts(self, texts: Sequence[str]) -> Parts:
        """Return the states of each text's clauses."""
        start = perf_counter()
        parts = self._encoder.encode_parts(texts)
        self.seconds += perf_counter() - start
        return parts

    def junctions(self, pairs: Sequence[tuple[str, str]], glue: str) -> Array:
        """Return what to add to the states of two neighbours."""
        start = perf_counter()
        seams = self._encoder.junctions(pairs, glue)
        self.seconds += perf_counter() - start
        return seams

    def pool(self, states: Array) -> Array:
        """Turn states into unit vectors."""
        start = perf_counter()
        vectors = self._encoder.pool(states)
        self.seconds += perf_counter() - start
        return vectors
