"""Where sentences may end: marks, abbreviations and item numbers, per language."""

from __future__ import annotations

import re
from functools import cache

from parallel_texts.languages.tables import read_table

__all__ = ["CLAUSE_MARKS", "ITEM", "OPENERS", "TERMINATOR", "abbreviations", "reporting_verbs"]

OPENERS = {
    "(": ")",
    "[": "]",
    "（": "）",
    "［": "］",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "«": "»",
    "„": "“",
}
"""Opening marks and what closes them; a mark without its partner does not count."""

_CLOSERS = "".join(sorted(set(OPENERS.values()) | {'"'}))

TERMINATOR = re.compile(
    rf"(?:[。！？]+|[.!?…]+(?=[\s{re.escape(_CLOSERS)}]|$)|[.!?…]*…{{2}})[{re.escape(_CLOSERS)}]*"
)
"""A run of final marks with the quotes and brackets that close after it."""

ITEM = re.compile(
    r"(?:[（(](?:[一二三四五六七八九十]{1,3}|\d{1,3}|[a-zа-яё]|[ivx]{1,5})[)）]"
    r"|\d{1,3}[.)．、](?!\d)|[a-zа-яё][)]"
    r"|[一二三四五六七八九十]{1,3}、"
    r"|第[一二三四五六七八九十百零〇\d]{1,5}[条章款项][\s　])"
)
"""The mark of a numbered item: (a), а), 3., （二）, 三、, 第三条."""

CLAUSE_MARKS = re.compile(r"[，,；;：:、—–](?:[”’»\"')）]*)")
"""Marks that end a clause inside a sentence."""


@cache
def abbreviations(lang: str) -> dict[str, str]:
    """Return abbreviation (lower case, without its last stop) to what may follow it.

    ``never``: no sentence ends here. ``number``: none ends here before a number. ``capital``: one
    ends here when a capital follows. ``year``: the same, but only where a number stands before.
    """
    return {
        row["form"].lower(): row["end"]
        for row in read_table("abbreviations")
        if row["lang"] == lang
    }


@cache
def reporting_verbs(lang: str) -> tuple[str, ...]:
    """Return verbs that carry a sentence on after a quotation that ends in a final mark."""
    return tuple(row["form"] for row in read_table("reporting") if row["lang"] == lang)
