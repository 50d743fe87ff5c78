"""Parties that a text itself defines: "hereinafter called", «именуемый», “以下简称”, role nouns."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from parallel_texts.languages.tables import read_table
from parallel_texts.model import Alignment, Authority
from parallel_texts.role_detection import detect_roles

__all__ = ["detect_parties"]

_PARTIES = 2
"""Role nouns that are taken where nothing is defined: the most frequent ones."""
_INSTRUMENTAL = (
    ("ской", "ская"),
    ("роной", "рона"),
    ("цом", "ец"),
    ("телем", "тель"),
    ("ом", ""),
    ("ем", "ь"),
)
_LEAST = 2
"""Times that a role noun has to occur."""


def detect_parties(alignment: Alignment) -> tuple[Authority, ...]:
    """Return the parties that the texts define, joined across languages by their order.

    The first definition of each language names the first party, and so on: versions of one text
    define their parties in the same order. Without definitions the two most frequent role nouns of
    each language are taken, in the order of their first use. Languages that disagree on how many
    parties there are stand for themselves. A text that has neither speaks of organs and of kinds of
    States: see :func:`~parallel_texts.role_detection.detect_roles`.
    """
    named = {
        lang: _defined(text, lang) or _roles(text, lang)
        for lang, text in zip(alignment.languages, _texts(alignment), strict=True)
    }
    count = Counter(len(names) for names in named.values() if names).most_common(1)
    if not count:
        return detect_roles(alignment)
    agreed = {lang: names for lang, names in named.items() if len(names) == count[0][0]}
    return tuple(_party(number, agreed) for number in range(count[0][0]))


def _texts(alignment: Alignment) -> list[str]:
    return ["\n".join(p.text for p in passages) for passages in alignment.passages]


def _defined(text: str, lang: str) -> list[str]:
    found = [(m.start(), m["name"]) for p in _patterns(lang, "defined") for m in p.finditer(text)]
    return list(dict.fromkeys(_nominative(name, lang) for _, name in sorted(found)))


def _nominative(name: str, lang: str) -> str:
    """Undo the instrumental of «именуемый Советской Стороной»."""
    if lang != "ru":
        return name
    return " ".join(_undone(word) for word in name.split())


def _undone(word: str) -> str:
    for ending, nominative in _INSTRUMENTAL:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending) + nominative
    return word


def _roles(text: str, lang: str) -> list[str]:
    counted = Counter(m[0] for p in _patterns(lang, "role") for m in p.finditer(text))
    frequent = [name for name, n in counted.most_common(_PARTIES) if n >= _LEAST]
    return sorted(frequent, key=text.index) if len(frequent) == _PARTIES else []


def _party(number: int, named: dict[str, list[str]]) -> Authority:
    names = tuple((lang, (found[number],)) for lang, found in named.items())
    label = dict(names).get("en", ("",))[0].lower().replace(" ", "-")
    return Authority(label or f"party{number + 1}", "party", names)


@cache
def _patterns(lang: str, kind: str) -> list[re.Pattern[str]]:
    rows = read_table("party_definitions")
    flags = re.IGNORECASE if kind == "defined" else re.NOFLAG
    return [
        re.compile(row["form"], flags) for row in rows if (row["lang"], row["kind"]) == (lang, kind)
    ]
