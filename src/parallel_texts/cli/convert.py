"""``parallel-texts convert``: one alignment format into another, without a corpus."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from parallel_texts import Passage, export, read_plain
from parallel_texts.cli.common import note
from parallel_texts.errors import ExchangeError
from parallel_texts.exchange import WITHOUT_TEXT, WRITERS, companions, format_of, read_aligned
from parallel_texts.files import write_atomic


@click.command(
    "convert", epilog="Example: parallel-texts convert links.vecalign work.tmx"
    " --text zh=a.txt --text en=b.txt --lines",
)  # fmt: skip
@click.argument("source", metavar="A", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("target", metavar="B", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--to", type=click.Choice(tuple(WRITERS)), help="Format of B [default: its ending].")
@click.option(
    "--text", "texts", multiple=True, metavar="LANG=FILE",
    help="A text that A numbers the passages of; source first.",
)  # fmt: skip
@click.option("--lines", is_flag=True, help="In these texts a line is a passage.")
@click.option("--lang", "languages", multiple=True, help="Only these languages, in this order.")
def command(
    source: Path,
    target: Path,
    to: str | None,
    texts: tuple[str, ...],
    lines: bool,
    languages: tuple[str, ...],
) -> None:
    """Write the alignment in file A as file B.

    Reads and writes PO, TMX, XLIFF, CSV, XLSX, JSON lines, TEI, InterText and Vecalign; the
    ending says which. Vecalign's and align's files hold passage numbers only: name the texts.
    """
    form = to or format_of(target)
    alignment = read_aligned(source, dict(_text(value, lines) for value in texts))
    if form not in WITHOUT_TEXT and not any(p.text for side in alignment.passages for p in side):
        raise ExchangeError(f"{source}: holds no text, which {form} needs: name it with --text")
    alignment = replace(alignment, work=target.stem)
    chosen = languages or alignment.languages
    write_atomic(target, export(alignment, form, languages=chosen))
    for path, data in companions(alignment, form, target, languages=chosen).items():
        write_atomic(path, data)
        note(f"wrote {path}")
    note(f"wrote {target}: {len(alignment)} links, {form}, {', '.join(chosen)}")


def _text(value: str, lines: bool) -> tuple[str, tuple[Passage, ...]]:
    lang, equals, name = value.partition("=")
    if not equals:
        raise click.UsageError(f"name a text with its language, such as zh={value}")
    divisions = read_plain(Path(name), lang, lines=lines)
    return lang, tuple(passage for division in divisions for passage in division.passages)
