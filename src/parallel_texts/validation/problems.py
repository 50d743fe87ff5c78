"""What a check found, and where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Problem"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem in one file.

    Attributes:
        path: The file, as it was named.
        line: 1-based line.
        code: ``T302``: see :mod:`parallel_texts.validation`.
        message: What is wrong and, after the colon, what to do.
        is_error: False for a warning, which does not fail the check.
    """

    path: Path
    line: int
    code: str
    message: str
    is_error: bool = True

    def __str__(self) -> str:
        mark = "" if self.is_error else " (warning)"
        return f"{self.path}:{self.line}: {self.code}{mark} {self.message}"
