"""Make the pictures of the documentation from the edition and the review themselves.

    python tools/screenshots.py [CORPUS]

Needs playwright (``pip install playwright``) and a Chromium on the path; writes ``docs/images/``.
Pictures repeat as long as the corpus, the program and the fonts are the same: ``fonts-noto-cjk``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
WORK = "chita-1955"


@dataclass(frozen=True)
class Picture:
    """A page of the site, the window it is seen in, and what is done before the picture."""

    name: str
    page: str
    width: int
    height: int
    dark: bool = False
    script: str = ""


LAND = "document.querySelector('{}').scrollIntoView({{block: 'start'}})"
PICTURES = (
    Picture("edition", f"{WORK}.html", 1360, 860, script=LAND.format("#a3")),
    Picture("summary", f"{WORK}.html", 1360, 860),
    Picture("index", "index.html", 1360, 760),
    Picture("names", "names.html", 1360, 760),
    Picture("search", "search.html?q=уведомлять", 1360, 760),
    Picture("dark", f"{WORK}.html", 1360, 860, dark=True, script=LAND.format("#a3")),
    Picture("phone", f"{WORK}.html", 360, 760, script=LAND.format("#a3")),
    Picture(
        "columns",
        f"{WORK}.html?cols=ru,en",
        1360,
        620,
        script=LAND.format("#a3") + ";document.querySelector('#columns').open = true",
    ),
)


@dataclass(frozen=True)
class ReviewPicture:
    """The review of the work in a window, after keys were pressed there."""

    name: str
    keys: tuple[str, ...]
    width: int = 1280
    height: int = 800
    ui_lang: str = "en"


REVIEWS = (
    ReviewPicture("review", ("j", "j", "j", "n")),
    ReviewPicture("review-refuse", ("j", "j", "j", "n", "r")),
    ReviewPicture("review-phone", ("j", "j", "j"), 390, 844),
    ReviewPicture("review-zh", ("j", "j", "j", "n"), ui_lang="zh"),
)


def build(corpus: Path, out: Path) -> None:
    """Write the site with the command that readers use, from a copy that may be changed."""
    copy = out.parent / "corpora"
    shutil.copytree(corpus, copy)
    command = [
        sys.executable,
        "-m",
        "parallel_texts",
        "edition",
        "--corpus",
        str(copy),
        "-o",
        str(out),
    ]
    subprocess.run(command, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": "1795478400"})


def take(browser, site: Path, picture: Picture) -> None:
    """Write one picture."""
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
    )
    page.goto(f"{site.as_uri()}/{picture.page}")
    if picture.script:
        page.evaluate(picture.script)
    page.wait_for_timeout(200)
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    page.close()


def take_reviews(browser, folder: Path) -> None:
    """Write the pictures of the review, from a copy of the corpus."""
    for ui_lang in dict.fromkeys(picture.ui_lang for picture in REVIEWS):
        command = [sys.executable, "-m", "parallel_texts", "review", WORK, "--no-browser"]
        options = ["--corpus", str(folder / "corpora"), "--ui-lang", ui_lang, "--reviewer", "Anna"]
        state = os.environ | {"PARALLEL_TEXTS_STATE": str(folder / "state")}
        with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, env=state) as server:
            address = server.stdout.readline().decode().strip()
            for picture in REVIEWS:
                if picture.ui_lang == ui_lang:
                    take_review(browser, address, picture)
            server.terminate()


def take_review(browser, address: str, picture: ReviewPicture) -> None:
    """Write one picture of the review."""
    page = browser.new_page(viewport={"width": picture.width, "height": picture.height})
    page.goto(address)
    page.wait_for_selector("html.js")
    for key in picture.keys:
        page.keyboard.press(key)
        page.wait_for_selector("#main:not([aria-busy])")
    page.wait_for_timeout(200)
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    page.close()


def take_print(browser, site: Path, folder: Path) -> None:
    """Write the picture of a printed page, by Chromium's PDF and poppler."""
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/{WORK}.html")
    page.pdf(path=folder / "print.pdf", prefer_css_page_size=True)
    page.close()
    options = ["-png", "-r", "90", "-f", "3", "-l", "3", "-singlefile"]
    subprocess.run(["pdftoppm", *options, folder / "print.pdf", IMAGES / "print"], check=True)


def main() -> None:
    """Build the site and take every picture."""
    from playwright.sync_api import sync_playwright

    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpora"
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        build(corpus, folder / "site")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in PICTURES:
            take(browser, folder / "site", picture)
        take_reviews(browser, folder)
        if shutil.which("pdftoppm"):
            take_print(browser, folder / "site", folder)
        browser.close()


if __name__ == "__main__":
    main()
