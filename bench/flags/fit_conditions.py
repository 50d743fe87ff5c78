# ruff: noqa: E501
"""Fit the model of V107 and write the table ``condition_model``.

    python bench/flags/fit_conditions.py > src/parallel_texts/languages/tables/condition_model.tsv

Learned from all rows beside it, the agreements of the corpus, and the Universal Declaration and news where the gold data
stands beside the checkout: untouched, and with a condition dropped in one language. The threshold is that which a given
share of untouched rows reaches in documents that were left out of the fit.
"""

from __future__ import annotations

import itertools
import random
import sys
from dataclasses import dataclass, field

import numpy as np
from fit import NEWS, logistic, news
from measure import GOLD, HERE, UNSEEN, Row, corpus_rows, load
from mutations import condition

from parallel_texts.findings.condition_model import CLAUSES, NAMES, features
from parallel_texts.languages.marks import find_marks

ALARMS = 0.005
"""Share of untouched rows, each direction, that may reach the threshold."""


@dataclass
class Examples:
    """Features of rows in which the first side has a condition more; the others are only counted."""

    values: list[list[float]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    plain: int = 0

    def add(self, ours: str, theirs: str, pair: tuple[str, str], label: int) -> None:
        marks = [
            find_marks(text, lang, "condition")
            for text, lang in zip((ours, theirs), pair, strict=True)
        ]
        strong = [[m.concept for m in side if m.strength == "strong"] for side in marks]
        self.plain += not label
        if any(strong[0].count(c) > strong[1].count(c) for c in CLAUSES):
            self.values.append(features(*marks, (ours, theirs), pair))
            self.labels.append(label)


def documents() -> list[list[Row]]:
    held = [path for path in sorted(HERE.glob("heldout*.tsv")) if path.stem not in UNSEEN]
    paths = (*held, HERE / "clauses.tsv", GOLD)
    found = [load(path) for path in paths if path.exists()]
    return [*found, corpus_rows(), *([news()] if NEWS.exists() else [])]


def examples(rows: list[Row]) -> Examples:
    made = Examples()
    for (number, row), pair in itertools.product(
        enumerate(rows), itertools.permutations(("zh", "ru", "en"), 2)
    ):
        ours, theirs = row[pair[0]], row[pair[1]]
        made.add(ours, theirs, pair, 0)
        changed = condition(theirs, pair[1], random.Random(number))
        if changed and changed.strip() != theirs.strip():
            made.add(ours, changed, pair, 1)
    return made


def fitted(sets: list[Examples]) -> np.ndarray:
    values = np.array([v for made in sets for v in made.values])
    labels = np.array([label for made in sets for label in made.labels], float)
    return np.array(logistic(values, labels, np.ones(len(labels))))


def scores(weights: np.ndarray, made: Examples) -> np.ndarray:
    return 1 / (1 + np.exp(-(weights[0] + np.array(made.values) @ weights[1:])))


def main() -> None:
    sets = [examples(rows) for rows in documents()]
    unseen = [scores(fitted([s for s in sets if s is not left]), left) for left in sets]
    labels = [np.array(made.labels) for made in sets]
    untouched = np.sort(np.concatenate([u[y == 0] for u, y in zip(unseen, labels, strict=True)]))
    allowed = int(ALARMS * sum(made.plain for made in sets))
    threshold = float(untouched[-allowed - 1])
    changed = np.concatenate([u[y == 1] for u, y in zip(unseen, labels, strict=True)])
    print(
        "# Weights of the model of V107 and the probability from which a condition counts as lacking, written by bench/flags/fit_conditions.py."
    )
    print("name\tweight")
    for name, weight in zip(("intercept", *NAMES), fitted(sets), strict=True):
        print(f"{name}\t{weight:.4f}")
    print(f"threshold\t{threshold:.4f}")
    print(
        f"{len(changed)} rows with a condition dropped, {np.mean(changed > threshold):.2f} of them found in documents left out",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
