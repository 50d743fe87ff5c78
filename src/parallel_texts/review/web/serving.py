"""Running the server: a socket, addresses to open, and the browser."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from parallel_texts.errors import MissingDependencyError, ParallelTextsError

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

    from parallel_texts.review.session import Review
    from parallel_texts.review.web.room import Room

__all__ = ["configured", "looking_further", "serve"]

_REST = 1.0
"""Seconds until one looks again whether there are findings to look for."""

_REMEDY = (
    "reviewing in the browser needs starlette and uvicorn: pip install 'parallel-texts[review]'"
)


def serve(
    review: Review,
    reviewers: Sequence[str],
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    ui_lang: str = "en",
    browser: bool = True,
    tell: Callable[[str, str], None],
) -> None:
    """Serve a review until it is interrupted.

    Args:
        review: The work under review.
        reviewers: Names; each gets an address with a token of its own.
        host: What to listen on.
        port: Port; 0 for any that is free.
        ui_lang: Language of the interface.
        browser: Whether to open the first address in the browser.
        tell: Called with name and address of each reviewer once the server can be reached.

    Raises:
        MissingDependencyError: The extra ``review`` is not installed.
        ParallelTextsError: The port is taken, or the host is not this machine's.
    """
    try:
        import uvicorn

        from parallel_texts.review.web.app import make_app
        from parallel_texts.review.web.people import People
        from parallel_texts.review.web.room import Room
        from parallel_texts.review.web.security import Doors
    except ImportError as error:
        raise MissingDependencyError(_REMEDY) from error
    listening = _listen(host, port)
    doors = Doors(host, listening.getsockname()[1])
    people = People(reviewers)
    room = Room(review, ui_lang)
    app = make_app(room, people, doors)
    addresses = [(person.name, doors.address(person.token)) for person in people.persons]
    for name, address in addresses:
        tell(name, address)
    if browser:
        webbrowser.open(addresses[0][1])
    with listening, looking_further(room):
        uvicorn.Server(configured(app)).run(sockets=[listening])


@contextmanager
def looking_further(room: Room) -> Iterator[None]:
    """Look for findings in the background as long as the server runs."""
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            if not room.look_further():
                ended.wait(_REST)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        room.close()
        thread.join(_REST)


def configured(app: ASGIApp) -> uvicorn.Config:
    """Return how the server runs: quiet, since addresses hold tokens, and no more than needed."""
    import uvicorn

    from parallel_texts.review.web.patience import Impatient

    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        http=Impatient,
        h11_max_incomplete_event_size=16 * 1024,
        limit_concurrency=200,
        timeout_graceful_shutdown=2,
    )


def _listen(host: str, port: int) -> socket.socket:
    """Return a listening socket, so that the address is good before anybody is told."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise ParallelTextsError(
            f"{host}:{port}: cannot listen there ({error.strerror}): choose another --port"
        ) from error
    return listening
