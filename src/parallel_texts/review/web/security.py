"""What stands between the network and the application: every request passes here.

A page elsewhere can make a browser send requests here, and a name can be made to point here (DNS
rebinding). So the host that is asked for must be ours, the origin of a change must be ours, the
session must be a person's, and a change must carry what only our page knows.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from parallel_texts.review.web.people import People, Person

__all__ = ["CSRF_HEADER", "HEADERS", "PAGE_POLICY", "Doors", "Guard"]

CSRF_HEADER = "x-review-key"
BODY_LIMIT = 64 * 1024
"""Bytes of a request's body: the longest passage corrected by hand is far shorter."""
BODY_SECONDS = 10.0
"""A body that has not come by then will not be waited for."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
HEADERS = {
    "content-security-policy": f"{PAGE_POLICY}; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_WILDCARDS = frozenset({"0.0.0.0", "::"})


@dataclass(frozen=True, slots=True)
class Doors:
    """The names and the port by which the server may be asked for.

    Attributes:
        host: What the server listens on.
        port: Its port.
    """

    host: str
    port: int

    @property
    def loopback(self) -> bool:
        """True where only this machine can connect."""
        return self.host in _LOOPBACK

    def admits(self, host: str) -> bool:
        """Return whether a request's ``Host`` is one of ours: a rebound name never is."""
        name, port = _split(host)
        if port != self.port:
            return False
        if self.loopback:
            return name in _LOOPBACK
        return name == self.host.lower() or (self.host in _WILDCARDS and _is_address(name))

    def address(self, token: str) -> str:
        """Return the address that a person opens."""
        return f"{self.origin}/enter?token={token}"

    @property
    def origin(self) -> str:
        """The origin that the address names."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


def _split(host: str) -> tuple[str, int]:
    name, colon, port = host.lower().rpartition(":")
    if not colon or port.endswith("]"):
        name, port = host.lower(), "80"
    return name.strip("[]"), int(port) if port.isascii() and port.isdigit() else -1


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class _RefusalError(Exception):
    """A request that goes no further."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Guard:
    """ASGI middleware: lets through what a reviewer's own page asks for, and nothing else."""

    def __init__(self, app: ASGIApp, people: People, doors: Doors) -> None:
        self._app = app
        self._people = people
        self._doors = doors
        self.cookie = f"parallel-texts-review-{doors.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            return
        send = _with_headers(send)
        try:
            await self._pass(scope, receive, send)
        except _RefusalError as refusal:
            answer = PlainTextResponse(f"{refusal.reason}\n", refusal.status)
            await answer(scope, receive, send)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        self._check_place(scope, headers)
        if scope["path"] == "/enter" and scope["method"] == "GET":
            await self._enter(scope)(scope, receive, send)
            return
        person = self._person(headers)
        if scope["method"] == "POST":
            self._check_change(headers, person)
            receive = await _whole_body(headers, receive)
        scope.setdefault("state", {})["person"] = person
        await self._app(scope, receive, send)

    def _check_place(self, scope: Scope, headers: Mapping[str, str]) -> None:
        if not self._doors.admits(headers.get("host", "")):
            raise _RefusalError(421, "this is not the server of that name")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            raise _RefusalError(405, "this method does nothing here")
        strange = headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
        if strange and scope["path"] != "/enter":
            raise _RefusalError(403, "asked for by another site")

    def _enter(self, scope: Scope) -> Response:
        """Exchange the token for a cookie, and go on by a step that is our own site's.

        A redirection would be the first site's: the strict cookie would not come with it.
        """
        query = parse_qs(scope["query_string"].decode("ascii", "replace"))
        session = self._people.admit(query.get("token", [""])[0])
        if session is None:
            raise _RefusalError(403, "this address has ended: open the one printed last")
        page = (
            '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Review</title>'
            '<link rel="icon" href="data:,">'
            '<meta http-equiv="refresh" content="0;url=/"><p><a href="/">Review</a></p></html>'
        )
        answer = Response(page, media_type="text/html")
        answer.set_cookie(self.cookie, session, path="/", httponly=True, samesite="strict")
        return answer

    def _person(self, headers: Mapping[str, str]) -> Person:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            cookies = SimpleCookie()
        morsel = cookies.get(self.cookie)
        person = self._people.person(morsel.value) if morsel else None
        if person is None:
            raise _RefusalError(401, "open the address that the command printed")
        return person

    def _check_change(self, headers: Mapping[str, str], person: Person) -> None:
        if headers.get("origin") != f"http://{headers['host']}":
            raise _RefusalError(403, "a change must come from this server's own page")
        if not self._people.is_csrf(person, headers.get(CSRF_HEADER, "")):
            raise _RefusalError(403, "a change must carry the key of its page: load the page again")
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise _RefusalError(415, "a change must be application/json")


def _headers(scope: Scope) -> dict[str, str]:
    """Return headers by name; one that comes twice is worth as much as none."""
    found: dict[str, str] = {}
    twice = set()
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        twice |= {key} & found.keys()
        found[key] = value.decode("latin-1")
    return {key: value for key, value in found.items() if key not in twice}


async def _whole_body(headers: Mapping[str, str], receive: Receive) -> Receive:
    """Read the body up to the limit and in time, and hand it on as one message."""
    length = headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length[:12]) > BODY_LIMIT:
        raise _RefusalError(413, f"a change has at most {BODY_LIMIT} bytes")
    try:
        body = await asyncio.wait_for(_read(receive), BODY_SECONDS)
    except TimeoutError:
        raise _RefusalError(408, "the change did not come in time") from None
    message: Message | None = {"type": "http.request", "body": body, "more_body": False}

    async def replay() -> Message:
        nonlocal message
        if message is None:
            return await receive()
        first, message = message, None
        return first

    return replay


async def _read(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _RefusalError(400, "the change broke off")
        body += bytes(message.get("body", b""))
        if len(body) > BODY_LIMIT:
            raise _RefusalError(413, f"a change has at most {BODY_LIMIT} bytes")
        if not message.get("more_body"):
            return body


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            message = {**message, "headers": [*message["headers"], *own]}
        await send(message)

    return sending
