"""Where results are kept: a folder on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

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


def open_storage(place: str) -> Storage:
    """Return the storage at ``place``: a folder's path."""
    return Folder(Path(place))


def folder_of(work: str) -> str:
    """Return the folder of a work's files under the folder of results."""
    return f"works/{work}"
