from __future__ import annotations

import functools
import http.server
import threading

import pytest

from edition_samples import hostile_work
from parallel_texts.edition.addresses import file_stem

HOSTILE = f"{file_stem(hostile_work().id)}.html"
PAGES = [
    "index.html",
    "chita-1955.html",
    "long.html",
    "names.html",
    "search.html?q=notice",
    HOSTILE,
]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_complains_or_asks_the_network(visit, site, name):
    seen = visit(name)
    seen.page.wait_for_timeout(100)
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith(site.as_uri())] == []


@pytest.mark.parametrize("name", [HOSTILE, "index.html", "names.html", "search.html?q=script"])
def test_hostile_text_is_shown_and_never_run(visit, name):
    page = visit(name).page
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 0
    text = page.inner_text("body")
    assert "<script>window.ran=1</script>" in text
    assert "⟨U+202E⟩" in text
    assert "\u202e" not in page.content()


@pytest.mark.parametrize(
    "query",
    [
        "?cols=<img src=x onerror=window.ran=1>&kind=-\"'><b>&find=<b>",
        "?q=<img src=x onerror=window.ran=1>",
    ],
)
@pytest.mark.parametrize("name", ["chita-1955.html", "search.html"])
def test_hostile_addresses_do_nothing(visit, name, query):
    seen = visit(f"{name}{query}#%22%3E%3Cscript%3E")
    seen.page.wait_for_timeout(100)
    assert seen.page.evaluate("window.ran") is None
    assert seen.errors == []


def test_policy_refuses_foreign_script(visit):
    page = visit("chita-1955.html").page
    page.evaluate(
        """() => { const s = document.createElement("script"); s.textContent = "window.ran = 1";
        document.head.append(s); }"""
    )
    assert page.evaluate("window.ran") is None


def test_everything_can_be_read_without_script(visit):
    page = visit("chita-1955.html", script=False).page
    assert page.locator(".p:visible").count() == 12
    assert page.locator(".note:visible").count() == 4
    assert page.locator(".tools").is_hidden()
    assert page.locator("a.m[href^='#e.']").first.is_visible()


@pytest.fixture
def served(site):
    """The site on a static server of this machine."""
    handler = functools.partial(QuietHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_a_static_server_serves_the_same(browser, served):
    page = browser.new_page()
    errors = []
    page.on("console", lambda message: errors.append(message.text))
    page.on("request", lambda request: request.url.startswith(served) or errors.append(request.url))
    for name in ("index.html", "chita-1955.html", "names.html", "search.html?q=notice"):
        page.goto(f"{served}/{name}")
    assert page.locator(".hits li").count() >= 1
    assert [e for e in errors if "favicon" not in e] == []
    page.close()
