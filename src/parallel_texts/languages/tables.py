"""Language knowledge as tables: one TSV file per topic in ``languages/tables``."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

__all__ = ["read_table"]


@cache
def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of ``tables/NAME.tsv``; lines that start with ``#`` name the source.

    The list is shared: do not change it.
    """
    text = (files("parallel_texts.languages") / "tables" / f"{name}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
