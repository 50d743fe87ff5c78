"""``parallel-texts merge``: a translator's changes back into a work."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from parallel_texts.cli.common import corpus_option, note
from parallel_texts.corpus import load_corpus
from parallel_texts.errors import CorpusError
from parallel_texts.exchange.carrying import carry_out
from parallel_texts.exchange.formats import read_proposals
from parallel_texts.exchange.merging import Change, MergePlan, plan_merge
from parallel_texts.exchange.po import language_of
from parallel_texts.pipeline import align_work


@click.command("merge", epilog="Example: parallel-texts merge chita-1955 chita.po --dry-run")
@click.argument("work_id", metavar="WORK")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lang", help="Language to change [default: what the file says].")
@click.option("--by", default="", help="Who made the changes.")
@click.option("--dry-run", is_flag=True, help="Show the changes as a diff; write nothing.")
@click.option("--theirs", is_flag=True, help="In a conflict take the file's text.")
@corpus_option
def command(
    work_id: str,
    file: Path,
    lang: str | None,
    by: str,
    dry_run: bool,
    theirs: bool,
    corpus: Path | None,
) -> None:
    """Bring the changes in FILE (PO, TMX, XLIFF, CSV, XLSX) back into WORK.

    A passage that both the file and the corpus changed since the export is a conflict: it is
    shown, left as it is, and the exit code is 1. What a file leaves empty is never deleted.
    """
    loaded = load_corpus(corpus)
    work = loaded.work(work_id)
    if work is None:
        raise CorpusError(f"no work {work_id!r} in {loaded.path}: parallel-texts list names them")
    target = lang or language_of(file)
    if work.version(target) is None:
        raise CorpusError(f"{work_id} has no version in {target!r} to merge into: use add")
    alignment = align_work(loaded, work)
    plan = plan_merge(alignment, read_proposals(file, target), prefer_file=theirs)
    _print(plan)
    if plan.changes and not dry_run:
        carried = carry_out(loaded, alignment, plan, target, who=by)
        for passage in carried.lost_markup:
            note(f"note: {passage}: tags around changed words are gone: tag them again")
        note(f"wrote {carried.path}")
    elif dry_run:
        note("dry run: nothing was written")
    sys.exit(1 if plan.conflicts else 0)


def _print(plan: MergePlan) -> None:
    for change in plan.changes:
        for line in _diff(change):
            click.echo(line)
    for conflict in plan.conflicts:
        click.echo(f"conflict in {conflict.link} ({conflict.lang}):")
        click.echo("\n".join(f"  corpus: {text}" for text in conflict.corpus))
        click.echo("\n".join(f"  file:   {text}" for text in conflict.file))
    for link in plan.unknown:
        note(f"note: {link} is not in the alignment: left out")
    for link in plan.emptied:
        note(f"note: {link} is empty in the file: the corpus keeps its text")
    counts = f"{len(plan.changes)} changed, {plan.unchanged} unchanged"
    note(f"{counts}, {len(plan.conflicts)} conflicts")


def _diff(change: Change) -> Iterator[str]:
    yield f"{change.link} ({change.lang})" + (" still fuzzy" if change.unfinished else "")
    if change.comment:
        yield f"  # {' '.join(change.comment.split())}"
    for line in difflib.ndiff(change.before, change.after):
        if not line.startswith("?"):
            yield f"  {line}"
