"""A review in a browser: its server in a thread, a damaged alignment, and a page's short words."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from pathlib import Path

import uvicorn

from corpus_copies import copy_of
from edition_samples import long_work
from parallel_texts.corpus import kept_alignment, load_corpus
from parallel_texts.model import Alignment
from parallel_texts.review import Review
from parallel_texts.review.web.app import make_app
from parallel_texts.review.web.people import People
from parallel_texts.review.web.room import Room as Inside
from parallel_texts.review.web.security import Doors
from parallel_texts.review.web.serving import configured
from parallel_texts.tei import format_alignment, format_version

WORK = "chita-1955"


class Served:
    """A review on a socket of this machine."""

    def __init__(
        self, corpus: Path, work: str = WORK, people=("Anna",), ui_lang: str = "en"
    ) -> None:
        self.corpus = corpus
        self._socket = socket.create_server(("127.0.0.1", 0))
        doors = Doors("127.0.0.1", self._socket.getsockname()[1])
        self.review = Review.open(corpus, work, ui_lang=ui_lang)
        persons = People(people)
        self.addresses = [doors.address(person.token) for person in persons.persons]
        app = make_app(Inside(self.review, ui_lang), persons, doors)
        self._server = uvicorn.Server(configured(app))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]})
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(10)
        self._socket.close()


def gold(corpora: Path) -> dict[str, set[frozenset[str]]]:
    """Return what the review is to arrive at: the links that were checked by reading."""
    return as_sets(alignment_of(corpora))


def alignment_of(corpus: Path) -> Alignment:
    loaded = load_corpus(corpus)
    work = loaded.work(WORK)
    assert work is not None
    kept = kept_alignment(loaded, work)
    assert kept is not None
    return kept


def as_sets(alignment: Alignment) -> set[frozenset[str]]:
    return {
        frozenset(p.id for lang in alignment.languages for p in alignment.of(link, lang))
        for link in alignment
    }


def damaged(folder: Path) -> Path:
    """Copy chita-1955 with an alignment as a machine makes it: four links wrong, and doubtful."""
    corpus = copy_of(WORK, folder)
    right = alignment_of(corpus)
    ids = {p.id: n for side in right.passages for n, p in enumerate(side)}
    links = {link.id: replace(link, confidence=0.9) for link in right}

    def change(link: str, **sides: str) -> None:
        old = links[link]
        new = tuple(
            tuple(ids[name] for name in sides[lang].split()) if lang in sides else old[lang]
            for lang in old.languages
        )
        links[link] = replace(old, sides=new, confidence=0.3)

    change("l3", ru="ru.a2.s1")
    change("l4", ru="ru.a2.s2 ru.a2.s3")
    change("l13", zh="zh.a6.s2 zh.a6.s3", ru="ru.a6.s3 ru.a6.s4", en="en.a6.s2 en.a6.s3")
    del links["l14"]
    change("l24", en="")
    change("l25", en="en.closing.s2 en.closing.s3")
    wrong = replace(right, links=tuple(links.values()), checked=False, responsible="parallel-texts")
    work = load_corpus(corpus).work(WORK)
    assert work is not None
    data = format_alignment(wrong, list(work.versions))
    (corpus / "alignments" / f"{WORK}.xml").write_bytes(data)
    return corpus


def long_corpus(folder: Path, rows: int, doubtful: int) -> Path:
    """Write a work of many rows; one link, by its row's number from 1, is doubtful."""
    corpus = folder / "corpora"
    work, alignment = long_work(rows)
    for version in work.versions:
        path = corpus / version.lang / "long.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(format_version(version))
    links = tuple(
        replace(link, confidence=0.2 if link.id == f"l{doubtful}" else 0.9) for link in alignment
    )
    (corpus / "alignments").mkdir()
    data = format_alignment(replace(alignment, links=links), list(work.versions))
    (corpus / "alignments/long.xml").write_bytes(data)
    return corpus


class Desk:
    """A page under review, and what one does there, said briefly."""

    def __init__(self, context, address: str) -> None:
        self.errors: list[str] = []
        self.page = context.new_page()
        self.page.on(
            "console", lambda m: m.type in ("error", "warning") and self.errors.append(m.text)
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(address)
        self.page.wait_for_selector("html.js")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def does(self, *keys: str) -> str:
        """Press keys; return what the page says when the server's answer is drawn."""
        self.press(*keys)
        return self.said_after()

    def clicks(self, selector: str) -> str:
        self.page.click(selector)
        return self.said_after()

    def seeks(self, key: str) -> str:
        """Press a key that looks for a row; return where one is then."""
        self.press(key)
        self.settle()
        return self.where

    def said_after(self) -> str:
        self.settle()
        return self.page.inner_text(".said")

    def settle(self) -> None:
        """Wait until what was asked for is drawn."""
        self.page.wait_for_selector("#main:not([aria-busy])")

    @property
    def where(self) -> str:
        return self.page.inner_text(".where")

    def passage(self, identifier: str):
        return self.page.locator(f'.p[data-id="{identifier}"]')

    def row_of(self, identifier: str) -> list[str]:
        return self.page.evaluate(
            """id => [...document.querySelector(`.p[data-id="${id}"]`).closest("tbody")
               .querySelectorAll(".p")].map(p => p.dataset.id)""",
            identifier,
        )
