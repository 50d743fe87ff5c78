"""A client that calls an ASGI application directly, with whatever headers and bytes a test likes."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    def json(self) -> Any:
        return json.loads(self.body)


def call(app, method: str, target: str, headers=(), body=b"", *, chunks=None) -> Answer:
    """Send one request; ``chunks`` may be bytes, or seconds to wait before the next."""
    path, _, query = target.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "scheme": "http", "server": ("127.0.0.1", 1), "client": ("127.0.0.1", 2),
        "headers": [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers],
    }  # fmt: skip
    waiting = [body] if chunks is None else list(chunks)
    with ThreadPoolExecutor(1) as elsewhere:  # a browser test may have left a loop in this thread
        return elsewhere.submit(lambda: asyncio.run(_exchange(app, scope, waiting))).result()


async def _exchange(app, scope, chunks) -> Answer:
    sent: list[dict[str, Any]] = []

    async def receive():
        while chunks and isinstance(chunks[0], (int, float)):
            await asyncio.sleep(chunks.pop(0))
        if not chunks:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    headers = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
    return Answer(sent[0]["status"], headers, b"".join(m.get("body", b"") for m in sent[1:]))
