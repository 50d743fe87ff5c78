"""The application: pages, rows and actions of one review, as answers to requests.

Nothing a client sends is ever part of a path: static files are a table that is read once, links,
passages and findings are looked up in the review by their ids.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from parallel_texts.edition.theme import asset
from parallel_texts.errors import ParallelTextsError
from parallel_texts.review.errors import Conflict
from parallel_texts.review.web.people import People, Person
from parallel_texts.review.web.room import Room
from parallel_texts.review.web.security import Doors, Guard

__all__ = ["make_app"]

_TYPES = {".css": "text/css", ".js": "text/javascript"}
_MOST_ROWS = 400
"""Rows that one request may ask for."""


def make_app(room: Room, people: People, doors: Doors) -> ASGIApp:
    """Return the ASGI application of one review, guarded.

    Args:
        room: The review, and what its pages share.
        people: Who may come in.
        doors: By which names and port.
    """
    pages = _Pages(room, people)
    routes = [
        Route("/", pages.page),
        Route("/rows", pages.rows),
        Route("/links", pages.links),
        Route("/changes", pages.changes),
        Route("/findings", pages.findings),
        Route("/next", pages.next),
        Route("/matches", pages.matches),
        Route("/act", pages.act, methods=["POST"]),
        Route("/static/{name}", _static),
    ]
    handlers = {ParallelTextsError: pages.refused, _BadRequestError: pages.refused}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), people, doors)


class _BadRequestError(Exception):
    """A request that our own page would not send."""


class _Pages:
    """One method per address."""

    def __init__(self, room: Room, people: People) -> None:
        self._room = room
        self._people = people

    def page(self, request: Request) -> Response:
        """The page with its first rows."""
        person = _person(request)
        html = self._room.page(person.name, self._people.csrf(person))
        return Response(html, media_type="text/html")

    def rows(self, request: Request) -> Response:
        """Rows as HTML, from one number on."""
        start, count = _number(request, "start"), min(_number(request, "count"), _MOST_ROWS)
        return JSONResponse(self._room.rows(start, count))

    def links(self, request: Request) -> Response:
        """Some rows as HTML, by their links."""
        return JSONResponse(self._room.links(request.query_params.getlist("link")[:_MOST_ROWS]))

    def changes(self, request: Request) -> Response:
        """What has changed since a revision."""
        return JSONResponse(self._room.since(_number(request, "since"), _person(request).name))

    def findings(self, request: Request) -> Response:
        """Every finding with what people said of it, as plain values."""
        return JSONResponse(self._room.findings())

    def next(self, request: Request) -> Response:
        """The next row, up or down, that is doubtful, open or not locked."""
        what, back = request.query_params.get("what", ""), "back" in request.query_params
        start = int(_word(request, "from", "-1", r"-1|\d{1,9}"))
        return JSONResponse(self._room.next(what, start, back=back))

    def matches(self, request: Request) -> Response:
        """The rows that a filter shows."""
        query = request.query_params
        chosen = {name: frozenset(query.getlist(name)) for name in ("kind", "status", "code")}
        return JSONResponse(self._room.matches(query.get("rows", "all"), chosen))

    async def act(self, request: Request) -> Response:
        """Do an action; 409 where somebody has changed the same meanwhile."""
        order = _order(await request.body())
        action, numbers = order.get("action"), (order.get("revision"), order.get("serial"))
        if not isinstance(action, dict) or any(type(number) is not int for number in numbers):
            raise _BadRequestError("expected an action, and the revision it was made from")
        return await run_in_threadpool(self._act, action, order, _person(request).name)

    def _act(self, action: Mapping[str, object], order: Mapping[str, Any], who: str) -> Response:
        try:
            return JSONResponse(self._room.act(action, order["revision"], order["serial"], who))
        except Conflict as conflict:
            told = self._room.conflict(conflict, str(order.get("at", "")))
            return JSONResponse(told, 409)

    def refused(self, request: Request, error: Exception) -> Response:
        """Why an action, or a request, was refused."""
        status = 422 if isinstance(error, ParallelTextsError) else 400
        return JSONResponse(self._room.refusal(error), status)


def _person(request: Request) -> Person:
    person = request.state.person
    assert isinstance(person, Person)
    return person


def _order(body: bytes) -> dict[str, object]:
    try:
        order = json.loads(body)
    except (ValueError, RecursionError):
        raise _BadRequestError("the body is not JSON") from None
    if not isinstance(order, dict):
        raise _BadRequestError("the body is not a JSON object")
    return order


def _number(request: Request, name: str) -> int:
    return int(_word(request, name, "0", r"\d{1,9}"))


def _word(request: Request, name: str, default: str, pattern: str) -> str:
    import re

    value = request.query_params.get(name, default)
    if not re.fullmatch(pattern, value, re.ASCII):
        raise _BadRequestError(f"{name}: not a number")
    return value


def _static(request: Request) -> Response:
    found = _static_files().get(request.path_params["name"])
    if found is None:
        return Response("no such file\n", 404, media_type="text/plain")
    text, kind = found
    return Response(text, media_type=kind)


@cache
def _static_files() -> dict[str, tuple[str, str]]:
    """Return text and type of every file that is served, by name."""
    own = files("parallel_texts.review.web") / "static"
    texts = {item.name: item.read_text("utf-8") for item in own.iterdir() if "." in item.name}
    texts["edition.css"] = asset("edition.css")
    return {
        name: (text, _TYPES[f".{name.rpartition('.')[2]}"])
        for name, text in texts.items()
        if f".{name.rpartition('.')[2]}" in _TYPES
    }
