"""How far people agree on findings: Cohen's kappa of each two of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from parallel_texts import load_corpus
from parallel_texts.cli.common import console, emit, note
from parallel_texts.corpus import find_work, kept_judgements
from parallel_texts.evaluation import Agreement, agreement

__all__ = ["print_agreement"]


def print_agreement(works: Sequence[str], form: str, corpus: Path | None) -> None:
    """Print how far people agree on the findings of some works, taken together.

    Raises:
        CorpusError: There is no such work.
    """
    loaded = load_corpus(corpus)
    said = [j for work in works for j in kept_judgements(loaded, find_work(loaded, work))]
    found = agreement(said)
    if not found:
        note("no two people have judged the same finding: parallel-texts review lets them")
    if form == "json":
        emit(json.dumps([_object(one) for one in found], ensure_ascii=False, indent=2), None)
    elif form == "tsv":
        emit("\n".join(["one\ttwo\tjudged\tagreed\tkappa", *map(_line, found)]), None)
    elif found:
        _print_table(found)


def _object(one: Agreement) -> dict[str, object]:
    kappa = None if one.kappa is None else round(one.kappa, 4)
    return {
        "people": list(one.people), "judged": one.judged, "agreed": one.agreed, "kappa": kappa,
    }  # fmt: skip


def _line(one: Agreement) -> str:
    return "\t".join((*one.people, str(one.judged), str(one.agreed), _kappa(one)))


def _kappa(one: Agreement) -> str:
    return "" if one.kappa is None else f"{one.kappa:.4f}"


def _print_table(found: Sequence[Agreement]) -> None:
    from rich.table import Table

    table = Table("people", "judged", "agreed", "kappa")
    for one in found:
        people = ", ".join(one.people)
        table.add_row(people, str(one.judged), str(one.agreed), _kappa(one) or "none")
    console().print(table)
