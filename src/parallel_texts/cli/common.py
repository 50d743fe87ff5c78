"""Options and small habits that commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from parallel_texts.errors import CorpusError
from parallel_texts.files import write_atomic
from parallel_texts.i18n import UI_LANGUAGES

__all__ = [
    "console",
    "corpus_option",
    "counted",
    "emit",
    "folded",
    "messages",
    "note",
    "output_option",
    "ui_lang_option",
    "writable_corpus",
]

F = TypeVar("F", bound=Callable[..., Any])


def corpus_option(command: F) -> F:
    """Add ``--corpus DIR``: default ``corpora/`` here, else the corpus that is installed."""
    return click.option(
        "--corpus",
        type=click.Path(path_type=Path, file_okay=False),
        help="Corpus folder [default: corpora/ here, else the installed one].",
    )(command)


def writable_corpus(path: Path | None) -> Path:
    """Return the corpus folder that a command may change; never the installed one by default.

    Raises:
        CorpusError: No folder was named and there is no ``corpora/`` here.
    """
    folder = path or Path("corpora")
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder: name the corpus to change with --corpus DIR")
    return folder


def output_option(command: F) -> F:
    """Add ``-o FILE``; standard output without it."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write here instead of to standard output.",
    )(command)


def ui_lang_option(command: F) -> F:
    """Add ``--ui-lang``: the language messages are written in."""
    return click.option(
        "--ui-lang",
        type=click.Choice(UI_LANGUAGES),
        default="en",
        show_default=True,
        help="Language of messages.",
    )(command)


def folded(table: Table) -> Table:
    """Break words that are too long for their column: Chinese has no spaces, and none is cut."""
    for column in table.columns:
        column.overflow = "fold"
    return table


def console() -> Console:
    """Return the console for tables on standard output; plain when it is no terminal."""
    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False)


def messages() -> Console:
    """Return the console for progress and messages on standard error."""
    return Console(stderr=True, highlight=False)


def note(text: str) -> None:
    """Say something to the person, not to the pipe."""
    click.echo(text, err=True)


def counted(number: int, noun: str) -> str:
    """Return ``1 error`` or ``2 errors``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def emit(text: str, output: Path | None) -> None:
    """Write ``text`` to ``output``, or to standard output."""
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        write_atomic(output, text if text.endswith("\n") else text + "\n")
