"""Seconds that ``parallel-texts validate`` takes on the corpus, and on ten times as many files.

    python bench/validation.py

Prints a Markdown table: files, megabytes, seconds of the command with its start, best of five.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CORPORA = Path(__file__).parent.parent / "corpora"


def main() -> None:
    print("| corpus | files | MB | seconds |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for copies in (1, 10):
            root = Path(folder) / str(copies)
            for number in range(copies):
                shutil.copytree(CORPORA, root / f"copy{number}")
            files = list(root.rglob("*.xml"))
            size = sum(path.stat().st_size for path in files) / 2**20
            seconds = min(timed(root) for _ in range(5))
            print(f"| {copies} x corpora | {len(files)} | {size:.1f} | {seconds:.2f} |")


def timed(root: Path) -> float:
    """Return the wall time of the command, start of the interpreter included."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "parallel_texts", "validate", str(root)], check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
