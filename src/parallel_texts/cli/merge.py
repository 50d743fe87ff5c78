"""``parallel-texts merge``: a translator's changes back into a work."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from parallel_texts import Corpus, align_work, load_corpus
from parallel_texts.adding import add_version
from parallel_texts.cli.add import report_alignment
from parallel_texts.cli.common import corpus_option, note, writable_corpus
from parallel_texts.cli.completion import complete_works
from parallel_texts.corpus import find_work
from parallel_texts.errors import CorpusError
from parallel_texts.exchange import (
    Change,
    Conflict,
    MergePlan,
    Said,
    Translated,
    carry_out,
    edit_versions,
    new_target,
    plan_file,
    read_unit_file,
    total,
    translate_version,
)


@click.command("merge", epilog="Example: parallel-texts merge chita-1955 chita.po --dry-run")
@click.argument("work_id", metavar="WORK", shell_complete=complete_works)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--lang", help="Language to change [default: those the file translates into].")
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
    shown, left as it is, and the exit code is 1. What a file leaves empty is never deleted. Where
    WORK has no version in the file's language, the translations make one.
    """
    loaded = load_corpus(writable_corpus(corpus))
    work = find_work(loaded, work_id)
    if not work.versions:
        raise CorpusError(f"{work_id} has no text: there is nothing to merge with")
    units = read_unit_file(file)
    alignment = align_work(loaded, work, keep=False)
    new = new_target(work, units, lang)
    if new:
        _make_version(loaded, translate_version(work, alignment, units, new, who=by), dry_run)
        return
    plans = plan_file(work, alignment, units, lang=lang, prefer_file=theirs)
    for plan in plans.values():
        _print(plan)
    carry = edit_versions if dry_run else carry_out
    carried = carry(loaded, alignment, plans, who=by)
    for passage in carried.lost_markup:
        note(f"note: {passage}: tags around changed words are gone: tag them again")
    _say_what_was_done(plans, list(carried.contents), dry_run)
    sys.exit(1 if total(plans, "conflicts") else 0)


def _make_version(corpus: Corpus, translated: Translated, dry_run: bool) -> None:
    version = translated.version
    note(f"no version in {version.lang} yet: {len(version.passages)} passages make one")
    if translated.missing:
        note(f"note: not translated: {', '.join(translated.missing)}")
    added = add_version(corpus, version, dry_run=dry_run)
    report_alignment(added)
    click.echo("\n".join(map(str, added.paths)))


def _say_what_was_done(plans: dict[str, MergePlan], paths: list[Path], dry_run: bool) -> None:
    counts = f"{total(plans, 'changes')} changed, {total(plans, 'unchanged')} unchanged"
    said = total(plans, "said")
    more = f", {said} comments or states" if said else ""
    note(f"{counts}, {total(plans, 'conflicts')} conflicts{more}")
    for path in paths:
        note(f"would write {path}" if dry_run else f"wrote {path}")
    if dry_run:
        note("dry run: nothing was written")


def _print(plan: MergePlan) -> None:
    for change in plan.changes:
        click.echo("\n".join(_diff(change)))
    for said in plan.said:
        click.echo(_said(said))
    for conflict in plan.conflicts:
        click.echo("\n".join(_conflict(conflict)))
    for link in plan.outdated:
        note(f"note: the source of {link} has changed since the export: read it again")
    for link in plan.unknown:
        note(f"note: {link} is not in the alignment: left out")
    for link in plan.emptied:
        note(f"note: {link} is empty in the file: the corpus keeps its text")


def _diff(change: Change) -> Iterator[str]:
    yield f"{change.link} ({change.lang})"
    for line in difflib.ndiff(change.before, change.after):
        if not line.startswith("?"):
            yield f"  {line.rstrip()}"


def _said(said: Said) -> str:
    state = {True: "needs work", False: "approved", None: ""}[said.needs_work]
    words = "; ".join(part for part in (state, said.comment) if part)
    return f"{said.link} ({said.lang}): {words}"


def _conflict(conflict: Conflict) -> Iterator[str]:
    yield f"conflict in {conflict.link} ({conflict.lang}):"
    yield from (f"  corpus: {text}" for text in conflict.corpus)
    yield from (f"  file:   {text}" for text in conflict.file)
