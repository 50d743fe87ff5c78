"""The running head of print: title, what the text is not, edition; as page margin boxes."""

from __future__ import annotations

import re

from parallel_texts.edition.markup import shown

__all__ = ["running_head"]

_UNSAFE = re.compile(r"[\\\"<>&\x00-\x1f\x7f\u2028\u2029]")


def running_head(title: str, warning: str, imprint: str) -> str:
    """Return CSS for the pages' margins.

    >>> print(running_head('A "title"', "", "Edition").splitlines()[1])
    @top-left { content: "A \\22 title\\22 "; font: 8.5pt serif; }
    """
    boxes = (("top-left", title), ("top-right", warning), ("bottom-left", imprint))
    lines = [f'@{box} {{ content: "{_quoted(text)}"; font: 8.5pt serif; }}' for box, text in boxes]
    return "@page {\n" + "\n".join(lines) + "\n}"


def _quoted(text: str) -> str:
    return _UNSAFE.sub(lambda match: f"\\{ord(match[0]):x} ", shown(text))
