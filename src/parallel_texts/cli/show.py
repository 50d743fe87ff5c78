"""``parallel-texts show``: one work's header facts, or the text of one version."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from parallel_texts import Passage, Version, Work, load_corpus
from parallel_texts.cli.common import console, corpus_option, emit, output_option
from parallel_texts.cli.completion import complete_works
from parallel_texts.cli.facts import count_findings, place_of, standing_of, work_facts
from parallel_texts.corpus import find_work
from parallel_texts.errors import CorpusError

__all__ = ["command"]


@click.command("show", epilog="Example: parallel-texts show chita-1955 --lang zh")
@click.argument("work_id", metavar="WORK", shell_complete=complete_works)
@click.option("--lang", help="Print the text in this language instead of the header facts.")
@click.option("--findings/--no-findings", default=True, help="Count findings: takes seconds.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
@corpus_option
@output_option
def command(
    work_id: str,
    lang: str | None,
    findings: bool,
    form: str,
    corpus: Path | None,
    output: Path | None,
) -> None:
    """Show a work: titles, date, place, signatories, versions, provisions, findings.

    With --lang the text of one version, with article numbers and passage ids.
    """
    loaded = load_corpus(corpus)
    work = find_work(loaded, work_id)
    if lang is not None:
        _show_text(_version(work, lang), form, output)
        return
    counted = count_findings(loaded, work) if findings else None
    facts = work_facts(loaded, work, counted)
    if form == "json":
        emit(json.dumps(facts, ensure_ascii=False, indent=2), output)
    else:
        _print_pairs(list(_fact_pairs(facts)), output)


def _version(work: Work, lang: str) -> Version:
    version = work.version(lang.split("-")[0])
    if version is None:
        have = ", ".join(work.languages) or "none"
        raise CorpusError(f"{work.id} has no version in {lang!r}: there are {have}")
    return version


_Pairs = list[tuple[str, str]]


def _print_pairs(pairs: _Pairs, output: Path | None) -> None:
    """Print labels and values: in two columns on a terminal, a tab between them elsewhere."""
    if output is None and sys.stdout.isatty():
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for label, value in pairs:
            grid.add_row(Text(label), Text(value))
        console().print(grid)
    else:
        emit("\n".join(f"{label}\t{value}" if label else value for label, value in pairs), output)


def _fact_pairs(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "work", facts["id"]
    for lang, title in facts["titles"].items():
        yield f"title {lang}", title
    yield "kind", facts["kind"]
    yield "date", facts["date"]
    yield "place", _trilingual(facts["place"])
    yield "parties", "; ".join(place_of(party) for party in facts["parties"])
    yield "signatories", "; ".join(_trilingual(person) for person in facts["signatories"])
    for version in facts["versions"]:
        size = f"{version['articles']} articles, {version['passages']} passages"
        yield version["lang"], f"{standing_of(version)}; {size}"
    for lang in facts["never_issued"]:
        yield lang, "never issued"
    yield "provisions", _listed(facts["provisions"])
    yield "alignment", _alignment(facts["alignment"])
    if facts["findings"] is not None:
        yield "findings", _listed(facts["findings"]) or "none"
    yield "see also", ", ".join(facts["related"])
    notes = {version["lang"]: version["note"] for version in facts["versions"] if version["note"]}
    if notes:
        yield "note", notes.get("en") or next(iter(notes.values()))


def _trilingual(entry: dict[str, Any] | None) -> str:
    return " / ".join(entry["names"].values()) or entry["id"] if entry else ""


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _alignment(facts: dict[str, Any] | None) -> str:
    if facts is None:
        return "none kept"
    checked = f"checked by {facts['responsible']}" if facts["checked"] else "not checked"
    return f"{facts['links']} links, {checked}"


def _show_text(version: Version, form: str, output: Path | None) -> None:
    if form == "json":
        emit(json.dumps(_text_json(version), ensure_ascii=False, indent=2), output)
    else:
        _print_pairs(list(_text_pairs(version)), output)


def _text_pairs(version: Version) -> Iterator[tuple[str, str]]:
    """Yield the text as lines: what it is first, then each passage behind its id."""
    source = version.translation_of
    standing = f"{version.standing} of {source}" if source else version.standing
    yield "", version.title
    yield "", f"[{version.language_tag}; {standing}; {version.origin}]"
    if version.note:
        yield "", version.note
    for division in version.divisions:
        yield "", ""
        yield f"{version.lang}.{division.id}", division.head or division.type
        for passage in division.passages:
            yield passage.id, f"{passage.text}  [{_source(passage)}]"


def _source(passage: Passage) -> str:
    return " ".join([*passage.sources, *(["editorial"] if passage.editorial else [])])


def _text_json(version: Version) -> dict[str, Any]:
    text = asdict(version)
    del text["path"]
    return text
