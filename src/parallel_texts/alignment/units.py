"""How the units of passages (clauses, or whole passages) are met by runs of another text.

``meet`` compares the units of two stretches; :class:`Met` picks from that what belongs to the
cells of a frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from parallel_texts.alignment.strips import Ints, Singles

__all__ = ["LONGEST", "Met", "Tables", "meet"]

LONGEST = 5
"""Passages on a link's side."""
_NONE = np.float32(-1.0)

Units = tuple[Singles, Ints, Singles]
"""Vectors, where each passage's begin, shares of their passages."""


@dataclass(frozen=True)
class Tables:
    """One text's passages against runs of the other.

    Attributes:
        inside: By size of the run: how well a passage's units are met in it, by shares:
            (passages, places where a run can end, from 0 on).
        excess: How much better the best passage beside the run meets them.
    """

    inside: dict[int, Singles]
    excess: dict[int, Singles]


def meet(first: Units, second: Units) -> tuple[Tables, Tables]:
    """Return how the units of either stretch are met by runs of the other."""
    cosines = first[0] @ second[0].T
    down = np.maximum.reduceat(cosines, second[1], axis=1)
    across = np.maximum.reduceat(cosines, first[1], axis=0)
    return _tables(down, first), _tables(np.ascontiguousarray(across.T), second)


def _tables(best: Singles, units: Units) -> Tables:
    """Make tables of units' best likeness with each passage."""
    shares = _share_table(units)
    count, places = len(best), best.shape[1] + 1
    edge = np.full((count, 2), _NONE, dtype=np.float32)
    padded = np.concatenate([edge, best, edge], axis=1)
    pairs = np.maximum(padded[:, :-1], padded[:, 1:])
    inside, excess = {}, {}
    within = np.full((count, places), _NONE, dtype=np.float32)
    for size in range(1, min(LONGEST, places - 1) + 1):
        grown = np.full_like(within, _NONE)
        grown[:, size:] = best[:, size - 1 :]
        if size > 1:
            np.maximum(grown[:, size:], within[:, size - 1 : -1], out=grown[:, size:])
        within = grown
        beside = pairs[:, 2 : 2 + places].copy()
        np.maximum(beside[:, size:], pairs[:, : places - size], out=beside[:, size:])
        beside -= within
        inside[size] = shares @ within
        excess[size] = shares @ np.maximum(beside, 0, out=beside)
    return Tables(inside, excess)


def _share_table(units: Units) -> Singles:
    _, bounds, shares = units
    table = np.zeros((len(bounds), len(shares)), dtype=np.float32)
    owner = np.repeat(np.arange(len(bounds)), np.diff(np.append(bounds, len(shares))))
    table[owner, np.arange(len(shares))] = shares
    return table


@dataclass(frozen=True)
class Met:
    """What of :class:`Tables` belongs to cells.

    Attributes:
        rows: Place of each cell among the tables' passages.
        columns: Place of each cell among the other text's.
    """

    tables: Tables
    rows: Ints
    columns: Ints
    _known: dict[tuple[str, int, int], Singles] = field(default_factory=dict)

    def inside(self, a: int, b: int) -> Singles:
        """Return how well ``a`` passages are met in ``b`` of the other text, added up."""
        return self._added("inside", self.tables.inside, a, b)

    def excess(self, a: int, b: int) -> Singles:
        """Return how much better ``a`` passages are met beside ``b`` of the other text."""
        return self._added("excess", self.tables.excess, a, b)

    def least(self, a: int, b: int) -> Singles:
        """Return how well that of ``a`` passages is met that is met worst."""
        key = "least", a, b
        if key not in self._known:
            last = self._picked("inside", self.tables.inside, a, b)
            rest = [] if a == 1 else [self.least(a - 1, b)]
            self._known[key] = np.min([last, *rest], axis=0)
        return self._known[key]

    def _added(self, name: str, tables: dict[int, Singles], a: int, b: int) -> Singles:
        key = f"{name} sum", a, b
        if key not in self._known:
            last = self._picked(name, tables, a, b)
            self._known[key] = last if a == 1 else last + self._added(name, tables, a - 1, b)
        return self._known[key]

    def _picked(self, name: str, tables: dict[int, Singles], back: int, b: int) -> Singles:
        """Return a table's value for the passage so far back from each cell."""
        key = name, back, b
        if key not in self._known:
            self._known[key] = self._pick(tables, back, b)
        return self._known[key]

    def _pick(self, tables: dict[int, Singles], back: int, b: int) -> Singles:
        if b not in tables:
            return np.zeros(self.rows.shape, dtype=np.float32)
        table = tables[b]
        cells = (self.rows - back) * table.shape[1] + self.columns
        return np.asarray(table.take(cells, mode="clip"))
