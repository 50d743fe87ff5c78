"""``parallel-texts validate``: check TEI files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from parallel_texts import validate
from parallel_texts.cli.common import counted, emit, note, output_option
from parallel_texts.corpus import corpus_path
from parallel_texts.validation import Problem

__all__ = ["command"]


@click.command("validate", epilog="Example: parallel-texts validate corpora --format json")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH...]")
@click.option("--select", multiple=True, metavar="CODES", help="Only these codes: T3,T601.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these codes.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
@output_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    form: str,
    output: Path | None,
) -> None:
    """Check schema, ids, pointers, languages, values and characters of TEI files.

    PATH is a corpus, any folder, or a file; without it the corpus here, else the installed one.
    Prints a line FILE:LINE: CODE MESSAGE for each problem. Exits with 1 on any error.
    """
    chosen = paths or (corpus_path(),)
    found = validate(chosen, select=_codes(select), ignore=_codes(ignore))
    if form == "json":
        emit(json.dumps([_object(p) for p in found], ensure_ascii=False, indent=2), output)
    elif found or output is not None:
        emit("\n".join(map(str, found)), output)
    errors = sum(problem.is_error for problem in found)
    note(f"{counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}")
    ctx.exit(1 if errors else 0)


def _object(problem: Problem) -> dict[str, object]:
    return {
        "file": str(problem.path),
        "line": problem.line,
        "code": problem.code,
        "level": "error" if problem.is_error else "warning",
        "message": problem.message,
    }


def _codes(values: Sequence[str]) -> list[str]:
    """Split ``T3,T601`` and repeated options into codes."""
    return [code.strip().upper() for value in values for code in value.split(",") if code.strip()]
