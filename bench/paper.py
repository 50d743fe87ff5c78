"""What very many pairs of documents would take, from rates that are measured here and now.

    python bench/batch.py --paper [--pairs 10000000] [--passages 217] [--cores 64 512]
                          [--core-hour 0.045] [--gigabyte-month 0.023] [--thousand-writes 0.005]
                          [--spare 0.1]

Documents of several sizes are read, aligned, flagged and written, each measured apart; a line
through them (least squares) tells what a document costs and what a passage. Sizes of texts and
results are counted. Prices are assumptions, in whatever currency: give your own.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from parallel_texts.batch import Job, Settings, find_jobs, process
from parallel_texts.batch.survey import survey
from parallel_texts.batch.workers import prepare

SIZES = (12, 50, 150, 400)
"""English lines of the documents."""
WRITES = 2
"""Files written for each pair; shards are few."""
GIGABYTE = 1e9


@dataclass(frozen=True)
class Cost:
    """What one document took: processor seconds, bytes of its texts and of its results."""

    passages: int
    seconds: float
    texts: int
    results: int


@dataclass(frozen=True)
class Rates:
    """What a document and a passage cost; bytes for a passage."""

    document: float
    passage: float
    texts: float
    results: float

    def seconds(self, passages: int) -> float:
        return self.document + self.passage * passages


def measure(folder: Path, flag: bool) -> list[Cost]:
    """Return what each document of a folder takes, in this process."""
    with tempfile.TemporaryDirectory() as out:
        settings = Settings(out, flag=flag)
        prepare(settings)
        return [cost(job, settings) for job in find_jobs(folder)]


def cost(job: Job, settings: Settings) -> Cost:
    start = time.process_time()
    found = survey(job, settings)
    outcome = process(replace(job, inputs=found.inputs), settings)
    seconds = time.process_time() - start
    written = Path(settings.out) / "works" / job.id
    results = sum(path.stat().st_size for name in outcome.files for path in [written / name])
    return Cost(found.passages, seconds, job.size, results)


def rates(costs: list[Cost]) -> Rates:
    """Fit a line: every document has the same say, whatever its length."""
    passages = np.array([c.passages for c in costs], dtype=float)
    weights = 1 / passages
    sides = np.stack([np.ones(len(costs)), passages], axis=1)
    seconds = np.array([c.seconds for c in costs])
    document, passage = np.linalg.lstsq(sides * weights[:, None], seconds * weights)[0]
    total = passages.sum()
    return Rates(
        max(float(document), 0.0),
        float(passage),
        sum(c.texts for c in costs) / total,
        sum(c.results for c in costs) / total,
    )


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--paper", action="store_true", help="what very many pairs would take")
    parser.add_argument("--pairs", type=int, default=10_000_000)
    parser.add_argument("--passages", type=int, default=217, help="of a pair, both sides")
    parser.add_argument("--cores", type=int, nargs="+", default=[64, 512])
    parser.add_argument("--core-hour", type=float, default=0.045, help="price")
    parser.add_argument("--gigabyte-month", type=float, default=0.023, help="price")
    parser.add_argument("--thousand-writes", type=float, default=0.005, help="price")
    parser.add_argument("--spare", type=float, default=0.1, help="share for stragglers")


def print_costs(costs: dict[bool, list[Cost]]) -> None:
    """Print the middle document of each size."""
    print("| passages | with findings: ms a passage | without |\n|---|---|---|")
    for one, other in zip(middles(costs[True]), middles(costs[False]), strict=True):
        print(f"| {one.passages} | {per_passage(one)} | {per_passage(other)} |")


def middles(costs: list[Cost]) -> list[Cost]:
    """Return of the documents of each size the one that took the middle time for a passage."""
    size = len(costs) // len(SIZES)
    groups = [costs[k : k + size] for k in range(0, len(costs), size)]
    return [sorted(g, key=lambda c: c.seconds / c.passages)[len(g) // 2] for g in groups]


def per_passage(cost: Cost) -> str:
    return f"{1000 * cost.seconds / cost.passages:.2f}"


def print_paper(options: argparse.Namespace, found: dict[bool, Rates]) -> None:
    print("\n| | with findings | without |\n|---|---|---|")
    for name, value in rows(options):
        print(f"| {name} | {value(found[True])} | {value(found[False])} |")


def rows(options: argparse.Namespace) -> Iterator[tuple[str, Callable[[Rates], str]]]:
    """Yield the name of each row, and what it says for some rates."""
    pairs, passages = options.pairs, options.passages

    def hours(r: Rates) -> float:
        return pairs * r.seconds(passages) / 3600

    def spared(r: Rates) -> float:
        return hours(r) * (1 + options.spare)

    def stored(r: Rates) -> float:
        return pairs * passages * (r.texts + r.results) / GIGABYTE

    yield "milliseconds a document; a passage", lambda r: f"{ms(r.document)}; {ms(r.passage)}"
    yield f"core-hours, {pairs:,} x {passages} passages", lambda r: f"{hours(r):,.0f}"
    yield f"and {options.spare:.0%} for stragglers and restarts", lambda r: f"{spared(r):,.0f}"
    for cores in options.cores:
        yield f"hours with {cores} cores", lambda r, n=cores: f"{math.ceil(spared(r) / n)}"
    yield "cost of the cores", lambda r: f"{spared(r) * options.core_hour:,.0f}"
    yield "gigabytes of texts", lambda r: f"{pairs * passages * r.texts / GIGABYTE:,.0f}"
    yield "gigabytes of results", lambda r: f"{pairs * passages * r.results / GIGABYTE:,.0f}"
    yield "cost of storage, a month", lambda r: f"{stored(r) * options.gigabyte_month:,.0f}"
    writes = pairs * WRITES
    price = writes / 1000 * options.thousand_writes
    yield f"cost of {writes:,} writes", lambda r: f"{price:,.0f}"


def ms(seconds: float) -> str:
    return f"{1000 * seconds:.1f}"
