"""Passages that several works hold, boilerplate and treaty formulae, are encoded once a batch.

Their vectors are kept in parts, files of some thousand each, which workers load where a work needs
them. An index tells the part of each key. All goes through :mod:`.storage`: the workers may be on
other machines.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from parallel_texts.batch.storage import open_storage
from parallel_texts.encoders import AdditiveEncoder, Array, Parts

__all__ = [
    "Keys",
    "SharingEncoder",
    "find_repeated",
    "has_part",
    "name_part",
    "passage_keys",
    "write_index",
    "write_part",
]

Keys = NDArray[np.uint64]
"""Eight bytes of a digest for each text: ascending, none twice."""

_INDEX = "index.npz"
_PARTS_HELD = 16
"""Parts that a worker holds in memory, some ten megabytes each."""


def passage_keys(texts: Iterable[str], glue: str) -> Keys:
    """Return the keys of texts, and of each two neighbours, whose seam has a vector too."""
    listed = list(texts)
    seams = (_seam(a, b, glue) for a, b in pairwise(listed))
    return np.unique(np.array([text_key(text) for text in (*listed, *seams)], dtype=np.uint64))


def _seam(first: str, second: str, glue: str) -> str:
    return f"{len(first)}\0{first}{glue}{second}"


def seam_key(first: str, second: str, glue: str) -> int:
    """Return the key of two neighbours."""
    return text_key(_seam(first, second, glue))


def text_key(text: str) -> int:
    """Return the key of a text."""
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


def name_part(keys: Keys) -> str:
    """Return the name of a part: the same for the same keys, so that it is not made twice."""
    return f"part-{blake2b(keys.tobytes(), digest_size=8).hexdigest()}.npz"


def has_part(place: str, name: str) -> bool:
    """Tell whether a part is there already, from a run that was stopped."""
    return open_storage(place).exists(name)


def write_part(place: str, name: str, rows: Mapping[int, Array]) -> None:
    """Keep the states of texts, and those of seams, by their keys."""
    keys = np.array(sorted(rows), dtype=np.uint64)
    arrays = [rows[int(key)] for key in keys]
    states = np.concatenate(arrays) if arrays else np.zeros((0, 0), np.float32)
    bounds = np.cumsum([0, *map(len, arrays)])
    open_storage(place).write(name, _packed(keys=keys, bounds=bounds, states=states))


def write_index(place: str, parts: Mapping[str, Keys]) -> None:
    """Keep which part has which keys."""
    names = sorted(parts)
    keys = np.concatenate([parts[name] for name in names])
    numbers = np.repeat(np.arange(len(names), dtype=np.int32), [len(parts[n]) for n in names])
    order = np.argsort(keys)
    data = _packed(keys=keys[order], numbers=numbers[order], names=np.array(names, dtype="S32"))
    open_storage(place).write(_INDEX, data)


def _packed(**arrays: NDArray[Any]) -> bytes:
    sink = io.BytesIO()
    np.savez(sink, allow_pickle=False, **arrays)
    return sink.getvalue()


def _loaded(place: str, name: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of a file; none where it is not there or was damaged."""
    try:
        with np.load(io.BytesIO(open_storage(place).read(name)), allow_pickle=False) as found:
            return dict(found)
    except (OSError, ValueError, EOFError, BadZipFile):
        return {}


class _Index:
    """The keys that are shared, and the parts that have them."""

    def __init__(self, place: str) -> None:
        found = _loaded(place, _INDEX)
        self._place = place
        self._keys = found.get("keys", np.zeros(0, np.uint64))
        self._numbers = found.get("numbers", np.zeros(0, np.int32))
        self._names = [name.decode("ascii") for name in found.get("names", np.zeros(0, "S1"))]

    def find(self, keys: Sequence[int]) -> dict[int, Array]:
        """Return the rows of those keys that are shared."""
        wanted, places = self._shared(np.array(keys, dtype=np.uint64))
        found: dict[int, Array] = {}
        for number in np.unique(self._numbers[places]).tolist():
            chosen = wanted[self._numbers[places] == number]
            found |= _rows(_part(self._place, self._names[number]), chosen)
        return found

    def _shared(self, keys: Keys) -> tuple[Keys, NDArray[np.int64]]:
        """Return the keys that are in the index, and their places."""
        if not len(self._keys):
            return keys[:0], np.zeros(0, np.int64)
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        known = self._keys[places] == keys
        return keys[known], places[known]


@lru_cache(maxsize=2)
def _index(place: str) -> _Index:
    return _Index(place)


@lru_cache(maxsize=_PARTS_HELD)
def _part(place: str, name: str) -> dict[str, NDArray[Any]]:
    return _loaded(place, name)


def _rows(part: Mapping[str, NDArray[Any]], keys: Keys) -> dict[int, Array]:
    """Return the rows of keys; a part that is lost, or a key it lacks, is encoded again."""
    if not part or not len(part["keys"]):
        return {}
    places = np.minimum(np.searchsorted(part["keys"], keys), len(part["keys"]) - 1)
    states, bounds = part["states"], part["bounds"]
    return {
        int(key): np.asarray(states[bounds[at] : bounds[at + 1]], np.float32)
        for key, at in zip(keys, places, strict=True)
        if part["keys"][at] == key
    }


class SharingEncoder:
    """Takes the vectors of repeated passages from those that are shared, and encodes the rest.

    Args:
        encoder: What encodes.
        place: Folder, by path or address, of :func:`write_index` and :func:`write_part`.
    """

    def __init__(self, encoder: AdditiveEncoder, place: str) -> None:
        self._encoder = encoder
        self._index = _index(place)
        self.name = encoder.name
        self.dimensions = encoder.dimensions
        self.weigh = encoder.weigh
        self.pool = encoder.pool

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors."""
        return self.pool(self.encode_parts(texts).totals())

    def encode_parts(self, texts: Sequence[str]) -> Parts:
        """Return the states of each text's clauses; each different text is encoded once."""
        unique = {text: text_key(text) for text in texts}
        shared = self._index.find(list(unique.values()))
        if len(unique) == len(texts) and not shared:
            return self._encoder.encode_parts(texts)
        states = {text: shared[key] for text, key in unique.items() if key in shared}
        if rest := [text for text in unique if text not in states]:
            parts = self._encoder.encode_parts(rest)
            states |= zip(rest, np.split(parts.states, parts.bounds[1:-1]), strict=True)
        arrays = [states[text] for text in texts]
        return Parts(np.concatenate(arrays), np.cumsum([0, *map(len, arrays)]))

    def junctions(self, pairs: Sequence[tuple[str, str]], glue: str) -> Array:
        """Return what to add to the states of each two neighbours."""
        keys = [seam_key(*pair, glue) for pair in pairs]
        shared = self._index.find(keys)
        if not shared:
            return self._encoder.junctions(pairs, glue)
        rest = [n for n, key in enumerate(keys) if key not in shared]
        seams = {n: shared[key][0] for n, key in enumerate(keys) if key in shared}
        if rest:
            found = self._encoder.junctions([pairs[n] for n in rest], glue)
            seams |= zip(rest, found, strict=True)
        return np.stack([seams[n] for n in range(len(pairs))])
