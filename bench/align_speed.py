"""Processor time, memory and quality as texts grow, on the Bible, beside what encoding alone takes.

    python bench/align_speed.py [--peers [--seconds N]] [ENGLISH_LINES ...]    # default 5000 30000

Every size runs in a process of its own, without the cache. ``x encoding`` is the time of the
whole alignment over the time of encoding each passage once. With ``--peers``, galechurch and
sentweave (with the same vectors) follow at the smallest size, in the same run; one that needs
longer than ``--seconds`` (default: 900) is ended. Needs the gold data.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence

import align_gold
from parallel_texts.alignment import align
from parallel_texts.encoders import UseEncoder
from parallel_texts.evaluation import Sides, evaluate


def measure(lines: int, fast: bool) -> str:
    """Align once and return a row of figures."""
    bible = align_gold.bible(0, lines)
    encoder = UseEncoder()
    encoder.encode(["warm"])
    start = time.process_time()
    for text in bible.gold.texts.values():
        encoder.encode(text)
    encoding = time.process_time() - start
    start = time.process_time()
    alignment = align(bible.gold.texts, encoder=encoder, fast=fast)
    seconds = time.process_time() - start
    return row(
        "fast" if fast else "default", bible, seconds, encoding, [link.sides for link in alignment]
    )


def row(
    name: str, bible: align_gold.Bible, seconds: float, encoding: float, links: Sequence[Sides]
) -> str:
    quality = evaluate(bible.gold.links, bible.by_verse(links)).strict
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sizes = " x ".join(str(len(text)) for text in bible.gold.texts.values())
    return (
        f"{name:12} {sizes:15} {seconds:8.1f} s {seconds / encoding:6.2f} x encoding "
        f"{memory:7.0f} MB  F1 {quality.f1:.4f}"
    )


def measure_galechurch(lines: int) -> str:
    """Lengths alone; ``mean_xy`` is characters of the second text for one of the first."""
    import galechurch

    bible = align_gold.bible(0, lines)
    english, chinese = bible.gold.texts.values()
    ratio = sum(map(len, chinese)) / sum(map(len, english))
    start = time.process_time()
    found = galechurch.align(english, chinese, mean_xy=ratio)
    seconds = time.process_time() - start
    links = read_links(found.to_pharaoh_lines())
    return row("galechurch", bible, seconds, float("nan"), links)


def read_links(rows: list[str]) -> list[Sides]:
    return [
        tuple(tuple(int(n) for n in side.strip("[]").split(",") if n.strip()) for side in sides)
        for sides in (line.split(":")[:2] for line in rows)
    ]


def measure_sentweave(lines: int) -> str:
    """Vecalign's search over the same encoder's vectors."""
    import sentweave

    bible = align_gold.bible(0, lines)
    english, chinese = bible.gold.texts.values()

    class Peer:
        def encode(self, texts: list[str], **_: object) -> object:
            return UseEncoder().encode(list(texts))

    start = time.process_time()
    found = sentweave.align(english, chinese, encoder=Peer())
    seconds = time.process_time() - start
    links = [(tuple(x.src_indices), tuple(x.tgt_indices)) for x in found.alignments]
    return row("sentweave", bible, seconds, float("nan"), links)


def apart(function: Callable[..., str], *arguments: object, seconds: float | None = None) -> str:
    """Run in a fresh process, so that memory is its own; end it after so many seconds."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        running = pool.apply_async(function, arguments)
        try:
            row: str = running.get(seconds)
            return row
        except multiprocessing.TimeoutError:
            name = getattr(function, "__name__", "").removeprefix("measure_")
            return f"{name:12} not finished in {seconds:.0f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lines", type=int, nargs="*", default=[5000, 30000])
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--seconds", type=float, default=900.0, help="time limit of a peer")
    options = parser.parse_args()
    align_gold.require()
    for lines in options.lines:
        for fast in (False, True):
            print(apart(measure, lines, fast), flush=True)
    if options.peers:
        for peer in (measure_galechurch, measure_sentweave):
            print(apart(peer, min(options.lines), seconds=options.seconds), flush=True)


if __name__ == "__main__":
    main()
