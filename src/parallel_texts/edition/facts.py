"""What an authority entry says besides its names, in the interface's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parallel_texts.edition.dates import day
from parallel_texts.edition.labels import FACTS, Translate, label, language_name
from parallel_texts.model import Authority

__all__ = ["facts_of"]

_LABEL = re.compile(r"(?P<name>.*?)(?: \((?P<lang>[\w-]+)\))?")
_DATED = ("birth", "death")


def facts_of(authority: Authority, ui_lang: str, translate: Translate) -> Iterator[tuple[str, str]]:
    """Yield label and value; a fact told in several languages only in the interface's own."""
    facts = [(*_split(key), value) for key, value in authority.facts]
    for name, lang, value in facts:
        told = [other for key, other, _ in facts if key == name]
        best = ui_lang if ui_lang in told else told[0]
        if lang in (best, ""):
            yield label(FACTS, name, translate), _value(name, value, translate)


def _split(key: str) -> tuple[str, str]:
    """Return name and language of a label: ``present name (zh)``."""
    match = _LABEL.fullmatch(key)
    return (match["name"], match["lang"] or "") if match else (key, "")


def _value(name: str, value: str, translate: Translate) -> str:
    if name in _DATED:
        return day(value, translate)
    return language_name(value, translate) if name == "language" else value
