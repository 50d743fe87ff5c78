"""Classes of actions: the table ``actions``, which a user may extend with a table of their own."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from parallel_texts.errors import ParseError
from parallel_texts.files import read_text
from parallel_texts.languages.deontic import expand
from parallel_texts.languages.phrases import Phrases
from parallel_texts.languages.tables import read_table

__all__ = ["ActionMatch", "Taxonomy", "action_label", "standard_taxonomy"]

Row = tuple[str, str, str, str]
"""Action, family, language, expression."""


@dataclass(frozen=True, slots=True)
class ActionMatch:
    """An action and where its word stands."""

    action: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """Action classes in the order they are tried.

    Attributes:
        rows: Action, family, language and expression; the first row that matches a place wins.
    """

    rows: tuple[Row, ...]

    def find(
        self, text: str, lang: str, start: int = 0, end: int | None = None
    ) -> Iterator[ActionMatch]:
        """Yield the actions of ``text[start:end]`` in text order."""
        stop = len(text) if end is None else end
        return (m for m in _all_actions(self, text, lang) if start <= m.start and m.end <= stop)

    def family(self, action: str) -> str:
        """Return the family of an action: landing and overflight are both ``flight``."""
        return next((row[1] for row in self.rows if row[0] == action), action)

    @classmethod
    def read(cls, path: Path) -> Taxonomy:
        """Return the standard classes with those of a TSV file tried before them.

        Args:
            path: Columns ``action``, ``family``, ``lang``, ``regex``; lines with ``#`` are skipped.

        Raises:
            ParseError: A column is missing or an expression is wrong, with the line.
        """
        return cls((*_read_rows(path), *standard_taxonomy().rows))


def _read_rows(path: Path) -> Iterator[Row]:
    lines = [
        (n, line)
        for n, line in enumerate(read_text(path).splitlines(), 1)
        if line[:1] not in ("", "#")
    ]
    reader = csv.DictReader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    for (number, line), row in zip(lines[1:], reader, strict=False):
        try:
            re.compile(row["regex"])
            yield row["action"], row.get("family") or row["action"], row["lang"], row["regex"]
        except (KeyError, TypeError, re.error) as error:
            raise ParseError(
                f"expected action, family, lang and regex with tabs between: {error}",
                path=path, line=number, excerpt=line[:80],
            ) from error  # fmt: skip


@cache
def standard_taxonomy() -> Taxonomy:
    """Return the classes of the table ``actions``."""
    return Taxonomy(_rows_of(read_table("actions")))


def _rows_of(table: Sequence[dict[str, str]]) -> tuple[Row, ...]:
    return tuple((r["action"], r["family"], r["lang"], r["regex"]) for r in table)


@lru_cache(maxsize=64)
def _all_actions(taxonomy: Taxonomy, text: str, lang: str) -> tuple[ActionMatch, ...]:
    phrases, actions = _compiled(taxonomy, lang)
    return tuple(
        ActionMatch(actions[number], match.start(), match.end())
        for number, match in phrases.find(text)
    )


@cache
def _compiled(taxonomy: Taxonomy, lang: str) -> tuple[Phrases, tuple[str, ...]]:
    chosen = [(action, expand(regex, lang)) for action, _, of, regex in taxonomy.rows if of == lang]
    phrases = Phrases([regex for _, regex in chosen], lang, edges=("", ""))
    return phrases, tuple(action for action, _ in chosen)


def action_label(action: str, ui_lang: str) -> str:
    """Return what an action is called in a message; its own key where no label is known."""
    row = next((r for r in read_table("action_labels") if r["action"] == action), None)
    return row[ui_lang] if row else action.replace("_", " ")
