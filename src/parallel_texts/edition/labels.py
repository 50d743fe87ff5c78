"""Words of the interface for the words of the model: standing, origin, kinds, codes.

Keys are the model's; values are English messages of the ``edition`` catalogues. A key that is not
listed is shown as it is.
"""

from __future__ import annotations

from collections.abc import Callable

from parallel_texts.languages.tables import read_table

__all__ = [
    "BALANCES",
    "CODES",
    "DIVISIONS",
    "DOWNLOADS",
    "ENTRIES",
    "FACTS",
    "KINDS",
    "LEVELS",
    "NORMS",
    "NUMBERED",
    "ORIGINS",
    "SHORT_ORIGINS",
    "STANDINGS",
    "STATUSES",
    "WORKS",
    "Translate",
    "autonym",
    "label",
    "language_name",
    "level",
]

Translate = Callable[[str], str]

STANDINGS = {
    "authentic": "authentic",
    "official-translation": "official translation",
    "editorial-translation": "editorial translation",
    "unreported": "standing not reported",
    "never-issued": "never issued",
}
ORIGINS = {
    "transcription": "transcription of a document",
    "regest": "regest: a summary of a document",
    "reconstruction": "reconstruction, not an authentic document",
}
SHORT_ORIGINS = {
    "transcription": "transcription",
    "regest": "regest",
    "reconstruction": "reconstruction",
}
WORKS = {"agreement": "Agreement", "memoir": "Memoir"}
DIVISIONS = {
    "preamble": "Preamble",
    "article": "Article",
    "section": "Section",
    "closing": "Closing",
    "": "Text",
}
NUMBERED = {"article": "Article {n}", "section": "Section {n}"}
KINDS = {
    "version": "between versions",
    "party": "between parties",
    "authenticity": "authenticity",
}
STATUSES = {"open": "open", "confirmed": "confirmed", "refused": "refused"}
LEVELS = {"high": "high confidence", "medium": "medium confidence", "low": "low confidence"}
ENTRIES = {
    "party": "Parties",
    "organ": "Organs",
    "person": "People",
    "place": "Places",
    "term": "Terms",
    "date": "Dates",
    "source": "Sources",
}
CODES = {
    "V101": "no counterpart",
    "V102": "number differs",
    "V103": "date differs",
    "V104": "deontic force differs",
    "V105": "bearer differs",
    "V106": "negation differs",
    "V107": "condition differs",
    "V108": "name or place differs",
    "V109": "glossary term differs",
    "V110": "part has no counterpart",
    "P201": "right of one party only",
    "P202": "obligation of one party only",
    "P203": "prohibition of one party only",
    "P204": "same action, unequal condition",
    "P205": "unequal cost",
    "P206": "unequal language duty",
    "P207": "inequality asserted, no terms given",
    "A301": "no authentic text in a party's language",
    "A302": "authentic texts not declared",
}
DOWNLOADS = {"TEI alignment": "TEI alignment", "TEI corpus": "TEI corpus header"}
FACTS = {
    "birth": "born",
    "death": "died",
    "occupation": "post",
    "country": "country",
    "present name": "present name",
    "language": "language",
    "note": "note",
    "region": "region",
    "rank": "rank",
    "term": "term",
}
NORMS = {
    "right": "Rights",
    "permission": "Permissions",
    "obligation": "Obligations",
    "prohibition": "Prohibitions",
    "exemption": "Exemptions",
}
BALANCES = {
    "mutual": "mutual",
    "mirrored": "mirrored",
    "unequal": "unequal",
    "one-sided": "one-sided",
}
LANGUAGES = {"zh": "Chinese", "ru": "Russian", "en": "English"}

_HIGH, _MEDIUM = 0.8, 0.5


def label(table: dict[str, str], key: str, translate: Translate) -> str:
    """Return the interface's word for ``key``, or ``key`` itself when ``table`` lacks it."""
    return translate(table[key]) if key in table else key


def level(confidence: float) -> str:
    """Return ``high`` (0.8 and up), ``medium`` (0.5 and up) or ``low``."""
    if confidence >= _HIGH:
        return "high"
    return "medium" if confidence >= _MEDIUM else "low"


def language_name(lang: str, translate: Translate) -> str:
    """Return the language's name in the interface's language, else its own, else its subtag."""
    return translate(LANGUAGES[lang]) if lang in LANGUAGES else autonym(lang)


def autonym(tag: str) -> str:
    """Return a language's name in itself; ``zh-Hant`` is looked up before ``zh``."""
    names = {row["tag"]: row["name"] for row in read_table("autonyms")}
    return names.get(tag) or names.get(tag.split("-")[0]) or tag
