"""The measures of ``--fast``, for all cells of a band at once.

The same measures as in ``evidence.py``, with cheaper vectors and weights of their own. A run's
vector is the average of its passages', by length, so likenesses of runs are sums of products of
passages. Passages are looked into, clause by clause, only where their counterpart is not sure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from parallel_texts.alignment.evidence import SHAPES, beyond_two, many_to_many, one_to_many
from parallel_texts.alignment.frames import Frame, frames
from parallel_texts.alignment.lattice import Band
from parallel_texts.alignment.sides import Side
from parallel_texts.alignment.strips import Flags, Singles, Strip

__all__ = [
    "CLAUSE_MEASURES",
    "CLAUSE_WEIGHTS",
    "PASSAGE_MEASURES",
    "PASSAGE_WEIGHTS",
    "measured",
    "quick_frames",
    "score_frame",
]

PASSAGE_WEIGHTS: dict[str, float] = {
    "one_to_many": -1.81,
    "beyond_two": -1.94,
    "many_to_many": -3.60,
    "cosine": 10.07,
    "cosine_grown": 1.11,
    "gain": 10.33,
    "extension": -8.81,
    "long": -1.10,
    "length_gap": -7.44,
    "length_gap_squared": 1.43,
    "unlike_end": -2.26,
    "unlike_quotes": -1.16,
    "skipped": -2.30,
    "skipped_cosine": -1.55,
    "skipped_long": 0.17,
}
"""Where clauses are not looked at: ``bench/align_train.py --fast passages --print``."""

CLAUSE_WEIGHTS: dict[str, float] = {
    "one_to_many": -2.25,
    "beyond_two": -2.89,
    "many_to_many": -4.90,
    "cosine": 5.96,
    "cosine_grown": 0.54,
    "gain": 5.61,
    "extension": -3.41,
    "stray": -5.18,
    "stray_worst": -3.47,
    "covered": 3.74,
    "covered_grown": 3.70,
    "covered_long": 3.86,
    "least_covered": 4.17,
    "long": -2.45,
    "length_gap": -6.77,
    "length_gap_squared": 1.51,
    "unlike_end": -2.19,
    "unlike_quotes": -0.80,
    "skipped": -2.19,
    "skipped_cosine": -0.16,
    "skipped_long": 0.54,
}
"""Where they are: ``bench/align_train.py --fast clauses --print``."""

_EXTREME = 1.5
"""As in ``evidence.py``."""
_NEVER = np.float32(-1e9)

Value = Singles | Flags | float


def _cosine(frame: Frame, a: int, b: int) -> Singles:
    """Likeness of the concatenated passages."""
    return frame.cosine(a, b)


def _cosine_grown(frame: Frame, a: int, b: int) -> Singles:
    """Likeness, times the passages beyond one a side."""
    return frame.cosine(a, b) * (a + b - 2)


def _gain(frame: Frame, a: int, b: int) -> Singles | float:
    """Likeness that the passage at an end adds, the least of all ends."""
    without = []
    if a > 1:
        without += [frame.cosine(a - 1, b), frame.cosine(a - 1, b, up=1)]
    if b > 1:
        without += [frame.cosine(a, b - 1), frame.cosine(a, b - 1, left=1)]
    return frame.cosine(a, b) - np.max(without, axis=0) if without else 0.0


def _extension(frame: Frame, a: int, b: int) -> Singles:
    """Likeness that one more passage at an end would add, the most of all ends."""
    more = [
        frame.cosine(a + 1, b),
        frame.cosine(a + 1, b, up=-1),
        frame.cosine(a, b + 1),
        frame.cosine(a, b + 1, left=-1),
    ]
    return np.asarray(np.maximum(np.max(more, axis=0) - frame.cosine(a, b), 0))


def _long(frame: Frame, a: int, b: int) -> Singles:
    """Logarithm of the mean length of both sides, a passage's usual length being 1."""
    first, second = frame.lengths(a, b)
    one, two = frame.first.side.usual_length, frame.second.side.usual_length
    mean = first / np.float32(2 * one) + second / np.float32(2 * two)
    return np.asarray(np.clip(np.log(np.maximum(mean, 1e-9)), -_EXTREME, _EXTREME))


def _length_gap(frame: Frame, a: int, b: int) -> Singles:
    """Logarithm of the ratio of lengths, either way."""
    first, second = frame.log_lengths(a, b)
    return np.asarray(np.abs(first - np.float32(np.log(frame.ratio)) - second))


def _length_gap_squared(frame: Frame, a: int, b: int) -> Singles:
    """Logarithm of the ratio of lengths squared, heavier for long links: no chance there."""
    return np.minimum(_length_gap(frame, a, b) ** 2, 4) * np.exp(_long(frame, a, b) / 2)


def _unlike_end(frame: Frame, a: int, b: int) -> Flags:
    """One side ends with a sentence's final mark, the other does not."""
    return frame.unlike_ends


def _unlike_quotes(frame: Frame, a: int, b: int) -> Flags:
    """A quotation is cut in two on one side alone."""
    first, second = frame.quotes(a, b)
    return np.asarray(first != second)


def _stray(frame: Frame, a: int, b: int) -> Singles:
    """How much better clauses are met just outside the link, added up."""
    first, second = frame.excess(a, b)
    return first + second


def _stray_worst(frame: Frame, a: int, b: int) -> Singles:
    """How much better clauses are met just outside the link, per passage, of the worse side."""
    first, second = frame.excess(a, b)
    return np.maximum(first / a, second / b)


def _covered(frame: Frame, a: int, b: int) -> Singles:
    """How well clauses are met inside the link, on average."""
    first, second = frame.inside(a, b)

    def measure() -> Singles:
        return np.asarray(first / (2 * a) + second / (2 * b), dtype=np.float32)

    return frame.once(("covered", a, b), measure)


def _covered_grown(frame: Frame, a: int, b: int) -> Singles:
    """How well clauses are met inside the link, times the passages beyond one a side."""
    return _covered(frame, a, b) * (a + b - 2)


def _covered_long(frame: Frame, a: int, b: int) -> Singles:
    """How well clauses are met inside the link, times the logarithm of its length."""
    return _covered(frame, a, b) * _long(frame, a, b)


def _least_covered(frame: Frame, a: int, b: int) -> Singles:
    """How well the clauses of the passage that is met worst are met: it may not belong here."""
    return np.minimum(*frame.least_inside(a, b))


Measure = Callable[[Frame, int, int], Value]

PASSAGE_MEASURES: tuple[Measure, ...] = (
    one_to_many,
    beyond_two,
    many_to_many,
    _cosine,
    _cosine_grown,
    _gain,
    _extension,
    _long,
    _length_gap,
    _length_gap_squared,
    _unlike_end,
    _unlike_quotes,
)
CLAUSE_MEASURES: tuple[Measure, ...] = (
    *PASSAGE_MEASURES,
    _stray,
    _stray_worst,
    _covered,
    _covered_grown,
    _covered_long,
    _least_covered,
)


def quick_frames(
    first: Side, second: Side, band: Band, ratio: float, *, clauses: bool
) -> Iterator[Frame]:
    """Yield a band in frames, clauses compared or not."""
    strips = Strip(first), Strip(second)
    if clauses:
        for strip in strips:
            strip.divide()
    return frames(*strips, band, ratio)


def measured(frame: Frame, measures: Sequence[Measure]) -> Iterator[tuple[int, str, Value]]:
    """Yield number of a shape, name of a measure and its values for the cells of a frame."""
    for number, (a, b) in enumerate(SHAPES[:-2]):
        for function in measures:
            yield number, function.__name__.removeprefix("_"), function(frame, a, b)
    skipped = zip((len(SHAPES) - 2, len(SHAPES) - 1), frame.near(), frame.long_ones(), strict=True)
    for number, near, long in skipped:
        yield number, "skipped", 1.0
        yield number, "skipped_cosine", near
        yield number, "skipped_long", np.clip(long, -_EXTREME, _EXTREME)


def score_frame(frame: Frame, *, clauses: bool) -> Singles:
    """Return the score of each link by the cell where it ends: (rows, shapes, width)."""
    weights = CLAUSE_WEIGHTS if clauses else PASSAGE_WEIGHTS
    out = np.zeros((len(SHAPES), len(frame.rows), frame.width), dtype=np.float32)
    for number, name, values in measured(frame, CLAUSE_MEASURES if clauses else PASSAGE_MEASURES):
        out[number] += np.float32(weights[name]) * values
    for table, (a, b) in zip(out, SHAPES, strict=True):
        table[frame.outside(a, b)] = _NEVER
    return out.transpose(1, 0, 2)
