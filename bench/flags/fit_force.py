# ruff: noqa: E501
"""Fit the model of V104 and V106 and write the table ``force_model``.

    python bench/flags/fit_force.py > src/parallel_texts/languages/tables/force_model.tsv

Learned from untouched rows and rows with one error put in: the legal rows of this folder, the agreements of the corpus,
and, where the gold data stands beside the checkout, the Universal Declaration and news (which counts less). One model for all
pairs of languages: models of single pairs did worse on documents left out. Thresholds come from documents left out of the fit.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field

import numpy as np
from fit import NEWS, news
from measure import GOLD, HERE, UNSEEN, Row, corpus_rows, load, mutants

from parallel_texts.encoders import Array
from parallel_texts.findings.counterfactuals import try_wordings
from parallel_texts.findings.force_model import CHANGED, MARKED, PAIRS, features
from parallel_texts.findings.said import Said
from parallel_texts.languages.marks import find_marks
from parallel_texts.model import Passage

KINDS = {
    "V104": ("weaken", "strengthen", "right-to-duty"),
    "V106": ("negation", "denial", "without"),
}
GROUPS = ("force", "negation", "duty", "condition")
HELD = tuple(path.stem for path in sorted(HERE.glob("heldout*.tsv")) if path.stem not in UNSEEN)
"""Batches that may be learned from."""
ALARMS = {"V104": 0.02, "V106": 0.04}
"""Share of untouched pairs of rows, in documents left out of the fit, that may reach the threshold."""
PASSED = 0.985
"""Share of what is found by all that the gate has to let through."""
UNTOUCHED_WEIGHT = 3.0
NEWS_WEIGHT = 0.4
NEWS_ROWS = 900
NEWS_MUTANTS = 400
RIDGE = 3.0


@dataclass(slots=True)
class Examples:
    """Values of pairs of sides, the kind of error put in, the document and the weight."""

    values: list[list[float]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)


def documents() -> dict[str, list[Row]]:
    found = {name: load(HERE / f"{name}.tsv") for name in ("clauses", *HELD)}
    found["corpus"] = corpus_rows()
    if GOLD.exists():
        found["udhr"] = load(GOLD)
    if NEWS.exists():
        short = [row for row in news() if len(row["en"]) < 400][:NEWS_ROWS]
        found["news"] = [{**row, "id": f"n{n}"} for n, row in enumerate(short)]
    return found


def marks(text: str, lang: str) -> Said:
    passage = Passage("p", text, lang)
    return Said(
        tuple((mark, passage) for group in GROUPS for mark in find_marks(text, lang, group))
    )


def examples(sets: dict[str, list[Row]]) -> Examples:
    made = Examples()
    texts: list[tuple[str, str]] = []
    pairs: list[tuple[str, str]] = []
    for name, rows in sets.items():
        for pair in PAIRS:
            for kind, row in _rows(name, rows, pair):
                a, b = pair
                made.values.append(features(marks(row[a], a), marks(row[b], b), pair))
                made.kinds.append(kind)
                made.documents.append(name)
                weight = 1.0 if kind else UNTOUCHED_WEIGHT
                made.weights.append(weight * (NEWS_WEIGHT if name == "news" else 1.0))
                texts.append((row[a], row[b]))
                pairs.append(pair)
    gains = np.vstack(
        [try_wordings(texts[n : n + 500], pairs[n : n + 500]) for n in range(0, len(texts), 500)]
    )
    for values, more in zip(made.values, gains, strict=True):
        values.extend(map(float, more))
    return made


def _rows(name: str, rows: list[Row], pair: tuple[str, str]) -> list[tuple[str, Row]]:
    """Return untouched rows (kind "") and those with an error in either language."""
    wanted = {kind for kinds in KINDS.values() for kind in kinds}
    changed = [
        (kind, row)
        for source, target in (pair, pair[::-1])
        for kind, _, row in mutants(rows, source, target)
        if kind in wanted
    ]
    if name == "news":
        changed = random.Random(1).sample(changed, min(len(changed), NEWS_MUTANTS))
    return [("", row) for row in rows] + changed


def fitted(x: Array, y: Array, weight: Array) -> tuple[float, Array]:
    """Newton's method on scaled features; returns the intercept and the weights of the raw ones."""
    mean, scale = x.mean(0), x.std(0) + 1e-6
    z = np.hstack([np.ones((len(x), 1)), (x - mean) / scale])
    w = np.zeros(z.shape[1])
    penalty = RIDGE * np.eye(len(w))
    penalty[0, 0] = 0
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        hessian = (z * (weight * p * (1 - p))[:, None]).T @ z + penalty
        step = np.linalg.solve(hessian, z.T @ (weight * (p - y)) + penalty @ w)
        w -= step
        if np.abs(step).max() < 1e-7:
            break
    raw = w[1:] / scale
    return float(w[0] - raw @ mean), raw


def fit_code(made: Examples, code: str) -> dict[str, list[tuple[str, float]]]:
    """Return the weights by marks alone and by all, the gate and the threshold of a code."""
    x, kinds = np.array(made.values), np.array(made.kinds)
    names, weight = np.array(made.documents), np.array(made.weights)
    known = np.isin(kinds, ("", *KINDS[code]))
    y = np.isin(kinds, KINDS[code]).astype(float)
    found: dict[str, list[tuple[str, float]]] = {}
    scores: dict[str, Array] = {}
    for model, columns in (("marks", len(MARKED)), ("all", x.shape[1])):
        part = x[:, :columns]
        intercept, raw = fitted(part[known], y[known], weight[known])
        named = zip(("intercept", *MARKED, *CHANGED), (intercept, *raw), strict=False)
        found[model] = [(name, float(value)) for name, value in named]
        scores[model] = _left_out(part, y, weight, names, known)
    if code == "V106":
        changed = kinds != ""
        intercept, raw = fitted(x[changed], y[changed], weight[changed])
        found["which"] = [
            (name, float(value))
            for name, value in zip(("intercept", *MARKED, *CHANGED), (intercept, *raw), strict=True)
        ]
    untouched = (kinds == "") & (names != "news")
    least = float(np.quantile(scores["all"][untouched], 1 - ALARMS[code]))
    hit = (y == 1) & (names != "news") & (scores["all"] >= least)
    passing = float(np.quantile(scores["marks"][hit], 1 - PASSED))
    found["threshold"] = [("", _chance(least))]
    found["gate"] = [("", min(_chance(passing), _chance(least)))]
    tried = (scores["marks"][untouched] >= passing).mean()
    own = (y == 1) & (names != "news")
    alone = scores["marks"][own] >= np.quantile(scores["marks"][untouched], 1 - ALARMS[code])
    print(
        f"{code}, documents left out: {hit.sum() / own.sum():.3f} of {own.sum()} found, by marks alone {alone.mean():.3f} with as many alarms; {tried:.2f} of untouched pairs tried",
        file=sys.stderr,
    )
    return found


def _left_out(x: Array, y: Array, weight: Array, names: Array, known: Array) -> Array:
    """Return the log odds of each example by a model that has not seen its document."""
    odds = np.zeros(len(x))
    for name in sorted(set(names)):
        part = names == name
        intercept, raw = fitted(x[known & ~part], y[known & ~part], weight[known & ~part])
        odds[part] = intercept + x[part] @ raw
    return odds


def _chance(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


def main() -> None:
    made = examples(documents())
    print(
        "# Weights of the models of V104 and V106, by marks alone and with other wordings tried, gate and threshold as probabilities; written by bench/flags/fit_force.py."
    )
    print("code\tmodel\tname\tweight")
    for code in KINDS:
        for model, rows in fit_code(made, code).items():
            for name, value in rows:
                print(f"{code}\t{model}\t{name}\t{value:.4f}")


if __name__ == "__main__":
    main()
