"""Learn and try the model that tells which clause of a passage has no counterpart.

Into every third link with one passage a side of the gold texts, a clause of a passage near by is
put, in a place by chance: it has no counterpart, all others are taken to have one. Each set is
tried with weights learned from the others alone.

    python bench/align_coverage.py            # figures; about two minutes
    python bench/align_coverage.py --print    # the weights learned from everything

Needs scipy (``pip install --group bench``) and the gold data.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import align_gold
from parallel_texts.alignment.coverage import FEATURES, compare_clauses
from parallel_texts.model import Alignment, Link, Passage
from parallel_texts.segmentation import clauses

Floats = NDArray[np.float64]
PENALTY = 1.0
LEAST = {"zh": 5}
"""Characters that a clause needs to be put in; 14 in other languages."""


def spoil(
    gold: align_gold.Gold, here: str, there: str
) -> tuple[Alignment, dict[str, tuple[int, int]]]:
    """Return the gold links as an alignment with clauses put in, and where they are by link id."""
    chance = random.Random(gold.name + here)
    order = list(gold.texts)
    one, two = order.index(here), order.index(there)
    texts = {lang: list(text) for lang, text in gold.texts.items()}
    links, put = [], {}
    for n, link in enumerate(link for link in gold.links if link[one] and link[two]):
        links.append(Link(f"l{n}", (here, there), (link[one], link[two])))
        if n % 3 == 0 and len(link[one]) == len(link[two]) == 1:
            spoiled = insert(gold.texts[here], link[one][0], here, chance)
            if spoiled:
                texts[here][link[one][0]], put[f"l{n}"] = spoiled
    passages = tuple(
        tuple(Passage(f"{lang}.{k}", text, lang) for k, text in enumerate(texts[lang]))
        for lang in (here, there)
    )
    return Alignment((here, there), passages, tuple(links)), put


def insert(
    text: list[str], at: int, lang: str, chance: random.Random
) -> tuple[str, tuple[int, int]] | None:
    """Return a passage with a clause of a neighbour put in, and its offsets."""
    least = LEAST.get(lang, 14)
    near = [k for k in range(at - 4, at + 5) if 0 <= k < len(text) and abs(k - at) > 1]
    options = [c.text.strip() for k in near for c in clauses(text[k], lang) if len(c.text) >= least]
    places = [0, *(c.end for c in clauses(text[at], lang))]
    if not options:
        return None
    clause = chance.choice(options).rstrip(".。!！?？;；,，") + ("，" if lang == "zh" else ", ")
    place = chance.choice(places)
    if place == len(text[at]):
        clause = " " * (lang != "zh") + clause.rstrip(", ，") + ("。" if lang == "zh" else ".")
    return text[at][:place] + clause + text[at][place:], (place, place + len(clause))


def examples(gold: align_gold.Gold) -> Iterator[tuple[Floats, NDArray[np.bool_]]]:
    """Yield features and truth of the clauses of each link, both ways."""
    for here, there in (tuple(gold.texts), tuple(gold.texts)[::-1]):
        alignment, put = spoil(gold, here, there)
        for one in compare_clauses(alignment, here, there):
            start, end = put.get(one.link.id, (0, 0))
            middles = np.array([(a + b) / 2 for _, a, b in one.clauses])
            yield one.features, (middles >= start) & (middles < end)


def learn(sets: list[tuple[Floats, NDArray[np.bool_]]]) -> Floats:
    """Return the weights of a logistic model with a quadratic penalty."""
    features = np.concatenate([f for f, _ in sets])
    truth = np.concatenate([t for _, t in sets])

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = features @ weights
        value = np.logaddexp(0, odds) - truth * odds
        slope = features.T @ (1 / (1 + np.exp(-odds)) - truth)
        return float(value.sum() + PENALTY * weights @ weights / 2), slope + PENALTY * weights

    start = np.zeros(len(FEATURES))
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def figures(data: list[tuple[Floats, NDArray[np.bool_]]], weights: Floats) -> str:
    """Return precision, recall and F1 at 0.5, and how often the worst clause is the one put in."""
    right = found = wanted = first = spoiled = 0
    for features, truth in data:
        odds = features @ weights
        right += int((truth & (odds >= 0)).sum())
        found += int((odds >= 0).sum())
        wanted += int(truth.sum())
        spoiled += bool(truth.any())
        first += bool(truth.any() and truth[odds.argmax()])
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}  worst clause is it {first / spoiled:.3f}"


def sets() -> dict[str, list[tuple[Floats, NDArray[np.bool_]]]]:
    named = {"-".join(pair): align_gold.ntrex(*pair) for pair in align_gold.PAIRS}
    named["textberg"] = align_gold.textberg()
    named["udhr"] = [align_gold.udhr(*pair) for pair in align_gold.PAIRS]
    return {name: [e for gold in golds for e in examples(gold)] for name, golds in named.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--print", action="store_true", help="print weights learned from all")
    options = parser.parse_args()
    align_gold.require()
    data = sets()
    if options.print:
        print(np.round(learn([e for found in data.values() for e in found]), 2).tolist())
        return
    print("tried on, learned from the others (news are one set)")
    news = {"-".join(pair) for pair in align_gold.PAIRS}
    for name, found in data.items():
        own = news if name in news else {name}
        weights = learn([e for other, known in data.items() if other not in own for e in known])
        print(f"{name:9}", figures(found, weights), flush=True)


if __name__ == "__main__":
    main()
