"""How long an action of ``review`` takes to be done and saved, and how much memory a review holds.

    python bench/review.py [ROWS ...]

A work of so many links in three languages, made from the shipped texts. An action is measured from
the call to its return: checked, written to the journal and to the TEI files, each with fsync, taken
into memory, and the changed links looked at for findings. Figures are medians and the worst of 20.
*flush* is one fsync of a file of the alignment's size, which the disk takes in any case.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from parallel_texts.review import Review
from parallel_texts.review.upkeep import Upkeep
from review_samples import WORK, make_corpus

TIMES = 20
KINDS = ("lock", "undo", "merge", "split", "move", "cut", "correct", "judge")


def actions(review: Review, kind: str) -> Iterator[dict[str, object]]:
    """Yield actions of a kind, each on other rows."""
    step = len(review) // (TIMES + 1)
    aside = 3 * KINDS.index(kind)
    for number in range(TIMES):
        row = review.rows(step * (number + 1) + aside, 1)[0]
        if not row.passages["ru"]:
            continue
        passage = row.passages["ru"][0]
        yield {
            "merge": {"link": row.link, "with": "next"},
            "split": {"link": row.link, "before": passage.id},
            "move": {"passage": passage.id, "to": "previous"},
            "lock": {"link": row.link, "locked": True},
            "cut": {"passage": passage.id, "at": passage.text.find(" ", 5)},
            "correct": {"passage": passage.id, "start": 0, "end": 1, "was": passage.text[0],
                        "text": "X"},
            "judge": {"finding": next(iter(row.findings), ""), "verdict": "confirmed"},
            "undo": {},
        }[kind] | {"kind": kind}  # fmt: skip


def measure(review: Review, kind: str) -> list[tuple[float, float]]:
    """Return per action how long it took and how much of it was computing: ms."""
    times = []
    for action in actions(review, kind):
        if action.get("at") == -1 or action.get("finding") == "":
            continue
        start, computed = time.perf_counter(), time.process_time()
        try:
            review.act(action, reviewer="A. Reader", revision=review.revision)
        except Exception as error:
            if "tagged" not in str(error) and "tag would" not in str(error):
                raise
            continue
        spent = time.perf_counter() - start, time.process_time() - computed
        times.append((spent[0] * 1000, spent[1] * 1000))
    return times


def flush(size: int, folder: Path) -> float:
    times = []
    for _ in range(10):
        start = time.perf_counter()
        with (folder / "flush").open("wb") as stream:
            stream.write(b"x" * size)
            stream.flush()
            os.fsync(stream.fileno())
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def memory() -> float:
    """Return the most memory that this process has held: MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PARALLEL_TEXTS_STATE"] = str(Path(folder) / "state")
        corpus = make_corpus(Path(folder), rows)
        before = memory()
        start = time.perf_counter()
        review = Review.open(corpus, WORK)
        opened = time.perf_counter() - start
        start = time.perf_counter()
        review.rows(0, 50)
        first = (time.perf_counter() - start) * 1000
        flag_some(review)
        size = (corpus / "alignments" / f"{WORK}.xml").stat().st_size
        print(f"\n{rows} rows: opened in {opened:.2f} s, first 50 rows in {first:.1f} ms, "
              f"flush {flush(size, Path(folder)):.1f} ms\n")  # fmt: skip
        print("| action | median ms | worst ms | of it computing, median |\n|---|---|---|---|")
        for kind in KINDS:
            times = measure(review, kind)
            if times:
                waited, computed = zip(*times, strict=True)
                print(f"| {kind} | {statistics.median(waited):.1f} | {max(waited):.1f} "
                      f"| {statistics.median(computed):.1f} |")  # fmt: skip
        start = time.perf_counter()
        review.refresh()
        print(f"| refresh, nothing changed | {(time.perf_counter() - start) * 1000:.2f} | | |")
        print(f"\nmemory: {memory() - before:.0f} MB for the review, {memory():.0f} MB in all")


def flag_some(review: Review) -> None:
    """Count all links as looked at, so that an action looks at those that it changes."""
    upkeep: Upkeep = review._upkeep
    numbers = range(len(review) // (TIMES + 1), len(review), len(review) // (TIMES + 1))
    links = [upkeep.desk.sheet.links[number] for number in numbers]
    upkeep._stale.clear()
    upkeep.links_changed([link.id for link in links], links)


if __name__ == "__main__":
    for rows in map(int, sys.argv[1:] or ["1000", "10000"]):
        report(rows)
