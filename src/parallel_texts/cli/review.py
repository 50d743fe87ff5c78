"""``parallel-texts review``: correct links and judge findings in the browser."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from parallel_texts.cli.common import note, ui_lang_option, writable_corpus
from parallel_texts.cli.completion import complete_works
from parallel_texts.review import Review, serve

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command("review", epilog="Example: parallel-texts review chita-1955 --corpus corpora")
@click.argument("work", shell_complete=complete_works)
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, file_okay=False),
    help="Corpus folder, which is changed [default: corpora/ here].",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port [default: any that is free]."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; other machines can connect to any but 127.0.0.1, "
    "and then --person is needed.",
)
@click.option("--reviewer", help="Your name, as the files record it [default: your login].")
@click.option(
    "--person",
    "persons",
    multiple=True,
    help="Name of one of several reviewers, repeated; each gets an address of their own.",
)
@click.option("--no-browser", is_flag=True, help="Print the address; do not open it.")
@ui_lang_option
def command(
    work: str,
    corpus: Path | None,
    port: int,
    host: str,
    reviewer: str | None,
    persons: tuple[str, ...],
    no_browser: bool,
    ui_lang: str,
) -> None:
    """Correct the links of WORK and judge its findings in the browser.

    Starts a server on this machine, prints the address with its secret and opens it. Every change
    is saved to the TEI files of the corpus at once. Ends with Ctrl+C.
    """
    names = _reviewers(host, reviewer, persons)
    review = Review.open(writable_corpus(corpus), work, ui_lang=ui_lang)
    serve(
        review, names, host=host, port=port, ui_lang=ui_lang, browser=not no_browser, tell=_tell
    )  # fmt: skip


def _reviewers(host: str, reviewer: str | None, persons: tuple[str, ...]) -> tuple[str, ...]:
    if reviewer and persons:
        raise click.UsageError("--reviewer is one person, --person several: use one of them")
    if host not in _LOOPBACK and not persons:
        raise click.UsageError(
            f"--host {host} lets others connect: name each reviewer with --person"
        )
    return persons or (reviewer or _login(),)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"


def _tell(name: str, address: str) -> None:
    click.echo(address)
    note(f"{name} reviews at this address; Ctrl+C ends the server")
