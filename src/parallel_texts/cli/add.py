"""``parallel-texts add``: a new translation into a work."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from parallel_texts.adding import Added, add_version
from parallel_texts.cli.common import corpus_option, note
from parallel_texts.corpus import load_corpus
from parallel_texts.importing import Imported, import_version
from parallel_texts.tei import read_version

_STANDINGS = ("authentic", "official-translation", "editorial-translation", "unreported")
_ORIGINS = ("transcription", "regest", "reconstruction")


@click.command(
    "add",
    epilog='Example: parallel-texts add khabarovsk-1955-exercises zh.txt --lang zh --by "A. Name"',
)
@click.argument("work")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lang", required=True, help="Language of the file: zh, ru, en or another tag.")
@click.option(
    "--standing", type=click.Choice(_STANDINGS), default="editorial-translation",
    show_default=True, help="What the text is in law.",
)  # fmt: skip
@click.option(
    "--origin", type=click.Choice(_ORIGINS), default="transcription",
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
    loaded = load_corpus(corpus)
    if file.suffix.lower() == ".xml":
        version = replace(read_version(file), work=work)
        imported = Imported(replace(version, standing=version.standing or standing), ())
    else:
        imported = import_version(
            file, work, lang, standing=standing, origin=origin, by=by, title=title,
            translation_of=translation_of,
        )  # fmt: skip
    added = add_version(loaded, imported.version, dry_run=dry_run, force=force)
    _report(imported, added)
    click.echo(added.path)


def _report(imported: Imported, added: Added) -> None:
    version = imported.version
    for division in version.divisions:
        head = division.head or division.type
        note(f"  {division.id:8} {len(division.passages):3} passages  {head[:60]}")
    note(f"{version.title}: {len(version.divisions)} divisions, {len(version.passages)} passages")
    for line in imported.notes:
        note(f"note: {line}")
    if added.alignment is not None:
        shapes = [link for link in added.alignment if link.missing]
        note(f"aligned: {len(added.alignment)} links, {len(shapes)} of them with a side missing")
    if not added.written:
        note("dry run: nothing was written")
