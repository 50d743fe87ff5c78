"""Learn the aligner's weights, and try them on corpora that they were not learned from.

The weights are those under which the known links are most probable among all paths, by a margin,
with a quadratic penalty (``align_crf.py``). They are learned from human alignments and from texts
made of aligned rows (``align_made.py``). Links that cross others or have gaps can't be on a path:
the passages around them are left free.

    python bench/align_train.py               # each family of corpora by weights of the others
    python bench/align_train.py --ablate      # the same, with groups of measures left out
    python bench/align_train.py --calibrate   # confidences of links not learned from
    python bench/align_train.py --print       # the weights learned from everything
    python bench/align_train.py --fast passages --print    # those of align --fast: passages alone
    python bench/align_train.py --fast clauses --print     # and clauses of what is not sure

Needs scipy (``pip install --group bench``) and the gold data; numba makes it quicker.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import align_crf
import align_gold
import align_made
from align_crf import NAMES, Floats, Item
from parallel_texts.alignment import pairwise
from parallel_texts.encoders import additive, load_encoder
from parallel_texts.evaluation import Evaluation

GROUPS = {
    "clauses": (
        "stray", "stray_worst", "covered", "covered_grown", "covered_long", "least_covered",
        "skipped_clauses",
    ),
    "gain": ("gain", "extension"),
    "margin": ("margin",),
    "length gap": ("length_gap", "length_gap_squared"),
    "how long": ("long", "covered_long", "skipped_long"),
    "marks": ("unlike_end", "unlike_quotes"),
    "numbers": ("numbers_shared", "numbers_unlike"),
}  # fmt: skip
"""Measures that --ablate leaves out together."""


class Data:
    """All corpora, measured."""

    def __init__(self, encoder: str, fast: str = "") -> None:
        vectors = additive(load_encoder(encoder))
        self.corpora = align_made.corpora()
        self.items = {
            name: [align_crf.item(text, vectors, fast) for text in corpus.texts]
            for name, corpus in self.corpora.items()
        }

    @property
    def families(self) -> list[str]:
        """Families that have a corpus to try weights on."""
        return list(dict.fromkeys(c.family for c in self.corpora.values()))

    def without(self, family: str) -> list[tuple[Item, float]]:
        """Return all texts but those of a family, with what each counts."""
        return [
            (one, corpus.weight)
            for name, corpus in self.corpora.items()
            if corpus.family != family
            for one in self.items[name]
        ]


def figures(evaluation: Evaluation) -> str:
    strict, omitted = evaluation.strict, evaluation.omissions
    return f"{strict.f1:.4f} ({omitted.precision:.2f}/{omitted.recall:.2f})"


def rate(items: Sequence[Item], weights: Floats) -> Evaluation:
    return align_crf.score(items, weights, pairwise.PRICE, pairwise.OMISSION_BONUS)


def cross(data: Data, left_out: Sequence[str] = ()) -> dict[str, tuple[Evaluation, Evaluation]]:
    """Return for each corpus how it does with weights of the other families, and of all."""
    names = [name for name in NAMES if name not in left_out]
    whole = align_crf.learn(data.without(""), names) if not left_out else None
    found = {}
    for family in data.families:
        weights = align_crf.learn(data.without(family), names)
        for name, corpus in data.corpora.items():
            if corpus.family == family:
                held_out = rate(data.items[name], weights)
                seen = held_out if whole is None else rate(data.items[name], whole)
                found[name] = held_out, seen
    return found


def ablate(data: Data) -> None:
    """Leave out groups of measures; strict F1 on families not learned from."""
    print("left out     ", *(f"{name:>13}" for name in data.corpora), "   mean")
    for group, names in {"nothing": (), **GROUPS}.items():
        scores = [held_out.strict.f1 for held_out, _ in cross(data, names or ("",)).values()]
        cells = "".join(f"{score:14.4f}" for score in scores)
        print(f"{group:13}{cells} {sum(scores) / len(scores):8.4f}", flush=True)


def calibrate(data: Data) -> None:
    """Tell how often links are right by the probability that weights of other families give."""
    judged: list[tuple[float, bool]] = []
    for family in data.families:
        weights = align_crf.learn(data.without(family))
        for name, corpus in data.corpora.items():
            if corpus.family == family and not name.startswith(("made", "bible")):
                for one in data.items[name]:
                    wanted = set(one.gold.links)
                    chosen = align_crf.choose(one, weights, pairwise.PRICE, pairwise.OMISSION_BONUS)
                    judged += [(share, link in wanted) for link, share in chosen]
    for low, high in [(k / 10, (k + 1) / 10) for k in range(9)] + [(0.9, 0.99), (0.99, 2)]:
        inside = [right for share, right in judged if low <= share < high]
        if inside:
            print(
                f"{low:.2f} to {min(high, 1):.2f}  {sum(inside) / len(inside):.3f} of {len(inside)}"
            )
    sure = [right for share, right in judged if share >= 0.9]
    print(f"0.9 or more: {sum(sure) / len(sure):.4f} right of {len(sure)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--print", action="store_true", help="print weights learned from all")
    parser.add_argument("--ablate", action="store_true", help="leave measures out by groups")
    parser.add_argument("--calibrate", action="store_true", help="confidences of unseen links")
    parser.add_argument("--encoder", default="use")
    parser.add_argument(
        "--fast", default="", choices=("passages", "clauses"), help="measures of align --fast"
    )
    options = parser.parse_args()
    align_gold.require()
    data = Data(options.encoder, options.fast)
    if options.print:
        for name, weight in zip(NAMES, align_crf.learn(data.without("")), strict=True):
            if weight:
                print(f'    "{name}": {weight:.2f},')
    elif options.ablate:
        ablate(data)
    elif options.calibrate:
        calibrate(data)
    else:
        print("strict F1 (omission precision/recall)  by weights of other families  of all")
        for name, (held_out, seen) in cross(data).items():
            print(f"{name:15} {figures(held_out):22} {figures(seen)}", flush=True)


if __name__ == "__main__":
    main()
