"""Which language a text looks like, by its script: enough to catch a file given the wrong name."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["likely_language", "script_shares"]

_SCRIPTS = {
    "zh": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "en": re.compile(r"[A-Za-zÀ-ÿ]"),
}
"""Script of a language that stands for all that use it: ``en`` is any Latin script."""
_WEIGHT = {"zh": 3.0, "ja": 2.0, "ko": 2.0}
"""A Chinese character says about as much as three letters."""


def script_shares(text: str) -> dict[str, float]:
    """Return the share of each script in ``text``, largest first; shares add up to 1."""
    counts = Counter(
        {
            lang: len(found) * _WEIGHT.get(lang, 1.0)
            for lang, p in _SCRIPTS.items()
            if (found := p.findall(text))
        }
    )
    total = sum(counts.values())
    return {lang: count / total for lang, count in counts.most_common()}


def likely_language(text: str) -> str | None:
    """Return ``zh``, ``ru``, ``en`` (any Latin script) or another, or ``None`` without letters.

    >>> likely_language("Стороны уведомляют PLA")
    'ru'
    """
    shares = script_shares(text)
    return next(iter(shares), None)
