"""``parallel-texts flag``: where versions differ and what one party alone may or must do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from rich.table import Table

from parallel_texts.cli.common import (
    console,
    corpus_option,
    emit,
    output_option,
    ui_lang_option,
)
from parallel_texts.cli.flag_inputs import Input, open_input
from parallel_texts.findings import check_codes, flag
from parallel_texts.model import Finding
from parallel_texts.parties import read_parties


def _codes(ctx: click.Context, parameter: click.Parameter, values: Sequence[str]) -> list[str]:
    """Split ``V102,V103`` and repeated options into codes."""
    codes = [code.strip().upper() for value in values for code in value.split(",") if code.strip()]
    check_codes(codes)
    return codes


@click.command("flag", epilog="Example: parallel-texts flag clauses.tsv --parties parties.tsv")
@click.argument("inputs", nargs=-1, required=True, metavar="WORK|TABLE|ALIGNMENT.xml|LANG=FILE...")
@click.option("--lines", is_flag=True, help="A line of a text file is a passage.")
@click.option(
    "--parties",
    "parties_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Parties: TSV with id and a column per language, | between names; or TOML.",
)
@click.option("--select", multiple=True, callback=_codes, help="Only these codes: V102,P2.")
@click.option("--ignore", multiple=True, callback=_codes, help="Not these codes.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "tsv"]),
    default="table",
    show_default=True,
)
@corpus_option
@output_option
@ui_lang_option
def command(
    inputs: tuple[str, ...],
    lines: bool,
    parties_file: Path | None,
    select: list[str],
    ignore: list[str],
    form: str,
    corpus: Path | None,
    output: Path | None,
    ui_lang: str,
) -> None:
    """Say where versions differ, and what one party alone may or must do.

    Takes a work of the corpus, a TSV or CSV with a column per language, an alignment file, or texts
    as LANG=FILE. With one language, only what the text itself says unequally is found.
    """
    source = open_input(inputs, corpus=corpus, lines=lines)
    parties = read_parties(parties_file) if parties_file else source.parties
    found = (
        finding
        for alignment in source.alignments
        for finding in flag(
            alignment,
            parties=parties,
            work=source.work,
            select=select,
            ignore=ignore,
            ui_lang=ui_lang,
        )
    )
    _write(found, form, output, source)


def _write(found: Iterable[Finding], form: str, output: Path | None, source: Input) -> None:
    if form == "table" and output is None:
        console().print(_table(found, source))
    elif output is None:
        for piece in _FORMATS[form](found):
            sys.stdout.write(piece)
    else:
        emit("".join(_FORMATS["tsv" if form == "table" else form](found)), output)


def _as_json(found: Iterable[Finding]) -> Iterator[str]:
    """Yield a JSON list one finding a line, so that a long table streams."""
    yield "["
    for number, finding in enumerate(found):
        yield ("," if number else "") + "\n" + json.dumps(_object(finding), ensure_ascii=False)
    yield "\n]\n"


def _object(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "kind": finding.kind,
        "work": finding.work,
        "unit": finding.unit,
        "languages": list(finding.languages),
        "message": finding.message,
        "confidence": finding.confidence,
        "rule": finding.rule,
        "evidence": [
            {"lang": e.lang, "passage": e.passage, "start": e.start, "end": e.end, "text": e.text}
            for e in finding.evidence
        ],
    }


def _as_tsv(found: Iterable[Finding]) -> Iterator[str]:
    yield "code\tunit\tlanguages\tconfidence\trule\tmessage\tevidence\n"
    for f in found:
        evidence = " | ".join(f"{e.lang}: {e.text}" for e in f.evidence)
        cells = [
            f.code,
            f.unit,
            " ".join(f.languages),
            f"{f.confidence:.2f}",
            f.rule,
            f.message,
            evidence,
        ]
        yield "\t".join(" ".join(cell.split()) for cell in cells) + "\n"


_FORMATS = {"json": _as_json, "tsv": _as_tsv}


def _table(found: Iterable[Finding], source: Input) -> Table:
    table = Table(title=source.title or None, title_justify="left", show_lines=False)
    for column in ("code", "unit", "conf.", "finding"):
        table.add_column(column, overflow="fold")
    for finding in found:
        table.add_row(finding.code, finding.unit, f"{finding.confidence:.2f}", finding.message)
    return table
