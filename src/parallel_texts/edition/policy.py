"""The content security policy of a page: its own files and inline text by hash, no more."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Inline", "inline_text", "policy"]


@dataclass(frozen=True, slots=True)
class Inline:
    """Style and script that stand inside a single file."""

    style: Markup
    script: Markup


def policy(styles: tuple[str, ...] = (), scripts: tuple[str, ...] = ()) -> str:
    """Return the policy; inline texts are admitted by their hash, and only they.

    >>> policy().split("; ")[0]
    "default-src 'none'"
    """
    style = " ".join(("'self'", *map(_hash, styles)))
    script = " ".join(("'self'", *map(_hash, scripts)))
    return (
        f"default-src 'none'; style-src {style}; script-src {script}; img-src 'self' data:; "
        "font-src 'self'; base-uri 'none'; form-action 'none'"
    )


def inline_text(text: str) -> Markup:
    """Return style or script that cannot end its own element."""
    return Markup(text.replace("\r\n", "\n").replace("</", "<\\/"))


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
