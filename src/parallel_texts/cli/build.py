"""``parallel-texts build``: the main job."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from rich.progress import track

from parallel_texts import Work, build
from parallel_texts.cli.common import counted, messages, note
from parallel_texts.i18n import UI_LANGUAGES
from parallel_texts.pipeline import Built, InvalidCorpusError


@click.command("build", epilog="Example: parallel-texts build corpora -o site")
@click.argument("corpus", type=click.Path(path_type=Path), required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder of the site.",
)
@click.option(
    "--theme",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of templates and style that replace or add to the package's own.",
)
@click.option(
    "--ui-lang",
    type=click.Choice([*UI_LANGUAGES, "all"]),
    default="en",
    show_default=True,
    help="Language of interface and findings; all: every language, with a switch.",
)
def command(corpus: Path | None, output: Path, theme: Path | None, ui_lang: str) -> None:
    """Validate, align and flag every work of CORPUS and write the side-by-side editions.

    CORPUS defaults to corpora/ in the working directory, else to the installed corpus.
    Alignments that a person has checked are used as they are; others are kept beside the texts.
    Prints the page to open.
    """
    try:
        built = build(corpus, output, ui_lang=ui_lang, theme=theme, track=_track)
    except InvalidCorpusError as error:
        for problem in error.problems:
            note(str(problem))
        raise
    _report(built)
    click.echo(built.index)


def _track(works: Iterable[Work], stage: str) -> Iterable[Work]:
    """Show a progress bar on a terminal, nothing elsewhere."""
    screen = messages()
    return track(list(works), stage, console=screen, disable=not screen.is_terminal, transient=True)


def _report(built: Built) -> None:
    rows = sum(len(alignment) for alignment in built.alignments.values())
    count = sum(len(findings) for findings in built.findings.values())
    works = counted(len(built.corpus.works), "work")
    note(f"{works}, {counted(rows, 'aligned row')}, {counted(count, 'finding')}")
