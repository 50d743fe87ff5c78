r"""Passages as lines of one text, so that a translator splits and merges them with a line end.

Any text survives: a backslash is written twice, what would break a line or an XML file becomes an
escape (``\n``, ``\u{7}``), and an empty passage is ``\-``. So no passages give the empty text, and
no line is ever empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["NO_SOURCE", "join_lines", "split_lines", "split_source", "write_source"]

NO_SOURCE = "∅"
"""Stands for the source of an omission: an empty one is a header in PO, and skipped by tools."""

_EMPTY = r"\-"
_SPECIAL = re.compile(
    r"[\\\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|^\s|\s$"
)
_ESCAPE = re.compile(r"\\(?:(\\)|(n)|u\{([0-9a-f]{1,6})\})")


def join_lines(passages: Iterable[str]) -> str:
    """Return one text with a passage a line.

    >>> print(join_lines(["a", "", "b\\nc"]))
    a
    \\-
    b\\nc
    """
    return "\n".join(_SPECIAL.sub(_escape, text) or _EMPTY for text in passages)


def split_lines(text: str) -> tuple[str, ...]:
    """Return the passages of a text that :func:`join_lines` made and a person may have changed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(_unescaped(line) for line in lines if line.strip())


def write_source(passages: Iterable[str]) -> str:
    """Return passages as lines; :data:`NO_SOURCE` where there are none."""
    text = join_lines(passages)
    return rf"\u{{{ord(NO_SOURCE):x}}}" if text == NO_SOURCE else text or NO_SOURCE


def split_source(text: str) -> tuple[str, ...]:
    """Return the passages of a text that :func:`write_source` made."""
    return () if text.strip() == NO_SOURCE else split_lines(text)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return {"\\": "\\\\", "\n": "\\n"}.get(character) or f"\\u{{{ord(character):x}}}"


def _unescaped(line: str) -> str:
    return "" if line.strip() == _EMPTY else _ESCAPE.sub(_character, line)


def _character(found: re.Match[str]) -> str:
    if found[1] or found[2]:
        return "\\" if found[1] else "\n"
    code = int(found[3], 16)
    return chr(code) if code <= 0x10FFFF else found[0]
