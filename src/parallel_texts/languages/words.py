"""Words as search compares them: folded, and with the scripts that put no space between words."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["UNSPACED", "fold", "is_unspaced"]

UNSPACED = r"\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\U00020000-\U0003ffff"
"""Chinese characters and kana, for a set in a regular expression."""

_FIRST = "\u3040"
"""No character before this one is of such a script: most words need no look."""
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")


def fold(text: str) -> str:
    """Return ``text`` in lower case, full-width forms narrowed, accents and the dots of ё dropped.

    >>> fold("Самолёт")
    'самолет'
    """
    decomposed = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) or c == "\u0306")
    return unicodedata.normalize("NFC", kept)


def is_unspaced(word: str) -> bool:
    """Tell whether ``word`` begins with a character of a script without spaces."""
    return word[:1] >= _FIRST and _IS_UNSPACED.match(word) is not None
