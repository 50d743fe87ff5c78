"""How long a work's page takes to write, and to become interactive in headless Chromium.

    python bench/edition.py [ROWS ...]

Rows in three languages, twelve to an article. The page is compared with a bare table of the same
rows: no style, no script, no anchors. *Interactive* is the time from navigation to the moment when
script has run and the first frame is painted (median of five, cold cache each). Writing is CPU
time: *write s* pages and search index, *all s* with the exports, *again s* when nothing changed.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from edition_samples import long_work, small_corpus
from parallel_texts.edition import render_site
from parallel_texts.model import Evidence, Finding

PAINTED = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() =>
  done(performance.now()), 0)))"""


def findings_for(alignment, every: int = 10) -> list[Finding]:
    found = []
    for number, link in enumerate(alignment):
        if number % every == 0:
            quotes = [(lang, alignment.of(link, lang)[0]) for lang in alignment.languages]
            evidence = tuple(Evidence(lang, p.id, 2, 8, p.text[2:8]) for lang, p in quotes)
            found.append(
                Finding("V102", "version", alignment.work, link.id, alignment.languages,
                        "A number differs.", 0.9, "numbers", evidence)
            )  # fmt: skip
    return found


def bare_table(alignment) -> str:
    rows = (
        "".join(f"<td>{escape(alignment.text(link, lang))}</td>" for lang in alignment.languages)
        for link in alignment
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<!DOCTYPE html><meta charset="utf-8"><title>bare</title><table>{body}</table>'


def write(rows: int, out: Path) -> tuple[float, float, float]:
    work, alignment = long_work(rows)
    found = findings_for(alignment)
    (out / "bare.html").write_text(bare_table(alignment), "utf-8")
    times = []
    for folder, downloads in (("pages", False), ("site", True), ("site", True)):
        start, corpus = time.process_time(), small_corpus(work)
        links, findings = {work.id: alignment}, {work.id: found}
        render_site(corpus, links, findings, out / folder, downloads=downloads)
        times.append(time.process_time() - start)
    return times[0], times[1], times[2]


def interactive(browser, path: Path) -> float:
    times = []
    for _ in range(5):
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        times.append(page.evaluate(PAINTED) / 1000)
        page.close()
    return statistics.median(times)


def move(browser, path: Path) -> float:
    """Return seconds that one step to the next finding takes in the middle of the page."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri())
    start = time.perf_counter()
    for _ in range(10):
        page.keyboard.press("n")
        page.evaluate(PAINTED)
    seconds = (time.perf_counter() - start) / 10
    page.close()
    return seconds


def main() -> None:
    from playwright.sync_api import sync_playwright

    counts = [int(text) for text in sys.argv[1:]] or [300, 3000, 10000]
    heads = ("rows", "MB", "write s", "all s", "again s", "page s", "bare s", "ratio", "step s")
    print(" ".join(f"{head:>8}" for head in heads))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for rows in counts:
            out = Path(folder) / str(rows)
            out.mkdir()
            pages, everything, again = write(rows, out)
            page = out / "site" / "long.html"
            ours, bare = interactive(browser, page), interactive(browser, out / "bare.html")
            size = page.stat().st_size / 1e6
            cells = (
                rows,
                size,
                pages,
                everything,
                again,
                ours,
                bare,
                ours / bare,
                move(browser, page),
            )
            print(" ".join(f"{cell:8.2f}" for cell in cells), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
