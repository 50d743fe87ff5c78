"""What a search is kept to, as conditions for the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parallel_texts.concordance.queries import Query, RegexQuery
from parallel_texts.concordance.storage import PLACE_BITS

__all__ = ["Condition", "Restriction"]

Value = str | int


@dataclass(frozen=True, slots=True)
class Condition:
    """Part of a query in SQL.

    Attributes:
        tables: What stands behind FROM.
        row: Column with the passage's row number.
        tests: What has to be true.
        values: In the order of the question marks.
    """

    tables: str
    row: str
    tests: tuple[str, ...]
    values: tuple[Value, ...]

    @property
    def sql(self) -> str:
        """The part from FROM on."""
        return f"FROM {self.tables} WHERE {' AND '.join(self.tests)}"

    def also(self, test: str, *values: Value) -> Condition:
        """Return the condition with one more test."""
        return replace(self, tests=(*self.tests, test), values=(*self.values, *values))

    def between(self, first: int, last: int) -> Condition:
        """Return the condition kept to a range of rows."""
        return self.also(f"{self.row} BETWEEN ? AND ?", first, last)

    def with_link(self) -> Condition:
        """Return the condition with ``own.link``, the link of the row."""
        if "AS own" in self.tables:
            return self
        joined = f"{self.tables} JOIN place AS own ON own.no = {self.row}"
        return replace(self, tables=joined)

    def without(self, other: Condition, lang_no: int, version_bits: int) -> Condition:
        """Return the condition kept to links that have a language and not the other condition."""
        there = (
            f"EXISTS (SELECT 1 FROM place AS side WHERE side.link = own.link "
            f"AND side.no >> {version_bits} = ?)"
        )
        links = (
            "SELECT link FROM place AS side WHERE side.no IN "
            f"(SELECT {other.row} {other.sql} AND {other.row} >> {version_bits} = ?)"
        )
        kept = self.with_link().also(there, lang_no)
        return kept.also(f"own.link NOT IN ({links})", *other.values, lang_no)


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

    def versions(self, condition: Condition, languages: Sequence[str]) -> Condition:
        """Keep a condition to versions by language, work, date and standing."""
        chosen = Condition("version JOIN work ON work.no = version.work", "key", ("1",), ())
        chosen = _among(chosen, "lang", [self.lang] if self.lang else languages)
        chosen = _among(chosen, "work.id", self.works)
        chosen = _among(chosen, "standing", self.standing)
        if self.date:
            first, _, last = self.date.partition("..")
            chosen = chosen.also("date BETWEEN ? AND ?", first, (last or first) + "~")
        if len(chosen.tests) == 1:
            return condition
        test = f"{condition.row} >> {PLACE_BITS} IN (SELECT key {chosen.sql})"
        return condition.also(test, *chosen.values)

    def findings(self, condition: Condition) -> Condition:
        """Keep a condition to links with one of the findings."""
        if not self.finding:
            return condition
        codes = " OR ".join("code GLOB ?" for _ in self.finding)
        test = f"own.link IN (SELECT link FROM finding WHERE {codes})"
        return condition.with_link().also(test, *(f"{code}*" for code in self.finding))


def _among(condition: Condition, column: str, values: Sequence[str]) -> Condition:
    if not values:
        return condition
    marks = ", ".join("?" for _ in values)
    return condition.also(f"{column} IN ({marks})", *values)
