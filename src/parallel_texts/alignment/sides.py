"""One text as the aligner sees it: vectors of runs of passages and of clauses, lengths, marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.rows import Rows, release_pages
from parallel_texts.encoders import AdditiveEncoder, Array

__all__ = ["LONGEST_RUN", "Part", "Side", "glue_of", "unit"]

LONGEST_RUN = 6
"""The longest run of passages that gets a vector: one more than a link's longest side."""

_PRIOR = 4
"""A mean counts as if so many vectors of zeros were with it."""
_PORTION = 2048
"""Passages that are encoded together."""
_SAMPLE = 4000
"""About so many clauses are averaged to find their mean."""
_UNSPACED = frozenset({"zh", "ja", "lzh"})
_GROUPED = re.compile(r"(?<=\d)[,.\u00a0\u202f ](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+")
_FINAL = frozenset(".!?…。！？")
_CLOSING = "\"”»」』’')）"
_QUOTES = '"“”«»„「」『』'

Floats = NDArray[np.float64]


class Side:
    """A text with its vectors.

    Attributes:
        texts: Passages.
        lengths: Characters of each passage, at least 1.
        usual_length: The median of the lengths, in the whole text.
        vectors: Unit vector of each passage, centred on the text's mean: (passages, dimensions).
        clauses: Additive states of all clauses; passage ``i`` has the rows ``bounds[i]`` to
            ``bounds[i + 1]``.
        pooled: Vectors of clauses and runs that were made last.
        seams: What concatenating neighbours adds to their states; ``None`` if not asked for.
    """

    def __init__(
        self,
        texts: Sequence[str],
        lang: str,
        encoder: AdditiveEncoder,
        *,
        fast: bool = False,
        done: Callable[[int], None] = lambda passages: None,
    ) -> None:
        self.texts = tuple(texts)
        self.lengths = np.array([max(len(t.strip()), 1) for t in texts], dtype=np.float64)
        self.usual_length = float(np.median(self.lengths)) if len(texts) else 1.0
        self.encoder = encoder
        self.fast = fast
        self.clauses, self.bounds, raw = _encode(self.texts, encoder, done)
        self.pooled = Pooled()
        self.mean = _shrunk_mean(raw)
        self.vectors = _centre(raw, self.mean)
        self.seams = None if fast or len(texts) < 2 else _seams(self.texts, lang, encoder, done)
        self.clause_mean = self.mean if fast else self._mean_of_clauses()
        release_pages()

    def __len__(self) -> int:
        return len(self.texts)

    def _mean_of_clauses(self) -> Array:
        sample = self.clauses[:: max(len(self.clauses) // _SAMPLE, 1)]
        return _shrunk_mean(self.encoder.pool(sample))

    def stretch(self, start: int, end: int) -> Side:
        """Return passages ``start`` to ``end - 1`` as a text that keeps this one's means."""
        part = copy(self)
        part.pooled = Pooled()
        first, last = self.bounds[start], self.bounds[end]
        part.texts, part.lengths = self.texts[start:end], self.lengths[start:end]
        part.clauses, part.bounds = self.clauses[first:last], self.bounds[start : end + 1] - first
        part.vectors = self.vectors[start:end]
        part.seams = None if self.seams is None else self.seams[start : max(end - 1, start)]
        return part

    def gathered(self, ranges: Sequence[tuple[int, int]]) -> Side:
        """Return the passages of some ranges, one behind the other, with this text's means."""
        part = copy(self)
        part.pooled = Pooled()
        kept = np.concatenate([np.arange(*stretch) for stretch in ranges])
        rows = [np.arange(self.bounds[start], self.bounds[end]) for start, end in ranges]
        part.texts, part.lengths = tuple(self.texts[n] for n in kept), self.lengths[kept]
        part.clauses, part.vectors = self.clauses[np.concatenate(rows)], self.vectors[kept]
        part.bounds = np.concatenate([[0], np.cumsum(np.diff(self.bounds)[kept])])
        part.seams = None
        return part

    def averages(self, ranges: Sequence[tuple[int, int]]) -> Array:
        """Return a unit vector for each range of passages, zeros for an empty one."""
        weights = np.sqrt(self.lengths)[:, None].astype(np.float32)
        sums = np.zeros((len(ranges), self.vectors.shape[1]), dtype=np.float32)
        for row, (a, b) in zip(sums, ranges, strict=True):
            if b > a:
                np.add.reduce(self.vectors[a:b] * weights[a:b], axis=0, out=row)
        release_pages()
        return unit(sums)

    def part(self, start: int, end: int) -> Part:
        """Return what is needed to compare passages ``start`` to ``end - 1``."""
        return Part(self, max(start, 0), min(end, len(self)))


class Pooled:
    """Vectors that were made last: tiles overlap, and what both have is made once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, int, Array]] = {}

    def get(self, kind: int, start: int, end: int, make: Callable[[int, int], Array]) -> Array:
        """Return rows ``start`` to ``end - 1``, making those only that are new at the end.

        Args:
            kind: What the rows are: vectors of runs of so many passages, or 0 for clauses.
            start: First row.
            end: The one after the last.
            make: Makes rows.
        """
        first, last, rows = self._known.get(kind, (0, 0, None))
        if rows is None or not first <= start < last <= end:
            rows = make(start, end)
        elif last < end:
            rows = np.concatenate([rows[start - first :], make(last, end)])
        else:
            rows = rows[start - first :]
        self._known[kind] = start, end, rows
        return rows


@dataclass(frozen=True)
class Part:
    """Neighbouring passages of a :class:`Side`; its numbers count from ``start``."""

    side: Side
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    @cached_property
    def lengths(self) -> Floats:
        """Characters of each passage."""
        return self.side.lengths[self.start : self.end]

    @cached_property
    def bounds(self) -> NDArray[np.int64]:
        """Where each passage's clauses begin, and where the last ends."""
        bounds = self.side.bounds[self.start : self.end + 1]
        return np.asarray(bounds - bounds[0])

    @cached_property
    def _states(self) -> Array:
        first, last = self.side.bounds[self.start], self.side.bounds[self.end]
        return self.side.clauses[first:last]

    @cached_property
    def clauses(self) -> Array:
        """Centred unit vectors of the clauses, in order."""
        first, last = int(self.side.bounds[self.start]), int(self.side.bounds[self.end])
        return self.side.pooled.get(0, first, last, self._pool_clauses)

    def _pool_clauses(self, first: int, last: int) -> Array:
        raw = self.side.encoder.pool(self.side.clauses[first:last])
        return unit(raw - self.side.clause_mean)

    @cached_property
    def shares(self) -> Floats:
        """Each clause's share of its passage."""
        weights = self.side.encoder.weigh(self._states).astype(np.float64)
        owner = np.repeat(np.arange(len(self)), np.diff(self.bounds))
        return np.asarray(weights / np.bincount(owner, weights, len(self))[owner])

    @cached_property
    def _sums(self) -> Floats:
        """Sums of states up to each passage, seams counted with the passage after them."""
        totals = np.add.reduceat(self._states, self.bounds[:-1], axis=0)
        return np.concatenate([np.zeros((1, totals.shape[1])), np.cumsum(totals, 0, np.float64)])

    @cached_property
    def _seams(self) -> Floats:
        seams = self.side.seams
        width = self._states.shape[1]
        if seams is None:
            return np.zeros((len(self), width))
        inner = np.cumsum(seams[self.start : self.end - 1], 0, np.float64)
        return np.concatenate([np.zeros((1, width)), inner])

    def runs(self, size: int) -> Array:
        """Return centred unit vectors of all runs of ``size`` passages: (runs, dimensions)."""
        if size == 1:
            return self.side.vectors[self.start : self.end]
        if size > len(self):
            return np.zeros((0, self.side.vectors.shape[1]), np.float32)
        if self.side.fast:
            return self._averaged(size)
        last = self.end - size + 1
        return self.side.pooled.get(
            size, self.start, last, lambda *ends: self._pool_runs(size, *ends)
        )

    def _pool_runs(self, size: int, first: int, last: int) -> Array:
        """Return vectors of the runs that begin with passages ``first`` to ``last - 1``."""
        low, high = first - self.start, last - self.start
        states = self._sums[low + size : high + size] - self._sums[low:high]
        states += self._seams[low + size - 1 : high + size - 1] - self._seams[low:high]
        raw = self.side.encoder.pool(states.astype(np.float32))
        return unit(raw - self.side.mean)

    @cached_property
    def weighted(self) -> Array:
        """Vectors of the passages times their lengths."""
        lengths = self.lengths[:, None].astype(np.float32)
        return np.asarray(self.side.vectors[self.start : self.end] * lengths)

    def norms(self, size: int) -> Floats:
        """Return the norms of sums of ``size`` neighbouring :attr:`weighted` vectors."""
        return np.asarray(np.maximum(np.linalg.norm(self._added(size), axis=1), 1e-9))

    def _averaged(self, size: int) -> Array:
        """Return runs as averages of their passages' vectors, by length."""
        return unit(self._added(size))

    def _added(self, size: int) -> Array:
        count = len(self) - size + 1
        rows = self.weighted
        return np.asarray(sum(rows[t : t + count] for t in range(size)), dtype=np.float32)

    def joined(self, start: int, end: int) -> Array:
        """Return the unit vector, not centred, of passages ``start`` to ``end - 1`` joined."""
        state = self._sums[end] - self._sums[start] + self._seams[end - 1] - self._seams[start]
        vector = unit(self.side.encoder.pool(state[None].astype(np.float32)))[0]
        return np.asarray(vector, dtype=np.float32)

    @cached_property
    def numbers(self) -> tuple[frozenset[str], ...]:
        """Numbers in digits of each passage."""
        return tuple(frozenset(_NUMBER.findall(_GROUPED.sub("", t))) for t in self._texts)

    @cached_property
    def finals(self) -> NDArray[np.bool_]:
        """True for each passage that ends with a sentence's final mark."""
        return np.array([t.strip().rstrip(_CLOSING)[-1:] in _FINAL for t in self._texts])

    @cached_property
    def quotes(self) -> Floats:
        """Quotation marks in each passage."""
        return np.array([float(sum(map(t.count, _QUOTES))) for t in self._texts])

    @property
    def _texts(self) -> tuple[str, ...]:
        return self.side.texts[self.start : self.end]


def _portions(count: int) -> Iterator[slice]:
    """Yield slices of a text that are encoded one after the other."""
    return (slice(k, min(k + _PORTION, count)) for k in range(0, count, _PORTION))


def _encode(
    texts: Sequence[str], encoder: AdditiveEncoder, done: Callable[[int], None]
) -> tuple[Array, NDArray[np.int64], Array]:
    """Return the states of clauses, where each text's begin, and the texts' vectors."""
    bounds, clauses, vectors = [np.zeros(1, dtype=np.int64)], Rows(), Rows()
    for portion in _portions(len(texts)) if texts else [slice(0)]:
        parts = encoder.encode_parts(texts[portion])
        clauses.add(parts.states)
        bounds.append(parts.bounds[1:] + bounds[-1][-1])
        vectors.add(encoder.pool(parts.totals()))
        done(len(texts[portion]))
    return clauses.table(), np.concatenate(bounds), vectors.table()


def glue_of(lang: str) -> str:
    """Return what stands between two neighbouring passages of a language."""
    return "" if lang in _UNSPACED else " "


def _seams(
    texts: Sequence[str], lang: str, encoder: AdditiveEncoder, done: Callable[[int], None]
) -> Array:
    """Return what concatenating each two neighbours adds to their states."""
    glue = glue_of(lang)
    seams = Rows()
    for portion in _portions(len(texts) - 1):
        pairs = list(itertools.pairwise(texts[portion.start : portion.stop + 1]))
        seams.add(encoder.junctions(pairs, glue))
        done(len(pairs))
    return seams.table()


def _centre(vectors: Array, mean: Array) -> Array:
    """Return unit vectors, ``mean`` taken off."""
    centred = Rows()
    for portion in _portions(len(vectors)) if len(vectors) else [slice(0)]:
        centred.add(unit(vectors[portion] - mean))
    return centred.table()


def _shrunk_mean(vectors: Array) -> Array:
    """Return the mean, nearer to zero for few vectors: those of a short text say little of it."""
    total = np.zeros((1, vectors.shape[1]), np.float32)
    for portion in _portions(len(vectors)):
        total[0] = np.concatenate([total, vectors[portion]]).sum(axis=0)  # as of all rows at once
        release_pages()
    return np.asarray(total[0] / (len(vectors) + _PRIOR), dtype=np.float32)


def unit(vectors: Array) -> Array:
    """Scale rows to length 1; rows of zeros stay."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)
