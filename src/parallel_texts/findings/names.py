"""V108: a person or place that one language names and another does not.

Known names come from the corpus's authority lists and from the tables ``places`` and
``organizations``. A name that no list knows is looked for by its sound, see
:mod:`parallel_texts.findings.unknown_names`.

A place against none is a difference. Of people and organizations texts go on to speak as "he" and
"the Organization": there only one name against another of the same kind is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from parallel_texts.findings.comparison import Row, quote
from parallel_texts.findings.messages import quoted, say, sides, where
from parallel_texts.findings.unknown_names import unmatched_names
from parallel_texts.languages.phrases import Phrases
from parallel_texts.languages.russian_cases import inflected
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Authority, Evidence, Finding, Passage

__all__ = ["different_name"]

_LANGUAGES = ("zh", "ru", "en")
_KINDS = ("person", "place")


@dataclass(frozen=True, slots=True)
class _Name:
    """A known name and where it stands."""

    keys: frozenset[str]
    kind: str
    passage: Passage
    start: int
    end: int

    @property
    def evidence(self) -> Evidence:
        return quote(self.passage, self.start, self.end)


def different_name(row: Row) -> Iterator[Finding]:
    """V108. A name against another of its kind, or a place against none; one finding a link."""
    names = {lang: _names(row, lang) for lang in row.sides}
    alone: dict[str, list[_Name]] = {lang: [] for lang in names}
    exchanged = False
    for one, other in combinations(names, 2):
        here, there = _missing(row, names, one, other), _missing(row, names, other, one)
        kinds = {n.kind for n in here} & {n.kind for n in there}
        exchanged = exchanged or bool(kinds)
        for lang, found in ((one, here), (other, there)):
            alone[lang] += [
                n for n in found if n.kind in {"place", *kinds} and n not in alone[lang]
            ]
    if any(alone.values()):
        yield _finding(row, names, alone, 0.9 if exchanged else 0.6)
    else:
        yield from _unknown_names(row, names)


def _names(row: Row, lang: str) -> list[_Name]:
    phrases, keys = _gazetteer(row.comparison.names, lang)
    return [
        _Name(*keys[number], passage, match.start(), match.end())
        for passage in row.sides[lang]
        for number, match in phrases.find(passage.text)
        if not _is_language(match, lang)
    ]


_OF_LANGUAGES = {
    "ru": re.compile(r"(?<!\w)(?:язык|текст)[а-яё]*"),
    "en": re.compile(r"\b(?:languages?|texts?)\b", re.IGNORECASE),
}


def _is_language(match: re.Match[str], lang: str) -> bool:
    """Tell whether a country's name only names a language: 法文, "the French text"."""
    if lang == "zh":
        return match.string[match.end() : match.end() + 1] in ("文", "语")
    if lang not in _OF_LANGUAGES or not _OF_LANGUAGES[lang].search(match.string):
        return False
    return _language_names(lang).fullmatch(match[0]) is not None


@cache
def _language_names(lang: str) -> re.Pattern[str]:
    forms = [row["form"] for row in read_table("language_names") if row["lang"] == lang]
    return re.compile("|".join(forms) or "(?!)", re.IGNORECASE)


def _missing(row: Row, names: dict[str, list[_Name]], lang: str, other: str) -> list[_Name]:
    """Return names of ``lang`` that the other language could write and does not."""
    written = _written(row.comparison.names)
    theirs = {key for name in names[other] for key in name.keys}
    return [
        name
        for name in names[lang]
        if any(other in written[key] for key in name.keys) and not name.keys & theirs
    ]


@lru_cache(maxsize=16)
def _written(authorities: tuple[Authority, ...]) -> dict[str, frozenset[str]]:
    """Return per key the languages that the lists know its name in."""
    return {key: frozenset(names) for key, names in _entries(authorities)}


@lru_cache(maxsize=16)
def _entries(
    authorities: tuple[Authority, ...],
) -> tuple[tuple[str, dict[str, tuple[str, ...]]], ...]:
    """Return key and names per language: the corpus's own, then the table's."""
    own = [(a.id, dict(a.names)) for a in authorities if a.kind in _KINDS]
    table = [
        (row["id"], {lang: tuple(row[lang].split("|")) for lang in _LANGUAGES})
        for name in ("places", "organizations")
        for row in read_table(name)
    ]
    return (*own, *table)


@lru_cache(maxsize=48)
def _gazetteer(
    authorities: tuple[Authority, ...], lang: str
) -> tuple[Phrases, tuple[tuple[frozenset[str], str], ...]]:
    """Return the expressions of all names, longest first, and what each can mean."""
    keys: dict[str, set[str]] = {}
    for key, names in _entries(authorities):
        for name in names.get(lang, ()):
            keys.setdefault(name, set()).add(key)
    kinds = {a.id: a.kind for a in authorities if a.kind == "person"}
    kinds |= {row["id"]: "organization" for row in read_table("organizations")}
    ordered = sorted(keys, key=len, reverse=True)
    phrases = Phrases([_expression(name, lang) for name in ordered], lang, ignore_case=False)
    return phrases, tuple(
        (frozenset(keys[n]), next((kinds[k] for k in sorted(keys[n]) if k in kinds), "place"))
        for n in ordered
    )


def _expression(name: str, lang: str) -> str:
    """Return an expression for a name; Russian words in all their forms."""
    if lang == "ru":
        words = name.split()
        return r"[\s\u00a0]+".join(_russian(word) for word in words)
    if lang == "en":
        return rf"{re.escape(name)}(?:n|an|ern|’s|'s)?"
    return name if "(?" in name else re.escape(name)


def _russian(word: str) -> str:
    if word.isupper() or re.fullmatch(r"[А-ЯЁ]\.", word):
        return re.escape(word)
    parts = re.split("([-–])", word)
    joined = "".join(part if part in "-–" else inflected(part) for part in parts)
    return rf"(?:{joined}|{re.escape(word[:-1])}[а-яё]?(?:ск|йск|н)[а-яё]{{2,3}})"


def _finding(
    row: Row, names: dict[str, list[_Name]], alone: dict[str, list[_Name]], confidence: float
) -> Finding:
    ui_lang = row.comparison.ui_lang
    said = {lang: _words(alone[lang] or names[lang], ui_lang) for lang in row.sides}
    evidence: list[Evidence] = []
    for lang in row.sides:
        evidence.extend([n.evidence for n in alone[lang]] or row.quotes(lang))
    return Finding(
        "V108",
        "version",
        row.comparison.alignment.work,
        row.link.id,
        tuple(row.sides),
        say("Different people or places are named: {sides}.", ui_lang, sides=sides(said, ui_lang)),
        confidence,
        "names",
        tuple(evidence),
    )


def _words(names: Sequence[_Name], ui_lang: str) -> str:
    shown = dict.fromkeys(name.evidence.text for name in names)
    return ", ".join(quoted(text, ui_lang) for text in list(shown)[:4]) or say("none", ui_lang)


def _unknown_names(row: Row, known: dict[str, list[_Name]]) -> Iterator[Finding]:
    """Yield at most one name that is not heard in another language."""
    places: dict[str, list[tuple[int, int]]] = {}
    for name in (name for names in known.values() for name in names):
        places.setdefault(name.passage.id, []).append((name.start, name.end))
    for found in unmatched_names(row, places):
        yield _unknown(row, quote(found.passage, found.start, found.end), found.absent)
        return


def _unknown(row: Row, name: Evidence, absent: str) -> Finding:
    ui_lang = row.comparison.ui_lang
    message = say(
        "{language} names {name}, and no name that sounds like it stands in {other}.",
        ui_lang,
        language=where([name.lang], ui_lang),
        name=quoted(name.text, ui_lang),
        other=where([absent], ui_lang),
    )
    evidence = tuple(
        e for lang in row.sides for e in ([name] if lang == name.lang else row.quotes(lang))
    )
    work = row.comparison.alignment.work
    return Finding(
        "V108",
        "version",
        work,
        row.link.id,
        tuple(row.sides),
        message,
        0.75,
        "names-by-sound",
        evidence,
    )
