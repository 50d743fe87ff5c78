"""The search index as scripts a page loads from disk: one per work, and the table of endings."""

from __future__ import annotations

import json
from collections.abc import Sequence

from parallel_texts.edition.stems import stem_rules, terms
from parallel_texts.edition.views import Page
from parallel_texts.model import Alignment

__all__ = ["search_shard", "search_tables"]


def search_tables() -> str:
    """Return the script with the table of endings."""
    return f"parallelTexts.stems = {_json(stem_rules())};\n"


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
