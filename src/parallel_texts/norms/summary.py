"""A balance as rows: per action, how many rights, duties, prohibitions and exemptions each has."""

from __future__ import annotations

from dataclasses import dataclass

from parallel_texts.norms.reciprocity import Balance, Item
from parallel_texts.norms.schema import ALL, Norm

__all__ = ["GROUPS", "Cell", "Row", "summary_rows"]

GROUPS = {
    "obligation": "duty", "right": "right", "permission": "right", "prohibition": "prohibition",
    "exemption": "exemption",
}  # fmt: skip
"""Modalities as they are counted: permissions among the rights."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party may, must, must not and need not do of one action.

    Attributes:
        party: Its id.
        counts: Group and how many norms of this party alone: ``(("duty", 2),)``.
        conditions: Kind and value: ``(("notice", "waived"),)``.
    """

    party: str
    counts: tuple[tuple[str, int], ...]
    conditions: tuple[tuple[str, str], ...]

    def count(self, group: str) -> int:
        """Return how many norms of a group the party has."""
        return dict(self.counts).get(group, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One action.

    Attributes:
        action: Class of the action, or empty for what no class fits.
        cells: One per party, in the balance's order.
        shared: Norms of all parties together, as in a cell.
        statuses: ``mutual``, ``mirrored``, ``unequal``, ``one-sided``: what the norms came to.
        codes: ``P201``... that this action gives.
    """

    action: str
    cells: tuple[Cell, ...]
    shared: Cell
    statuses: tuple[str, ...]
    codes: tuple[str, ...]


def summary_rows(balance: Balance) -> tuple[Row, ...]:
    """Return a row per action, in text order, the unclassified last."""
    bearers = (*balance.parties, ALL)
    actions = dict.fromkeys(n.action for n in balance.norms if n.bearer in bearers)
    ordered = [action for action in actions if action] + [a for a in actions if not a]
    return tuple(_row(balance, action) for action in ordered)


def _row(balance: Balance, action: str) -> Row:
    norms = [norm for norm in balance.norms if norm.action == action]
    items = [item for item in balance.items if _touches(item, action)]
    return Row(
        action=action,
        cells=tuple(_cell(party, norms) for party in balance.parties),
        shared=_cell(ALL, norms),
        statuses=tuple(dict.fromkeys(item.status for item in items)),
        codes=tuple(sorted({item.code for item in items if item.code})),
    )


def _touches(item: Item, action: str) -> bool:
    return any(norm.action == action for norm in item.norms)


def _cell(party: str, norms: list[Norm]) -> Cell:
    mine = [norm for norm in norms if norm.bearer == party]
    groups = [GROUPS[norm.modality] for norm in mine]
    counts = {group: groups.count(group) for group in dict.fromkeys(GROUPS.values())}
    conditions = dict.fromkeys((c.kind, c.value) for norm in mine for c in norm.conditions)
    return Cell(party, tuple((g, n) for g, n in counts.items() if n), tuple(conditions))
