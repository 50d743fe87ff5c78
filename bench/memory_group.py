"""A control group of Linux that bounds the memory of what is started inside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
PROCESSES = "cgroup.procs"
MEGABYTE = 2**20


@dataclass(frozen=True)
class Kind:
    """Where a version of control groups has what.

    Attributes:
        root: Folder in which groups are made.
        limit: File of the limit in bytes.
        swap: File of a limit for swap, and what to write there; ``None`` for the limit itself.
        peak: File of the most bytes that were used.
    """

    root: Path
    limit: str
    swap: tuple[str, str | None]
    peak: str


FIRST = Kind(
    ROOT / "memory",
    "memory.limit_in_bytes",
    ("memory.memsw.limit_in_bytes", None),
    "memory.max_usage_in_bytes",
)
SECOND = Kind(ROOT, "memory.max", ("memory.swap.max", "0"), "memory.peak")


@dataclass(frozen=True)
class Group:
    """A control group that this process is in; processes it starts are born there."""

    folder: Path
    kind: Kind

    @property
    def peak(self) -> float:
        """The most megabytes that were used in it, pages of files included."""
        path = self.folder / self.kind.peak
        return int(path.read_text("ascii")) / MEGABYTE if path.is_file() else 0.0


def kind_of_system() -> Kind:
    """Return the version that this system has; ``OSError`` where it has none."""
    if (ROOT / "cgroup.controllers").is_file():
        return SECOND
    if (FIRST.root / PROCESSES).is_file():
        return FIRST
    raise OSError("this system has no control groups for memory")


@contextmanager
def bounded(megabytes: int) -> Iterator[Group]:
    """Put this process into a group of so many megabytes, and back when it is over.

    Memory that it holds already does not count; that of processes started inside does, from
    their first page.

    Raises:
        OSError: There is no right to make a group, or the system knows none.
    """
    kind = kind_of_system()
    folder = kind.root / f"parallel-texts-{os.getpid()}"
    if kind is SECOND:
        (kind.root / "cgroup.subtree_control").write_text("+memory", "ascii")
    folder.mkdir()
    try:
        bytes_ = str(megabytes * MEGABYTE)
        (folder / kind.limit).write_text(bytes_, "ascii")
        name, value = kind.swap
        with suppress(OSError):  # a system without swap may lack the file
            (folder / name).write_text(value or bytes_, "ascii")
        enter(folder, str(os.getpid()))
        yield Group(folder, kind)
    finally:
        for process in (folder / PROCESSES).read_text("ascii").split():
            with suppress(OSError):  # it has just ended
                enter(kind.root, process)
        folder.rmdir()


def enter(folder: Path, process: str) -> None:
    (folder / PROCESSES).write_text(process, "ascii")
