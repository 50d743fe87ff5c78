"""Rows a second of ``flag`` on a table in three languages, all codes, the model loaded.

    python bench/flags/speed.py [TABLE.tsv...] [--rows 6000] [--jobs 1 2]

Without tables the rows are those beside this file and, where the gold data stands beside the
checkout, of the Universal Declaration. They are taken again and again, with another number before
them; the first line tells how many there are. The clock starts when every process has
its model and tables; how long that took is told apart. *CPU* is processor time a row, of all
processes: on a busy machine it says more than the clock. Vectors are kept in a folder that is empty
at the beginning.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from measure import GOLD, HERE, Row, load

from parallel_texts.flagging import flag_each
from parallel_texts.model import Alignment
from parallel_texts.parties import read_parties
from parallel_texts.processes import Processes
from parallel_texts.tables import read_tables

_PARTS = 8
"""Parts of a table that each process gets before the clock starts."""
_PART = 25
"""Rows of such a part."""


def sample(tables: Sequence[Path]) -> list[Row]:
    files = tables or [HERE / "clauses.tsv", *sorted(HERE.glob("heldout*.tsv")), GOLD]
    return [row for path in files if path.exists() for row in load(path)]


def write_rows(path: Path, rows: Sequence[Row], count: int, first: int = 0) -> None:
    lines = ["id\tzh\tru\ten"]
    for number in range(first, first + count):
        row = rows[number % len(rows)]
        cells = (f"({number}) {row[lang]}" for lang in ("zh", "ru", "en"))
        lines.append("\t".join((str(number), *cells)))
    path.write_text("\n".join(lines), "utf-8")


@contextmanager
def started(jobs: int) -> Iterator[int | Processes]:
    """Give one process as its number: then everything happens in this one."""
    if jobs == 1:
        yield 1
    else:
        with Processes(jobs) as processes:
            yield processes


def processor_seconds() -> float:
    """Return what this process and those that it has waited for have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def flagged(parts: Iterable[Alignment], jobs: int | Processes) -> int:
    parties = read_parties(HERE / "parties.tsv")
    return sum(len(found) for _, found in flag_each(parts, jobs=jobs, parties=parties))


def measure(path: Path, warm: Path, count: int, jobs: int) -> None:
    begun = time.perf_counter()
    with empty_cache(), started(jobs) as processes:
        flagged(read_tables(warm, chunk=_PART), processes)
        preparing = time.perf_counter() - begun
    used = processor_seconds()
    with empty_cache(), started(jobs) as processes:
        flagged(read_tables(warm, chunk=_PART), processes)
        start = time.perf_counter()
        found = flagged(read_tables(path), processes)
        seconds = time.perf_counter() - start
    used = processor_seconds() - used
    print(
        f"| {jobs} | {preparing:.1f} s | {seconds:.1f} s | {count / seconds:.0f} "
        f"| {1000 * (used - warming(warm, jobs)) / count:.2f} ms | {found} |"
    )


def warming(warm: Path, jobs: int) -> float:
    """Return the processor seconds that starting and the first parts take."""
    used = processor_seconds()
    with empty_cache(), started(jobs) as processes:
        flagged(read_tables(warm, chunk=_PART), processes)
    return processor_seconds() - used


@contextmanager
def empty_cache() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PARALLEL_TEXTS_CACHE"] = folder
        yield


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("tables", type=Path, nargs="*")
    parser.add_argument("--rows", type=int, default=6000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    rows = sample(options.tables)
    print(f"{len(rows)} rows; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before\n")
    print(
        "| jobs | start | rows | rows a second | CPU a row | findings |\n|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder:
        path, warm = Path(folder) / "rows.tsv", Path(folder) / "warm.tsv"
        write_rows(path, rows, options.rows)
        write_rows(warm, rows, _PART * _PARTS * max(options.jobs), first=10**6)
        for jobs in options.jobs:
            measure(path, warm, options.rows, jobs)


if __name__ == "__main__":
    if os.environ.get("OMP_NUM_THREADS") != "1":  # as workers have it; read when numpy is loaded
        os.execve(
            sys.executable, [sys.executable, *sys.argv], os.environ | {"OMP_NUM_THREADS": "1"}
        )
    main()
