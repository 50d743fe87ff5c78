# ruff: noqa: E501
"""Fit the models of V110 and write the table ``content_model``.

    python bench/flags/fit.py > src/parallel_texts/languages/tables/content_model.tsv

Learned from links of one news sentence to one, joined from the gold data beside the checkout where it is there, and
from the development half of the legal rows: untouched, and with a phrase or a sentence dropped. Legal rows count more.
"""

from __future__ import annotations

import itertools
import json
import math
import random
import statistics
import sys

import numpy as np
from measure import GOLD, HERE, corpus_rows, in_half, load
from mutations import phrase, sentence

from parallel_texts.findings.content import clause_features, word_features
from parallel_texts.findings.proportion import Habit, features, measure
from parallel_texts.findings.vectors import Vectors, encode_sides
from parallel_texts.languages.content_words import content_words
from parallel_texts.segmentation import clauses

NEWS = GOLD.parent / "ntrex_zh_ru_en"
LEGAL_WEIGHT = 4.0
LEAST = 0.6
"""Lowest threshold."""
ALARMS = 0.025
"""Share of untouched legal rows that may be above the threshold."""
Row = dict[str, str]


def news() -> list[Row]:
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


def examples(
    rows: list[Row], first: str, second: str, weight: float
) -> list[tuple[str, str, int, float]]:
    made = []
    for n, row in enumerate(rows):
        made.append((row[first], row[second], 0, weight))
        for mutate in (phrase, sentence):
            changed = mutate(row[second], second, random.Random(n))
            if changed and len(changed) < len(row[second]) - (3 if second == "zh" else 8):
                made.append((row[first], changed, 1, weight))
    return made


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


def covered(pairs: list[tuple[str, str]], first: str, second: str) -> np.ndarray:
    """Return the clause features of each pair, all clauses encoded in one go."""
    sides = [
        ([s.text for s in clauses(a, first)] or [a], [s.text for s in clauses(b, second)] or [b])
        for a, b in pairs
    ]
    sides = [(tuple(a), tuple(b)) for a, b in sides]
    spoken = [(words(a, first), words(b, second)) for a, b in sides]
    vectors = encode_sides(
        (side for pair in sides for side in pair),
        (word for pair in spoken for side in pair for word in side),
    )
    rows = []
    for (ours, theirs), found in zip(sides, spoken, strict=True):
        x, y = (np.stack([vectors[t] for t in part]) for part in (ours, theirs))
        similar = x @ y.T
        matched = np.maximum(similar.max(1), x @ vectors[theirs])
        back = np.maximum(similar.max(0), y @ vectors[ours])
        rows.append([*clause_features(matched, back), *unmet(*found, vectors)])
    return np.array(rows)


def words(side: tuple[str, ...], lang: str) -> list[str]:
    return [word.text for clause in side for word in content_words(clause, lang)]


def unmet(ours: list[str], theirs: list[str], vectors: Vectors) -> list[float]:
    """Return the word features of either side."""
    if not ours or not theirs:
        return [*word_features(np.ones(len(ours))), *word_features(np.ones(len(theirs)))]
    similar = np.stack([vectors[w] for w in ours]) @ np.stack([vectors[w] for w in theirs]).T
    return [*word_features(1 - similar.max(1)), *word_features(1 - similar.max(0))]


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


def main() -> None:
    legal_sets = [
        [r for r in load(path) if in_half(r, "dev")]
        for path in (*sorted(HERE.glob("heldout*.tsv")), HERE / "clauses.tsv", GOLD)
        if path.exists()
    ]
    legal_sets.append([row for row in corpus_rows() if in_half(row, "dev")])
    sets = [(rows, LEGAL_WEIGHT) for rows in legal_sets] + (
        [(news(), 1.0)] if NEWS.exists() else []
    )
    print(
        "# Weights of the models of V110, written by bench/flags/fit.py: intercept first. usual: median log ratio of characters and of words, median deviation."
    )
    print("first\tsecond\tmodel\tweights")
    for first, second in itertools.permutations(("zh", "ru", "en"), 2):
        x, y, weight, texts = [], [], [], []
        for rows, importance in sets:
            middle = Habit(*usual(rows, first, second)[:2])
            for a, b, label, share in examples(rows, first, second, importance):
                x.append(features(measure(a, first), measure(b, second), middle))
                y.append(label)
                weight.append(share)
                texts.append((a, b))
        values, labels, shares = np.array(x), np.array(y, float), np.array(weight)
        more = covered(texts, first, second)
        _write(
            first,
            second,
            "usual",
            list(usual([row for rows in legal_sets for row in rows], first, second)),
        )
        _write(first, second, "proportion", logistic(values, labels, shares))
        both = np.hstack([values, more])
        weights = logistic(both, labels, shares)
        _write(first, second, "clauses", weights)
        legal = (labels == 0) & (shares == LEGAL_WEIGHT)
        scores = 1 / (1 + np.exp(-(weights[0] + both[legal] @ np.array(weights[1:]))))
        _write(first, second, "threshold", [max(LEAST, float(np.quantile(scores, 1 - ALARMS)))])
        print(
            f"{first}>{second}: {len(labels)} examples, {int(labels.sum())} with something dropped",
            file=sys.stderr,
        )


def _write(first: str, second: str, model: str, weights: list[float]) -> None:
    assert all(map(math.isfinite, weights))
    print(f"{first}\t{second}\t{model}\t{' '.join(f'{w:.4f}' for w in weights)}")


if __name__ == "__main__":
    main()
