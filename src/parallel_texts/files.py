"""Reading and writing files so that nothing a user wrote is lost."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from parallel_texts.errors import ParallelTextsError, ParseError

__all__ = ["MAX_TEXT_BYTES", "contained", "read_text", "write_atomic"]

MAX_TEXT_BYTES = 64 * 1024 * 1024
"""Larger plain-text inputs are refused: bytes."""


def write_atomic(path: Path, data: str | bytes) -> None:
    """Write ``data`` beside ``path`` and rename: the old file or the new one, never half.

    Raises:
        ParallelTextsError: The folder is missing, not writable or full.
    """
    payload = data.encode("utf-8") if isinstance(data, str) else data
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(payload)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode_for(path))
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise ParallelTextsError(f"{path}: cannot write: {error.strerror or error}") from error


def _mode_for(path: Path) -> int:
    """Return the mode of the file that is replaced, else what the umask leaves."""
    if path.exists():
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def read_text(path: Path) -> str:
    """Return a UTF-8 text file's content, byte order mark dropped, line ends as ``\\n``.

    Raises:
        ParseError: The file is missing, too large or not UTF-8; with the line where it breaks.
    """
    try:
        if path.stat().st_size > MAX_TEXT_BYTES:
            limit = MAX_TEXT_BYTES // 2**20
            raise ParseError(f"larger than {limit} MB: split it into works or chapters", path=path)
        data = path.read_bytes()
    except OSError as error:
        raise ParseError(f"cannot read: {error.strerror or error}", path=path) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ParseError(
            "not UTF-8: convert it first, for example with iconv", path=path, line=line
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def contained(folder: Path, *parts: str) -> Path:
    """Join ``parts`` to ``folder`` and make sure that the result stays inside it.

    Raises:
        ParallelTextsError: The path leads out of ``folder``.
    """
    path = folder.joinpath(*parts).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ParallelTextsError(f"{'/'.join(parts)!r} leads out of {folder}: use a plain name")
    return path
