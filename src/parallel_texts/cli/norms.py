"""``parallel-texts norms``: who must, may, must not or need not do what."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from parallel_texts import Norm
from parallel_texts.cli.common import console, corpus_option, emit, folded, output_option
from parallel_texts.cli.norm_inputs import open_texts, read_norms, text_options
from parallel_texts.norms import as_csv, as_record


@click.command("norms", epilog="Example: parallel-texts norms chita-1955 --lang en")
@text_options
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table",
    show_default=True, help="CSV has columns for codings of alliances; see docs/norms.md.",
)  # fmt: skip
@corpus_option
@output_option
def command(
    inputs: tuple[str, ...],
    languages: tuple[str, ...],
    lines: bool,
    parties: Path | None,
    actions: Path | None,
    form: str,
    corpus: Path | None,
    output: Path | None,
) -> None:
    """Print the norms of a work or of a text file: bearer, modality, action, conditions.

    A bearer that the text does not name, or leaves open, is printed as unresolved.
    """
    source = open_texts(inputs, corpus=corpus, parties=parties, languages=languages, lines=lines)
    found = tuple(norm for text in source.texts for norm in read_norms(source, text, actions))
    if form == "table" and output is None:
        console().print(_table(found))
    elif form == "csv" or form == "table":
        passages = [p for text in source.texts for p in text.passages]
        emit(as_csv(found, passages, source.work), output)
    else:
        records = [as_record(norm, source.work) for norm in found]
        emit(json.dumps(records, ensure_ascii=False, indent=1), output)


def _table(found: tuple[Norm, ...]) -> Table:
    columns = ("passage", "bearer", "modality", "action", "to", "conditions", "words")
    table = folded(Table(*columns, show_lines=False))
    for norm in found:
        conditions = ", ".join(f"{c.kind} {c.value}" for c in norm.conditions)
        who = f"{norm.bearer} ({norm.distribution})" if norm.distribution else norm.bearer
        table.add_row(
            norm.passage, who, norm.modality, norm.action, norm.counterparty, conditions,
            norm.object,
        )  # fmt: skip
    return table
