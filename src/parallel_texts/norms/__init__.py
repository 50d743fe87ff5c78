"""Norms of a text: who must, may, must not or need not do what, and which are shared.

>>> found = norms_of_text("The Licensee shall pay a fee. You may not sell copies.", "en")
>>> [(n.bearer, n.modality, n.action) for n in found]
[('licensee', 'obligation', 'pay'), ('licensee', 'prohibition', 'supply')]
"""

from __future__ import annotations

from parallel_texts.norms.chart import balance_svg
from parallel_texts.norms.memory import is_narrative
from parallel_texts.norms.reading import norms, norms_of_text
from parallel_texts.norms.reciprocity import Balance, Item, balance
from parallel_texts.norms.schema import ALL, ANYONE, UNRESOLVED, Condition, Norm
from parallel_texts.norms.summary import Cell, Row, summary_rows
from parallel_texts.norms.table import as_csv, as_record
from parallel_texts.norms.taxonomy import Taxonomy, action_label
from parallel_texts.norms.versions import Change, changes

__all__ = [
    "ALL",
    "ANYONE",
    "UNRESOLVED",
    "Balance",
    "Cell",
    "Change",
    "Condition",
    "Item",
    "Norm",
    "Row",
    "Taxonomy",
    "action_label",
    "as_csv",
    "as_record",
    "balance",
    "balance_svg",
    "changes",
    "is_narrative",
    "norms",
    "norms_of_text",
    "summary_rows",
]
