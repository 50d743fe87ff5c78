"""The TEI files of a work: read with their state on disk, written all or none, one at a time."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from parallel_texts.corpus import alignment_path, version_path
from parallel_texts.errors import ParseError
from parallel_texts.files import write_atomic
from parallel_texts.transactions import recover, write_together

__all__ = ["Storage", "Stored", "digest", "locked", "state_folder"]

_TICK = 2_000_000_000
"""Nanoseconds in which a disk may give two writes the same time: two seconds on FAT."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it was read or written.

    Attributes:
        text: Its source.
        encoding: How its bytes are made from it.
        stamp: Time, size and number of the file: whether another program wrote it.
        digest: Of its bytes.
    """

    text: str
    encoding: str
    stamp: tuple[int, int, int]
    digest: str


def digest(data: bytes) -> str:
    """Return 32 hex digits of a file's bytes (BLAKE2b)."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def state_folder(corpus: Path, work: str) -> Path:
    """Return where the journal of a work's review lies: outside the corpus.

    ``PARALLEL_TEXTS_STATE`` names another folder than the user's own.
    """
    base = os.environ.get("PARALLEL_TEXTS_STATE") or platformdirs.user_state_dir("parallel-texts")
    name = hashlib.blake2b(os.fsencode(corpus.resolve()), digest_size=8).hexdigest()
    return Path(base) / "review" / f"{corpus.resolve().name}-{name}" / work


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that other processes on this machine wait for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as stream:
        _lock(stream.fileno())
        yield


def _lock(handle: int) -> None:
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(handle, fcntl.LOCK_EX)


class Storage:
    """The alignment and the versions of one work, by key: ``alignments`` or a language."""

    def __init__(self, folder: Path, work: str, languages: tuple[str, ...]) -> None:
        self.folder = folder
        self.paths = {lang: version_path(folder, lang, work) for lang in languages}
        self.paths["alignments"] = alignment_path(folder, work)
        self._settled: dict[str, tuple[int, int, int]] = {}

    def read(self, key: str) -> Stored:
        """Return a file as it is.

        Raises:
            ParseError: It is not there, or not in the encoding that it claims.
        """
        path = self.paths[key]
        try:
            stamp = _stamp(path)
            data = path.read_bytes()
        except OSError as error:
            raise ParseError(f"cannot read: {error.strerror or error}", path=path) from error
        encoding = _encoding(data)
        try:
            return Stored(data.decode(encoding), encoding, stamp, digest(data))
        except (UnicodeDecodeError, LookupError) as error:
            raise ParseError(
                "not in the encoding that it claims: save it as UTF-8", path=path
            ) from error

    def is_as(self, key: str, stored: Stored) -> bool:
        """Tell whether a file is as it was.

        Its time, size and number say so once the time is old enough; before, two writes may have
        the same, and its bytes are read.
        """
        now = time.time_ns()
        try:
            if _stamp(self.paths[key]) != stored.stamp:
                return False
            return self._settled.get(key) == stored.stamp or self._has(key, stored, now)
        except OSError:
            return False

    def _has(self, key: str, stored: Stored, now: int) -> bool:
        """Tell whether a file has the bytes that are known; note when its time can be trusted."""
        is_same = digest(self.paths[key].read_bytes()) == stored.digest
        if is_same and now - stored.stamp[0] > _TICK:
            self._settled[key] = stored.stamp
        return is_same

    def write(self, contents: Mapping[str, bytes]) -> None:
        """Write files: all or none.

        Raises:
            ParallelTextsError: No permission or no space; nothing is changed then.
        """
        if len(contents) == 1:
            ((key, data),) = contents.items()
            write_atomic(self.paths[key], data)
        else:
            write_together(self.folder, {self.paths[key]: data for key, data in contents.items()})

    def recover(self) -> None:
        """Finish what an interruption left undone."""
        recover(self.folder)

    def stored(self, key: str, text: str, encoding: str, written: str) -> Stored:
        """Return a file as it was written just now, its digest known."""
        return Stored(text, encoding, _stamp(self.paths[key]), written)


def _stamp(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size, status.st_ino


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    found = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)", data)
    return found[1].decode("ascii") if found else "utf-8"


def encoded(text: str, encoding: str) -> bytes:
    """Return the bytes of a file; what its encoding lacks is written as references."""
    return text.encode(encoding, "xmlcharrefreplace")
