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
import itertools
from collections.abc import Sequence

import align_crf
import align_gold
import align_made
from align_crf import NAMES, Floats, Item
from parallel_texts.alignment import pairwise
from parallel_texts.alignment.confidence import calibrated
from parallel_texts.encoders import additive, load_encoder
from parallel_texts.evaluation import Evaluation

GROUPS = {
    "clauses": (
        "stray", "stray_worst", "covered", "covered_grown", "covered_long", "least_covered",
        "skipped_clauses",
    ),
    "gain": ("gain", "extension"),
    "margin": ("margin",),
    "length gap": ("length_gap", "length_gap_squared", "cosine_fitted"),
    "how long": ("long", "covered_long", "skipped_long", "skipped_short"),
    "marks": ("unlike_end", "unlike_quotes", "open_inside"),
    "other forms of likeness": ("cosine_fitted", "cosine_squared"),
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


Judged = list[tuple[float, bool]]
KNOTS = (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
"""Where links are parted to learn how often they are right."""
FEW = 10
"""Parts with fewer links teach nothing."""


def judge(data: Data) -> dict[str, Judged]:
    """Return by family the probability of each chosen link and whether it is right."""
    judged: dict[str, Judged] = {}
    for name, corpus in data.corpora.items():
        if name.startswith("bible"):
            continue
        weights = align_crf.learn(data.without(corpus.family))
        for one in data.items[name]:
            wanted = set(one.gold.links)
            chosen = align_crf.choose(one, weights, pairwise.PRICE, pairwise.OMISSION_BONUS)
            found = [(share, link in wanted) for link, share in chosen]
            judged.setdefault(corpus.family, []).extend(found)
    return judged


def learn_table(judged: Judged) -> list[tuple[float, float]]:
    """Return mean probability and share of right links by part, never falling."""
    table = [[0.0, 0.0, 1.0]]
    for low, high in itertools.pairwise((0.0, *KNOTS)):
        inside = [link for link in judged if low <= link[0] < high]
        if len(inside) < FEW:
            continue
        table.append(
            [*(sum(column) / len(inside) for column in zip(*inside, strict=True)), len(inside)]
        )
        while table[-1][1] < table[-2][1]:
            one, two = table.pop(), table.pop()
            count = one[2] + two[2]
            mean = [
                (x * one[2] + y * two[2]) / count for x, y in zip(one[:2], two[:2], strict=True)
            ]
            table.append([*mean, count])
    return [(round(x, 3), round(y, 3)) for x, y, _ in table] + [(1.0, 1.0)]


def error(judged: Judged) -> float:
    """Return by how much confidence is off on average, by tenths (expected calibration error)."""
    tenths: dict[int, Judged] = {}
    for link in judged:
        tenths.setdefault(min(int(link[0] * 10), 9), []).append(link)
    return sum(abs(sum(p - r for p, r in part)) for part in tenths.values()) / len(judged)


def calibrate(data: Data) -> None:
    """Tell how often links are right by confidence, before and after a table of other families."""
    judged = judge(data)
    for title, found in (("before", judged), ("after", _held_out(judged))):
        links = [link for family in HUMAN for link in found[family]]
        print(f"{title}: off by {error(links):.4f} on average")
        for low, high in [(k / 10, (k + 1) / 10) for k in range(9)] + [(0.9, 0.99), (0.99, 2)]:
            inside = [right for share, right in links if low <= share < high]
            if inside:
                right = sum(inside) / len(inside)
                print(f"{low:.2f} to {min(high, 1):.2f}  {right:.3f} of {len(inside)}")
        sure = [right for share, right in links if share >= 0.9]
        print(f"0.9 or more: {sum(sure) / len(sure):.4f} right of {len(sure)}")
    print("table:", learn_table([link for family in HUMAN for link in judged[family]]))


HUMAN = ("news", "textberg")
"""Families with links made by people or parted at places that people chose."""


def _held_out(judged: dict[str, Judged]) -> dict[str, Judged]:
    """Return the same with confidences by a table of the other family that people aligned."""
    found = {}
    for family in HUMAN:
        table = learn_table([link for other in HUMAN if other != family for link in judged[other]])
        found[family] = [(calibrated(share, table), right) for share, right in judged[family]]
    return found


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
