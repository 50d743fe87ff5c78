"""The aligner's figures on gold alignments, its calibration, and what joining pairs gives.

    python bench/align_quality.py [--encoder NAME] [--fast] [--plot calibration.svg]

Needs the gold data.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import align_gold
from parallel_texts.alignment import align
from parallel_texts.encoders import Encoder, load_encoder
from parallel_texts.evaluation import Evaluation, Sides, evaluate
from parallel_texts.model import Alignment

Judged = list[tuple[float, bool]]


def measure(
    golds: Iterable[align_gold.Gold], encoder: Encoder, fast: bool
) -> tuple[Evaluation, Judged]:
    """Align and score; also tell for each link its confidence and whether it is right."""
    total, judged = Evaluation(), []
    for gold in golds:
        found = align(gold.texts, encoder=encoder, fast=fast)
        total += evaluate(gold.links, found)
        wanted = {tuple(tuple(side) for side in link) for link in gold.links}
        judged += [(link.confidence, link.sides in wanted) for link in found]
    return total, judged


def joined_up(golds: Iterable[align_gold.Gold], pivot: str, encoder: Encoder) -> Evaluation:
    """Join two pairwise runs at ``pivot``: what a user of a two-text aligner would do."""
    from parallel_texts.alignment.joining import join

    total = Evaluation()
    for gold in golds:
        order = list(gold.texts)
        pairs = []
        for other in (lang for lang in order if lang != pivot):
            found = align({lang: gold.texts[lang] for lang in (pivot, other)}, encoder=encoder)
            pairs.append((order.index(pivot), order.index(other), beads(found)))
        links = join([len(gold.texts[lang]) for lang in order], pairs)
        total += evaluate(gold.links, [tuple(tuple(range(*r)) for r in link) for link in links])
    return total


def beads(alignment: Alignment) -> list[tuple[int, int, int, int]]:
    """Return ranges; links with an empty side tie nothing and are left out."""
    pairs: list[Sides] = [link.sides for link in alignment if all(link.sides)]
    return [(a[0], a[-1] + 1, b[0], b[-1] + 1) for a, b in pairs]


def row(name: str, result: Evaluation) -> str:
    strict, omitted = result.strict, result.omissions
    return (
        f"{name:22} {strict.precision:.4f} {strict.recall:.4f} {strict.f1:.4f}  "
        f"{result.lax.f1:.4f}   {omitted.precision:.3f} {omitted.recall:.3f}"
    )


def calibration(judged: Judged) -> list[tuple[float, float, int]]:
    """Return mean confidence, share of right links and count for each tenth."""
    rows = []
    for tenth in range(10):
        inside = [j for j in judged if tenth <= min(j[0] * 10, 9.999) < tenth + 1]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            rows.append((mean, sum(r for _, r in inside) / len(inside), len(inside)))
    return rows


def draw(rows: list[tuple[float, float, int]]) -> str:
    """Return the calibration as an SVG: right is on the diagonal."""
    dots = "".join(
        f'<circle cx="{40 + 300 * x:.1f}" cy="{320 - 300 * y:.1f}" r="{2 + count**0.4:.1f}">'
        f"<title>{count} links, confidence {x:.2f}, right {y:.2f}</title></circle>"
        for x, y, count in rows
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 350" font-family="sans-serif" '
        'font-size="11"><rect width="360" height="350" fill="#fff"/>'
        '<path d="M40 20V320H340M40 320L340 20" fill="none" stroke="#888"/>'
        f'<g fill="#1f5f8b" fill-opacity=".7">{dots}</g>'
        '<text x="150" y="340">confidence</text><text x="4" y="14">share right</text></svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--encoder", default="use")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--plot", type=Path, help="write the calibration plot here")
    options = parser.parse_args()
    align_gold.require()
    encoder = load_encoder(options.encoder)
    named = {"-".join(pair): align_gold.ntrex(*pair) for pair in align_gold.PAIRS}
    named |= {"zh ru en": align_gold.ntrex_all(), "textberg de-fr": align_gold.textberg()}
    for pair in align_gold.PAIRS:
        named[f"udhr {'-'.join(pair)}"] = [align_gold.udhr(*pair)]
    print("set                    strict P  R     F1      lax F1   omissions P R")
    everything: Judged = []
    for name, golds in named.items():
        result, judged = measure(golds, encoder, options.fast)
        print(row(name, result), flush=True)
        everything += judged
    for pivot in ("zh", "ru", "en"):
        print(row(f"two runs joined at {pivot}", joined_up(named["zh ru en"], pivot, encoder)))
    sure = [right for confidence, right in everything if confidence >= 0.9]
    print(f"links with confidence 0.9 or more: {len(sure)}, right {sum(sure) / len(sure):.4f}")
    rows = calibration(everything)
    for mean, right, count in rows:
        print(f"confidence {mean:.2f}  right {right:.2f}  of {count}")
    if options.plot:
        options.plot.write_text(draw(rows), "utf-8")


if __name__ == "__main__":
    main()
