"""``parallel-texts balance``: rights and duties per party and action."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from parallel_texts import Balance, Work, balance
from parallel_texts.cli.common import (
    console,
    corpus_option,
    emit,
    folded,
    output_option,
    ui_lang_option,
)
from parallel_texts.cli.norm_inputs import Texts, open_texts, read_norms, text_options
from parallel_texts.norms import (
    Cell,
    Change,
    Row,
    action_label,
    as_record,
    balance_svg,
    changes,
    summary_rows,
)


@click.command("balance", epilog="Example: parallel-texts balance chita-1955 --format svg -o b.svg")
@text_options
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "svg"]), default="table",
    show_default=True, help="SVG draws the first language that is read.",
)  # fmt: skip
@corpus_option
@output_option
@ui_lang_option
def command(
    inputs: tuple[str, ...],
    languages: tuple[str, ...],
    lines: bool,
    parties: Path | None,
    actions: Path | None,
    form: str,
    corpus: Path | None,
    output: Path | None,
    ui_lang: str,
) -> None:
    """Show what each party may, must, must not and need not do, action by action.

    Each language is read by itself; where a balance changes with the language, that is said too.
    """
    source = open_texts(inputs, corpus=corpus, parties=parties, languages=languages, lines=lines)
    read = [(text, read_norms(source, text, actions)) for text in source.texts]
    found = [balance(norms, source.parties, only=source.only) for _, norms in read]
    differ = _changes(source, found)
    if form == "svg":
        emit(balance_svg(found[0], names=source.names(ui_lang), ui_lang=ui_lang), output)
    elif form == "json" or output is not None:
        emit(json.dumps(_object(source, found, differ), ensure_ascii=False, indent=1), output)
    else:
        for one in found:
            console().print(_table(one, source.names(ui_lang), ui_lang))
        for change in differ:
            console().print(_sentence(change))


def _changes(source: Texts, found: list[Balance]) -> list[Change]:
    if source.alignment is None or len(found) < 2:
        return []
    return [*changes(source.alignment, [norm for one in found for norm in one.norms])]


def _table(found: Balance, names: dict[str, str], ui_lang: str) -> Table:
    heads = [names.get(party, party) for party in found.parties]
    table = folded(Table("action", *heads, "all", "", "findings", title=found.lang))
    table.columns[0].width = 18  # holds the longest word of an action
    for row in summary_rows(found):
        action = action_label(row.action, ui_lang) if row.action else "(other)"
        cells = [_cell(cell) for cell in (*row.cells, row.shared)]
        table.add_row(action, *cells, ", ".join(row.statuses), " ".join(row.codes))
    return table


def _cell(cell: Cell) -> str:
    counts = ", ".join(f"{kind} {number}" for kind, number in cell.counts)
    conditions = ", ".join(f"{kind} {value}" for kind, value in cell.conditions)
    return f"{counts} ({conditions})" if conditions else counts


def _sentence(change: Change) -> str:
    parts = (f"{n.lang}: {n.bearer} {n.modality} {n.action}" for n in change.norms)
    return f"{change.code} {change.link}: " + "; ".join(parts)


def _object(source: Texts, found: list[Balance], differ: list[Change]) -> dict[str, object]:
    return {
        "work": source.work.id if source.work else "",
        "balances": [_balance(one, source.work) for one in found],
        "changes": [
            {"code": c.code, "link": c.link, "norms": [as_record(n, source.work) for n in c.norms]}
            for c in differ
        ],
    }


def _balance(found: Balance, work: Work | None) -> dict[str, object]:
    return {
        "lang": found.lang,
        "parties": list(found.parties),
        "actions": [_row(row) for row in summary_rows(found)],
        "items": [
            {
                "status": item.status, "code": item.code, "action": item.action,
                "detail": item.detail, "confidence": round(item.confidence, 2),
                "norms": [as_record(norm, work) for norm in item.norms],
            }
            for item in found.items
        ],
    }  # fmt: skip


def _row(row: Row) -> dict[str, object]:
    return {
        "action": row.action,
        "parties": {cell.party: dict(cell.counts) for cell in row.cells},
        "all": dict(row.shared.counts),
        "statuses": list(row.statuses),
        "codes": list(row.codes),
    }
