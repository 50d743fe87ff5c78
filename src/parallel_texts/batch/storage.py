"""Where results are kept: a folder on disk, or below an address in object storage."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from parallel_texts.batch.places import Bucket, is_remote, on_disk
from parallel_texts.files import contained, write_atomic

__all__ = ["Folder", "Storage", "folder_of", "open_storage"]


class Storage(Protocol):
    """A place for files by name; names are relative paths with slashes."""

    def read(self, name: str) -> bytes:
        """Return a file's content; ``FileNotFoundError`` without it."""

    def write(self, name: str, data: bytes) -> None:
        """Keep a file: the whole of it, or what was there before."""

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""

    def names(self, folder: str) -> list[str]:
        """Return the names of files right under a folder, sorted; none without the folder."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""


class Folder:
    """A folder on disk; names cannot lead out of it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, name: str) -> bytes:
        """Return a file's content."""
        return contained(self.path, name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        """Write beside and rename."""
        write_atomic(contained(self.path, name), data)

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        return contained(self.path, name).is_file()

    def names(self, folder: str) -> list[str]:
        """Return the names of files right under a folder."""
        place = contained(self.path, folder)
        return sorted(f"{folder}/{path.name}" for path in place.glob("*") if path.is_file())

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        contained(self.path, name).unlink(missing_ok=True)


def open_storage(place: str) -> Storage:
    """Return the storage at ``place``: a folder's path, or an address."""
    return Bucket(place) if is_remote(place) else Folder(on_disk(place))


def folder_of(work: str) -> str:
    """Return the folder of a work's files under the folder of results."""
    return f"works/{work}"
