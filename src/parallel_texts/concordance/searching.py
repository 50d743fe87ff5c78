"""Search: what was asked, made into a query, on whichever index holds the texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from parallel_texts.concordance.index import Index
from parallel_texts.concordance.patterns import RegexQuery, regex
from parallel_texts.concordance.queries import WAYS, Query, language_of, phrases
from parallel_texts.concordance.restrictions import Restriction
from parallel_texts.concordance.results import Concordance
from parallel_texts.concordance.sources import Texts
from parallel_texts.concordance.terms import Term, find_terms, read_terms, term_query
from parallel_texts.corpus import find_work, load_corpus
from parallel_texts.encoders.cache import cache_folder
from parallel_texts.errors import ParallelTextsError
from parallel_texts.model import Corpus

__all__ = ["Where", "as_names", "index_path", "opened", "search", "terms_of"]

Where = Texts | Index | Path | str | None
"""What can be searched: a corpus or its folder, alignments, an index; ``None`` for the corpus."""


def search(
    query: str,
    where: Where = None,
    *,
    lang: str | None = None,
    by: str = "form",
    works: Sequence[str] = (),
    date: str = "",
    standing: Sequence[str] = (),
    finding: Sequence[str] = (),
    absent: Mapping[str, str] | None = None,
    limit: int | None = 100,
    glossary: Path | None = None,
) -> Concordance:
    """Find words in context, with the aligned passages of the other languages beside them.

    The index of a corpus is kept in the user's cache folder; of a changed corpus, only the works
    that changed are read into it again.

    Args:
        query: Words that follow each other; ``*`` at the end of one for any ending. With ``by``
            ``regex`` a regular expression, with ``term`` an id or a wording of the glossary.
        where: A corpus or its folder, an alignment or several, or an :class:`Index`; without it
            the corpus as in :func:`parallel_texts.load_corpus`.
        lang: Look in this language only.
        by: ``form`` (as written, any case), ``lemma`` (any inflection; ru and en), ``regex`` or
            ``term``.
        works: Ids of works to look in.
        date: Date of the work: a beginning, ``1955``, or two with dots, ``1950..1955``.
        standing: Standings of the version to look in.
        finding: Codes, or their beginnings, one of which the passage's link must have.
        absent: Per language what must not stand in the passages beside the hit. The language must
            have passages there: use ``finding=["V101"]`` for those it lacks.
        limit: Hits to return at most, ``None`` for all; counts are always of all.
        glossary: Terms; without it those of the corpus.

    Raises:
        ParallelTextsError: No word in the query, no regular expression, no such term, or no such
            work in the corpus.

    Example:
        >>> found = search("соглашение", lang="ru", by="lemma", works=["chita-1955"])
        >>> found.total == len(found.hits) > 0
        True
        >>> [lang for lang, _ in found.hits[0].beside]
        ['zh', 'en']
    """
    if by not in WAYS:
        raise ParallelTextsError(f"cannot search by {by!r}: choose from {', '.join(WAYS)}")
    terms = terms_of(where, glossary) if by == "term" else ()
    asked = _query(query, by, lang, terms)
    without = tuple((code, _absent(text, by, code, terms)) for code, text in (absent or {}).items())
    codes = as_names(finding)
    where = _loaded(where)
    wanted = _works(as_names(works), where)
    restriction = Restriction(lang, wanted, date, as_names(standing), codes, without)
    with opened(where, findings=bool(codes)) as index:
        return index.search(asked, restriction, text=query, by=by, limit=limit)


def as_names(values: Sequence[str]) -> tuple[str, ...]:
    """Return the values; one string is one value."""
    return (values,) if isinstance(values, str) else tuple(values)


def _query(text: str, by: str, lang: str | None, terms: Sequence[Term]) -> Query | RegexQuery:
    if by == "regex":
        return regex(text)
    if by == "term":
        return term_query(find_terms(text, terms), lang)
    if by == "lemma":
        own = lang or language_of(text)
        return Query({own: phrases(text, own)})
    return Query({"": phrases(text)})


def _absent(text: str, by: str, lang: str, terms: Sequence[Term]) -> Query | RegexQuery:
    """Return a query of the same kind; words that are no term are looked for by lemma."""
    try:
        return _query(text, by, lang, terms)
    except ParallelTextsError:
        if by != "term":
            raise
        return _query(text, "lemma", lang, terms)


def terms_of(where: Where, glossary: Path | None) -> tuple[Term, ...]:
    """Return the terms of a glossary: the one named, else the corpus's, else the installed one."""
    own = Path(where.path) / "glossary.tsv" if isinstance(where, Corpus) else None
    return read_terms(glossary or (own if own and own.is_file() else None))


@contextmanager
def opened(where: Where, *, findings: bool = False) -> Iterator[Index]:
    """Give the index of what is to be searched, up to date; close it unless it was given open."""
    texts = _loaded(where)
    if isinstance(texts, Index):
        yield texts
        return
    with _index(texts) as index:
        index.update(texts, findings=findings)
        yield index


def _loaded(where: Where) -> Texts | Index:
    return load_corpus(where) if where is None or isinstance(where, (str, Path)) else where


def _works(names: Sequence[str], where: Texts | Index) -> Sequence[str]:
    """Return the names of works; of a corpus each must be there."""
    return [find_work(where, name).id for name in names] if isinstance(where, Corpus) else names


def _index(where: Texts) -> Index:
    """Open the index of a corpus; in memory for alignments and where the cache cannot be used."""
    if not isinstance(where, Corpus):
        return Index()
    try:
        return Index(index_path(Path(where.path)))
    except (OSError, sqlite3.Error):
        return Index()


def index_path(corpus: Path) -> Path:
    """Return where the index of a corpus lies: in the user's cache folder, by the corpus's path."""
    name = blake2b(str(corpus.resolve()).encode(), digest_size=8).hexdigest()
    return cache_folder() / "search" / f"{name}.sqlite"
