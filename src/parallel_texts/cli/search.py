"""``parallel-texts search``: words in context, with the passages of the other languages."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from parallel_texts import Concordance, load_corpus, search, translations
from parallel_texts.cli.common import console, corpus_option, emit, output_option
from parallel_texts.cli.completion import complete_codes, complete_works
from parallel_texts.concordance import Count, Hit, Rendering

Rows = Sequence[dict[str, Any]]


def _pairs(ctx: click.Context, parameter: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    if not all(lang and text for lang, _, text in pairs):
        raise click.BadParameter("write LANG=WORDS, as in zh=协定")
    return {lang: text for lang, _, text in pairs}


@click.command("search", epilog="Example: parallel-texts search соглашение --by lemma --lang ru")
@click.argument("query")
@click.option("--lang", help="Look in this language only.")
@click.option(
    "--by", type=click.Choice(["form", "lemma", "regex", "term"]), default="form",
    show_default=True, help="Compare words, their lemmas (ru, en), a pattern, or a glossary term.",
)  # fmt: skip
@click.option(
    "--work",
    "works",
    multiple=True,
    shell_complete=complete_works,
    help="Look in this work only; may be repeated.",
)
@click.option("--date", default="", help="Works of 1955, or 1950..1955.")
@click.option("--standing", multiple=True, help="Look in versions of this standing only.")
@click.option(
    "--finding",
    multiple=True,
    shell_complete=complete_codes,
    help="Only passages with this finding: V102, P2.",
)
@click.option(
    "--absent", multiple=True, callback=_pairs, metavar="LANG=WORDS",
    help="Only where the passages beside, in LANG, do not have WORDS.",
)  # fmt: skip
@click.option("--counts", is_flag=True, help="Count passages by work, date and language.")
@click.option("--translations", "renderings", is_flag=True,
              help="Count a term's wordings in the other languages; needs --lang.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), default=100, show_default=True)
@click.option("--glossary", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="TSV of terms: id and a column per language.")  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json"]), default="table",
    show_default=True,
)  # fmt: skip
@corpus_option
@output_option
def command(
    query: str,
    lang: str | None,
    by: str,
    works: tuple[str, ...],
    date: str,
    standing: tuple[str, ...],
    finding: tuple[str, ...],
    absent: dict[str, str],
    counts: bool,
    renderings: bool,
    limit: int,
    glossary: Path | None,
    form: str,
    corpus: Path | None,
    output: Path | None,
) -> None:
    """Find words in context, with the passages of the other languages beside them.

    Words of QUERY follow each other; * at the end of one stands for any ending.
    """
    loaded = load_corpus(corpus)
    if renderings:
        if lang is None:
            raise click.UsageError("--translations needs --lang: the language of QUERY")
        used = translations(query, loaded, lang=lang, works=works, date=date, glossary=glossary)
        _write(used.records(), form, output, lambda: _rendering_table(used))
        return
    found = search(
        query, loaded, lang=lang, by=by, works=works, date=date, standing=standing,
        finding=[code.upper() for code in finding], absent=absent,
        limit=0 if counts else limit, glossary=glossary,
    )  # fmt: skip
    if counts:
        _write(found.counts.records(), form, output, lambda: _count_table(found.counts))
    else:
        _write(found.records(), form, output, lambda: _hit_table(found))


def _write(rows: Rows, form: str, output: Path | None, table: Callable[[], Table]) -> None:
    if form == "json":
        emit(json.dumps(rows, ensure_ascii=False, indent=1), output)
    elif form == "csv" or output is not None:
        emit(_as_csv(rows), output)
    else:
        console().print(table())


def _as_csv(rows: Rows) -> str:
    columns = dict.fromkeys(name for row in rows for name in row)
    target = io.StringIO()
    writer = csv.DictWriter(target, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def _hit_table(found: Concordance) -> Table:
    languages = list(dict.fromkeys(lang for hit in found for lang, _ in hit.beside))
    table = Table(
        title=f"{found.total} passages, {len(found)} shown", title_justify="left", show_lines=True
    )
    for column in ("passage", "words in context", *languages):
        table.add_column(column, overflow="fold")
    for hit in found:
        beside = dict(hit.beside)
        table.add_row(f"{hit.work} {hit.passage}", _context(hit), *map(beside.get, languages))
    return table


def _context(hit: Hit) -> Text:
    """Return the passage with what was found in bold."""
    text = Text(hit.text)
    for start, end in hit.spans:
        text.stylize("bold reverse", start, end)
    return text


def _count_table(counts: Iterable[Count]) -> Table:
    table = Table("work", "date", "lang", "passages")
    for count in counts:
        table.add_row(count.work, count.date, count.lang, str(count.passages))
    return table


def _rendering_table(renderings: Iterable[Rendering]) -> Table:
    table = Table("work", "date", "term", "lang", "wording", "passages")
    for r in renderings:
        table.add_row(r.work, r.date, r.term, r.target, r.wording or "(other)", str(r.passages))
    return table
