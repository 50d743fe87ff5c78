"""``parallel-texts export``: a work for the tools of others."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from parallel_texts import align_work, export, flag_work, load_corpus
from parallel_texts.cli.common import corpus_option, note, output_option
from parallel_texts.cli.completion import complete_works
from parallel_texts.corpus import find_work, kept_judgements
from parallel_texts.errors import CorpusError, ExchangeError
from parallel_texts.exchange import WRITERS, companions, work_remarks
from parallel_texts.files import write_atomic

_BINARY = ("xlsx",)


@click.command(
    "export",
    epilog="Example: parallel-texts export chita-1955 --to po --source-lang ru --target-lang zh"
    " -o chita.po",
)
@click.argument("work_id", metavar="WORK", shell_complete=complete_works)
@click.option("--to", "to", type=click.Choice(tuple(WRITERS)), required=True, help="Format.")
@click.option("--source-lang", help="Source language of formats that have one.")
@click.option("--target-lang", help="Target language of formats that have one.")
@click.option("--lang", "languages", multiple=True, help="Only these languages, in this order.")
@output_option
@corpus_option
def command(
    work_id: str,
    to: str,
    source_lang: str | None,
    target_lang: str | None,
    languages: tuple[str, ...],
    output: Path | None,
    corpus: Path | None,
) -> None:
    """Write WORK in another format, with standing and findings as comments.

    PO, XLIFF, InterText and Vecalign hold two languages; the others hold all.
    """
    loaded = load_corpus(corpus)
    work = find_work(loaded, work_id)
    if not work.versions:
        raise CorpusError(f"{work_id} has no text: there is nothing to export")
    pair = tuple(lang for lang in (source_lang, target_lang) if lang)
    alignment = align_work(loaded, work, keep=False)
    data = export(
        alignment,
        to,
        languages=pair or languages,
        findings=flag_work(loaded, work, alignment),
        remarks=work_remarks(work),
        work=work,
        judgements=kept_judgements(loaded, work),
    )
    if pair and pair[-1] not in alignment.languages:
        note(f"note: no version in {pair[-1]} yet: its entries are empty, merge makes one of them")
    _write(data, output, to)
    if output is not None:
        for path, text in companions(
            alignment, to, output, languages=pair or languages, work=work
        ).items():
            write_atomic(path, text)
            note(f"wrote {path}")


def _write(data: bytes, output: Path | None, to: str) -> None:
    if output is not None:
        write_atomic(output, data)
    elif to in _BINARY and sys.stdout.isatty():
        raise ExchangeError(f"{to} is no text for a terminal: give -o FILE")
    else:
        sys.stdout.buffer.write(data)
