"""``parallel-texts new``: a work from files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from parallel_texts.cli.add import ORIGINS, STANDINGS, report, report_alignment
from parallel_texts.cli.common import corpus_option, note
from parallel_texts.founding import found_work
from parallel_texts.importing import import_version


@click.command(
    "new",
    epilog='Example: parallel-texts new harbin-1956 --title "Harbin Agreement" zh=a.docx ru=b.pdf',
)
@click.argument("work")
@click.argument("files", metavar="LANG=FILE...", nargs=-1, required=True)
@click.option(
    "--title", "titles", multiple=True, metavar="[LANG=]TITLE",
    help="Title, in English unless LANG= is before it; may be repeated.",
)  # fmt: skip
@click.option(
    "--kind", type=click.Choice(("agreement", "memoir")), default="agreement", show_default=True,
    help="What the work is.",
)  # fmt: skip
@click.option("--date", default="", help="1955, 1955-09 or 1955-09-27.")
@click.option("--place", default="", metavar="ID", help="Place, as corpus.xml lists it.")
@click.option("--party", "parties", multiple=True, metavar="ID", help="Party; may be repeated.")
@click.option(
    "--standing", "standings", multiple=True, metavar="[LANG=]STANDING",
    help=f"What a text is in law: {', '.join(STANDINGS)} [default: unreported].",
)  # fmt: skip
@click.option(
    "--origin", type=click.Choice(ORIGINS), default="transcription", show_default=True,
    help="What the files are.",
)  # fmt: skip
@click.option("--by", default="", help="Who made these versions.")
@click.option("--dry-run", is_flag=True, help="Show what would be made; write nothing.")
@corpus_option
def command(
    work: str,
    files: tuple[str, ...],
    titles: tuple[str, ...],
    kind: str,
    date: str,
    place: str,
    parties: tuple[str, ...],
    standings: tuple[str, ...],
    origin: str,
    by: str,
    dry_run: bool,
    corpus: Path | None,
) -> None:
    """Make WORK from one file a language, listed in the corpus and aligned; no XML is needed.

    Reads what add reads. A folder that is no corpus yet, corpora/ by default, becomes one.
    """
    standing = _keyed(standings, "")
    _check_standings(standing.values())
    imported = [
        import_version(
            Path(name), work, lang, by=by, origin=origin,
            standing=standing.get(lang.split("-")[0]) or standing.get("") or "unreported",
        )
        for lang, name in _files(files)
    ]  # fmt: skip
    for item in imported:
        report(item)
    added = found_work(
        corpus or Path("corpora"),
        [item.version for item in imported],
        kind=kind,
        titles=_keyed(titles, "en"),
        date=date,
        place=place,
        parties=parties,
        data={item.version.lang: item.data for item in imported if item.data is not None},
        dry_run=dry_run,
    )
    report_alignment(added)
    if not parties:
        note("note: no --party: list the parties in corpus.xml to compare their rights and duties")
    click.echo("\n".join(map(str, added.paths)))


def _files(values: Iterable[str]) -> list[tuple[str, str]]:
    """Split ``zh=a.docx``."""
    pairs = [value.partition("=") for value in values]
    if any(not lang or not name for lang, _, name in pairs):
        raise click.UsageError("name each file with its language, such as zh=a.docx")
    languages = [lang.split("-")[0] for lang, _, _ in pairs]
    if len(set(languages)) < len(languages):
        raise click.UsageError("one file a language")
    return [(lang, name) for lang, _, name in pairs]


def _keyed(values: Iterable[str], otherwise: str) -> dict[str, str]:
    """Split ``zh=...``; a value without a language belongs to ``otherwise``."""
    found: dict[str, str] = {}
    for value in values:
        lang, equals, rest = value.partition("=")
        is_keyed = bool(equals) and lang.isalpha() and len(lang) <= 3
        found[lang if is_keyed else otherwise] = rest if is_keyed else value
    return found


def _check_standings(values: Iterable[str]) -> None:
    for value in values:
        if value not in STANDINGS:
            raise click.UsageError(f"{value!r} is no standing: use {', '.join(STANDINGS)}")
