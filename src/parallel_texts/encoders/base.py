"""What an encoder is: the Protocol, and the additive states some encoders can hand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

__all__ = ["LONGEST_TEXT", "AdditiveEncoder", "Array", "Encoder", "Parts"]

Array: TypeAlias = NDArray[np.float32]

LONGEST_TEXT = 16_384
"""Characters of one text that are read; what follows says no more about where it belongs, and
memory grows with what is read."""


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors. Any class with these three members will do."""

    @property
    def name(self) -> str:
        """Key of the vector cache: change it when the vectors change."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (len(texts), dimensions), float32."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Additive states of the clauses of texts.

    Attributes:
        states: One row a clause.
        bounds: Text ``i`` has the rows ``bounds[i]`` to ``bounds[i + 1]``; at least one.
    """

    states: Array
    bounds: NDArray[np.int64]

    def totals(self) -> Array:
        """Return the states of whole texts: the sums over their clauses."""
        if len(self.bounds) == 1:
            return self.states[:0]
        return np.asarray(np.add.reduceat(self.states, self.bounds[:-1], axis=0), np.float32)


@runtime_checkable
class AdditiveEncoder(Encoder, Protocol):
    """An encoder whose vector of a concatenation follows from the sum of its parts' states."""

    def encode_parts(self, texts: Sequence[str]) -> Parts:
        """Return the states of each text's clauses."""

    def junctions(self, pairs: Sequence[tuple[str, str]], glue: str) -> Array:
        """Return what to add to the states of two neighbours joined by ``glue``, one row a pair."""

    def weigh(self, states: Array) -> Array:
        """Return how much text each row of states holds: tokens or characters."""

    def pool(self, states: Array) -> Array:
        """Turn rows of states, or sums of rows, into unit vectors."""
