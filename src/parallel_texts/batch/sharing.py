"""Passages that several works hold, boilerplate and treaty formulae, are encoded once a batch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parallel_texts.encoders import AdditiveEncoder, Array, CachedEncoder, Parts
from parallel_texts.encoders.cache import VectorCache

__all__ = [
    "Keys",
    "SharingEncoder",
    "find_repeated",
    "passage_keys",
    "shared_vectors",
    "write_repeated",
]

Keys = NDArray[np.uint64]
"""Eight bytes of a digest for each text: ascending, none twice."""

_REPEATED = "repeated.npy"
_MOST_BYTES = 16 * 2**30
"""Vectors that are kept for a batch; some two million passages."""


def passage_keys(texts: Iterable[str]) -> Keys:
    """Return the keys of texts, and of each two neighbours, whose seam has a vector too."""
    listed = list(texts)
    seams = map(_seam, listed, listed[1:])
    return np.unique(np.array([_key(text) for text in (*listed, *seams)], dtype=np.uint64))


def _seam(first: str, second: str) -> str:
    return f"{len(first)}\0{first}{second}"


def _key(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")


def find_repeated(works: Sequence[Keys]) -> list[Keys]:
    """Return for each work the keys that it is the first to have of those in two works or more."""
    if not works:
        return []
    everything = np.concatenate(works)
    unique, first, counts = np.unique(everything, return_index=True, return_counts=True)
    owners = np.searchsorted(np.cumsum([len(keys) for keys in works]), first, side="right")
    several = counts > 1
    unique, owners = unique[several], owners[several]
    order = np.argsort(owners, kind="stable")
    bounds = np.searchsorted(owners[order], np.arange(len(works) + 1))
    return [np.sort(unique[order][a:b]) for a, b in pairwise(bounds)]


def write_repeated(folder: Path, keys: Sequence[Keys]) -> None:
    """Add keys to those that are shared under ``folder``; workers map the file into memory."""
    path = folder / _REPEATED
    known = [np.load(path)] if path.is_file() else []
    folder.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new.npy")
    np.save(new, np.unique(np.concatenate([*keys, *known, np.zeros(0, np.uint64)])))
    new.replace(path)


def shared_vectors(encoder: AdditiveEncoder, folder: Path) -> CachedEncoder:
    """Return the encoder with the vectors that all workers share."""
    return CachedEncoder(encoder, VectorCache(folder, _MOST_BYTES))


@cache
def _repeated(path: Path) -> Keys:
    if not path.is_file():
        return np.zeros(0, np.uint64)
    found: Keys = np.load(path, mmap_mode="r")
    return found


class SharingEncoder:
    """Takes the vectors of repeated passages from those that are shared, and encodes the rest.

    Args:
        encoder: What encodes.
        folder: Where :func:`write_repeated` and :func:`shared_vectors` keep what is shared.
    """

    def __init__(self, encoder: AdditiveEncoder, folder: Path) -> None:
        self._encoder = encoder
        self._shared = shared_vectors(encoder, folder)
        self._repeated = _repeated(folder / _REPEATED)
        self.name = encoder.name
        self.dimensions = encoder.dimensions
        self.weigh = encoder.weigh
        self.pool = encoder.pool

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors."""
        return self.pool(self.encode_parts(texts).totals())

    def encode_parts(self, texts: Sequence[str]) -> Parts:
        """Return the states of each text's clauses; each different text is encoded once."""
        unique = list(dict.fromkeys(texts))
        shared = self._is_repeated(unique)
        if len(unique) == len(texts) and not shared.any():
            return self._encoder.encode_parts(texts)
        states: dict[str, Array] = {}
        for encoder, chosen in ((self._shared, shared), (self._encoder, ~shared)):
            some = [text for text, is_chosen in zip(unique, chosen, strict=True) if is_chosen]
            if some:
                parts = encoder.encode_parts(some)
                states |= zip(some, np.split(parts.states, parts.bounds[1:-1]), strict=True)
        arrays = [states[text] for text in texts]
        return Parts(np.concatenate(arrays), np.cumsum([0, *map(len, arrays)]))

    def junctions(self, pairs: Sequence[tuple[str, str]], glue: str) -> Array:
        """Return what to add to the states of each two neighbours."""
        shared = self._is_repeated([_seam(a, b) for a, b in pairs])
        if not shared.any():
            return self._encoder.junctions(pairs, glue)
        seams: dict[int, Array] = {}
        for encoder, chosen in ((self._shared, shared), (self._encoder, ~shared)):
            numbers = np.flatnonzero(chosen).tolist()
            if numbers:
                found = encoder.junctions([pairs[n] for n in numbers], glue)
                seams |= zip(numbers, found, strict=True)
        return np.stack([seams[n] for n in range(len(pairs))])

    def _is_repeated(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        if not len(self._repeated) or not texts:
            return np.zeros(len(texts), dtype=bool)
        keys = np.array([_key(text) for text in texts], dtype=np.uint64)
        places = np.minimum(np.searchsorted(self._repeated, keys), len(self._repeated) - 1)
        return np.asarray(self._repeated[places] == keys)
