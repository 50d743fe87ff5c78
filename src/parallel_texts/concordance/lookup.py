"""Which passages hold what a query asks: rows of the index."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from parallel_texts.concordance.needs import Every, Need, Runs, Words
from parallel_texts.concordance.patterns import RegexQuery
from parallel_texts.concordance.queries import Key, Phrase, Query, expression, is_simple
from parallel_texts.concordance.rows import (
    PLACE_BITS,
    Rows,
    are_among,
    as_rows,
    ends_of,
    none,
    select,
    union,
)
from parallel_texts.concordance.storage import MIXED

__all__ = ["Lookup"]

_MANY = 1500
"""Words that fit part of a pattern, beyond which the part narrows too little to be looked up."""
_SOON_READ = 2000
"""Passages that are read sooner than a further part of a pattern is looked up."""
_FEW = 32
"""Questions to the full text that are not too many to keep each to one version."""


@dataclass(frozen=True)
class Lookup:
    """Looks rows up in an open index.

    Attributes:
        connection: The index.
        keys: Ascending keys of the versions that count.
        languages: Language of every version, by ascending key.
    """

    connection: sqlite3.Connection
    keys: Rows
    languages: dict[int, str]

    def rows(self, query: Query | RegexQuery, lang: str = "") -> Rows:
        """Return the passages that a query finds, of one language where ``lang`` is given."""
        if isinstance(query, RegexQuery):
            return self._of(lang)._matching(query)
        languages = [lang] if lang else query.languages or ("",)
        return union(self._of(one)._holding(query, one) for one in languages)

    def _of(self, lang: str) -> Lookup:
        """Return the lookup kept to the versions in one language, or as it is."""
        if not lang:
            return self
        keys = as_rows(key for key in self.keys.tolist() if self.languages[key] == lang)
        return replace(self, keys=keys)

    def _holding(self, query: Query, lang: str) -> Rows:
        phrases = query.phrases(lang)
        simple = self._phrases([phrase for phrase in phrases if is_simple(phrase)])
        others = self._phrases([phrase for phrase in phrases if not is_simple(phrase)])
        return union([simple, self._verified(others, query)])

    def _phrases(self, phrases: Sequence[Phrase]) -> Rows:
        return self._full_text(list(dict.fromkeys(map(expression, phrases))))

    def _full_text(self, expressions: Sequence[str]) -> Rows:
        """Return the rows that fit one of the expressions, in the versions that count."""
        if not len(self.keys):
            return none()
        ranges = self._ranges(len(expressions))
        sql = "SELECT group_concat(rowid) FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
        found = (select(self.connection, sql, (one, *r)) for one in expressions for r in ranges)
        return self._counting(union(found))

    def _ranges(self, questions: int) -> list[tuple[int, int]]:
        """Return each version's rows where that is not too much to ask, else one range for all."""
        if len(self.keys) * questions <= _FEW:
            return [ends_of(key) for key in self.keys.tolist()]
        return [(ends_of(int(self.keys[0]))[0], ends_of(int(self.keys[-1]))[1])]

    def _counting(self, rows: Rows) -> Rows:
        """Return the rows of versions that count."""
        first, last = self.keys[0], self.keys[-1]
        is_whole = sum(first <= key <= last for key in self.languages) == len(self.keys)
        return rows if is_whole else rows[are_among(rows >> PLACE_BITS, self.keys)]

    def _matching(self, query: RegexQuery) -> Rows:
        if isinstance(query.exact, Runs):
            return self._runs(query.exact)
        if isinstance(query.exact, Words):
            return self._one_word(query, query.exact)
        return self._verified(self._fitting(query.need), query)

    def _one_word(self, query: RegexQuery, need: Words) -> Rows:
        """Return the rows of words that match; where these are not the whole truth, read them."""
        words = self._vocabulary(need)
        sure = self._forms(word for word, fits in words.items() if all(fits))
        doubtful = self._forms(word for word, fits in words.items() if any(fits) and not all(fits))
        if need.is_wide:
            mixed = self._full_text([f'"{MIXED}"'])
            sure = sure[~are_among(sure, mixed)]
            narrowed = self._fitting(query.need)
            doubtful = union(
                [doubtful, mixed if narrowed is None else mixed[are_among(mixed, narrowed)]]
            )
        return union([sure, self._verified(doubtful[~are_among(doubtful, sure)], query)])

    def _fitting(self, need: Need | None) -> Rows | None:
        """Return the rows that have what is needed; ``None`` for all."""
        if isinstance(need, Words):
            words = [word for word, fits in self._vocabulary(need).items() if any(fits)]
            return None if len(words) > _MANY else self._forms(words)
        if isinstance(need, Runs):
            return self._runs(need)
        if isinstance(need, Every):
            return self._fitting_every(need.parts)
        parts = [self._fitting(part) for part in need.parts] if need else []
        known = [part for part in parts if part is not None]
        return union(known) if known and len(known) == len(parts) else None

    def _fitting_every(self, parts: Sequence[Need]) -> Rows | None:
        """Return the rows that have all; once few are left, to read them is quicker."""
        found: Rows | None = None
        for part in sorted(parts, key=_promise, reverse=True):
            if found is not None and len(found) <= _SOON_READ:
                break
            rows = self._fitting(part)
            found = rows if found is None or rows is None else found[are_among(found, rows)]
        return found

    def _runs(self, need: Runs) -> Rows:
        return self._phrases([tuple(map(Key, run)) for run in need.choice])

    def _vocabulary(self, need: Words) -> dict[str, list[bool]]:
        """Return folded words with the letters, and which of their spellings match."""
        matches = re.compile(need.pattern, re.IGNORECASE).search
        sql = "SELECT written, word FROM vocabulary WHERE instr(word, ?)"
        found: dict[str, list[bool]] = {}
        for written, word in self.connection.execute(sql, (need.letters,)):
            found.setdefault(word, []).append(matches(written) is not None)
        return found

    def _forms(self, words: Iterable[str]) -> Rows:
        return self._full_text([f'forms : "{word}"' for word in words])

    def _verified(self, rows: Rows | None, query: Query | RegexQuery) -> Rows:
        """Return the rows whose text holds what is asked; ``None`` stands for all."""
        return as_rows(
            row
            for row, text in self._texts(rows)
            if query.holds(text, self.languages[row >> PLACE_BITS])
        )

    def _texts(self, rows: Rows | None) -> Iterator[tuple[int, str]]:
        if rows is None:
            sql = "SELECT no, text FROM passage WHERE no BETWEEN ? AND ?"
            for ends in self._ranges(1):
                yield from self.connection.execute(sql, ends)
        elif len(rows):
            sql = "SELECT no, text FROM passage WHERE no IN (SELECT value FROM json_each(?))"
            yield from self.connection.execute(sql, (json.dumps(rows.tolist()),))


def _promise(need: Need) -> int:
    """Return how well a need narrows, by guess: long words and runs are rare."""
    if isinstance(need, Words):
        return len(need.letters)
    if isinstance(need, Runs):
        return 3 * min(map(len, need.choice)) - len(need.choice)
    return 0
