"""How long reviewing in the browser takes with many rows, in headless Chromium.

    python bench/review_web.py [ROWS ...]

*Open* is reading the work, its links and findings, once when the server starts. *First rows* is
from navigation to the first frame with rows in it. An *action* is from the key to the frame in
which its change is drawn, the file on disk written before (median and slowest of ten, in the middle
of the work). *Nodes* are the elements in the page after scrolling through all of it.
"""

from __future__ import annotations

import os
import resource
import shutil
import socket
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import uvicorn

from parallel_texts.review import Review
from parallel_texts.review.web.app import make_app
from parallel_texts.review.web.people import People
from parallel_texts.review.web.room import Room
from parallel_texts.review.web.security import Doors
from parallel_texts.review.web.serving import configured
from review_samples import WORK, make_corpus

DRAWN = """([key, shift]) => new Promise((done, fail) => {
  const start = performance.now();
  const said = document.querySelector(".said");
  said.textContent = "";
  const watch = new MutationObserver(() => {
    if (!said.textContent) return;
    watch.disconnect();
    if (said.classList.contains("bad")) { fail(new Error(said.textContent)); return; }
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0));
  });
  watch.observe(said, {childList: true, attributes: true});
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
    {key, shiftKey: shift, code: "Key" + key.toUpperCase(), bubbles: true, cancelable: true}));
})"""
PAINTED = (
    "() => new Promise(d => requestAnimationFrame(() => setTimeout(() => d(performance.now()), 0)))"
)
ACTIONS = (("merge", "m"), ("undo", "z"), ("lock", "l"), ("unlock", "l"))


class Server:
    """The review's server in a thread."""

    def __init__(self, corpus: Path) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        doors = Doors("127.0.0.1", self._socket.getsockname()[1])
        start = time.perf_counter()
        self.review = Review.open(corpus, WORK)
        self.opening = time.perf_counter() - start
        people = People(["reviewer"])
        self.address = doors.address(people.persons[0].token)
        self.origin = doors.origin
        self._server = uvicorn.Server(configured(make_app(Room(self.review), people, doors)))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]})
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(10)
        self._socket.close()


def first_rows(context, server: Server) -> float:
    """Return seconds to the first rows; the session is there already, as after a reload."""
    times = []
    for _ in range(3):
        page = context.new_page()
        page.goto(server.origin, wait_until="domcontentloaded")
        page.wait_for_selector("#rows tbody .p")
        times.append(page.evaluate(PAINTED) / 1000)
        page.close()
    return statistics.median(times)


def act(page, middle: int) -> dict[str, list[float]]:
    """Return milliseconds of each action, ten times in the middle of the work."""
    times: dict[str, list[float]] = {name: [] for name, _ in ACTIONS}
    page.evaluate("n => window.scrollTo(0, document.body.scrollHeight * n)", 0.5)
    page.wait_for_timeout(1500)
    page.locator("#rows section:not(.blank) .p").nth(30).evaluate("p => p.focus()")
    for _ in range(10):
        for name, key in ACTIONS:
            times[name].append(page.evaluate(DRAWN, [key, False]))
    return times


def scroll(page) -> int:
    """Scroll through everything; return how many elements the page then has."""
    for part in range(0, 21):
        page.evaluate("n => window.scrollTo(0, document.body.scrollHeight * n)", part / 20)
        page.wait_for_timeout(150)
    page.wait_for_timeout(800)
    return page.evaluate("document.getElementsByTagName('*').length")


def measure(browser, rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        os.environ["PARALLEL_TEXTS_STATE"] = str(Path(name) / "state")
        server = Server(make_corpus(Path(name), rows))
        try:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            page.goto(server.address)
            page.wait_for_selector("html.js")
            first = first_rows(context, server)
            times = act(page, rows // 2)
            nodes = scroll(page)
            context.close()
        finally:
            server.stop()
    actions = " | ".join(f"{statistics.median(t):.0f} ({max(t):.0f})" for t in times.values())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {rows} | {server.opening:.1f} | {first:.2f} | {actions} | {nodes} | {memory:.0f} |")


def main() -> None:
    from playwright.sync_api import sync_playwright

    sizes = [int(word) for word in sys.argv[1:]] or [1000, 10_000]
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    names = " | ".join(f"{name} ms" for name, _ in ACTIONS)
    print(f"| rows | open s | first rows s | {names} | nodes | server MB |")
    print("|---|---|---|" + "---|" * (len(ACTIONS) + 2))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for rows in sizes:
            measure(browser, rows)
        browser.close()


if __name__ == "__main__":
    main()
