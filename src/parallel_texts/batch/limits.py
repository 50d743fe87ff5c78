"""What one document may cost, and what is said when it costs more."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from parallel_texts.errors import ParallelTextsError

__all__ = ["LimitError", "Limits", "bound_memory", "check_passages", "check_size", "spent"]

_MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one document, whatever the number of workers; 0 lifts a bound.

    Attributes:
        megabytes: Size of each file, checked before it is read.
        passages: Passages of each text.
        seconds: Time for the whole document; its worker is ended and replaced after that.
        memory: Megabytes of data that a worker may hold. Linux only: other systems have no such
            bound for a process.
    """

    megabytes: int = 64
    passages: int = 100_000
    seconds: int = 3600
    memory: int = 3072


class LimitError(ParallelTextsError):
    """A document is larger, slower or hungrier than :class:`Limits` allow."""


def check_size(path: str, size: int, limits: Limits) -> None:
    """Refuse a file by its size, unread.

    Raises:
        LimitError: It is larger than allowed.
    """
    if limits.megabytes and size > limits.megabytes * _MEGABYTE:
        raise LimitError(
            f"{path}: {size / _MEGABYTE:,.0f} MB is more than --max-megabytes {limits.megabytes}: "
            "split it into chapters, or raise the limit"
        )


def check_passages(lang: str, count: int, limits: Limits) -> None:
    """Refuse a text with too many passages.

    Raises:
        LimitError: It has more than allowed.
    """
    if limits.passages and count > limits.passages:
        raise LimitError(
            f"{count:,} passages in {lang} are more than --max-passages {limits.passages}: "
            "split the text into chapters, or raise the limit"
        )


def bound_memory(limits: Limits) -> None:
    """Bound the data of this process: beyond it, ``MemoryError`` is raised. Linux only."""
    if not limits.memory or sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = limits.memory * _MEGABYTE
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def spent(what: str, limits: Limits) -> str:
    """Return the message for a document that took too much ``time`` or ``memory``."""
    if what == "time":
        return (
            f"took more than --timeout {limits.seconds} seconds: "
            "split it into chapters, or raise the limit"
        )
    return (
        f"needs more than --max-memory {limits.memory} MB: split it into chapters, or raise "
        f"the limit and take fewer --jobs (this machine has {_memory():,} MB)"
    )


def _memory() -> int:
    """Return the machine's memory in megabytes, 0 where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MEGABYTE
    except (AttributeError, ValueError, OSError):
        return 0
