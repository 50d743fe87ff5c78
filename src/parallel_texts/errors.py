"""Every error the package raises on purpose.

The command line prints the message and exits with 1; a traceback is a bug.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "AlignmentError",
    "CorpusError",
    "ExchangeError",
    "MissingDependencyError",
    "ParallelTextsError",
    "ParseError",
]


class ParallelTextsError(Exception):
    """Root of the package's errors: says what is wrong and what to do about it."""


class ParseError(ParallelTextsError):
    """A file cannot be read as what it should be.

    Attributes:
        path: The file, or ``None`` for text that came from no file.
        line: 1-based line, or ``None`` where the parser gives none.
        excerpt: The line in question, shortened, or the empty string.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        excerpt: str = "",
    ) -> None:
        self.path = Path(path) if path is not None else None
        self.line = line
        self.excerpt = excerpt
        self.reason = message
        where = ":".join(str(part) for part in (path, line) if part is not None)
        text = f"{where}: {message}" if where else message
        super().__init__(f"{text}\n    {excerpt}" if excerpt else text)


class CorpusError(ParallelTextsError):
    """A work, version or authority entry is not where the corpus says it is."""


class AlignmentError(ParallelTextsError):
    """Texts cannot be aligned, or an alignment does not fit its texts."""


class ExchangeError(ParallelTextsError):
    """A file in another format cannot be written, read or merged."""


class MissingDependencyError(ParallelTextsError):
    """An optional package is not installed; the message says which to install."""
