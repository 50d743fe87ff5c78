"""One headless Chromium for all browser tests; they skip with a reason where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from browser_pages import lay_out_everything

from edition_samples import (
    hostile_work,
    long_work,
    many_work,
    small_alignment,
    small_corpus,
    small_findings,
    small_work,
)
from parallel_texts.edition import render_site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items):
    """Everything in this folder needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """A site of three works: small, long, hostile."""
    out = tmp_path_factory.mktemp("site")
    small, hostile = small_work(), hostile_work()
    long, long_alignment = long_work(240)
    many, many_alignment = many_work()
    render_site(
        small_corpus(small, long, hostile, many),
        {
            small.id: small_alignment(small),
            long.id: long_alignment,
            hostile.id: small_alignment(hostile),
            many.id: many_alignment,
        },
        {small.id: small_findings(small), hostile.id: small_findings(hostile, hostile_message())},
        out,
        ui_lang="all",
        date="2026-11-24",
    )
    return out


def hostile_message() -> str:
    return "<script>window.ran = 1</script><img src=x onerror=window.ran=1>"


class Visit:
    """An open page that remembers what it complained about and what it asked for."""

    def __init__(self, context, url: str) -> None:
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page = context.new_page()
        self.page.on(
            "console", lambda m: m.type in ("error", "warning") and self.errors.append(m.text)
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(url)


@pytest.fixture
def violations():
    """What axe-core finds on a page: ``violations(page)`` lists rule and first elements."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    ).Axe()

    def run(page):
        lay_out_everything(page)
        found = axe.run(page).response["violations"]
        return [(v["id"], [node["html"][:160] for node in v["nodes"]][:3]) for v in found]

    return run


@pytest.fixture
def visit(browser, site):
    """Open a page of the site: ``visit("chita-1955.html#l2", width=360, dark=True)``."""
    contexts = []

    def open_page(name: str, *, width=1440, height=900, dark=False, script=True, folder=None):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        return Visit(context, f"{(folder or site).as_uri()}/{name}")

    yield open_page
    for context in contexts:
        context.close()
