"""Rules on characters: scripts that do not belong into a text of its language.

The letters ё and е are left as they stand: Russian texts of the time write both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from parallel_texts.languages.tables import read_table
from parallel_texts.validation.sources import Found, Library, Run, Source, primary

__all__ = [
    "cyrillic_in_latin",
    "invisible",
    "latin_in_russian",
    "simplified",
    "traditional",
]

_MIXED_WORD = re.compile(r"\b(?=\w*[А-Яа-яЁё])(?=\w*[A-Za-z])\w+\b")
_LOOKALIKE_WORD = re.compile(r"(?<![\w.])[ABCEHKMOPTXaceopxy]+(?![\w.])")
_ROMAN = re.compile(r"[CMX]+")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\ufeff\ufff9-\ufffd\ue000-\uf8ff]"
)


def traditional(source: Source, _: Library) -> Iterator[Found]:
    """T701: a Traditional character in a zh-Hans text."""
    yield from _forms(source, "zh-Hans", "Hant", "Traditional")


def simplified(source: Source, _: Library) -> Iterator[Found]:
    """T704: a Simplified character in a zh-Hant text."""
    yield from _forms(source, "zh-Hant", "Hans", "Simplified")


def _forms(source: Source, tag: str, script: str, name: str) -> Iterator[Found]:
    forms = _table(script)
    for run in source.runs:
        if run.lang == tag:
            for character in dict.fromkeys(c for c in run.text if c in forms):
                message = f"{character} is {name} in a {tag} text: write {forms[character]}"
                yield _at(run, run.text.index(character), message)


@cache
def _table(script: str) -> dict[str, str]:
    return {row["form"]: row["other"] for row in read_table("han_forms") if row["script"] == script}


def _at(run: Run, offset: int, message: str) -> Found:
    """Return a finding in the line where the character stands."""
    before = run.text.count("\n", 0, offset)
    return Found(run.element, message, line=run.line + before)


def latin_in_russian(source: Source, _: Library) -> Iterator[Found]:
    """T702: Latin letters inside a Russian word, or in place of one that looks the same."""
    for run in source.runs:
        if primary(run.lang) == "ru":
            for match in _MIXED_WORD.finditer(run.text):
                yield _at(run, match.start(), _described(match[0], "LATIN"))
            for match in _LOOKALIKE_WORD.finditer(run.text):
                if not _ROMAN.fullmatch(match[0]):
                    yield _at(run, match.start(), _described(match[0], "LATIN"))


def cyrillic_in_latin(source: Source, _: Library) -> Iterator[Found]:
    """T703: Cyrillic letters inside a Latin word; whole Russian words may be quoted."""
    for run in source.runs:
        if primary(run.lang) != "ru":
            for match in _MIXED_WORD.finditer(run.text):
                yield _at(run, match.start(), _described(match[0], "CYRILLIC"))


def _described(word: str, script: str) -> str:
    letters = " ".join(c for c in word if unicodedata.name(c, "").startswith(script))
    return f"{word!r} holds {script.capitalize()} letters ({letters}): write them in one script"


def invisible(source: Source, _: Library) -> Iterator[Found]:
    """T705: a character that cannot be seen or stands for one that was lost."""
    for run in source.runs:
        for match in _INVISIBLE.finditer(run.text):
            name = unicodedata.name(match[0], "no name")
            yield _at(run, match.start(), f"U+{ord(match[0]):04X} ({name}) in the text: remove it")
