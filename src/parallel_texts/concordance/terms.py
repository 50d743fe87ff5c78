"""Terms of a glossary: their wordings per language, as queries.

A glossary is a TSV with a column ``id`` and one per language, ``|`` between wordings; ``ru_forms``
may give the inflected forms with ``*`` for any ending. Lines with ``#`` are notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from parallel_texts.concordance.queries import Phrase, Query, phrases
from parallel_texts.concordance.words import fold
from parallel_texts.corpus import corpus_path
from parallel_texts.errors import ParallelTextsError
from parallel_texts.files import read_text

__all__ = ["Term", "find_terms", "read_terms", "term_query"]

_NOT_LANGUAGES = {"id", "ru_forms", "source", "fixed"}


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary: wordings per language, and inflected forms where they are given."""

    id: str
    wordings: tuple[tuple[str, tuple[str, ...]], ...]
    russian_forms: tuple[str, ...] = ()

    def in_language(self, lang: str) -> tuple[str, ...]:
        """Return the wordings of a language, the set one first."""
        return dict(self.wordings).get(lang, ())


def read_terms(path: Path | None = None) -> tuple[Term, ...]:
    """Read a glossary; without a path, the one of the corpus.

    Raises:
        ParallelTextsError: The file cannot be read or has no column ``id``.
    """
    file = path or corpus_path() / "glossary.tsv"
    lines = [line for line in read_text(file).splitlines() if line.strip() and line[0] != "#"]
    header = lines[0].split("\t") if lines else []
    if "id" not in header:
        raise ParallelTextsError(f"{file}: no column id in the first line: add one")
    return tuple(_term(dict(zip(header, line.split("\t"), strict=False))) for line in lines[1:])


def _term(row: dict[str, str]) -> Term:
    wordings = tuple(
        (lang, tuple(cell.split("|")))
        for lang, cell in row.items()
        if lang not in _NOT_LANGUAGES and cell
    )
    return Term(row["id"], wordings, tuple((row.get("ru_forms") or "").split("|")))


def find_terms(name: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return the term with this id, else those with this wording in any language.

    Raises:
        ParallelTextsError: The glossary has none.
    """
    by_id = tuple(term for term in terms if term.id == name)
    found = by_id or tuple(term for term in terms if fold(name) in _folded(term))
    if not found:
        raise ParallelTextsError(f"no term {name!r} in the glossary: search by lemma or form")
    return found


def _folded(term: Term) -> set[str]:
    return {fold(wording) for _, wordings in term.wordings for wording in wordings}


def term_query(terms: Sequence[Term], lang: str | None = None) -> Query:
    """Return the query for all wordings of ``terms``, in one language or in each."""
    languages = [lang] if lang else list(dict.fromkeys(one for t in terms for one, _ in t.wordings))
    return Query({one: _choice(terms, one) for one in languages})


def _choice(terms: Sequence[Term], lang: str) -> tuple[Phrase, ...]:
    return tuple(phrase for term in terms for phrase in _phrases(term, lang))


def _phrases(term: Term, lang: str) -> list[Phrase]:
    """Return phrases of the inflected forms where they are given, else of the lemmas."""
    forms = [form for form in term.russian_forms if form] if lang == "ru" else []
    if forms:
        return [phrase for form in forms for phrase in phrases(form)]
    return [phrase for wording in term.in_language(lang) for phrase in phrases(wording, lang)]
