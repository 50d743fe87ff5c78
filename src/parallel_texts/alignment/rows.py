"""Rows of numbers that grow: in memory while they are few, then in a file that is mapped.

The file has no name where the system allows that (Linux), so nothing of it is left even when the
process is killed; elsewhere it goes when it is closed. A text's length is bounded by the disk:
pages that were looked at are given back on the way and do not add up to the size of the tables.
"""

from __future__ import annotations

import mmap
import os
import tempfile
import weakref
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from parallel_texts.errors import AlignmentError

__all__ = ["Rows", "release_pages", "scratch_folder"]

_IN_MEMORY = 48 * 2**20
"""Bytes of one table that stay in memory."""
_ON_DISK = Path("/var/tmp")
"""Where the system keeps large temporary files; ``/tmp`` may be memory itself."""

_RELEASE = 4 * 2**20
"""Bytes added to tables after which the pages of all files are given back: some ten times as much
was read meanwhile to make them."""

Array = NDArray[np.float32]


class _Maps:
    """The files that are mapped, and how much was added since their pages were given back."""

    def __init__(self) -> None:
        self._open: weakref.WeakSet[mmap.mmap] = weakref.WeakSet()
        self._added = 0

    def map(self, file: IO[bytes]) -> mmap.mmap:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._open.add(mapped)
        return mapped

    def note(self, size: int) -> None:
        self._added += size
        if self._added >= _RELEASE:
            self.release()

    def release(self) -> None:
        self._added = 0
        if hasattr(mmap, "MADV_DONTNEED"):  # of a mapped file it forgets nothing
            for mapped in tuple(self._open):
                mapped.madvise(mmap.MADV_DONTNEED)


_MAPS = _Maps()


def release_pages() -> None:
    """Give back the memory that holds pages of tables' files; what is needed is read again.

    Whoever reads a long table to its end calls this on the way; :meth:`Rows.add` does it itself.
    Nothing happens where all tables are short, or the system cannot do it.
    """
    _MAPS.release()


def scratch_folder() -> Path:
    """Return where large tables go: ``PARALLEL_TEXTS_SCRATCH``, ``TMPDIR`` or ``/var/tmp``."""
    for name in ("PARALLEL_TEXTS_SCRATCH", "TMPDIR"):
        if chosen := os.environ.get(name):
            return Path(chosen)
    return _ON_DISK if os.access(_ON_DISK, os.W_OK) else Path(tempfile.gettempdir())


class Rows:
    """A table of 32-bit floats that is filled from the top.

    Args:
        in_memory: Bytes up to which it stays in memory.

    Example:
        >>> rows = Rows()
        >>> rows.add(np.ones((3, 2), np.float32))
        >>> rows.table().shape
        (3, 2)
    """

    def __init__(self, in_memory: int = _IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._parts: list[Array] = []
        self._shape: tuple[int, ...] = ()
        self._size = 0
        self._file: IO[bytes] | None = None

    def add(self, rows: Array) -> None:
        """Append rows, none at all to tell the shape of an empty table.

        Raises:
            AlignmentError: The disk is full or the folder cannot be written to.
        """
        rows = np.ascontiguousarray(rows, dtype=np.float32)
        self._shape = rows.shape[1:]
        self._parts.append(rows)
        self._size += rows.nbytes
        _MAPS.note(rows.nbytes)
        if self._size > self._in_memory:
            self._spill()

    def _spill(self) -> None:
        try:
            self._file = self._file or tempfile.TemporaryFile(dir=scratch_folder())  # noqa: SIM115
            for part in self._parts:
                self._file.write(part.data)
        except OSError as error:
            raise AlignmentError(
                f"{scratch_folder()}: cannot keep the vectors of a long text there: "
                f"{error.strerror or error}; name a folder with more room in PARALLEL_TEXTS_SCRATCH"
            ) from error
        self._parts.clear()

    def table(self) -> Array:
        """Return all rows; read-only where they are in a file. Nothing can be added after."""
        if self._file is None:
            return np.concatenate(self._parts) if len(self._parts) != 1 else self._parts[0]
        self._spill()
        with self._file as file:
            file.flush()
            mapped = _MAPS.map(file)
        return np.frombuffer(mapped, dtype=np.float32).reshape(-1, *self._shape)
