"""V109: a term whose translation is set, and a language that uses none of its wordings.

Terms are a TSV with the columns ``id``, ``zh``, ``ru``, ``en`` (``|`` between wordings, the set
one first); ``ru_forms`` may give the inflected forms with ``*`` for any ending, and ``fixed`` is
``yes`` where a language has to use one of the wordings. Without a column ``fixed`` every term is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from parallel_texts.errors import ParseError
from parallel_texts.files import read_text
from parallel_texts.findings.comparison import Row, quote
from parallel_texts.findings.messages import join, quoted, say, where
from parallel_texts.languages.russian_cases import inflected
from parallel_texts.model import Authority, Evidence, Finding

__all__ = ["different_term", "read_glossary"]

_LANGUAGES = ("zh", "ru", "en")


def read_glossary(path: Path) -> tuple[Authority, ...]:
    """Read the terms of a glossary that are fixed, as authorities of the kind ``term``.

    Raises:
        ParseError: The file cannot be read or has no column ``id``; with the line.
    """
    lines = [(n, line) for n, line in enumerate(read_text(path).split("\n"), 1) if line.strip()]
    rows = [(n, line.split("\t")) for n, line in lines if not line.startswith("#")]
    if not rows or "id" not in rows[0][1]:
        raise ParseError(
            "no column id in the first line", path=path, line=rows[0][0] if rows else 1
        )
    header = rows[0][1]
    entries = [dict(zip(header, cells, strict=False)) for _, cells in rows[1:]]
    return tuple(_term(row) for row in entries if row.get("fixed", "yes") == "yes")


def _term(row: dict[str, str]) -> Authority:
    names = tuple((lang, tuple(row[lang].split("|"))) for lang in _LANGUAGES if row.get(lang))
    forms = row.get("ru_forms") or ""
    return Authority(row["id"], "term", names, facts=(("ru_forms", forms),) if forms else ())


def different_term(row: Row) -> Iterator[Finding]:
    """V109. One finding a term that at least half of the languages use in its set form."""
    for term in row.comparison.glossary:
        found = {lang: _uses(row, lang, term) for lang in row.sides if dict(term.names).get(lang)}
        using = sum(bool(uses) for uses in found.values())
        if using and 2 * using >= len(found) > using:
            yield _finding(row, term, found)


def _uses(row: Row, lang: str, term: Authority) -> list[Evidence]:
    pattern = _pattern(term, lang)
    return [
        quote(passage, *match.span())
        for passage in row.sides[lang]
        for match in pattern.finditer(passage.text)
    ]


@lru_cache(maxsize=4096)
def _pattern(term: Authority, lang: str) -> re.Pattern[str]:
    if lang == "zh":
        return re.compile("|".join(re.escape(name) for name in dict(term.names)["zh"]))
    forms = dict(term.facts).get("ru_forms") if lang == "ru" else ""
    wordings = forms.split("|") if forms else dict(term.names)[lang]
    branches = "|".join(_wording(wording, lang, bool(forms)) for wording in wordings)
    return re.compile(rf"(?<!\w)(?:{branches})(?!\w)", re.IGNORECASE)


def _wording(wording: str, lang: str, is_form: bool) -> str:
    words = wording.split()
    if is_form:
        return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    if lang == "ru":
        return r"\s+".join(inflected(word) for word in words)
    return r"\s+".join(re.escape(word) for word in words) + r"(?:s|es)?"


def _finding(row: Row, term: Authority, found: dict[str, list[Evidence]]) -> Finding:
    ui_lang = row.comparison.ui_lang
    used = [quoted(e[0].text, ui_lang) for e in found.values() if e]
    lacking = [lang for lang, uses in found.items() if not uses]
    wanted = [quoted(dict(term.names)[lang][0], ui_lang) for lang in lacking]
    message = say(
        "The set term {wanted} for {used} is not used in {languages}.",
        ui_lang,
        languages=where(lacking, ui_lang),
        wanted=join(wanted, ui_lang),
        used=join(used, ui_lang),
    )
    evidence = tuple(e for lang in row.sides for e in (found.get(lang) or row.quotes(lang)))
    work = row.comparison.alignment.work
    return Finding(
        "V109", "version", work, row.link.id, tuple(row.sides), message, 0.7, "glossary", evidence
    )
