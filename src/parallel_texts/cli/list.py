"""``parallel-texts list``: the works of a corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from parallel_texts import Corpus, load_corpus
from parallel_texts.cli.common import console, corpus_option, emit, messages, output_option
from parallel_texts.cli.facts import count_findings, place_of, standing_of, work_facts

__all__ = ["command"]


@click.command("list", epilog="Example: parallel-texts list --format json")
@corpus_option
@click.option("--findings", is_flag=True, help="Count the findings of each work: takes a while.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "tsv", "json"]),
    default="table",
    show_default=True,
    help="How to print; a table written to a file is TSV.",
)
@output_option
def command(corpus: Path | None, findings: bool, form: str, output: Path | None) -> None:
    """List works: titles, date, place, signatories, languages, standing, origin, provisions."""
    loaded = load_corpus(corpus)
    facts = _facts(loaded, findings)
    if form == "json":
        emit(json.dumps(facts, ensure_ascii=False, indent=2), output)
    elif form == "table" and output is None:
        console().print(_table(facts, loaded.path))
    else:
        emit("\n".join("\t".join(row) for row in _rows(facts)), output)


def _facts(corpus: Corpus, findings: bool) -> list[dict[str, Any]]:
    if not findings:
        return [work_facts(corpus, work) for work in corpus.works]
    from rich.progress import track

    screen = messages()
    works = track(
        corpus.works, "flagging", console=screen, disable=not screen.is_terminal, transient=True
    )
    return [work_facts(corpus, work, count_findings(corpus, work)) for work in works]


_COLUMNS = (
    "work", "kind", "date", "place", "signatories", "versions", "reported", "editorial",
    "findings", "title zh", "title ru", "title en",
)  # fmt: skip


def _rows(facts: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return the works as rows of text, the heading first."""
    return [_COLUMNS, *(_row(work) for work in facts)]


def _row(work: dict[str, Any]) -> tuple[str, ...]:
    return (
        work["id"],
        work["kind"],
        work["date"],
        place_of(work["place"]),
        "; ".join(place_of(person) for person in work["signatories"]),
        "; ".join(f"{v['lang']}: {standing_of(v)}" for v in work["versions"]),
        str(work["provisions"]["reported"]),
        str(work["provisions"]["editorial"]),
        _count(work),
        *(work["titles"].get(lang, "") for lang in ("zh", "ru", "en")),
    )


def _count(work: dict[str, Any]) -> str:
    return "" if work["findings"] is None else str(sum(work["findings"].values()))


def _table(facts: list[dict[str, Any]], title: str) -> Table:
    counted = any(work["findings"] is not None for work in facts)
    table = Table(title=title, title_justify="left", show_lines=True)
    for heading, width in (("work", 25), ("titles", None), ("versions: standing, origin", None)):
        table.add_column(heading, overflow="fold", width=width)
    if counted:
        table.add_column("findings", justify="right")
    for work in facts:
        table.add_row(*map(Text, (*_cells(work), *([_count(work)] if counted else []))))
    return table


def _cells(work: dict[str, Any]) -> tuple[str, ...]:
    provisions = work["provisions"]
    versions = [f"{v['lang']}: {standing_of(v)}" for v in work["versions"]]
    people = [place_of(person) for person in work["signatories"]]
    about = [
        work["id"],
        f"{work['kind']}, {work['date']}",
        place_of(work["place"]),
        *people,
        "provisions:",
        f"{provisions['reported']} reported, {provisions['editorial']} editorial",
    ]
    return (
        "\n".join(filter(None, about)),
        "\n".join(work["titles"].values()),
        "\n".join(versions + [f"{lang}: never issued" for lang in work["never_issued"]]),
    )
