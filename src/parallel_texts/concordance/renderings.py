"""Which wordings stand for a term in the other languages, by work and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parallel_texts.concordance.index import Index
from parallel_texts.concordance.queries import Query, phrases
from parallel_texts.concordance.restrictions import Restriction
from parallel_texts.concordance.results import Rendering
from parallel_texts.concordance.rows import Rows
from parallel_texts.concordance.searching import Where, as_names, opened, terms_of
from parallel_texts.concordance.terms import Term, find_terms, term_query
from parallel_texts.frames import Results

__all__ = ["translations"]

Marks = NDArray[np.bool_]


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
    restriction = Restriction(lang, as_names(works), date)
    with opened(where) as index:
        rows = index.find_rows(term_query(entries, lang), restriction)
        targets = dict.fromkeys(place.lang for place in index.places.values())
        found = [
            Rendering(place.work, place.date, entry.id, lang, target, wording, number)
            for target in targets
            if target != lang
            for entry in entries
            for wording, used in _uses(index, rows, entry, target)
            for place, number in index.count(rows[used])
        ]
    return Results(sorted(found, key=_order))


def _order(r: Rendering) -> tuple[str, str, str, int, str, str]:
    return r.date or "~", r.work, r.target, -r.passages, r.term, r.wording


def _uses(index: Index, rows: Rows, entry: Term, lang: str) -> Iterator[tuple[str, Marks]]:
    """Yield each wording of a language with the rows it stands beside; last, none of them."""
    wordings = entry.in_language(lang)
    if not wordings:
        return
    beside = index.links.of(rows)
    there = index.links.marked(index.links_in(lang))[beside]
    used = {word: _marked(index, beside, word, lang) for word in wordings}
    for word in wordings:
        longer = [used[other] for other in wordings if other != word and _is_in(word, other, lang)]
        if longer:
            doubtful = np.flatnonzero(used[word] & np.any(longer, axis=0))
            texts = index.texts(beside[doubtful], lang)
            used[word][doubtful] = [word in _used(entry, lang, text) for text in texts]
    yield from used.items()
    yield "", there & ~np.any(list(used.values()), axis=0)


def _marked(index: Index, beside: Rows, wording: str, lang: str) -> Marks:
    """Tell for each link whether its passages in ``lang`` hold the wording."""
    query = Query({lang: phrases(wording, lang)})
    found = index.links.of(index.find_rows(query, Restriction(lang)))
    marks: Marks = index.links.marked(found)[beside]
    return marks


def _is_in(wording: str, other: str, lang: str) -> bool:
    return Query({lang: phrases(wording, lang)}).holds(other, lang)


def _used(entry: Term, lang: str, text: str) -> list[str]:
    """Return the wordings that stand in ``text``; a shorter one inside a longer is not counted."""
    wordings = entry.in_language(lang)
    query = Query({lang: tuple(p for w in wordings for p in phrases(w, lang))})
    found = {text[slice(*span)] for span in query.find(text, lang)}
    return [w for w in wordings if any(_is(w, lang, words) for words in found)]


def _is(wording: str, lang: str, text: str) -> bool:
    spans = Query({lang: phrases(wording, lang)}).find(text, lang)
    return (0, len(text)) in spans
