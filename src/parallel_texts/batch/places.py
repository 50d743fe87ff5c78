"""Files by path or by address: ``texts/a.zh.txt``, ``file:///texts``, ``s3://bucket/texts``.

What stands on disk is used as it is. Everything else goes through fsspec, whose backends (s3fs,
gcsfs, adlfs, ...) are installed by whoever needs them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from parallel_texts.errors import MissingDependencyError, ParallelTextsError

__all__ = [
    "Bucket",
    "absolute",
    "fetched",
    "file_key",
    "is_remote",
    "on_disk",
    "size_of",
    "walk_remote",
]

_FILE = "file://"


def is_remote(place: str) -> bool:
    """Tell whether a place is an address of something that is no disk of this machine."""
    return "://" in place and not place.startswith(_FILE)


def on_disk(place: str) -> Path:
    """Return the path of a place on disk, given as a path or as ``file://`` address."""
    return Path(place.removeprefix(_FILE))


def absolute(place: str) -> str:
    """Return a place as it is called from every folder."""
    return place if is_remote(place) else str(on_disk(place).absolute())


def _opened(place: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it.

    Raises:
        MissingDependencyError: fsspec, or its backend for this kind of address, is not installed.
    """
    protocol, _, path = place.partition("://")
    return _file_system(protocol), path


@cache
def _file_system(protocol: str) -> Any:
    try:
        import fsspec
    except ImportError as error:
        raise MissingDependencyError(
            f"{protocol}:// needs fsspec: pip install 'parallel-texts[dask]'"
        ) from error
    try:
        return fsspec.filesystem(protocol)
    except (ImportError, ValueError) as error:
        raise MissingDependencyError(f"{protocol}://: {error}") from error


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Turn what a file system raises into one message that names the place."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise ParallelTextsError(f"{place}: {error}: check the address and the rights") from error


def size_of(place: str) -> int:
    """Return the bytes of a file; 0 where there is none."""
    if not is_remote(place):
        path = on_disk(place)
        return path.stat().st_size if path.exists() else 0
    files, remote = _opened(place)
    with _told(place):
        return int(files.size(remote) or 0) if files.exists(remote) else 0


def file_key(place: str) -> bytes:
    """Return what changes when a remote file does: of its checksum, where the store has one."""
    files, path = _opened(place)
    with _told(place):
        return str(files.ukey(path)).encode()


@contextmanager
def fetched(place: str) -> Iterator[Path]:
    """Yield a path on disk with the content of a file, for as long as it is needed.

    Raises:
        ParallelTextsError: A remote file cannot be read.
    """
    if not is_remote(place):
        yield on_disk(place)
        return
    files, remote = _opened(place)
    with tempfile.TemporaryDirectory(prefix="parallel-texts-") as folder:
        local = Path(folder) / PurePosixPath(remote).name
        try:
            with _told(place):
                files.get_file(remote, str(local))
        except FileNotFoundError as error:
            raise ParallelTextsError(f"{place}: no such file") from error
        yield local


def walk_remote(place: str) -> Iterator[tuple[str, str, int]]:
    """Yield path inside the place, address and size of each file below it, in a fixed order."""
    files, root = _opened(place)
    protocol = place.partition("://")[0]
    with _told(place):
        found = files.find(root, detail=True)
    base = files._strip_protocol(place).rstrip("/")
    for path in sorted(found):
        inside = path.removeprefix(base).lstrip("/")
        yield inside, f"{protocol}://{path.lstrip('/')}", int(found[path].get("size") or 0)


class Bucket:
    """Files below an address; names are relative paths with slashes that do not lead upwards."""

    def __init__(self, place: str) -> None:
        self._files, root = _opened(place)
        self._root, self._place = root.rstrip("/"), place

    def _path(self, name: str) -> str:
        if ".." in PurePosixPath(name).parts or name.startswith("/"):
            raise ParallelTextsError(f"{name!r} leads out of {self._place}: use a plain name")
        return f"{self._root}/{name}"

    def read(self, name: str) -> bytes:
        """Return a file's content; ``FileNotFoundError`` without it."""
        with _told(self._place):
            return bytes(self._files.cat_file(self._path(name)))

    def write(self, name: str, data: bytes) -> None:
        """Put a file as a whole: an object store shows the old one or the new one."""
        path = self._path(name)
        with _told(self._place):
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(path, data)

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        return bool(self._files.exists(self._path(name)))

    def names(self, folder: str) -> list[str]:
        """Return the names of files right under a folder, sorted; none without the folder."""
        path = self._path(folder)
        if not self._files.exists(path):
            return []
        found = self._files.ls(path, detail=False)
        return sorted(f"{folder}/{PurePosixPath(one).name}" for one in found)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        if self.exists(name):
            self._files.rm_file(self._path(name))
