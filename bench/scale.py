"""Time, memory and quality of one long document, from 1,000 to 100,000 passages a side.

    python bench/scale.py [--fast] [--piece N] [--limit-memory MB] [ENGLISH_LINES ...]

Default sizes are 1000 3000 10000 30000 100000; the last takes a quarter of an hour of one core.
With ``--piece`` the document is cut at certain places into pieces of about so many passages, as
``batch`` does, and aligned piece by piece. With ``--limit-memory`` each document is aligned in a
control group (Linux; versions 1 and 2) that may hold so many megabytes, pages of files and swap
included: whatever needs more is killed. Without the right to make such a group it says so and ends.

The document is the Bible in English and Chinese; beyond its 30,000 lines it is repeated with
changes: a word or character of each line is dropped, and every fiftieth line of one side. Each
size runs in a process of its own, one core, no vector cache; seconds are of the processor. ``own``
is the most memory the process held for itself; ``resident`` counts as well the pages of its
scratch files and of the encoder's that are mapped into it. ``x time`` and ``x memory`` say how many
times as much a document took as the one before, which was so many times (``x size``) shorter.
Needs the gold data.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import align_gold
import memory_group
from parallel_texts.alignment import align
from parallel_texts.alignment.pieces import align_pieces
from parallel_texts.encoders import UseEncoder
from parallel_texts.evaluation import Sides, evaluate

SIZES = (1000, 3000, 10_000, 30_000, 100_000)
DROPPED = 0.02
"""Share of lines of a repetition that one side lacks."""
PAUSE = 0.05
"""Seconds between looks at the memory."""
COLUMNS = (
    "passages", "x size", "seconds", "x time", "per 1,000", "own MB", "x memory", "resident MB",
    "F1 by verse",
)  # fmt: skip


def document(count: int) -> align_gold.Bible:
    """Return a document of about ``count`` English lines, its links and verses."""
    whole = align_gold.bible(0, min(count, 30_000))
    rounds = [whole]
    while (rest := count - sum(len(r.gold.texts["en"]) for r in rounds)) > 0:
        rounds.append(changed(align_gold.bible(0, rest), len(rounds)))
    return joined(rounds)


def changed(bible: align_gold.Bible, number: int) -> align_gold.Bible:
    """Return the document with small changes in every line, and lines missing on one side."""
    chance = random.Random(number)
    kept = {lang: [*keep(len(text), chance)] for lang, text in bible.gold.texts.items()}
    texts = {
        lang: [shortened(bible.gold.texts[lang][n], lang, chance) for n in kept[lang]]
        for lang in kept
    }
    verses = {lang: [f"{number}:{bible.verses[lang][n]}" for n in kept[lang]] for lang in kept}
    place = {lang: {n: k for k, n in enumerate(numbers)} for lang, numbers in kept.items()}
    links = [
        tuple(
            tuple(place[lang][n] for n in side if n in place[lang])
            for lang, side in zip(texts, link, strict=True)
        )
        for link in bible.gold.links
    ]
    return align_gold.Bible(
        align_gold.Gold(f"round {number}", texts, [link for link in links if any(link)]), verses
    )


def keep(count: int, chance: random.Random) -> Iterator[int]:
    return (n for n in range(count) if chance.random() >= DROPPED)


def shortened(line: str, lang: str, chance: random.Random) -> str:
    """Return the line without one of its words; without a character in Chinese."""
    parts = list(line) if lang == "zh" else line.split()
    if len(parts) > 3:
        del parts[chance.randrange(len(parts) - 1)]
    return ("" if lang == "zh" else " ").join(parts)


def joined(rounds: list[align_gold.Bible]) -> align_gold.Bible:
    """Return documents one after the other as one."""
    texts: dict[str, list[str]] = {"en": [], "zh": []}
    verses: dict[str, list[str]] = {"en": [], "zh": []}
    links: list[Sides] = []
    for part in rounds:
        shift = [len(texts[lang]) for lang in texts]
        links += [
            tuple(tuple(n + by for n in side) for side, by in zip(link, shift, strict=True))
            for link in part.gold.links
        ]
        for lang in texts:
            texts[lang] += part.gold.texts[lang]
            verses[lang] += part.verses[lang]
    return align_gold.Bible(align_gold.Gold("bible", texts, links), verses)


@dataclass
class Peak:
    """The most memory seen, in MB: the process's own, and with pages of files."""

    own: float = 0.0
    resident: float = 0.0
    _stop: bool = False

    def watch(self) -> None:
        while not self._stop:
            self.own = max(self.own, memory("RssAnon"))
            self.resident = max(self.resident, memory("VmRSS"))
            time.sleep(PAUSE)

    def __enter__(self) -> Peak:
        self._thread = threading.Thread(target=self.watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop = True
        self._thread.join()


def memory(field: str) -> float:
    """Return what the system says of this process's memory, in MB; 0 where it says nothing."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.is_file() else []
    return next((int(row.split()[1]) / 1024 for row in lines if row.startswith(field)), 0.0)


@dataclass(frozen=True)
class Measured:
    """What one document took: processor seconds, and megabytes."""

    sizes: tuple[int, ...]
    seconds: float
    own: float
    resident: float
    f1: float

    @property
    def passages(self) -> int:
        return sum(self.sizes)


def measure(count: int, fast: bool, piece: int) -> Measured:
    """Align once."""
    bible = document(count)
    encoder = UseEncoder()
    encoder.encode(["warm"])
    start = time.process_time()
    with Peak() as peak:
        if piece:
            alignment = align_pieces(bible.gold.texts, encoder=encoder, fast=fast, size=piece)
        else:
            alignment = align(bible.gold.texts, encoder=encoder, fast=fast)
    seconds = time.process_time() - start
    quality = evaluate(bible.gold.links, bible.by_verse([link.sides for link in alignment]))
    sizes = tuple(map(len, bible.gold.texts.values()))
    return Measured(sizes, seconds, peak.own, peak.resident, quality.strict.f1)


def apart(count: int, fast: bool, piece: int) -> Measured:
    """Align in a fresh process, so that memory is its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(measure, count, fast, piece).result()


def cells(found: Measured, before: Measured | None) -> list[str]:
    """Return a row of the table, beside the document before."""
    return [
        " x ".join(f"{size:,}" for size in found.sizes),
        f"{found.passages / before.passages:.2f}" if before else "",
        f"{found.seconds:.1f}",
        f"{found.seconds / before.seconds:.2f}" if before else "",
        f"{1000 * found.seconds / found.passages:.2f}",
        f"{found.own:.0f}",
        f"{found.own / before.own:.2f}" if before and before.own else "",
        f"{found.resident:.0f}",
        f"{found.f1:.4f}",
    ]


def run(options: argparse.Namespace) -> None:
    limit = options.limit_memory
    columns = [*COLUMNS, f"most in the group of {limit} MB"] if limit else COLUMNS
    print(as_row(columns), as_row(["---"] * len(columns)), sep="\n", flush=True)
    before: Measured | None = None
    for lines in options.lines:
        with memory_group.bounded(limit) if limit else nullcontext() as group:
            found = apart(lines, options.fast, options.piece)
            most = [f"{group.peak:.0f}"] if group else []
        print(as_row(cells(found, before) + most), flush=True)
        before = found


def as_row(columns: Sequence[str]) -> str:
    return f"| {' | '.join(columns)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lines", type=int, nargs="*", default=SIZES)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--piece", type=int, default=0, metavar="N")
    parser.add_argument("--limit-memory", type=int, default=0, metavar="MB")
    options = parser.parse_args()
    align_gold.require()
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    try:
        run(options)
    except BrokenProcessPool:
        sys.exit(f"killed: {options.limit_memory} MB were not enough, or the machine ran out")
    except OSError as error:
        sys.exit(f"--limit-memory: cannot make a control group here: {error}")


if __name__ == "__main__":
    main()
