"""Which wordings stand for a term in the other languages, by work and date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from parallel_texts.concordance.queries import Query, phrases
from parallel_texts.concordance.results import Hit, Rendering
from parallel_texts.concordance.searching import Where, search, terms_of
from parallel_texts.concordance.terms import Term, find_terms
from parallel_texts.frames import Results

__all__ = ["translations"]


def translations(
    term: str,
    where: Where = None,
    *,
    lang: str,
    works: Sequence[str] = (),
    date: str = "",
    glossary: Path | None = None,
) -> Results[Rendering]:
    """Count which wordings the passages beside a term use, by work, date and language.

    Args:
        term: Id or wording of the glossary.
        where: As in :func:`search`.
        lang: Language in which the term is looked up.
        works: Ids of works to look in.
        date: As in :func:`search`.
        glossary: Terms; without it those of the corpus.

    Returns:
        In the order of date and work, then language, the most frequent wording first. The empty
        wording counts passages whose counterpart uses no wording of the glossary.

    Example:
        >>> found = translations("соглашение", lang="ru", works=["chita-1955"])
        >>> {(r.target, r.wording) for r in found if r.wording} >= {("zh", "协定")}
        True
    """
    entries = find_terms(term, terms_of(where, glossary))
    hits = search(
        term, where, lang=lang, by="term", works=works, date=date, limit=None, glossary=glossary
    )
    counted = Counter(key for hit in hits for key in _uses(hit, entries))
    order = {(hit.date, hit.work): number for number, hit in enumerate(hits)}
    ranked = sorted(counted.items(), key=lambda kv: (order[kv[0][:2]], kv[0][3], -kv[1], kv[0]))
    return Results(
        Rendering(work, date, id, lang, target, wording, number)
        for (date, work, id, target, wording), number in ranked
    )


def _uses(hit: Hit, entries: Sequence[Term]) -> Iterator[tuple[str, str, str, str, str]]:
    for target, text in hit.beside:
        for entry in entries:
            if text and entry.in_language(target):
                for wording in _used(entry, target, text) or [""]:
                    yield hit.date, hit.work, entry.id, target, wording


def _used(entry: Term, lang: str, text: str) -> list[str]:
    """Return the wordings that stand in ``text``; a shorter one inside a longer is not counted."""
    wordings = entry.in_language(lang)
    query = Query({lang: tuple(p for w in wordings for p in phrases(w, lang))})
    found = {text[slice(*span)] for span in query.find(text, lang)}
    return [w for w in wordings if any(_is(w, lang, words) for words in found)]


def _is(wording: str, lang: str, text: str) -> bool:
    spans = Query({lang: phrases(wording, lang)}).find(text, lang)
    return (0, len(text)) in spans
