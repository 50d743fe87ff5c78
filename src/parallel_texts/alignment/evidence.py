"""What speaks for and against a link: small named measures, weighted and added.

A *measure* takes a :class:`.Block` (neighbouring passages of two texts) and a link's shape and
returns a value for each place where a link of that shape can end: an array (rows, columns) that
starts at the first such place. ``weights.py`` tells how much each counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.block import Block, Floats
from parallel_texts.alignment.weights import weights_of

__all__ = [
    "MEASURES",
    "SHAPES",
    "SKIP_MEASURES",
    "Skips",
    "beyond_two",
    "both_skips",
    "many_to_many",
    "name_of",
    "one_to_many",
    "score_block",
]

SHAPES: tuple[tuple[int, int], ...] = (
    *((a, b) for a in range(1, 6) for b in range(1, 6) if a == 1 or b == 1 or a + b <= 6),
    (1, 0),
    (0, 1),
)
"""Passages of the first and second text in one link."""

_EXTREME = 1.5
"""Where length stops to count: no text learned from has passages a hundred times the usual."""
_SHORT = -0.7
"""Logarithm of a length, over the usual one, below which a passage is short: half of it."""
_NEAR = 3
"""How many passages on each side may be the counterpart of a skipped one."""


def _window_sum(values: Floats, size: int) -> Floats:
    """Return sums of ``size`` neighbouring rows."""
    sums = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
    return np.asarray(sums[size:] - sums[:-size])


def _window_min(values: Floats, size: int) -> Floats:
    count = len(values) - size + 1
    return np.asarray(np.min([values[t : t + count] for t in range(size)], axis=0))


def _outer(block: Block, values: tuple[Floats, Floats], a: int, b: int) -> tuple[Floats, Floats]:
    """Return window sums of a value per passage, ready to be compared with one another."""
    return _window_sum(values[0], a)[:, None], _window_sum(values[1], b)[None, :]


# Measures of links with passages on both sides.


def one_to_many(_: object, a: int, b: int) -> float:
    """One passage answers to several."""
    return float(min(a, b) == 1 and max(a, b) > 1)


def beyond_two(_: object, a: int, b: int) -> float:
    """Passages of a side beyond the second."""
    return float(max(a - 2, 0) + max(b - 2, 0))


def many_to_many(_: object, a: int, b: int) -> float:
    """Several passages answer to several."""
    return float(min(a, b) > 1)


def _cosine(block: Block, a: int, b: int) -> Floats:
    """Likeness of the concatenated passages."""
    return block.cosine(a, b)[a:, b:]


def _cosine_grown(block: Block, a: int, b: int) -> Floats:
    """Likeness, times the passages beyond one a side."""
    return _cosine(block, a, b) * (a + b - 2)


def _cosine_fitted(block: Block, a: int, b: int) -> Floats:
    """Likeness, less where lengths differ, more for many passages: alone it aligns well."""
    fit = np.log2(1 + np.exp(-_length_gap(block, a, b))) ** 0.3
    return np.asarray(_cosine(block, a, b) * fit * (a + b) ** 0.2)


def _cosine_squared(block: Block, a: int, b: int) -> Floats:
    """Likeness squared: from very much alike to much alike counts more."""
    return np.maximum(_cosine(block, a, b), 0) ** 2


def _length_gap(block: Block, a: int, b: int) -> Floats:
    """Logarithm of the ratio of lengths, either way."""

    def measure() -> Floats:
        first, second = _outer(block, (block.first.lengths, block.second.lengths), a, b)
        return np.asarray(np.abs(np.log(first / (second * block.ratio))))

    return block.once("gap", a, b, measure)


def _length_gap_squared(block: Block, a: int, b: int) -> Floats:
    """Logarithm of the ratio of lengths squared, heavier for long links: no chance there."""
    weight = np.exp(_long(block, a, b) / 2)
    return np.asarray(np.minimum(_length_gap(block, a, b) ** 2, 4) * weight)


def _long(block: Block, a: int, b: int) -> Floats:
    """Logarithm of the mean length of both sides, a passage's usual length being 1."""

    def measure() -> Floats:
        first, second = _outer(block, block.relative_lengths, a, b)
        return np.clip(np.log((first + second) / 2), -_EXTREME, _EXTREME)

    return block.once("long", a, b, measure)


def _margin(block: Block, a: int, b: int) -> Floats:
    """Likeness above that of the passages' best counterparts on average."""
    first, second = _outer(block, block.nearest, a, b)
    return np.asarray(_cosine(block, a, b) - (first / a + second / b) / 2)


def _stray(block: Block, a: int, b: int) -> Floats:
    """How much better clauses are met just outside the link, added up."""
    first, second = _excess(block, a, b)
    return np.asarray(first + second)


def _stray_worst(block: Block, a: int, b: int) -> Floats:
    """How much better clauses are met just outside the link, per passage, of the worse side."""
    first, second = _excess(block, a, b)
    return np.maximum(first / a, second / b)


def _excess(block: Block, a: int, b: int) -> tuple[Floats, Floats]:
    def measure() -> tuple[Floats, Floats]:
        one, two = block.stray
        return _window_sum(one.excess[b], a), _window_sum(two.excess[a], b).T

    return block.once("excess", a, b, measure)


def _covered(block: Block, a: int, b: int) -> Floats:
    """How well clauses are met inside the link, on average."""

    def measure() -> Floats:
        one, two = block.stray
        first, second = _window_sum(one.inside[b], a) / a, _window_sum(two.inside[a], b).T / b
        return np.asarray((first + second) / 2)

    return block.once("covered", a, b, measure)


def _covered_grown(block: Block, a: int, b: int) -> Floats:
    """How well clauses are met inside the link, times the passages beyond one a side."""
    return _covered(block, a, b) * (a + b - 2)


def _covered_long(block: Block, a: int, b: int) -> Floats:
    """How well clauses are met inside the link, times the logarithm of its length."""
    return _covered(block, a, b) * _long(block, a, b)


def _least_covered(block: Block, a: int, b: int) -> Floats:
    """How well the clauses of the passage that is met worst are met: it may not belong here."""
    one, two = block.stray
    return np.minimum(_window_min(one.inside[b], a), _window_min(two.inside[a], b).T)


def _gain(block: Block, a: int, b: int) -> Floats | float:
    """Likeness that the passage at an end adds, the least of all ends."""
    whole = block.cosine(a, b)
    without = []
    if a > 1:
        less = block.cosine(a - 1, b)
        without += [less[a:, b:], less[a - 1 : -1, b:]]
    if b > 1:
        less = block.cosine(a, b - 1)
        without += [less[a:, b:], less[a:, b - 1 : -1]]
    return np.min([whole[a:, b:] - less for less in without], axis=0) if without else 0.0


def _extension(block: Block, a: int, b: int) -> Floats:
    """Likeness that one more passage at an end would add, the most of all ends."""
    whole = block.cosine(a, b)[a:, b:]
    most = np.zeros_like(whole)
    for da, db in ((1, 0), (0, 1)):
        more = block.cosine(a + da, b + db)[a + da :, b + db :] - whole[da:, db:]
        np.maximum(most[da:, db:], more, out=most[da:, db:])
        rows, columns = whole.shape
        earlier = most[: rows - da, : columns - db]
        after = block.cosine(a + da, b + db)[a + da :, b + db :]
        np.maximum(earlier, after - whole[: rows - da, : columns - db], out=earlier)
    return most


def _unlike_end(block: Block, a: int, b: int) -> NDArray[np.bool_]:
    """One side ends with a sentence's final mark, the other does not."""
    return np.asarray(block.first.finals[a - 1 :, None] != block.second.finals[None, b - 1 :])


def _open_inside(block: Block, a: int, b: int) -> Floats:
    """Passages without final mark before another one of the link: a sentence goes on there."""
    one, two = (np.float64(1) - part.finals for part in (block.first, block.second))
    first, second = (_window_sum(x, k) - x[k - 1 :] for x, k in ((one, a), (two, b)))
    return np.asarray(first[:, None] + second[None])


def _unlike_quotes(block: Block, a: int, b: int) -> NDArray[np.bool_]:
    """A quotation is cut in two on one side alone."""
    first, second = _outer(block, (block.first.quotes, block.second.quotes), a, b)
    return np.asarray(first % 2 != second % 2)


def _numbers_shared(block: Block, a: int, b: int) -> Floats:
    """Numbers in digits on both sides, at most three."""
    first, second = _present(block, a, b)
    return np.minimum(first @ second.T, 3)


def _numbers_unlike(block: Block, a: int, b: int) -> Floats:
    """Numbers of one side that the other lacks, though its text has them; at most four."""
    first, second = _present(block, a, b)
    unlike = first.sum(axis=1)[:, None] + second.sum(axis=1)[None] - 2 * first @ second.T
    return np.asarray(np.minimum(unlike, 4))


def _present(block: Block, a: int, b: int) -> tuple[Floats, Floats]:
    first, second = block.numbers
    return np.minimum(_window_sum(first, a), 1), np.minimum(_window_sum(second, b), 1)


Measure = Callable[[Block, int, int], "Floats | NDArray[np.bool_] | float"]

MEASURES: tuple[Measure, ...] = (
    one_to_many,
    beyond_two,
    many_to_many,
    _cosine,
    _cosine_grown,
    _cosine_fitted,
    _cosine_squared,
    _margin,
    _gain,
    _extension,
    _stray,
    _stray_worst,
    _covered,
    _covered_grown,
    _covered_long,
    _least_covered,
    _long,
    _length_gap,
    _length_gap_squared,
    _unlike_end,
    _open_inside,
    _unlike_quotes,
    _numbers_shared,
    _numbers_unlike,
)
"""In the order of tables; a measure's name is its function's, without the underscore."""


# Measures of a skipped passage: rows are the passages of one text, columns places in the other.


@dataclass(frozen=True)
class Skips:
    """One text's passages beside the places of another.

    Attributes:
        cosines: Likeness of each passage with each of the other text.
        clauses: How well the clauses of each passage are met in each of the other text.
        long: Logarithm of each passage's length over the usual length.
    """

    cosines: Floats
    clauses: Floats
    long: Floats


def _skipped(skips: Skips) -> Floats:
    """Every skipped passage alike."""
    return np.ones_like(_near_best(skips.cosines))


def _skipped_cosine(skips: Skips) -> Floats:
    """Likeness of the best counterpart near by."""
    return _near_best(skips.cosines)


def _skipped_clauses(skips: Skips) -> Floats:
    """How well clauses are met near by."""
    return _near_best(skips.clauses)


def _skipped_long(skips: Skips) -> Floats:
    """Logarithm of a skipped passage's length over the usual length."""
    return _everywhere(skips, skips.long)


def _skipped_short(skips: Skips) -> Floats:
    """How far below half the usual length a skipped passage is, as a logarithm."""
    return _everywhere(skips, np.maximum(_SHORT - skips.long, 0))


def _everywhere(skips: Skips, values: Floats) -> Floats:
    """Return a value of each passage at all places of the other text."""
    return np.broadcast_to(values[:, None], (len(values), skips.cosines.shape[1] + 1))


SkipMeasure = Callable[[Skips], Floats]
SKIP_MEASURES: tuple[SkipMeasure, ...] = (
    _skipped,
    _skipped_cosine,
    _skipped_clauses,
    _skipped_long,
    _skipped_short,
)


def both_skips(block: Block) -> tuple[Skips, Skips]:
    """Return what measures of skipped passages look at, for either text."""
    cosines = block.cosine(1, 1)[1:, 1:]
    return tuple(
        Skips(table, strays.passages, np.clip(np.log(lengths), -_EXTREME, _EXTREME))
        for table, strays, lengths in zip(
            (cosines, cosines.T), block.stray, block.relative_lengths, strict=True
        )
    )  # type: ignore[return-value]


def _near_best(values: Floats) -> Floats:
    """Return for each place between columns the best value within reach."""
    padded = np.pad(values, ((0, 0), (_NEAR, _NEAR)), constant_values=-1.0)
    places = values.shape[1] + 1
    return np.asarray(np.max([padded[:, t : t + places] for t in range(2 * _NEAR)], axis=0))


def score_block(block: Block) -> NDArray[np.float32]:
    """Return the score of each link by the cell where it ends: (shapes, rows + 1, columns + 1)."""
    n, m = block.size
    weights = weights_of(block.first.side.encoder.name)
    out = np.full((len(SHAPES), n + 1, m + 1), -1e9, dtype=np.float32)
    for table, (a, b) in zip(out, SHAPES, strict=True):
        if a and b and a <= n and b <= m:
            table[a:, b:] = sum(
                weights[name_of(measure)] * measure(block, a, b) for measure in MEASURES
            )
    one, two = both_skips(block)
    out[-2, 1:] = _skip_score(one, weights)
    out[-1, :, 1:] = _skip_score(two, weights).T
    return out


def _skip_score(skips: Skips, weights: Mapping[str, float]) -> Floats:
    return np.asarray(sum(weights[name_of(measure)] * measure(skips) for measure in SKIP_MEASURES))


def name_of(measure: Measure | SkipMeasure) -> str:
    """Return a measure's name: its function's without the underscore."""
    return measure.__name__.removeprefix("_")
