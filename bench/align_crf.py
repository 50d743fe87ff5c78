"""A conditional random field over the links of texts, on the few links that are at all likely.

Links whose probability is below 1 in 100,000 under the present weights, and under weights two
fifths smaller, are left out: a text of 150 passages keeps some 3,000 of 100,000. Learning takes
seconds with numba (``pip install numba``), minutes without.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from align_gold import Bible, Gold
from parallel_texts.alignment import evidence, omissions, pairwise, quick
from parallel_texts.alignment.block import Block
from parallel_texts.alignment.lattice import Band, Lattice, band_around, posteriors
from parallel_texts.alignment.sides import Side
from parallel_texts.alignment.weights import weights_of
from parallel_texts.encoders import AdditiveEncoder
from parallel_texts.evaluation import Evaluation, Sides, evaluate

__all__ = ["NAMES", "Item", "choose", "item", "learn", "probabilities", "score"]

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Return a function as machine code where numba is installed, else as it is."""
    try:
        numba = importlib.import_module("numba")
    except ImportError:
        return function
    return cast("Function", numba.njit(function))


NAMES = (
    *(evidence.name_of(measure) for measure in evidence.MEASURES),
    *(evidence.name_of(measure) for measure in evidence.SKIP_MEASURES),
)
WIDTH = 31
LEAST = 1e-5
PENALTY = 0.5
COST = 0.5
"""What a wrong link gains in learning, so that right ones have to win by a margin."""
SPEAK_UP = 0.35
"""Added to the weight of every skipped passage: most texts learned from omit less than those that
are worth looking through for omissions. Costs nothing in F1 on corpora not learned from."""
SHAPES = np.array(evidence.SHAPES)
SKIP = len(SHAPES) - 2

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Chain = list[tuple[int, int, int, int]]


@dataclass
class Item:
    """A text pair: its likely links, in the order of their ends.

    Attributes:
        measures: (links, measures).
        right: Whether a link agrees with the gold.
        source: Number of the cell where a link begins; cells are numbered in order.
        target: Number of the cell where it ends.
        beads: First and end passage of both texts: (links, 4).
        shape: Number of the link's shape.
    """

    gold: Gold
    bible: Bible | None
    measures: Floats
    right: NDArray[np.bool_]
    source: Ints
    target: Ints
    beads: Ints
    shape: Ints


def item(text: Gold | Bible, encoder: AdditiveEncoder, fast: str = "") -> Item:
    """Measure a text pair; ``fast`` names the measures of ``--fast``: "passages" or "clauses"."""
    gold = in_order(text.gold if isinstance(text, Bible) else text)
    bible = replace(text, gold=gold) if isinstance(text, Bible) else None
    first, second = (
        Side(lines, lang, encoder, fast=bool(fast)) for lang, lines in gold.texts.items()
    )
    chain = blocks(gold) if bible else monotone(gold)
    corners = [(0, 0), *((b, d) for _, b, _, d in chain), (len(first), len(second))]
    rows, columns = zip(*corners, strict=True)
    guide = np.interp(np.arange(len(first) + 1), rows, columns).astype(int)
    band = band_around(guide, len(second), WIDTH)
    cells = np.arange(len(first) + 1)[:, None], band.low[:, None] + np.arange(band.width)
    measured = (
        measure_quickly(first, second, band, clauses=fast == "clauses")
        if fast
        else measure_band(first, second, band)
    )
    allow = allow_verses if bible else allow_chain
    allowed = allow(gold, chain, len(first), len(second))[:, *cells].transpose(1, 0, 2)
    known = quick.PASSAGE_WEIGHTS if fast else weights_of(encoder.name)
    return prune((gold, bible), band, measured, allowed, [known.get(n, 0.0) for n in NAMES])


def prune(
    of: tuple[Gold, Bible | None], band: Band, measured: NDArray[np.float32],
    allowed: NDArray[np.bool_], known: list[float],
) -> Item:  # fmt: skip
    """Keep links that are likely under the weights known so far."""
    weights = np.array(known)
    i, j = np.arange(band.rows + 1)[:, None], band.low[:, None] + np.arange(band.width)
    valid = (i[..., None] >= SHAPES[:, 0]) & (j[..., None] >= SHAPES[:, 1])
    kept = np.zeros(allowed.shape, dtype=bool)
    for guess in (weights, 0.6 * weights):
        scores = np.where(valid.transpose(0, 2, 1), measured @ guess, -1e9)
        for table in (scores, np.where(allowed, scores, scores - 60)):
            kept |= posteriors(Lattice(band, evidence.SHAPES, table.astype(np.float32))) > LEAST
    row, shape, cell = np.nonzero(kept & valid.transpose(0, 2, 1))
    column = band.low[row] + cell
    order = np.lexsort((shape, column, row))
    row, shape, cell, column = (values[order] for values in (row, shape, cell, column))
    start, begin = row - SHAPES[shape, 0], column - SHAPES[shape, 1]
    width = band.columns + 1
    ends = np.concatenate([[0, band.rows * width + band.columns], start * width + begin])
    cells = np.unique(np.concatenate([ends, row * width + column]))
    return Item(
        *of,
        measured[row, shape, cell].astype(np.float64),
        allowed[row, shape, cell],
        np.searchsorted(cells, start * width + begin),
        np.searchsorted(cells, row * width + column),
        np.stack([start, row, begin, column], axis=1),
        shape,
    )


def in_order(gold: Gold) -> Gold:
    """Return texts in the order in which they are compared, whichever is named first."""
    order = sorted(gold.texts)
    columns = [list(gold.texts).index(lang) for lang in order]
    links = [tuple(link[k] for k in columns) for link in gold.links]
    return Gold(gold.name, {lang: gold.texts[lang] for lang in order}, links)


def measure_band(first: Side, second: Side, band: Band) -> NDArray[np.float32]:
    """Return all measures of a band, taken from the same blocks as in a search."""
    ratio = float(first.lengths.sum() / second.lengths.sum())
    out = np.empty((band.rows + 1, len(SHAPES), band.width, len(NAMES)), np.float32)
    for tile in pairwise.tiles(first, second, band, ratio):
        out[tile.rows] = tile.pick(measure(tile.block)).transpose(1, 0, 2, 3)
    return out


def measure_quickly(first: Side, second: Side, band: Band, *, clauses: bool) -> NDArray[np.float32]:
    """Return the measures of ``--fast``; those that it does without are zero."""
    ratio = float(first.lengths.sum() / second.lengths.sum())
    out = np.zeros((band.rows + 1, len(SHAPES), band.width, len(NAMES)), np.float32)
    measures = quick.CLAUSE_MEASURES if clauses else quick.PASSAGE_MEASURES
    for frame in quick.quick_frames(first, second, band, ratio, clauses=clauses):
        for shape, name, values in quick.measured(frame, measures):
            out[frame.rows, shape, :, NAMES.index(name)] = values
    return out


def measure(block: Block) -> NDArray[np.float32]:
    """Return all measures by shape and cell."""
    n, m = block.size
    out = np.zeros((len(SHAPES), n + 1, m + 1, len(NAMES)), np.float32)
    for table, (a, b) in zip(out, evidence.SHAPES, strict=True):
        if a and b and a <= n and b <= m:
            for k, function in enumerate(evidence.MEASURES):
                table[a:, b:, k] = function(block, a, b)
    one, two = evidence.both_skips(block)
    for k, skip in enumerate(evidence.SKIP_MEASURES, start=len(evidence.MEASURES)):
        out[-2, 1:, :, k] = skip(one)
        out[-1, :, 1:, k] = skip(two).T
    return out


def monotone(gold: Gold) -> Chain:
    """Return the longest chain of gold links that a path can go through."""
    links = sorted(
        (a[0], a[-1] + 1, b[0], b[-1] + 1)
        for a, b in gold.links
        if a and b and (len(a), len(b)) in evidence.SHAPES
        if a[-1] - a[0] + 1 == len(a) and b[-1] - b[0] + 1 == len(b)
    )
    best: list[tuple[int, int]] = []
    for k, link in enumerate(links):
        before = [
            (best[q][0], q) for q in range(k) if links[q][1] <= link[0] and links[q][3] <= link[2]
        ]
        count, last = max(before, default=(0, -1))
        best.append((count + 1, last))
    at = max(range(len(best)), key=lambda q: best[q][0])
    chain: Chain = []
    while at >= 0:
        chain.append(links[at])
        at = best[at][1]
    return chain[::-1]


def blocks(gold: Gold) -> Chain:
    """Return the stretches of verses, of any shape."""
    return [(a[0], a[-1] + 1, b[0], b[-1] + 1) for a, b in gold.links if a and b]


def allow_chain(gold: Gold, chain: Chain, n: int, m: int) -> NDArray[np.bool_]:
    """Return which links agree with the gold: anything between links that are not in the chain."""
    allowed = np.zeros((len(SHAPES), n + 1, m + 1), dtype=bool)
    for a, b, c, d in chain:
        allowed[evidence.SHAPES.index((b - a, d - c)), b, d] = True
    loose = [
        link for link in gold.links
        if all(link) and (link[0][0], link[0][-1] + 1, link[1][0], link[1][-1] + 1) not in chain
    ]  # fmt: skip
    loose_rows = {n for a, _ in loose for n in a}
    loose_columns = {n for _, b in loose for n in b}
    starts = [(0, 0), *((b, d) for _, b, _, d in chain)]
    ends = [*((a, c) for a, _, c, _ in chain), (n, m)]
    for (a, c), (b, d) in zip(starts, ends, strict=True):
        is_loose = bool(loose_rows & set(range(a, b)) or loose_columns & set(range(c, d)))
        for s, (x, y) in enumerate(evidence.SHAPES):
            if is_loose or not (x and y):
                allowed[s, a + x : b + 1, c + y : d + 1] = True
    return allowed


def allow_verses(gold: Gold, chain: Chain, n: int, m: int) -> NDArray[np.bool_]:
    """Return which links agree with verses: any inside one, where no side has a single passage."""
    allowed = np.zeros((len(SHAPES), n + 1, m + 1), dtype=bool)
    for a, b, c, d in chain:
        whole = (b - a, d - c)
        for s, (x, y) in enumerate(evidence.SHAPES):
            if min(whole) > 1 or whole not in evidence.SHAPES or (x, y) == whole:
                allowed[s, a + x : b + 1, c + y : d + 1] = True
    return allowed


@compiled
def add_paths(scores: Floats, source: Ints, target: Ints, cells: int, shares: Floats) -> float:
    """Fill in each link's probability over all paths; return the logarithm of their sum."""
    before, after = np.full(cells, -1e18), np.full(cells, -1e18)
    before[0] = after[cells - 1] = 0.0
    for e in range(len(scores)):
        value, old = before[source[e]] + scores[e], before[target[e]]
        if value > -1e17:
            top = max(value, old)
            before[target[e]] = top + math.log1p(math.exp(-abs(value - old)))
    total = before[cells - 1]
    for e in range(len(scores) - 1, -1, -1):
        value, old = after[target[e]] + scores[e], after[source[e]]
        if value > -1e17:
            share = before[source[e]] + value - total
            shares[e] = math.exp(min(share, 0.0)) if share > -30 else 0.0
            top = max(value, old)
            after[source[e]] = top + math.log1p(math.exp(-abs(value - old)))
    return float(total)


@compiled
def best_links(gains: Floats, source: Ints, target: Ints, cells: int) -> list[int]:
    """Return the numbers of the links of the best path."""
    best, by = np.full(cells, -1e18), np.full(cells, -1)
    best[0] = 0.0
    for e in range(len(gains)):
        value = best[source[e]] + gains[e]
        if value > best[target[e]]:
            best[target[e]] = value
            by[target[e]] = e
    found, at = [], cells - 1
    while at > 0:
        found.append(by[at])
        at = source[by[at]]
    return found[::-1]


def cells(one: Item) -> int:
    """Return the number of cells that some link touches."""
    return int(one.target.max()) + 1


def probabilities(one: Item, weights: Floats) -> Floats:
    """Return the probability of each likely link."""
    shares = np.zeros(len(one.shape))
    add_paths(one.measures @ weights, one.source, one.target, cells(one), shares)
    return shares


def learn(items: Sequence[tuple[Item, float]], names: Sequence[str] = NAMES) -> Floats:
    """Return the weights under which the gold is most probable, by a margin.

    Args:
        items: Texts and how much each counts.
        names: Measures to use.
    """
    used = np.array([name in names for name in NAMES])

    def loss(values: Floats) -> tuple[float, Floats]:
        weights = np.zeros(len(NAMES))
        weights[used] = values
        total, slope = PENALTY * weights @ weights / 2, PENALTY * weights
        for one, counts in items:
            value, change = difference(one, weights)
            total, slope = total + counts * value, slope + counts * change
        return float(total), slope[used]

    start = np.zeros(int(used.sum()))
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100, "ftol": 1e-7}
    )
    weights = np.zeros(len(NAMES))
    weights[used] = found.x
    weights[NAMES.index("skipped")] += SPEAK_UP
    return weights


def difference(one: Item, weights: Floats) -> tuple[float, Floats]:
    """Return the gold's negative log odds and how they change with the weights."""
    scores = one.measures @ weights
    free, fixed = np.zeros(len(scores)), np.zeros(len(scores))
    place = one.source, one.target, cells(one)
    value = add_paths(scores + np.where(one.right, 0.0, COST), *place, free)
    value -= add_paths(np.where(one.right, scores, scores - 60), *place, fixed)
    return value, (free - fixed) @ one.measures


def settled(one: Item, weights: Floats) -> Floats:
    """Return weights with skips as likely as is usual, as the search makes them."""
    promised = float(probabilities(one, weights)[one.shape >= SKIP].sum())
    passages = sum(len(text) for text in one.gold.texts.values())
    return weights + omissions.shift(promised, passages) * (np.array(NAMES) == "skipped")


def choose(one: Item, weights: Floats, price: float, bonus: float) -> list[tuple[Sides, float]]:
    """Return the links that promise the highest F1, with their probabilities."""
    shares = probabilities(one, settled(one, weights))
    gains = shares - price + bonus * (one.shape >= SKIP)
    chosen = best_links(gains, one.source, one.target, cells(one))
    return [
        ((tuple(range(a, b)), tuple(range(c, d))), float(shares[e]))
        for e, (a, b, c, d) in zip(chosen, one.beads[chosen].tolist(), strict=True)
    ]


def score(items: Sequence[Item], weights: Floats, price: float, bonus: float) -> Evaluation:
    """Return how well the chosen links meet the gold; of the Bible, by verse."""
    total = Evaluation()
    for one in items:
        links = [link for link, _ in choose(one, weights, price, bonus)]
        total += evaluate(one.gold.links, one.bible.by_verse(links) if one.bible else links)
    return total
