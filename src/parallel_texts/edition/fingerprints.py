"""Short fingerprints of data: the same data has the same, whatever else changes."""

from __future__ import annotations

import hashlib

__all__ = ["fingerprint"]

_DIGITS = 10


def fingerprint(*parts: object) -> str:
    """Return ten hexadecimal digits that change when any part's content does.

    >>> fingerprint("a", 1) == fingerprint("a", 1), fingerprint("a", 1) == fingerprint("a", 2)
    (True, False)
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part if isinstance(part, bytes) else repr(part).encode("utf-8", "replace"))
        digest.update(b"\0")
    return digest.hexdigest()[:_DIGITS]
