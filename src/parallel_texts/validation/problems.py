"""What validation reports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Problem"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a file.

    Attributes:
        path: The file.
        line: 1-based; 0 where it concerns the file as a whole.
        code: Stable code of the rule: ``X101``.
        message: What is wrong and what to do.
        is_error: False for a warning, which leaves the exit code at 0.
    """

    path: Path
    line: int
    code: str
    message: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.message}"
