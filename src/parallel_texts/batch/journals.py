"""A file of lines that grows, on disk or in object storage, where no file can grow.

On disk each line is with the system as soon as it is added. In object storage lines are put by as
files of their own, some hundred or half a minute's together: what a crash loses is done again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from time import monotonic
from typing import Protocol

from parallel_texts.batch.places import Bucket, is_remote, on_disk
from parallel_texts.errors import ParallelTextsError
from parallel_texts.files import write_atomic

__all__ = ["Journal", "open_journal"]

_LINES = 500
_SECONDS = 30.0
"""Lines and seconds that are waited for before lines are put into object storage."""


class Journal(Protocol):
    """Lines of bytes, each with its end."""

    def lines(self) -> Iterator[bytes]:
        """Yield all lines, in the order they were added; the last may be cut short."""

    def add(self, line: bytes) -> None:
        """Append a line."""

    def rewrite(self, lines: Iterable[bytes]) -> None:
        """Replace everything; a crash leaves the old lines or the new ones."""


def open_journal(place: str, name: str) -> Journal:
    """Return the journal of this name in a folder, by path or address."""
    if is_remote(place):
        return _InStore(Bucket(place), name)
    return _OnDisk(on_disk(place) / name)


class _OnDisk:
    def __init__(self, path: Path) -> None:
        self._path = path

    def lines(self) -> Iterator[bytes]:
        if self._path.is_file():
            with self._path.open("rb") as stream:
                yield from stream

    def add(self, line: bytes) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as stream:
                stream.write(line)
        except OSError as error:
            raise ParallelTextsError(f"{self._path}: cannot write: {error.strerror}") from error

    def rewrite(self, lines: Iterable[bytes]) -> None:
        write_atomic(self._path, b"".join(lines))


class _InStore:
    """One file with what was there at the last rewriting, and a folder of what came after."""

    def __init__(self, bucket: Bucket, name: str) -> None:
        self._bucket, self._name = bucket, name
        self._folder = f"{name}.d"
        self._waiting: list[bytes] = []
        self._number = len(bucket.names(self._folder))
        self._last = monotonic()

    def lines(self) -> Iterator[bytes]:
        whole = [self._name] if self._bucket.exists(self._name) else []
        for name in (*whole, *self._bucket.names(self._folder)):
            yield from self._bucket.read(name).splitlines(keepends=True)

    def add(self, line: bytes) -> None:
        self._waiting.append(line)
        if len(self._waiting) >= _LINES or monotonic() - self._last >= _SECONDS:
            self._put_by()

    def _put_by(self) -> None:
        self._bucket.write(f"{self._folder}/{self._number:06}", b"".join(self._waiting))
        self._number += 1
        self._waiting.clear()
        self._last = monotonic()

    def rewrite(self, lines: Iterable[bytes]) -> None:
        self._bucket.write(self._name, b"".join(lines))
        self._waiting.clear()
        for name in self._bucket.names(self._folder):
            self._bucket.remove(name)
        self._number = 0
