# ruff: noqa: E501
"""Rows a second of ``flag`` on a table in three languages, the model loaded.

python bench/flags/speed.py [--rows 3000]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from measure import GOLD, HERE, load

from parallel_texts.findings import flag
from parallel_texts.parties import read_parties
from parallel_texts.tables import read_tables


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3000)
    wanted = parser.parse_args().rows
    rows = [row for path in (HERE / "clauses.tsv", GOLD) if path.exists() for row in load(path)]
    parties = read_parties(HERE / "parties.tsv")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.tsv"
        lines = ["id\tzh\tru\ten"]
        for number in range(wanted):  # a running number in each cell, so that no cache helps
            row = rows[number % len(rows)]
            lines.append(
                f"{number}\t({number}) {row['zh']}\t({number}) {row['ru']}\t({number}) {row['en']}"
            )
        path.write_text("\n".join(lines), "utf-8")
        for alignment in read_tables(path, chunk=50):  # loads the model
            flag(alignment, parties=parties)
            break
        start, worked = time.perf_counter(), time.process_time()
        found = sum(len(flag(part, parties=parties)) for part in read_tables(path))
        seconds, worked = time.perf_counter() - start, time.process_time() - worked
    print(
        f"{wanted} rows in three languages: {seconds:.1f} s, {wanted / seconds:.0f} rows a second, {found} findings; {worked:.1f} s of processor time, {wanted / worked:.0f} rows a second of it"
    )


if __name__ == "__main__":
    main()
