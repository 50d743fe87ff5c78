"""``parallel-texts evaluate``: an alignment against a gold one."""

from __future__ import annotations

import json
from pathlib import Path

import click

from parallel_texts import Link, evaluate
from parallel_texts.cli.common import console, corpus_option, emit
from parallel_texts.cli.completion import complete_works
from parallel_texts.cli.evaluate_judges import print_agreement
from parallel_texts.errors import AlignmentError
from parallel_texts.evaluation import Evaluation, Rates
from parallel_texts.exchange import read_jsonl, read_vecalign
from parallel_texts.files import read_text

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    "evaluate",
    epilog="Example: parallel-texts evaluate gold.align found.align, or"
    " parallel-texts evaluate --judges chita-1955",
)
@click.argument("gold", type=_FILE, required=False)
@click.argument("hypothesis", metavar="[HYP]", type=_FILE, required=False)
@click.option(
    "--judges",
    "works",
    metavar="WORK",
    multiple=True,
    shell_complete=complete_works,
    help="How far the people agree who judged the findings of this work; may be given again.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "tsv", "json"]),
    default="table",
    show_default=True,
    help="How to print the figures.",
)
@corpus_option  # fmt: skip
def command(
    gold: Path | None,
    hypothesis: Path | None,
    works: tuple[str, ...],
    form: str,
    corpus: Path | None,
) -> None:
    """Compare the alignment HYP with GOLD: strict and lax precision, recall, F1, omissions apart.

    Both files in Vecalign's format or as JSON lines. Strict: exactly the gold link's passages.
    Lax: a passage in common on two sides. Links with an empty side are left out of recall;
    predicted ones count in precision. With --judges: Cohen's kappa of each two people's verdicts.
    """
    if works and gold is None:
        print_agreement(works, form, corpus)
        return
    if gold is None or hypothesis is None or works:
        raise AlignmentError("give GOLD and HYP to compare, or --judges WORK")
    result = evaluate(*_comparable(gold, hypothesis))
    if form == "table":
        _print_table(result)
    else:
        emit(_as_tsv(result) if form == "tsv" else _as_json(result), None)


def _comparable(gold: Path, hypothesis: Path) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    wanted, found = _read(gold), _read(hypothesis)
    languages = [{link.languages for link in links} for links in (wanted, found)]
    if (
        wanted
        and found
        and {("source", "target")} not in languages
        and languages[0] != languages[1]
    ):
        raise AlignmentError(f"{gold} and {hypothesis} are not about the same languages")
    if wanted and found and len(wanted[0].sides) != len(found[0].sides):
        raise AlignmentError(f"{gold} and {hypothesis} have different numbers of languages")
    return wanted, found


def _read(path: Path) -> tuple[Link, ...]:
    is_json = read_text(path).lstrip().startswith("{")
    return read_jsonl(path) if is_json else read_vecalign(path)


def _rows(result: Evaluation) -> list[tuple[str, Rates]]:
    return [("strict", result.strict), ("lax", result.lax), ("omissions", result.omissions)]


def _print_table(result: Evaluation) -> None:
    from rich.table import Table

    table = Table("", "precision", "recall", "F1", "right", "predicted", "gold")
    for name, rates in _rows(result):
        figures = (f"{x:.4f}" for x in (rates.precision, rates.recall, rates.f1))
        table.add_row(name, *figures, str(rates.right), str(rates.predicted), str(rates.wanted))
    console().print(table)


def _as_tsv(result: Evaluation) -> str:
    lines = ["measure\tprecision\trecall\tf1"]
    for name, rates in _rows(result):
        lines.append(f"{name}\t{rates.precision:.4f}\t{rates.recall:.4f}\t{rates.f1:.4f}")
    return "\n".join(lines)


def _as_json(result: Evaluation) -> str:
    return json.dumps(
        {
            name: {
                "precision": round(rates.precision, 4),
                "recall": round(rates.recall, 4),
                "f1": round(rates.f1, 4),
                "right": rates.right,
                "predicted": rates.predicted,
                "wanted": rates.wanted,
            }
            for name, rates in _rows(result)
        },
        indent=2,
    )
