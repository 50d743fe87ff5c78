"""What batch spends its time on, how it grows with processes, and what sharing saves.

    python bench/batch.py [--documents 24] [--lines 200] [--jobs 1 2] [--no-flag] [--fast]
                          [--repeated 0]

Documents are consecutive stretches of the Bible in Chinese and English; with ``--repeated`` so
many lines of each are the same in all. Each row of the first table is a whole run into an empty
folder; its rate counts from the first aligned document to the last, so without the start of the
workers. *Machine* is how much faster so many processes that only multiply matrices are than one, in
the seconds before: what the machine has to give. *CPU* is processor time per passage, less that
of a batch of one line, which is the start of the workers: on a busy machine it says more than the
clock, and ``jobs`` times the first row's over a row's own is what idle cores would give at most.
The second table is the profile of one process that does the same documents. With ``--paper`` see
``paper.py`` instead. Needs the gold data.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import align_gold
import paper
from parallel_texts.batch import Run, Settings, find_jobs, process, run
from parallel_texts.batch.survey import survey
from parallel_texts.batch.workers import prepare
from parallel_texts.encoders import UseEncoder
from parallel_texts.findings import counterfactuals, vectors


@dataclass(frozen=True)
class Measured:
    jobs: int
    done: Run
    cpu: float
    marks: list[tuple[float, int]]
    machine: float = 1.0
    start: float = 0.0

    @property
    def cost(self) -> float:
        """Processor milliseconds per passage, without the start of the workers."""
        return 1000 * (self.cpu - self.start) / self.passages

    @property
    def passages(self) -> int:
        return sum(n for outcome in self.done.outcomes for _, n in outcome.passages)

    @property
    def rate(self) -> float:
        """Passages a second between the first aligned document and the last."""
        (first, some), (last, all_of_them) = self.marks[0], self.marks[-1]
        return (all_of_them - some) / (last - first)


def write_documents(folder: Path, count: int, lines: int, repeated: int) -> None:
    formula = align_gold.bible(0, repeated).gold.texts if repeated else {}
    for number in range(count):
        texts = align_gold.bible(repeated + number * lines, lines).gold.texts
        for lang, passages in texts.items():
            whole = [*passages, *formula.get(lang, ())]
            (folder / f"d{number:03}.{lang}.txt").write_text("\n\n".join(whole), "utf-8")


def measure(folder: Path, jobs: int, flag: bool, fast: bool) -> Measured:
    with tempfile.TemporaryDirectory() as out:
        before = cpu()
        marks: list[tuple[float, int]] = []

        def mark(stage: str, count: int, total: int) -> None:
            if stage == "aligning":
                marks.append((time.perf_counter(), count))

        settings = Settings(out, flag=flag, fast=fast)
        done = run(find_jobs(folder), settings, workers=jobs, on_step=mark)
        return Measured(jobs, done, cpu() - before, marks)


def cpu() -> float:
    """Return processor seconds of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def multiply(seconds: float) -> int:
    """Return how many matrix products of the encoder's size are done in so many seconds."""
    left, right = np.ones((768, 1280), np.float32), np.ones((1280, 512), np.float32)
    end, count = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        np.matmul(left, right)
        count += 1
    return count


def products(jobs: int, seconds: float = 3.0) -> int:
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        pool.map(multiply, [0.1] * jobs, chunksize=1)
        return sum(pool.map(multiply, [seconds] * jobs, chunksize=1))


def compare(folder: Path, line: Path, jobs: int, flag: bool, fast: bool) -> Measured:
    machine = products(jobs) / products(1)
    start = measure(line, jobs, flag, fast).cpu
    return replace(measure(folder, jobs, flag, fast), machine=machine, start=start)


def print_rates(rows: list[Measured]) -> None:
    columns = "jobs, documents, passages, seconds, passages/s, x first, machine, CPU ms/passage"
    print(f"| {' | '.join(columns.split(', '))} |")
    print("|---|---|---|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row.jobs} | {len(row.done.outcomes)} | {row.passages:,} | {row.done.seconds:.1f} "
            f"| {row.rate:.0f} | {row.rate / rows[0].rate:.2f} | {row.machine:.2f} "
            f"| {row.cost:.2f} |"
        )


class Timed:
    """The encoder that findings use, whose calls are timed."""

    def __init__(self, encoder: UseEncoder) -> None:
        self._encoder, self.seconds = encoder, 0.0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._encoder, name)
        return self._timed(found) if callable(found) else found

    def _timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            start = time.perf_counter()
            result = function(*arguments, **named)
            self.seconds += time.perf_counter() - start
            return result

        return call


def profile(folder: Path, flag: bool, fast: bool) -> dict[str, float]:
    """Return seconds of each stage; what findings encode is taken out of ``flag``.

    ``rest`` is what no stage counts: digests of files and texts, signatures, the folder itself.
    """
    found = Timed(UseEncoder())
    for module in (vectors, counterfactuals):
        module._encoder = lambda: found  # type: ignore[attr-defined]
    spent: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as out:
        settings = Settings(out, flag=flag, fast=fast)
        prepare(settings)
        found.seconds = 0.0
        start = time.perf_counter()
        for job in find_jobs(folder):
            known = survey(job, settings)
            spent["read"] += known.seconds
            outcome = process(replace(job, inputs=known.inputs), settings)
            if not outcome.done:
                sys.exit(f"{job.id}: {outcome.reason}")
            spent.update(dict(outcome.seconds))
        spent["rest"] = time.perf_counter() - start - sum(spent.values())
    spent["flag"] -= found.seconds
    names = {"import": "read again", "align": "search for links", "encode": "encode to align"}
    named = {names.get(stage, stage): seconds for stage, seconds in spent.items()}
    return named | {"encode for findings": found.seconds}


def print_profile(spent: dict[str, float]) -> None:
    total = sum(spent.values())
    encoding = spent["encode to align"] + spent["encode for findings"]
    print("\n| stage | seconds | share |\n|---|---|---|")
    for stage, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"| {stage} | {seconds:.2f} | {100 * seconds / total:.1f} % |")
    print(f"| all encoding | {encoding:.2f} | {100 * encoding / total:.1f} % |")


def print_paper(options: argparse.Namespace) -> None:
    """Measure documents of several sizes, and print what very many would take."""
    costs: dict[bool, list[paper.Cost]] = {}
    with tempfile.TemporaryDirectory() as folder:
        write_sizes(Path(folder))
        for flag in (True, False):
            with multiprocessing.get_context("spawn").Pool(1) as alone:
                costs[flag] = alone.apply(paper.measure, (Path(folder), flag))
    paper.print_costs(costs)
    paper.print_paper(options, {flag: paper.rates(some) for flag, some in costs.items()})


def write_sizes(folder: Path, of_each: int = 3) -> None:
    """Write documents of each size, names in the order of sizes, no line twice."""
    at = 0
    for size in paper.SIZES:
        for number in range(of_each):
            for lang, passages in align_gold.bible(at, size).gold.texts.items():
                path = folder / f"d{size:05}-{number}.{lang}.txt"
                path.write_text("\n\n".join(passages), "utf-8")
            at += size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=24)
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--no-flag", dest="flag", action="store_false")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--repeated", type=int, default=0)
    paper.add_options(parser)
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before\n")
    os.environ["OMP_NUM_THREADS"] = "1"  # as workers have it; read when a process starts
    if options.paper:
        print_paper(options)
        return
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as line:
        write_documents(Path(folder), options.documents, options.lines, options.repeated)
        write_documents(Path(line), 1, 1, 0)
        settings = (options.flag, options.fast)
        rows = [compare(Path(folder), Path(line), n, *settings) for n in options.jobs]
        print_rates(rows)
        with multiprocessing.get_context("spawn").Pool(1) as alone:
            spent = alone.apply(profile, (Path(folder), options.flag, options.fast))
    print_profile(spent)


if __name__ == "__main__":
    main()
