# ruff: noqa: E501
"""Fit the models of V110 and write the table ``content_model``.

    python bench/flags/fit.py > src/parallel_texts/languages/tables/content_model.tsv

Learned from links of one news sentence to one, joined from the gold data beside the checkout where it is there, and
from legal rows: untouched, and with a phrase or a sentence dropped. Legal rows count more.
The threshold is set on rows of a document that the model has not seen: each set of legal rows is judged by a model
learned from all others. What such models find is printed to standard error.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import statistics
import sys
from pathlib import Path

import numpy as np
from measure import GOLD, HERE, UNSEEN, corpus_rows, in_half, load
from mutations import phrase, sentence

from parallel_texts.findings.counterparts import features as features_of_words
from parallel_texts.findings.counterparts import meet
from parallel_texts.findings.proportion import features, habit, measure
from parallel_texts.findings.vectors import encode_texts, give_vectors

NEWS = GOLD.parent / "ntrex_zh_ru_en"
LEGAL_WEIGHT = 4.0
ALARMS = 0.0125
"""Share of untouched legal rows that may be above the threshold, in each direction."""
DROPS = (("phrase", phrase, 0), ("sentence", sentence, 0), ("phrase", phrase, 1))
"""What is dropped from a row, and a number that makes the choice another one."""
MODELS = ("proportion", "words", "vectors")
Row = dict[str, str]
Example = tuple[str, str, str]
"""First side, second side, what was dropped of the second: ``""``, ``phrase`` or ``sentence``."""


def news() -> list[Row]:
    """Return the links of one news sentence to one."""
    rows = []
    for path in sorted(NEWS.glob("*.links.jsonl")):
        stem = path.name.split(".")[0]
        texts = {
            lang: (NEWS / f"{stem}.{lang}.txt").read_text("utf-8").split("\n")
            for lang in ("zh", "ru", "en")
        }
        for line in path.read_text("utf-8").splitlines():
            link = json.loads(line)
            if all(len(link[lang]) == 1 for lang in texts):
                rows.append({lang: texts[lang][link[lang][0]] for lang in texts})
    return rows


def examples(rows: list[Row], first: str, second: str) -> list[Example]:
    made = []
    for n, row in enumerate(rows):
        made.append((row[first], row[second], ""))
        made += [(row[first], changed, kind) for kind, changed in dropped(row[second], second, n)]
    return made


def dropped(text: str, lang: str, number: int) -> list[tuple[str, str]]:
    """Return kinds and changed texts, no text twice."""
    found: dict[str, str] = {}
    for kind, mutate, again in DROPS:
        changed = mutate(text, lang, random.Random(f"{number} {kind} {again}"))
        if changed and len(changed) < len(text) - (3 if lang == "zh" else 8):
            found.setdefault(changed, kind)
    return [(kind, changed) for changed, kind in found.items()]


def usual(rows: list[Row], first: str, second: str) -> tuple[float, float, float]:
    """Return the median log ratios of characters and of words, and the median deviation of the first."""
    measured = [(measure(row[first], first), measure(row[second], second)) for row in rows]
    ratios = [a.characters - b.characters for a, b in measured]
    middle = statistics.median(ratios)
    return (
        middle,
        statistics.median(a.words - b.words for a, b in measured),
        statistics.median(abs(r - middle) for r in ratios),
    )


def values(
    rows: list[Row], made: list[Example], pair: tuple[str, str], known: tuple[float, float, float]
) -> dict[str, np.ndarray]:
    """Return what each model looks at, a row an example."""
    first, second = pair
    own = habit(pair, [(measure(r[first], first), measure(r[second], second)) for r in rows], known)
    plain = np.array([features(measure(a, first), measure(b, second), own) for a, b, _ in made])
    spoken = encode_texts(key for a, b, _ in made for key in ((a, first), (b, second)))
    give_vectors(spoken.values())
    sides = [(spoken[a, first], spoken[b, second]) for a, b, _ in made]
    words, vectors = (
        np.array([features_of_words(*meet(a, b, by_vectors=chosen)) for a, b in sides])
        for chosen in (False, True)
    )
    return {
        "proportion": plain,
        "words": np.hstack([plain, words]),
        "vectors": np.hstack([plain, vectors]),
    }


def logistic(x: np.ndarray, y: np.ndarray, weight: np.ndarray, ridge: float = 1.0) -> list[float]:
    """Newton's method; returns the intercept and the weights of the raw features."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([np.ones((len(x), 1)), (x - mean) / scale])
    w = np.zeros(z.shape[1])
    penalty = ridge * np.eye(len(w))
    penalty[0, 0] = 0
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        gradient = z.T @ (weight * (p - y)) + penalty @ w
        hessian = (z * (weight * p * (1 - p))[:, None]).T @ z + penalty
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    raw = w[1:] / scale
    return [float(w[0] - raw @ mean), *map(float, raw)]


class Set:
    """The examples of one document in one direction."""

    def __init__(
        self,
        rows: list[Row],
        pair: tuple[str, str],
        known: tuple[float, float, float],
        weight: float,
    ) -> None:
        made = examples(rows, *pair)
        self.kinds = np.array([kind for *_, kind in made])
        self.weight = np.full(len(made), weight)
        self.values = values(rows, made, pair, known)


def learn(sets: list[Set], model: str) -> list[float]:
    x, y, weight = (
        np.concatenate(columns)
        for columns in zip(*((s.values[model], s.kinds != "", s.weight) for s in sets), strict=True)
    )
    return logistic(x, y.astype(float), weight)


def scores(one: Set, weights: list[float], model: str) -> np.ndarray:
    total = weights[0] + one.values[model] @ np.array(weights[1:])
    return 1 / (1 + np.exp(-np.clip(total, -30, 30)))


def legal_sets(half: str) -> dict[str, list[Row]]:
    held = [path for path in sorted(HERE.glob("heldout*.tsv")) if path.stem not in UNSEEN]
    paths = (*held, HERE / "clauses.tsv", GOLD)
    sets = {path.stem: load(path) for path in paths if path.exists()}
    sets["corpus"] = corpus_rows()
    return {name: [row for row in rows if in_half(row, half)] for name, rows in sets.items()}


def fit(
    pair: tuple[str, str], legal: dict[str, list[Row]], other: dict[str, list[Row]]
) -> tuple[dict[str, list[float]], str]:
    """Return the rows of the table, and what models found in sets they had not seen."""
    known = usual([row for rows in legal.values() for row in rows], *pair)
    sets = {name: Set(rows, pair, known, LEGAL_WEIGHT) for name, rows in legal.items()}
    more = [Set(rows, pair, known, 1.0) for rows in other.values()]
    found = {"usual": list(known)} | {
        model: learn([*sets.values(), *more], model) for model in MODELS
    }
    unseen, kinds = [], []
    for name, one in sets.items():
        weights = learn([s for n, s in sets.items() if n != name] + more, "vectors")
        unseen.append(scores(one, weights, "vectors"))
        kinds.append(one.kinds)
    score, kind = np.concatenate(unseen), np.concatenate(kinds)
    least = float(np.quantile(score[kind == ""], 1 - ALARMS))
    shares = ", ".join(
        f"{what} {(score[kind == what] > least).mean():.2f}" for what in ("phrase", "sentence")
    )
    return found | {"threshold": [least]}, f"{len(kind)} legal examples, not seen: {shares}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["dev", "report", "all"], default="all")
    parser.add_argument("--data", type=Path, action="append", default=[], help="more legal rows")
    arguments = parser.parse_args()
    legal = legal_sets(arguments.half) | {path.stem: load(path) for path in arguments.data}
    other = {"news": news()} if NEWS.exists() else {}
    print(
        "# Weights of the models of V110, written by bench/flags/fit.py: intercept first. usual: median log ratio of characters and of words, median deviation."
    )
    print("first\tsecond\tmodel\tweights")
    for pair in itertools.permutations(("zh", "ru", "en"), 2):
        table, told = fit(pair, legal, other)
        for model, weights in table.items():
            assert all(map(math.isfinite, weights))
            print(f"{pair[0]}\t{pair[1]}\t{model}\t{' '.join(f'{w:.4f}' for w in weights)}")
        print(f"{pair[0]}>{pair[1]}: {told}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
