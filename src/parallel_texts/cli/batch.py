"""``parallel-texts batch``: a folder of documents, aligned and flagged."""

from __future__ import annotations

import os
from pathlib import Path

import click

from parallel_texts import ParallelTextsError
from parallel_texts.batch import (
    Job,
    Limits,
    Outcome,
    Run,
    Settings,
    find_jobs,
    run,
    write_report,
    write_shards,
)
from parallel_texts.cli.common import counted, note

_SHARDS = ("jsonl", "parquet")
_FORMATS = (*_SHARDS, "tmx", "tei")


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@click.command("batch", epilog="Example: parallel-texts batch treaties -o results --jobs 8")
@click.argument("place", metavar="DIR|MANIFEST.tsv", type=click.Path(path_type=Path, exists=True))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the results.",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(1), default=_cores, show_default="all cores",
    help="Documents worked on at a time, each in a process of its own.",
)  # fmt: skip
@click.option(
    "--to", "forms", multiple=True, type=click.Choice(_FORMATS),
    help="Shards as jsonl [default] or parquet; beside them tmx or tei for each work.",
)  # fmt: skip
@click.option("--encoder", default="use", show_default=True, help="Which encoder to use.")
@click.option("--fast", is_flag=True, help="Quicker, up to two points less exact.")
def command(
    place: Path, output: Path, jobs: int, forms: tuple[str, ...], encoder: str, fast: bool
) -> None:
    """Pair the files of DIR into works; import, align, flag and export each.

    Stopped and started again, it goes on where it was.
    """
    settings = Settings(
        str(output),
        encoder=encoder,
        fast=fast,
        exports=tuple(form for form in ("tei", "tmx") if form in forms),
        limits=Limits(),
    )
    found = find_jobs(place, leave_out=output)
    if not found:
        raise ParallelTextsError(f"{place}: no text in it")
    done = run(found, settings, workers=jobs, on_done=_tell)
    write_shards(output, done.outcomes, [form for form in _SHARDS if form in forms] or ["jsonl"])
    click.echo(write_report(output, done.outcomes))
    _end(done)


def _tell(job: Job, outcome: Outcome, reused: bool) -> None:
    if outcome.status == "failed":
        note(f"{job.id}: {outcome.reason}")


def _end(done: Run) -> None:
    note(f"{counted(done.count('aligned'), 'work')} aligned, {done.count('failed')} failed")
    if done.count("failed"):
        raise SystemExit(1)
