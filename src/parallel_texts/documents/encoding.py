"""Bytes to text: the encodings that Chinese, Russian and English files have come in."""

from __future__ import annotations

from pathlib import Path

from parallel_texts.errors import ParseError

__all__ = ["ENCODINGS", "decode"]

ENCODINGS = ("utf_8", "utf_16", "gb18030", "big5", "cp1251", "koi8_r", "cp1252")
"""Tried by statistics when a file is neither UTF-8 nor marked by a byte order mark."""

_MARKS = ((b"\xff\xfe", "utf_16"), (b"\xfe\xff", "utf_16"), (b"\xef\xbb\xbf", "utf_8_sig"))


def decode(data: bytes, path: Path) -> tuple[str, str]:
    """Return text with ``\\n`` line ends, and the encoding's name.

    Raises:
        ParseError: No encoding fits, or the file is binary.
    """
    encoding = _marked(data) or _utf8(data) or _unmarked_utf16(data)
    if encoding is None and b"\x00" in data:
        raise ParseError("a binary file, not text", path=path)
    encoding = encoding or _guess(data)
    if encoding is None:
        raise ParseError("no known text encoding fits: save it as UTF-8", path=path)
    text = _decoded(data, encoding, path)
    if "\x00" in text:
        raise ParseError("a binary file, not text", path=path)
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding.replace("_", "-")


def _decoded(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = encoding.replace("_", "-")
        raise ParseError(f"broken {name} text", path=path, line=line) from error


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _utf8(data: bytes) -> str | None:
    try:
        data.decode("utf_8")
    except UnicodeDecodeError:
        return None
    return "utf_8" if b"\x00" not in data else None


def _unmarked_utf16(data: bytes) -> str | None:
    """Text in UTF-16 without a mark has a line end's zero byte always on the same side."""
    little, big = data.count(b"\n\x00"), data.count(b"\x00\n")
    if b"\x00" not in data or len(data) % 2 or not (little or big):
        return None
    encoding = "utf_16_le" if little >= big else "utf_16_be"
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return encoding


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(ENCODINGS)).best()
    return best.encoding if best else None
