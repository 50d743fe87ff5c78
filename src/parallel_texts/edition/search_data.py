"""The search index as scripts a page loads from disk: one per work, tables of forms, endings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from parallel_texts.edition.forms import Entry, entries
from parallel_texts.edition.stems import stem_rules, words
from parallel_texts.edition.views import Page
from parallel_texts.languages.lemmas import lemmas, lexicon
from parallel_texts.model import Alignment

__all__ = ["form_tables", "search_forms", "search_shard", "search_tables", "terms"]


def search_tables() -> str:
    """Return the script with the table of endings."""
    return f"parallelTexts.stems = {_json(stem_rules())};\n"


def search_forms(alignments: Iterable[Alignment]) -> str:
    """Return the script with all forms of the lemmas that occur in any text of a site."""
    return f"parallelTexts.forms = {_json(form_tables(alignments))};\n"


def form_tables(alignments: Iterable[Alignment]) -> dict[str, list[Entry]]:
    """Return per language the table of forms; no entry where words are not lemmatized."""
    found: dict[str, set[str]] = {}
    for alignment in alignments:
        for lang, passages in zip(alignment.languages, alignment.passages, strict=True):
            used = found.setdefault(lang, set())
            used.update(word for passage in passages for word in words(passage.text))
    tables = {lang: entries(lexicon(used, lang)) for lang, used in found.items()}
    return {lang: table for lang, table in tables.items() if table}


def terms(text: str, lang: str) -> Iterator[str]:
    """Yield what a text is found by: lemmas of its words, pairs of Chinese characters.

    >>> list(terms("Самолёты шли", "ru"))
    ['самолет', 'идти', 'слать']
    """
    for word in words(text):
        yield from lemmas(word, lang)


def search_shard(work: str, href: str, title: str, page: Page, alignment: Alignment) -> str:
    """Return the script with one work's rows, texts and postings.

    Postings are row numbers, each as its distance from the one before; texts are as shown.
    """
    rows = [(row, section.label) for section in page.sections for row in section.rows]
    data = {
        "work": work,
        "href": href,
        "title": title,
        "langs": [[column.lang, column.tag, column.name] for column in page.columns],
        "rows": [[row.anchor, row.number, label] for row, label in rows],
        "texts": [
            [alignment.text(link, lang) for link in alignment] for lang in alignment.languages
        ],
        "terms": [_postings(alignment, lang) for lang in alignment.languages],
    }
    return f"parallelTexts.add({_json(data)});\n"


def _postings(alignment: Alignment, lang: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, link in enumerate(alignment):
        for term in dict.fromkeys(terms(alignment.text(link, lang), lang)):
            found.setdefault(term, []).append(number)
    return {term: _distances(found[term]) for term in sorted(found)}


def _distances(numbers: Sequence[int]) -> list[int]:
    return [b - a for a, b in zip((0, *numbers), numbers, strict=False)]


def _json(data: object) -> str:
    """Return JSON that is safe inside a script, whatever it quotes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
