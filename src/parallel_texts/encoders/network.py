"""The layers of the bundled encoder, over a flat batch: tokens of all texts one under the other.

What comes before the second convolution is linear in what each token says by itself: the
projection and the first convolution's product are made once for each *distinct* token
(:class:`_Vocabulary`) and only added up for each place where it stands. That leaves less than
half of the work of the network as it is written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from parallel_texts.encoders.base import Array
from parallel_texts.encoders.tokens import bare_starts, flatten, tokenize

__all__ = ["COLUMNS", "Network", "portions"]

COLUMNS = 515
"""Of a state: 512 of the token sum, the number of tokens, bare starts, texts."""

_CHUNKS = 17
"""The embedding table is stored in this many interleaved blocks, each with its own scale."""
_WIDTH = 256
_EMBEDDED = 512
_FEATURES = 1280
_BRANCHES = ((2, 0), (3, 1), (5, 2))
"""Convolutions: window width and how many tokens of it lie to the left."""
_BATCH_TOKENS = 1024
"""Tokens per matrix product: large enough to stream weights once, small enough for the cache."""
_VOCABULARY_TOKENS = 32_768
"""About so many tokens' distinct ones are prepared together: bounds memory."""
_ROUND = 64
"""Distinct tokens are filled up to a multiple of it: BLAS adds up the last rows of a matrix in
another order, and a text's state must not depend on what it is read with."""
_COMPANY = 16
"""Tokens of the text that accompanies a lone or very short one through the network."""
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
"""Sentences to measure :attr:`Network.boundary` on."""

Ints = NDArray[np.int64]


def portions(owners: Ints, size: int) -> Iterator[tuple[int, int]]:
    """Yield token ranges of whole texts, about ``size`` long."""
    starts = np.flatnonzero(np.diff(owners, prepend=-1))
    first = 0
    if not len(owners):
        return
    for start, end in zip(starts, [*starts[1:], len(owners)], strict=True):
        if start > first and end - first > size:
            yield first, int(start)
            first = int(start)
    yield first, len(owners)


class Network:
    """The encoder's layers.

    Args:
        path: The weights, an ``.npz`` file of the package that ships them.
    """

    def __init__(self, path: str) -> None:
        with np.load(path, allow_pickle=False) as weights:
            blocks = [weights[f"q{i + 1}"] for i in range(_CHUNKS)]
            self.w = {k: weights[k] for k in weights.files if not k.startswith("q")}
        self._table = np.empty((_CHUNKS * len(blocks[0]), blocks[0].shape[1]), dtype=np.uint8)
        for i, block in enumerate(blocks):
            self._table[i::_CHUNKS] = block
        self._eps = np.float32(self.w["eps"])

    @cached_property
    def boundary(self) -> Array:
        """What one more text adds to a state by its start and end marks, on average.

        Two sums added hold one pair of marks too many, and one space piece where the second text
        starts with a piece of its own for it: rows 0 and 1, measured on pairs of :data:`_SPACED`
        and :data:`_UNSPACED`. With it taken off, added states meet re-encoded concatenations at
        cosine .99 (else .94).
        """
        return np.stack([self._excess(" ", _SPACED), self._excess("", _UNSPACED)])

    def _excess(self, glue: str, sample: Sequence[str]) -> Array:
        pairs = [(a, b) for a in sample for b in sample]
        texts = [*(a for a, _ in pairs), *(b for _, b in pairs), *(a + glue + b for a, b in pairs)]
        tokens, owners = tokenize(texts)
        states = self.sums(tokens, owners, np.flatnonzero(np.diff(owners, prepend=-1)))
        left, right, both = states.reshape(3, len(pairs), COLUMNS)
        return np.asarray((left + right - both).mean(axis=0)[:-2], dtype=np.float32)

    def sums_of(self, fragments: Sequence[Sequence[int]]) -> Array:
        """Return a state for each run of tokens."""
        tokens, owners = flatten(fragments)
        return self.sums(tokens, owners, np.flatnonzero(np.diff(owners, prepend=-1)))

    def sums(self, tokens: Ints, owners: Ints, starts: Ints) -> Array:
        """Return the state of each stretch of tokens.

        Args:
            tokens: Of all texts, in one row.
            owners: Number of each token's text.
            starts: Where stretches begin; every text begins one.
        """
        out = np.empty((len(starts), COLUMNS), dtype=np.float32)
        count = max(round(len(tokens) / _VOCABULARY_TOKENS), 1)
        for first, last in portions(owners, -(-len(tokens) // count)):
            low, high = np.searchsorted(starts, (first, last))
            here = slice(first, last)
            self._fill(out[low:high], tokens[here], owners[here], starts[low:high] - first)
        return out

    def _fill(self, out: Array, tokens: Ints, owners: Ints, starts: Ints) -> None:
        """Fill ``out`` with the states of stretches, batch by batch.

        BLAS adds up in another order where a matrix has a few rows only. So a lone or very short
        text goes with one more behind it, whose state is thrown away: a text's state is the same
        to the last bit whatever it is read with, and so the same from a cache.
        """
        vocabulary = _Vocabulary(self, np.append(tokens, 0))
        for first, last in portions(owners, _BATCH_TOKENS):
            low, high = np.searchsorted(starts, (first, last))
            words, whose = vocabulary.numbers[first:last], owners[first:last]
            inside = starts[low:high] - first
            if high - low == 1 or last - first < _COMPANY:
                words = np.append(words, np.full(_COMPANY, vocabulary.numbers[-1]))
                whose = np.append(whose, np.full(_COMPANY, whose[-1] + 1))
                inside = np.append(inside, last - first)
            lengths = np.diff(np.append(inside, len(words))).astype(np.float32)
            states = self._project(self._features(vocabulary, words, whose), inside, lengths)
            out[low:high, :-3], out[low:high, -3] = states[: high - low], lengths[: high - low]
        out[:, -2] = bare_starts(tokens, starts)
        out[:, -1] = 1.0

    def _features(self, vocabulary: _Vocabulary, words: Ints, owners: Ints) -> Array:
        """Return embedding and three convolution branches of each token: (tokens, 1280)."""
        out = np.empty((len(words), _FEATURES), dtype=np.float32)
        out[:, :_EMBEDDED] = vocabulary.embedded[words]
        for number, (width, left) in enumerate(_BRANCHES):
            column = _EMBEDDED + number * _WIDTH
            branch = vocabulary.branches[number]
            window = _window(owners, width, left)
            self._convolve(branch, words, window, out[:, column : column + _WIDTH])
        return out

    def _convolve(self, branch: _Branch, words: Ints, window: Ints, out: Array) -> None:
        """Run both convolutions of a branch; beyond a text's ends is the row after the last."""
        width = branch.width
        padded = np.zeros((len(words) + 1, _WIDTH), dtype=np.float32)
        inner = padded[:-1]
        branch.convolve(np.append(words, -1)[window], inner)
        inner += self.w[f"b1_{width}"]
        np.maximum(inner, 0, out=inner)
        inner += branch.inputs[words]
        np.matmul(padded[window].reshape(len(words), -1), self.w[f"w2_{width}"], out=out)
        out += self.w[f"b2_{width}"]
        np.maximum(out, 0, out=out)
        out += inner

    def _project(self, features: Array, starts: Ints, lengths: Array) -> Array:
        """Normalise each token's features, add them up by stretch and project the sums.

        What is linear in normalising comes after the adding.
        """
        mean = features.sum(axis=1) / np.float32(_FEATURES)
        square = np.einsum("ij,ij->i", features, features) / np.float32(_FEATURES)
        scale = 1 / np.sqrt(square - mean * mean + self._eps)
        features *= scale[:, None]
        sums = np.add.reduceat(features, starts, axis=0)
        sums -= np.add.reduceat(mean * scale, starts)[:, None]
        sums *= self.w["ln_g"]
        sums += lengths[:, None] * self.w["ln_b"]
        return np.asarray(sums @ self.w["cnn_W"] + lengths[:, None] * self.w["cnn_b"])

    def embed(self, tokens: Ints) -> Array:
        """Return the embedding of each token: (tokens, 512)."""
        chunk = tokens % _CHUNKS
        scale, low = self.w["scale"][chunk, None], self.w["lo"][chunk, None]
        return np.asarray(self._table[tokens] * scale + low, dtype=np.float32)

    def finish(self, states: Array) -> Array:
        """Pool states and run the layers above the pooling."""
        w = self.w
        mean = self._mean(states)
        first = np.maximum(mean @ w["d0"], 0)
        middle = np.maximum(mean @ w["p1"] + first @ w["d1"], 0)
        last = np.maximum(middle @ w["d2"], 0)
        z = np.tanh(middle @ w["p3"] + last @ w["d3"])
        norm = np.sqrt(np.maximum(np.einsum("ij,ij->i", z, z), self._eps))
        return np.asarray(z / norm[:, None], dtype=np.float32)

    def _mean(self, states: Array) -> Array:
        """Return token sums over the root of their number, surplus marks taken off."""
        sums, length, bare, texts = np.split(states, [-3, -2, -1], axis=1)
        plain, unspaced = self.boundary
        surplus = texts - 1.0
        spaceless = surplus * bare / np.maximum(texts, 1.0)
        sums = sums - surplus * plain[:-1] - spaceless * (unspaced - plain)[:-1]
        length = length - surplus * plain[-1] - spaceless * (unspaced - plain)[-1]
        return np.asarray(sums / np.sqrt(np.maximum(length, 1.0)))


class _Vocabulary:
    """The distinct tokens of some texts, and what they give wherever they stand.

    Attributes:
        numbers: Each token's number among the distinct ones.
        embedded: (distinct tokens, 512).
        branches: One for each convolution branch.
    """

    def __init__(self, network: Network, tokens: Ints) -> None:
        ids, self.numbers = np.unique(tokens, return_inverse=True)
        filled = np.concatenate([ids, np.zeros(-len(ids) % _ROUND, dtype=ids.dtype)])
        self.embedded = network.embed(filled)
        self.branches = [
            _Branch(network.w, width, self.embedded, float(network.w["eps"]))
            for width, _ in _BRANCHES
        ]


class _Branch:
    """What distinct tokens give to one convolution branch.

    Attributes:
        width: Tokens in a window.
        inputs: (distinct tokens + 1, 256); the last is zero, for what lies outside a text.
    """

    def __init__(
        self, w: dict[str, NDArray[np.float32]], width: int, embedded: Array, eps: float
    ) -> None:
        self.width = width
        projected = embedded @ w[f"proj{width}"] + w[f"proj_b{width}"]
        x = _normalize(projected, w[f"ln_g{width}"], w[f"ln_b{width}"], eps)
        self.inputs = _with_zeros(x)
        kernels = np.split(w[f"w1_{width}"], width)
        self._products = [_with_zeros(x @ kernel) for kernel in kernels]

    def convolve(self, window: Ints, out: Array) -> None:
        """Fill ``out`` with the first convolution of windows of token numbers, without its bias."""
        np.take(self._products[0], window[:, 0], axis=0, out=out, mode="wrap")
        more = np.empty_like(out)
        for place in range(1, self.width):
            np.take(self._products[place], window[:, place], axis=0, out=more, mode="wrap")
            out += more


def _with_zeros(rows: Array) -> Array:
    return np.concatenate([rows, np.zeros((1, rows.shape[1]), dtype=np.float32)])


def _window(owners: Ints, width: int, left: int) -> Ints:
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
