"""``parallel-texts add``: a new translation into a work."""

from __future__ import annotations

from pathlib import Path

import click

from parallel_texts import load_corpus
from parallel_texts.adding import Added, add_version
from parallel_texts.cli.common import corpus_option, counted, note, writable_corpus
from parallel_texts.cli.completion import complete_works
from parallel_texts.importing import Imported, import_version

STANDINGS = ("authentic", "official-translation", "editorial-translation", "unreported")
ORIGINS = ("transcription", "regest", "reconstruction")


@click.command(
    "add",
    epilog='Example: parallel-texts add khabarovsk-1955-exercises zh.txt --lang zh --by "A. Name"',
)
@click.argument("work", shell_complete=complete_works)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lang", required=True, help="Language of the file: zh, ru, en or another tag.")
@click.option(
    "--standing", type=click.Choice(STANDINGS), default="editorial-translation",
    show_default=True, help="What the text is in law.",
)  # fmt: skip
@click.option(
    "--origin", type=click.Choice(ORIGINS), default="transcription",
    show_default=True, help="What the file is.",
)  # fmt: skip
@click.option("--by", default="", help="Who made this version.")
@click.option("--title", default="", help="Title [default: the text's first line].")
@click.option("--translation-of", metavar="LANG", help="Language it was translated from.")
@click.option("--dry-run", is_flag=True, help="Show what would be made; write nothing.")
@click.option("--force", is_flag=True, help="Replace a version that is there.")
@corpus_option
def command(
    work: str,
    file: Path,
    lang: str,
    standing: str,
    origin: str,
    by: str,
    title: str,
    translation_of: str | None,
    dry_run: bool,
    force: bool,
    corpus: Path | None,
) -> None:
    """Bring FILE into WORK as its version in a language, and align it with the others.

    Reads txt, Markdown, HTML, DOCX, PDF with a text layer, and TEI. Finds title, preamble,
    articles and signatures, and says what it made of them.
    """
    loaded = load_corpus(writable_corpus(corpus))
    imported = import_version(
        file, work, lang, standing=standing, origin=origin, by=by, title=title,
        translation_of=translation_of,
    )  # fmt: skip
    added = add_version(loaded, imported.version, dry_run=dry_run, force=force, data=imported.data)
    report(imported)
    report_alignment(added)
    click.echo("\n".join(map(str, added.paths)))


def report(imported: Imported) -> None:
    """Say what was made of a file."""
    version = imported.version
    for division in version.divisions:
        head = division.head or division.type
        note(f"  {division.id:8} {len(division.passages):3} passages  {head[:60]}")
    divisions = counted(len(version.divisions), "division")
    note(f"{version.title}: {divisions}, {counted(len(version.passages), 'passage')}")
    for line in imported.notes:
        note(f"note: {line}")


def report_alignment(added: Added) -> None:
    """Say how the versions of the work answer to each other, and whether anything was written."""
    if added.alignment is not None:
        missing = sum(bool(link.missing) for link in added.alignment)
        note(f"aligned: {len(added.alignment)} links, {missing} of them with a side missing")
    if not added.written:
        note("dry run: nothing was written")
