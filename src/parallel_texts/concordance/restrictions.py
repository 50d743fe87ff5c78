"""What a search is kept to."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parallel_texts.concordance.patterns import RegexQuery
from parallel_texts.concordance.queries import Query
from parallel_texts.concordance.rows import Rows, select

__all__ = ["Restriction"]


@dataclass(frozen=True, slots=True)
class Restriction:
    """Which passages count.

    Attributes:
        lang: Language of the passages, or ``None``.
        works: Ids of works; all where empty.
        date: A date's beginning, ``1955``, or first and last with two dots, ``1950..1955``.
        standing: Standings of the version; all where empty.
        finding: Codes, or their beginnings, that the link must have one of.
        absent: Languages that must have a passage in the link, without this in it.
    """

    lang: str | None = None
    works: Sequence[str] = ()
    date: str = ""
    standing: Sequence[str] = ()
    finding: Sequence[str] = ()
    absent: Sequence[tuple[str, Query | RegexQuery]] = ()

    def versions(self, connection: sqlite3.Connection) -> Rows:
        """Return the keys of the versions that count, ascending."""
        first, _, last = self.date.partition("..")
        tests = [
            _among("lang", [self.lang] if self.lang else []),
            _among("work.id", self.works),
            _among("standing", self.standing),
            ("date BETWEEN ? AND ?", (first, (last or first) + "~")) if self.date else ("1", ()),
        ]
        wanted = " AND ".join(test for test, _ in tests)
        sql = "SELECT group_concat(key) FROM version JOIN work ON work.no = version.work"
        values = [value for _, some in tests for value in some]
        return np.sort(select(connection, f"{sql} WHERE {wanted}", values))

    def found_in(self, connection: sqlite3.Connection) -> Rows:
        """Return the numbers of the links that have one of the findings."""
        codes = " OR ".join("code GLOB ?" for _ in self.finding)
        sql = f"SELECT group_concat(link) FROM (SELECT DISTINCT link FROM finding WHERE {codes})"
        return select(connection, sql, [f"{code}*" for code in self.finding])


def _among(column: str, values: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    if not values:
        return "1", ()
    return f"{column} IN ({', '.join('?' for _ in values)})", tuple(values)
