"""``edition``: write side-by-side HTML for works."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parallel_texts.cli.common import corpus_option, note
from parallel_texts.cli.completion import complete_works
from parallel_texts.i18n import UI_LANGUAGES

if TYPE_CHECKING:
    from parallel_texts import Corpus
    from parallel_texts.edition import SiteReport

__all__ = ["command"]

_HELP = {
    "output": "Folder for the pages; made if missing.",
    "single_file": "One HTML file per work, nothing beside it.",
    "theme": "Folder of templates and style that replace or add to the package's own.",
    "ui_lang": "Language of the words around the texts; all: every language, with a switch.",
}
_folder = click.Path(path_type=Path, file_okay=False)


@click.command("edition", epilog="Example: parallel-texts edition chita-1955 -o site --ui-lang ru")
@click.argument("works", nargs=-1, metavar="WORK...", shell_complete=complete_works)
@corpus_option
@click.option("-o", "--output", type=_folder, required=True, help=_HELP["output"])
@click.option("--single-file", is_flag=True, help=_HELP["single_file"])
@click.option("--theme", type=_folder, help=_HELP["theme"])
@click.option(
    "--ui-lang",
    type=click.Choice([*UI_LANGUAGES, "all"]),
    default="en",
    show_default=True,
    help=_HELP["ui_lang"],
)
def command(
    works: tuple[str, ...],
    corpus: Path | None,
    output: Path,
    single_file: bool,
    theme: Path | None,
    ui_lang: str,
) -> None:
    """Write side-by-side HTML editions of WORK..., or of the whole corpus."""
    from parallel_texts import load_corpus

    chosen = _choose(load_corpus(corpus), works)
    report = _write(chosen, output, single_file=single_file, theme=theme, ui_lang=ui_lang)
    click.echo(report.index)
    note(f"{len(report.written)} files written, {len(report.kept)} unchanged")


def _choose(corpus: Corpus, names: tuple[str, ...]) -> Corpus:
    """Return the corpus with only the named works, all without names."""
    from parallel_texts.corpus import find_work

    if not names:
        return corpus
    return replace(corpus, works=tuple(find_work(corpus, name) for name in dict.fromkeys(names)))


def _write(
    corpus: Corpus, output: Path, *, single_file: bool, theme: Path | None, ui_lang: str
) -> SiteReport:
    from parallel_texts import align_work, flag_work, render_site
    from parallel_texts.edition import render_files

    works = [work for work in corpus.works if work.versions]
    aligned = {work.id: align_work(corpus, work) for work in works}
    languages = UI_LANGUAGES if ui_lang == "all" else (ui_lang,)
    translated = {
        lang: {w.id: flag_work(corpus, w, aligned[w.id], ui_lang=lang) for w in works}
        for lang in languages
    }
    findings = translated[languages[0]]
    if single_file:
        lang = languages[0]
        return render_files(corpus, works, aligned, findings, output, ui_lang=lang, theme=theme)
    return render_site(
        corpus, aligned, findings, output, ui_lang=ui_lang, theme=theme, translated=translated
    )
