"""``parallel-texts list``: the works of a corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from parallel_texts.cli.common import console, corpus_option
from parallel_texts.corpus import load_corpus
from parallel_texts.model import Corpus, Version, Work


@click.command("list", epilog="Example: parallel-texts list --format json")
@corpus_option
@click.option(
    "--format", "form", type=click.Choice(("table", "tsv", "json")), default="table",
    show_default=True, help="How to print the list.",
)  # fmt: skip
def command(corpus: Path | None, form: str) -> None:
    """List works with title, date, languages, standing and origin."""
    loaded = load_corpus(corpus)
    if form == "json":
        items = [work_facts(loaded, work) for work in loaded.works]
        click.echo(json.dumps(items, ensure_ascii=False, indent=2))
    elif form == "tsv":
        for work in loaded.works:
            click.echo(
                "\t".join((work.id, work.kind, work.date, _versions(work), work.title("en")))
            )
    else:
        console().print(_table(loaded))


def work_facts(corpus: Corpus, work: Work) -> dict[str, Any]:
    """Return a work's header facts as JSON can hold them."""
    place = corpus.authority(work.place)
    return {
        "id": work.id,
        "kind": work.kind,
        "titles": dict(work.titles),
        "date": work.date,
        "place": place.name("en") if place else "",
        "parties": list(work.parties),
        "signatories": [_name(corpus, person) for person in work.signatories],
        "versions": [_version_facts(version) for version in work.versions],
        "never_issued": [w.lang for w in work.witnesses if not w.issued],
        "related": list(work.related),
    }


def _name(corpus: Corpus, authority_id: str) -> str:
    entry = corpus.authority(authority_id)
    return entry.name("en") if entry else authority_id


def _version_facts(version: Version) -> dict[str, Any]:
    return {
        "lang": version.lang,
        "tag": version.language_tag,
        "title": version.title,
        "standing": version.standing,
        "origin": version.origin,
        "translation_of": version.translation_of,
        "articles": sum(division.type == "article" for division in version.divisions),
        "passages": len(version.passages),
    }


def _versions(work: Work) -> str:
    return ", ".join(f"{v.lang} ({v.standing}, {v.origin})" for v in work.versions)


def _table(corpus: Corpus) -> Table:
    table = Table(title=None, show_lines=False)
    for heading in ("work", "date", "title", "versions: standing, origin"):
        table.add_column(heading, overflow="fold")
    for work in corpus.works:
        lines = [f"{v.lang}: {v.standing}, {v.origin}" for v in work.versions]
        table.add_row(work.id, work.date, work.title("en"), "\n".join(lines) or "no version")
    return table
