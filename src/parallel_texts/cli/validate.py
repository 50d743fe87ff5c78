"""``parallel-texts validate``: schema, ids, pointers, languages, sources."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from parallel_texts.cli.common import note
from parallel_texts.corpus import corpus_path
from parallel_texts.errors import CorpusError
from parallel_texts.validation import Problem, validate


@click.command(
    "validate",
    epilog="Example: parallel-texts validate corpora --format json",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--select", default="", help="Only these codes or their beginnings: X2,X401.")
@click.option("--ignore", default="", help="Leave out these codes or their beginnings.")
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text",
    show_default=True, help="How to print problems.",
)  # fmt: skip
def command(paths: tuple[Path, ...], select: str, ignore: str, form: str) -> None:
    """Check TEI files and folders; without PATHS the corpus.

    Prints one problem a line as FILE:LINE: CODE MESSAGE and exits with 1 if there is an error.
    The codes are listed in docs/validation.md.
    """
    chosen = list(paths) or [corpus_path()]
    for path in chosen:
        if not path.exists():
            raise CorpusError(f"{path}: no such file or folder")
    problems = validate(chosen, select=_codes(select), ignore=_codes(ignore))
    _print(problems, form)
    errors = sum(problem.is_error for problem in problems)
    note(f"{errors} errors" if errors else "no errors")
    sys.exit(1 if errors else 0)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(",") if code.strip())


def _print(problems: tuple[Problem, ...], form: str) -> None:
    if form == "json":
        items = [
            {"file": str(p.path), "line": p.line, "code": p.code, "message": p.message}
            for p in problems
        ]
        click.echo(json.dumps(items, ensure_ascii=False, indent=2))
        return
    for problem in problems:
        click.echo(str(problem))
