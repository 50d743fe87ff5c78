"""A review of a copied work behind its guard, and a person's browser in front of it."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from asgi_client import Answer, call
from corpus_copies import copy_of
from parallel_texts.review import Review
from parallel_texts.review.web.app import make_app
from parallel_texts.review.web.people import People
from parallel_texts.review.web.room import Room as Inside
from parallel_texts.review.web.security import Doors

HOST = "127.0.0.1:8001"


class Browser:
    """Sends what a person's own page would send; a test changes what it wants to be wrong."""

    def __init__(self, app, token: str, host: str = HOST) -> None:
        self.app = app
        self.token = token
        self.headers = {"host": host}
        entered = call(app, "GET", f"/enter?token={token}", self.headers.items())
        assert entered.status == 200, entered.text
        self.set_cookie = entered.headers["set-cookie"]
        self.headers["cookie"] = self.set_cookie.partition(";")[0]
        self.page = self.get("/").text
        self.key = re.search(r'data-csrf="([^"]+)"', self.page)[1]
        state = re.search(r'data-state="([^"]+)"', self.page)[1]
        self.see(json.loads(html.unescape(state)))

    def see(self, told) -> None:
        self.revision, self.serial = told["revision"], told["serial"]

    def get(self, target: str, **headers: str) -> Answer:
        return call(self.app, "GET", target, (self.headers | headers).items())

    def post(self, body: object, target: str = "/act", drop=(), **headers: str) -> Answer:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        own = self.headers | {
            "origin": f"http://{self.headers['host']}",
            "x-review-key": self.key,
            "content-type": "application/json",
            "content-length": str(len(raw)),
        }
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        return call(self.app, "POST", target, [i for i in own.items() if i[0] not in drop], raw)

    def act(self, kind: str, at: str = "", **fields: object) -> Answer:
        order = {"action": {"kind": kind, **fields}, "at": at}
        order |= {"revision": self.revision, "serial": self.serial}
        answer = self.post(order)
        if answer.status == 200:
            self.see(answer.json())
        return answer


class Room:
    """A server's inside without its socket."""

    def __init__(self, corpus: Path, work: str = "chita-1955", people=("Anna",), ui_lang="en"):
        self.corpus = corpus
        self.review = Review.open(corpus, work, ui_lang=ui_lang)
        self.people = People(people)
        self.app = make_app(Inside(self.review, ui_lang), self.people, Doors("127.0.0.1", 8001))

    def browser(self, number: int = 0) -> Browser:
        return Browser(self.app, self.people.persons[number].token)


def room_of(folder: Path, work: str = "chita-1955", **options) -> Room:
    """Return a room for a copy of a work; set PARALLEL_TEXTS_STATE before."""
    return Room(copy_of(work, folder), work, **options)
