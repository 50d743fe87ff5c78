"""The command line: translate arguments, call the API, print. One module per command."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

import parallel_texts
from parallel_texts import ParallelTextsError

__all__ = ["COMMANDS", "main"]

COMMANDS = {
    "add": "Bring a new translation into a work.",
    "align": "Align a work, or files in two to n languages, passage by passage.",
    "balance": "Show rights and duties per party and action.",
    "batch": "Align and flag a folder of documents, on all cores.",
    "build": "Validate, align, flag and write the editions: the main job.",
    "convert": "Turn one alignment format into another.",
    "edition": "Write side-by-side HTML for works.",
    "evaluate": "Compare an alignment with a gold one.",
    "export": "Write a work as PO, TMX, XLIFF, tables and more.",
    "flag": "Say where versions differ and what one party alone may or must do.",
    "list": "List works with languages, standing and origin.",
    "merge": "Bring a translator's changes back into a work.",
    "new": "Make a work from files, one a language.",
    "norms": "Print who must, may, must not or need not do what.",
    "review": "Correct links and judge findings in the browser.",
    "search": "Find words in context, with the other languages beside them.",
    "show": "Show one work: header facts and text.",
    "validate": "Check schema, ids, pointers and languages.",
}
"""Every command with its line of help; a command's module is imported when it is called."""


class _Commands(click.Group):
    """Loads a command's module only when the command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        here = Path(__file__).parent
        return [name for name in COMMANDS if (here / f"{name}.py").exists()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"parallel_texts.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, COMMANDS[name]) for name in self.list_commands(ctx)]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: parallel-texts build corpora -o site",
)
@click.version_option(parallel_texts.__version__, prog_name="parallel-texts")
def cli() -> None:
    """Compare documents that exist, or are missing, in several languages."""


def main() -> None:
    """Run the command line; errors of the package end in a message and exit code 1."""
    try:
        cli(prog_name="parallel-texts")
    except ParallelTextsError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)
