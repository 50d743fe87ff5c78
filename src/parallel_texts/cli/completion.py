"""What a shell completes: ids of works, codes of findings."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from parallel_texts import ParallelTextsError

__all__ = ["complete_codes", "complete_works"]


def complete_works(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the works of the corpus, with their titles; files where no work begins so."""
    found = [
        CompletionItem(id, help=title) for id, title in _works(ctx) if id.startswith(incomplete)
    ]
    return found or [CompletionItem(incomplete, type="file")]


def _works(ctx: click.Context) -> list[tuple[str, str]]:
    """Return id and title of the works in ``corpus.xml``; nothing where it cannot be read."""
    from parallel_texts.corpus import corpus_path
    from parallel_texts.tei import read_corpus_header

    folder = ctx.params.get("corpus")
    try:
        header = read_corpus_header(corpus_path(Path(folder) if folder else None) / "corpus.xml")
    except (OSError, ParallelTextsError):
        return []
    return [(work.id, work.title("en")) for work in header.works]


def complete_codes(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the codes of findings that begin so; after a comma, the next one."""
    from parallel_texts.findings import CODES

    before, comma, begun = incomplete.rpartition(",")
    return [
        CompletionItem(before + comma + code) for code in CODES if code.startswith(begun.upper())
    ]
