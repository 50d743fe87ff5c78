"""``parallel-texts show``: one work's header facts, or the text of one version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from parallel_texts.cli.common import corpus_option
from parallel_texts.cli.list import work_facts
from parallel_texts.corpus import load_corpus
from parallel_texts.errors import CorpusError
from parallel_texts.model import Corpus, Division, Passage, Version, Work


@click.command("show", epilog="Example: parallel-texts show chita-1955 --lang zh")
@click.argument("work_id", metavar="WORK")
@click.option("--lang", help="Print the text of this version instead of the header facts.")
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text",
    show_default=True, help="How to print.",
)  # fmt: skip
@corpus_option
def command(work_id: str, lang: str | None, form: str, corpus: Path | None) -> None:
    """Show a work: titles, date, place, signatories, versions, provisions, findings.

    With --lang the text, with article numbers and passage ids.
    """
    loaded = load_corpus(corpus)
    work = loaded.work(work_id)
    if work is None:
        known = ", ".join(w.id for w in loaded.works)
        raise CorpusError(f"no work {work_id!r} in {loaded.path}: there are {known}")
    if lang is None:
        _show_facts(loaded, work, form)
    else:
        _show_text(_version(work, lang), form)


def _version(work: Work, lang: str) -> Version:
    version = work.version(lang)
    if version is None:
        have = ", ".join(work.languages)
        raise CorpusError(f"{work.id} has no version in {lang!r}: there are {have}")
    return version


def _show_facts(corpus: Corpus, work: Work, form: str) -> None:
    facts = work_facts(corpus, work) | {
        "provisions": _provisions(work),
        "findings": _findings(corpus, work),
    }
    if form == "json":
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for line in _fact_lines(facts, work):
        click.echo(line)


def _provisions(work: Work) -> dict[str, int]:
    """Count, in the longest version, passages by what reports them."""
    longest = max(work.versions, key=lambda v: len(v.passages), default=None)
    passages = longest.passages if longest else ()
    editorial = sum(passage.editorial for passage in passages)
    return {"reported": len(passages) - editorial, "editorial": editorial}


def _findings(corpus: Corpus, work: Work) -> dict[str, int]:
    from collections import Counter

    from parallel_texts.pipeline import align_work, flag_work

    if not work.versions:
        return {}
    found = flag_work(corpus, work, align_work(corpus, work, keep=False))
    return dict(sorted(Counter(finding.code for finding in found).items()))


def _fact_lines(facts: dict[str, object], work: Work) -> Iterator[str]:
    yield str(facts["id"])
    for lang, title in work.titles:
        yield f"  {lang:12} {title}"
    for name in ("kind", "date", "place"):
        if facts[name]:
            yield f"  {name:12} {facts[name]}"
    for name in ("parties", "signatories", "related", "never_issued"):
        values = facts[name]
        if isinstance(values, list) and values:
            yield f"  {name.replace('_', ' '):12} {', '.join(values)}"
    for version in work.versions:
        of = f", from {version.translation_of}" if version.translation_of else ""
        count = len(version.passages)
        yield f"  {version.lang:12} {version.standing}{of}; {version.origin}; {count} passages"
    for name in ("provisions", "findings"):
        counts = facts[name]
        if isinstance(counts, dict):
            yield f"  {name:12} " + (", ".join(f"{k} {v}" for k, v in counts.items()) or "none")
    for version in work.versions[:1]:
        yield f"  note         {version.note}" if version.note else ""


def _show_text(version: Version, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(_text_json(version), ensure_ascii=False, indent=2))
        return
    click.echo(f"{version.title}\n[{version.standing}; {version.origin}]")
    if version.note:
        click.echo(version.note)
    for division in version.divisions:
        click.echo()
        for line in _division_lines(division):
            click.echo(line)


def _division_lines(division: Division) -> Iterator[str]:
    if division.head:
        yield division.head
    paragraph = 0
    for passage in division.passages:
        if passage.paragraph != paragraph:
            paragraph = passage.paragraph
            yield ""
        yield f"  {passage.id:18} {passage.text}  [{_source(passage)}]"


def _source(passage: Passage) -> str:
    parts = list(passage.sources) + (["editorial"] if passage.editorial else [])
    return " ".join(parts)


def _text_json(version: Version) -> dict[str, object]:
    return {
        "work": version.work,
        "lang": version.language_tag,
        "title": version.title,
        "standing": version.standing,
        "origin": version.origin,
        "note": version.note,
        "divisions": [
            {
                "id": division.id,
                "type": division.type,
                "n": division.n,
                "head": division.head,
                "passages": [
                    {
                        "id": p.id,
                        "text": p.text,
                        "sources": list(p.sources),
                        "editorial": p.editorial,
                    }
                    for p in division.passages
                ],
            }
            for division in version.divisions
        ],
    }
