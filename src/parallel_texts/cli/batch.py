"""``parallel-texts batch``: a folder of documents, aligned and flagged."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from parallel_texts import ParallelTextsError
from parallel_texts.batch import (
    Limits,
    Naming,
    Run,
    Settings,
    find_jobs,
    is_remote,
    load_pyarrow,
    run,
    run_on_cluster,
    write_report,
    write_shards,
)
from parallel_texts.cli.batch_progress import Watch
from parallel_texts.cli.common import counted, note
from parallel_texts.findings import check_codes
from parallel_texts.i18n import UI_LANGUAGES
from parallel_texts.processes import cores

_SHARDS = ("jsonl", "parquet")
_EXPORTS = ("tei", "tmx")
_INTERRUPTED = 130
_LIMITS = Limits()


def _words(ctx: click.Context, parameter: click.Parameter, values: Sequence[str]) -> list[str]:
    """Split ``a,b`` and repeated options."""
    return [word.strip() for value in values for word in value.split(",") if word.strip()]


def _codes(ctx: click.Context, parameter: click.Parameter, values: Sequence[str]) -> list[str]:
    codes = [code.upper() for code in _words(ctx, parameter, values)]
    check_codes(codes)
    return codes


def _pattern(
    ctx: click.Context, parameter: click.Parameter, value: str | None
) -> re.Pattern[str] | None:
    try:
        return re.compile(value) if value else None
    except re.error as error:
        raise click.BadParameter(f"no regular expression: {error}") from error


def _aliases(
    ctx: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> dict[str, str]:
    pairs = [word.split("=", 1) for word in _words(ctx, parameter, values)]
    if not all(len(pair) == 2 and all(pair) for pair in pairs):
        raise click.BadParameter("give NAME=LANG, for example E=en")
    return dict(pair for pair in pairs)


class _Place(click.Path):
    """A path, or the address of something that is not on this machine, as it is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Check paths only."""
        if isinstance(value, str) and is_remote(value):
            return value
        plain = value.removeprefix("file://") if isinstance(value, str) else value
        return super().convert(plain, param, ctx)


@click.command("batch", epilog="Example: parallel-texts batch treaties -o results --jobs 8")
@click.argument("place", metavar="DIR|MANIFEST.tsv", type=_Place(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=_Place(path_type=Path, file_okay=False),
    help="Folder of the results.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1), default=cores, show_default="all cores",
    help="Documents worked on at a time, each in a process of its own.",
)  # fmt: skip
@click.option(
    "--dask", "scheduler", metavar="ADDRESS",
    help="Scheduler of a Dask cluster that does the work instead: tcp://host:8786. DIR and the "
    "results may be addresses like s3://bucket/texts.",
)  # fmt: skip
@click.option(
    "--to", "forms", multiple=True, type=click.Choice([*_SHARDS, *_EXPORTS]),
    help="Shards in jsonl [default] or parquet; beside them tei or tmx for each work.",
)  # fmt: skip
@click.option("--encoder", default="use", show_default=True, help="Which encoder to use.")
@click.option("--fast", is_flag=True, help="Quicker, up to two points less exact.")
@click.option(
    "--flag/--no-flag", default=True, help="Look for findings: two thirds of the time of aligning."
)
@click.option(
    "--select", multiple=True, callback=_codes, metavar="CODES", help="Only these codes: V102,P2."
)
@click.option("--ignore", multiple=True, callback=_codes, metavar="CODES", help="Not these codes.")
@click.option(
    "--parties", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Parties of all documents, as for flag [default: read from each text].",
)  # fmt: skip
@click.option(
    "--glossary", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Terms with set translations, as for flag.",
)  # fmt: skip
@click.option(
    "--id", "id_pattern", callback=_pattern, metavar="REGEX",
    help=r"What in a path names the document: '\d{4}-\d+' [default: all but its language].",
)  # fmt: skip
@click.option(
    "--languages", multiple=True, callback=_words, metavar="zh,ru",
    help="The only language codes to look for in names.",
)  # fmt: skip
@click.option(
    "--alias", multiple=True, callback=_aliases, metavar="NAME=LANG",
    help="Another name of a language in names of files: E=en,C=zh.",
)  # fmt: skip
@click.option(
    "--max-megabytes", type=click.IntRange(0), default=_LIMITS.megabytes, show_default=True,
    help="Size of a file; larger ones are not read. 0 lifts this limit, and each of these.",
)  # fmt: skip
@click.option(
    "--max-passages", type=click.IntRange(0), default=_LIMITS.passages, show_default=True,
    help="Passages of a text.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.IntRange(0), default=_LIMITS.seconds, show_default=True,
    help="Seconds for a document.",
)  # fmt: skip
@click.option(
    "--max-memory", type=click.IntRange(0), default=_LIMITS.memory, show_default=True,
    help="Megabytes of data for each worker; on Linux only.",
)  # fmt: skip
@click.option(
    "--ui-lang", type=click.Choice(UI_LANGUAGES), default="en", show_default=True,
    help="Language of the summary page.",
)  # fmt: skip
def command(
    place: Path | str,
    output: Path | str,
    jobs: int,
    scheduler: str | None,
    forms: tuple[str, ...],
    encoder: str,
    fast: bool,
    flag: bool,
    select: list[str],
    ignore: list[str],
    parties: Path | None,
    glossary: Path | None,
    id_pattern: re.Pattern[str] | None,
    languages: list[str],
    alias: dict[str, str],
    max_megabytes: int,
    max_passages: int,
    timeout: int,
    max_memory: int,
    ui_lang: str,
) -> None:
    """Pair the files of DIR into works; import, align, flag and export each.

    Files are paired by a language in their names (treaty.zh.txt, treaty_ru.docx) or by a folder
    a language (zh/treaty.txt), or as a TSV file lists them, with a column id and one a language.
    Stopped and started again, it redoes nothing that is finished. A document that fails costs a
    line and is tried again the next time; the exit status is 1 then. Prints the page to open.
    """
    settings = Settings(
        str(output),
        encoder=encoder,
        fast=fast,
        flag=flag,
        select=tuple(select),
        ignore=tuple(ignore),
        parties=str(parties or ""),
        glossary=str(glossary or ""),
        exports=tuple(form for form in _EXPORTS if form in forms),
        limits=Limits(max_megabytes, max_passages, timeout, max_memory),
    )
    if "parquet" in forms:
        load_pyarrow()  # else its absence would show after hours of work
    naming = Naming(id_pattern, alias, tuple(languages))
    done = _run(place, naming, settings, scheduler or jobs)
    write_shards(output, done.outcomes, [form for form in _SHARDS if form in forms] or ["jsonl"])
    click.echo(write_report(output, done.outcomes, ui_lang))
    _end(done)


def _run(place: Path | str, naming: Naming, settings: Settings, workers: int | str) -> Run:
    found = find_jobs(place, naming=naming, leave_out=settings.out)
    if not found:
        raise ParallelTextsError(f"{place}: no text that can be read in it")
    with Watch() as watch:
        try:
            if isinstance(workers, str):
                return run_on_cluster(
                    found, settings, workers, on_done=watch.done, on_step=watch.step
                )
            return run(found, settings, workers=workers, on_done=watch.done, on_step=watch.step)
        except KeyboardInterrupt:
            finished = watch.finished
    note(
        f"stopped: {finished} of {counted(len(found), 'work')} finished; "
        "the same command goes on from here"
    )
    sys.exit(_INTERRUPTED)


def _end(done: Run) -> None:
    """Say what was done, and exit with 1 if something failed."""
    said = [f"{counted(len(done.outcomes), 'work')}: {done.count('aligned')} aligned"]
    for status, words in (("alone", "in one language only"), ("failed", "failed")):
        if done.count(status):
            said.append(f"{done.count(status)} {words}")
    if done.reused:
        said.append(f"{done.reused} finished before")
    note(", ".join(said) + f"; {done.seconds:.0f} seconds")
    if done.count("failed"):
        sys.exit(1)
