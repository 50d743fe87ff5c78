"""Learn the aligner's weights from gold alignments, and try them on texts not learned from.

The weights are those under which the human links are most probable among all paths (a
conditional random field), with a quadratic penalty. Links that cross others or have gaps can't
be on a path: the passages around them are left free.

    python bench/align_train.py                     # figures by cross-validation: 10 minutes
    python bench/align_train.py --ablate --texts 2  # what each group of measures contributes: 5
    python bench/align_train.py --print             # the weights learned from everything

Without ``--texts``, half of all texts are learned from. Needs scipy (``pip install --group bench``)
and the gold data.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import align_gold
from parallel_texts.alignment import evidence, pairwise
from parallel_texts.alignment.block import Block
from parallel_texts.alignment.lattice import Band, Lattice, band_around, posteriors
from parallel_texts.alignment.sides import Side
from parallel_texts.encoders import additive, load_encoder
from parallel_texts.evaluation import Evaluation, evaluate

NAMES = tuple(evidence.name_of(m) for m in (*evidence.MEASURES, *evidence.SKIP_MEASURES))
WIDTH = 31
PENALTY = 0.5
ENCODER = "use"

GROUPS = {
    "clauses": (
        "stray", "stray_worst", "covered", "covered_grown", "least_covered", "skipped_clauses",
    ),
    "gain": ("gain", "extension"),
    "margin": ("margin",),
    "length": ("length_gap", "length_gap_squared"),
    "marks": ("unlike_end", "unlike_questions", "unlike_quotes"),
    "numbers": ("numbers_shared", "numbers_unlike", "skipped_numbers"),
}  # fmt: skip
"""Measures that --ablate leaves out together."""

Chain = list[tuple[int, int, int, int]]


@dataclass
class Item:
    """A text pair: measures of each link in a band around the gold, and which links may be."""

    gold: align_gold.Gold
    band: Band
    measures: NDArray[np.float32]
    allowed: NDArray[np.bool_]
    valid: NDArray[np.bool_]

    def lattice(self, weights: NDArray[np.float64], only_gold: bool = False) -> Lattice:
        scores = self.measures @ weights
        if only_gold:
            scores = np.where(self.allowed, scores, scores - 60)
        scores = np.where(self.valid, scores, -1e9).astype(np.float32)
        return Lattice(self.band, evidence.SHAPES, scores)


def item(gold: align_gold.Gold) -> Item:
    encoder = additive(load_encoder(ENCODER))
    first, second = (Side(text, lang, encoder) for lang, text in gold.texts.items())
    block = Block(
        first.part(0, len(first)),
        second.part(0, len(second)),
        first.lengths.sum() / second.lengths.sum(),
    )
    chain = monotone(gold)
    corners = [(0, 0), *((b, d) for _, b, _, d in chain), (len(first), len(second))]
    rows, columns = zip(*corners, strict=True)
    guide = np.interp(np.arange(len(first) + 1), rows, columns).astype(int)
    band = band_around(guide, len(second), WIDTH)
    i = np.arange(len(first) + 1)[:, None]
    j = band.low[:, None] + np.arange(band.width)
    measured = measure(block)[:, i, j].transpose(1, 0, 2, 3)
    allowed = allow(gold, chain, len(first), len(second))[:, i, j].transpose(1, 0, 2)
    shapes = np.array(evidence.SHAPES)
    valid = (i[..., None] >= shapes[:, 0]) & (j[..., None] >= shapes[:, 1])
    return Item(gold, band, measured, allowed, valid.transpose(0, 2, 1))


def measure(block: Block) -> NDArray[np.float32]:
    """Return all measures by shape and cell."""
    n, m = block.size
    out = np.zeros((len(evidence.SHAPES), n + 1, m + 1, len(NAMES)), np.float32)
    for table, (a, b) in zip(out, evidence.SHAPES, strict=True):
        if a and b and a <= n and b <= m:
            for k, function in enumerate(evidence.MEASURES):
                table[a:, b:, k] = function(block, a, b)
    cosines = block.cosine(1, 1)[1:, 1:]
    one, two = block.stray
    first = len(evidence.MEASURES)
    for k, skip in enumerate(evidence.SKIP_MEASURES):
        out[-2, 1:, :, first + k] = skip(cosines, one.passages, block.numbers[0])
        out[-1, :, 1:, first + k] = skip(cosines.T, two.passages, block.numbers[1]).T
    return out


def monotone(gold: align_gold.Gold) -> Chain:
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


def allow(gold: align_gold.Gold, chain: Chain, n: int, m: int) -> NDArray[np.bool_]:
    """Return which links agree with the gold: anything between links that are not in the chain."""
    allowed = np.zeros((len(evidence.SHAPES), n + 1, m + 1), dtype=bool)
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


def learn(items: list[Item], names: tuple[str, ...] = NAMES) -> NDArray[np.float64]:
    """Return the weights under which the gold is most probable."""
    used = np.array([name in names for name in NAMES])
    start = np.zeros(len(NAMES))
    start[NAMES.index("cosine")], start[NAMES.index("skipped")] = 10.0, -1.0

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = np.zeros(len(NAMES))
        weights[used] = values
        total, slope = PENALTY * weights @ weights / 2, PENALTY * weights
        for one in items:
            free, fixed = one.lattice(weights), one.lattice(weights, only_gold=True)
            change, value = difference(free, fixed)
            total += value
            slope = slope + np.tensordot(change, one.measures, ([0, 1, 2], [0, 1, 2]))
        return total, slope[used]

    found = minimize(
        loss, start[used], jac=True, method="L-BFGS-B", options={"maxiter": 60, "ftol": 1e-6}
    )
    weights = np.zeros(len(NAMES))
    weights[used] = found.x
    return weights


def difference(free: Lattice, fixed: Lattice) -> tuple[NDArray[np.float64], float]:
    """Return how often each link is expected too often, and the gold's negative log odds."""
    from parallel_texts.alignment import lattice as module

    totals = []
    for one in (free, fixed):
        table = module._forward(one, module._Steps(one))
        totals.append(table[one.band.rows, one.band.columns - one.band.low[one.band.rows]])
    change = posteriors(free).astype(np.float64) - posteriors(fixed)
    return change, float(totals[0] - totals[1])


def score(items: list[Item], weights: NDArray[np.float64]) -> Evaluation:
    total = Evaluation()
    for one in items:
        links = pairwise.choose(one.lattice(weights))
        found = [(tuple(range(a, b)), tuple(range(c, d))) for (a, b, c, d), _ in links]
        total += evaluate(one.gold.links, found)
    return total


def describe(name: str, evaluation: Evaluation) -> str:
    strict, omitted = evaluation.strict, evaluation.omissions
    return f"{name} {strict.f1:.4f} ({omitted.precision:.2f}/{omitted.recall:.2f})"


def sets() -> dict[str, list[Item]]:
    named = {"-".join(pair): align_gold.ntrex(*pair) for pair in align_gold.PAIRS}
    named["textberg"] = align_gold.textberg()
    return {name: [item(gold) for gold in golds] for name, golds in named.items()}


def ablate(data: dict[str, list[Item]], texts: int | None) -> None:
    """Learn without each group of measures from half the texts, try them on the other half."""
    known = [one for items in data.values() for one in items[::2][:texts]]
    print(f"learned from {len(known)} text pairs, tried on those not learned from: strict F1")
    for left_out, names in {"nothing": (), **GROUPS}.items():
        weights = learn(known, tuple(name for name in NAMES if name not in names))
        figures = (describe(n, score(v[1::2], weights)) for n, v in data.items())
        print(f"without {left_out:8}", *figures, flush=True)


def cross(data: dict[str, list[Item]]) -> None:
    """Learn from some texts and try the weights on all sets."""
    news = [one for name, items in data.items() if name != "textberg" for one in items]
    everything = [one for items in data.values() for one in items]
    print("learned from  tried on: strict F1 (omission precision/recall); * learned from these")
    for name, known in {"textberg": data["textberg"], "ntrex": news, "all": everything}.items():
        weights = learn(known)
        figures = (describe(star(n, v, known), score(v, weights)) for n, v in data.items())
        print(f"{name:9}", *figures, flush=True)
    for half in (0, 1):
        weights = learn([one for items in data.values() for one in items[half::2]])
        figures = (describe(n, score(v[1 - half :: 2], weights)) for n, v in data.items())
        print(f"half {half}   ", *figures, flush=True)


def star(name: str, items: list[Item], known: list[Item]) -> str:
    """Mark a set that was learned from."""
    return name + "*" * any(one is items[0] for one in known)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--print", action="store_true", help="print weights learned from all")
    parser.add_argument("--ablate", action="store_true", help="leave measures out by groups")
    parser.add_argument("--texts", type=int, help="with --ablate: learn from N texts of each set")
    options = parser.parse_args()
    align_gold.require()
    data = sets()
    if options.ablate:
        ablate(data, options.texts)
    elif options.print:
        everything = [one for items in data.values() for one in items]
        for name, weight in zip(NAMES, learn(everything), strict=True):
            print(f'    "{name}": {weight:.2f},')
    else:
        cross(data)


if __name__ == "__main__":
    main()
