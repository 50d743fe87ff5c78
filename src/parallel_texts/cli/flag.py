"""``parallel-texts flag``: where versions differ and what one party alone may or must do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from parallel_texts import Alignment, Authority, Finding, ParallelTextsError
from parallel_texts.cli.common import (
    console,
    corpus_option,
    emit,
    note,
    output_option,
    ui_lang_option,
)
from parallel_texts.cli.completion import complete_codes, complete_works
from parallel_texts.cli.flag_inputs import Input, open_input
from parallel_texts.cli.flag_judging import judgements_of, write_findings
from parallel_texts.findings import check_codes, with_judgements
from parallel_texts.flagging import flag_each
from parallel_texts.parties import format_parties, read_parties
from parallel_texts.party_detection import detect_parties
from parallel_texts.processes import cores


def _codes(ctx: click.Context, parameter: click.Parameter, values: Sequence[str]) -> list[str]:
    """Split ``V102,V103`` and repeated options into codes."""
    codes = [code.strip().upper() for value in values for code in value.split(",") if code.strip()]
    check_codes(codes)
    return codes


_WANT_A_DOCUMENT = ("P201", "P202", "P203")
"""Codes that mean something only where all that was agreed is before us."""
_MANY_ROWS = 500
_MOST_JOBS = 4


@click.command("flag", epilog="Example: parallel-texts flag clauses.tsv --parties parties.tsv")
@click.argument(
    "inputs",
    nargs=-1,
    required=True,
    metavar="WORK|TABLE|ALIGNMENT|LANG=FILE...",
    shell_complete=complete_works,
)
@click.option("--lines", is_flag=True, help="A line of a text file is a passage.")
@click.option(
    "--parties",
    "parties_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Parties: TSV with id and a column per language, | between names; or TOML.",
)
@click.option(
    "--select",
    multiple=True,
    callback=_codes,
    shell_complete=complete_codes,
    help="Only these codes: V102,P2.",
)
@click.option(
    "--ignore",
    multiple=True,
    callback=_codes,
    shell_complete=complete_codes,
    help="Not these codes.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "tsv"]),
    default="table",
    show_default=True,
)
@click.option(
    "--glossary",
    "glossary_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Terms with set translations: TSV with id and a column per language "
    "[default: glossary.tsv of the corpus].",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out findings below this confidence.",
)
@click.option(
    "--fail-on",
    multiple=True,
    callback=_codes,
    shell_complete=complete_codes,
    help="Exit with 1 if one of these codes is found.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes for a table [default: one a core, at most 4, from 500 rows on].",
)
@click.option("--write", is_flag=True, help="Keep the findings in the work's alignment file.")
@click.option("--confirm", multiple=True, metavar="UNIT:CODE", help="Keep as confirmed, with --by.")
@click.option("--refuse", multiple=True, metavar="UNIT:CODE", help="Keep as refused, with --by.")
@click.option("--by", default="", help="Who confirms or refuses.")
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
    glossary_file: Path | None,
    min_confidence: float,
    fail_on: list[str],
    jobs: int | None,
    write: bool,
    confirm: tuple[str, ...],
    refuse: tuple[str, ...],
    by: str,
    corpus: Path | None,
    output: Path | None,
    ui_lang: str,
) -> None:
    """Say where versions differ, and what one party alone may or must do.

    Takes a work of the corpus, a TSV or CSV with a column per language, an alignment file (TEI,
    JSON lines, TMX, XLIFF, PO, XLSX; with LANG=FILE after it where it holds passage numbers
    alone), or texts as LANG=FILE. With one language, only what the text itself says unequally is
    found. Parties come from --parties, else from the corpus, else from what the text itself
    defines.

    Rows of a table may have nothing to do with one another: what one party alone may, must or must
    not do (P201 to P203) is looked for there only with --select P.
    """
    source = open_input(inputs, corpus=corpus, lines=lines, glossary=glossary_file)
    if parties_file:
        source = replace(source, parties=read_parties(parties_file))
    if source.rows_alone and not select:
        ignore = [*ignore, *_WANT_A_DOCUMENT]
    options = {"select": select, "ignore": ignore, "ui_lang": ui_lang}
    source, jobs = _shared_out(source, jobs)
    if write or confirm or refuse:
        verdicts = [(u, "confirmed") for u in confirm] + [(u, "refused") for u in refuse]
        _keep(source, verdicts, by, options)
    seen: set[str] = set()
    found = _noted(_find(source, min_confidence, options, jobs), seen)
    _write(found, form, output, source)
    if any(code.startswith(tuple(fail_on)) for code in seen):
        raise SystemExit(1)


def _shared_out(source: Input, jobs: int | None) -> tuple[Input, int]:
    """Say how many processes are worth starting: each loads the model anew, in a second or two."""
    if not source.rows_alone:
        return source, 1
    rows = iter(source.alignments)
    first = [*islice(rows, 1)]
    many = any(len(alignment) >= _MANY_ROWS for alignment in first)
    usual = min(cores(), _MOST_JOBS) if many else 1
    return replace(source, alignments=chain(first, rows)), jobs or usual


def _find(source: Input, least: float, options: dict[str, Any], jobs: int = 1) -> Iterator[Finding]:
    """Yield findings alignment by alignment, as a table streams in."""
    each = flag_each(
        source.alignments, jobs=jobs, parties=source.parties or _detected, work=source.work,
        names=source.names, glossary=source.glossary, **options,
    )  # fmt: skip
    for alignment, found in each:
        said = judgements_of(source.path, source.work, options["select"], options["ignore"])
        shown = with_judgements(found, said, alignment)
        yield from (f for f in shown if f.confidence >= least)


@cache
def _said(text: str) -> None:
    note(text)


def _detected(alignment: Alignment) -> tuple[Authority, ...]:
    """Find parties in the text and tell which, so that the user can correct them."""
    parties = detect_parties(alignment)
    if parties:
        _said("parties read from the text; to correct them, give this table with --parties:")
        _said(format_parties(parties).rstrip())
    return parties


def _noted(found: Iterable[Finding], seen: set[str]) -> Iterator[Finding]:
    for finding in found:
        seen.add(finding.code)
        yield finding


def _keep(source: Input, verdicts: list[tuple[str, str]], by: str, options: dict[str, Any]) -> None:
    """Write findings and verdicts into the alignment file of the work."""
    if source.work is None or source.path is None:
        raise ParallelTextsError("findings are kept beside the links of a work of the corpus only")
    (alignment,) = source.alignments
    found = list(_find(source, 0.0, options))
    count = write_findings(found, alignment, source.work, source.path, verdicts, by)
    note(f"{source.path}: {count} findings kept")


def _write(found: Iterable[Finding], form: str, output: Path | None, source: Input) -> None:
    if form == "table" and output is None:
        console().print(_table(found, source))
    elif output is None:
        for piece in _FORMATS[form](found):
            sys.stdout.write(piece)
            sys.stdout.flush()  # whoever reads along waits for no buffer to fill
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
