"""The index: kept up to date work by work, and asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parallel_texts.concordance.queries import Query, RegexQuery
from parallel_texts.concordance.restrictions import Condition, Restriction
from parallel_texts.concordance.results import Concordance, Count, Hit
from parallel_texts.concordance.sources import Source, Texts, sources_of
from parallel_texts.concordance.storage import (
    PLACE_BITS,
    VERSION_BITS,
    add_findings,
    add_work,
    connect,
    drop_work,
    rows_of,
)
from parallel_texts.concordance.words import is_unspaced
from parallel_texts.frames import Results

__all__ = ["Index"]

_MANY = 500
"""Words that hold the letters of a pattern, beyond which every passage is read instead."""


@dataclass(frozen=True, slots=True)
class _Version:
    key: int
    work: str
    date: str
    lang: str
    standing: str


class Index:
    """Full text of many works in one SQLite file, or in memory.

    Args:
        path: The file; made if need be, made anew if it is of an older format. ``None`` for
            an index in memory.

    Example:
        >>> from parallel_texts import Index, align, search
        >>> with Index() as index:
        ...     index.update(align({"zh": ["双方同意。"], "en": ["The Parties agree."]}))
        ...     search("agree", index).hits[0].beside
        1
        (('zh', '双方同意。'),)
    """

    def __init__(self, path: Path | None = None) -> None:
        self._connection = connect(path)
        self._queries: list[tuple[Query | RegexQuery, dict[int, str]]] = []
        self._connection.create_function("found", 3, self._found, deterministic=True)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def update(self, texts: Texts, *, findings: bool = False) -> int:
        """Put new and changed works in and take others out; return how many were put in.

        Args:
            texts: All the index is to hold: a corpus, or alignments with different works.
            findings: Also remember which findings there are; takes seconds a work.
        """
        wanted = {source.id: source for source in sources_of(texts)}
        known = self._known()
        with self._connection:
            for id in known.keys() - {i for i, s in wanted.items() if known.get(i) == s.hash}:
                drop_work(self._connection, self._number(id))
            new = [source for source in wanted.values() if known.get(source.id) != source.hash]
            for source in new:
                self._add(source)
            if findings:
                self._flag(wanted)
        return len(new)

    def search(
        self,
        query: Query | RegexQuery,
        restriction: Restriction,
        *,
        text: str = "",
        by: str = "form",
        limit: int | None = 100,
    ) -> Concordance:
        """Answer a query; see :func:`parallel_texts.concordance`."""
        languages = dict(self._connection.execute("SELECT no, lang FROM language").fetchall())
        self._queries = [(query, languages)]
        condition = self._condition(query, restriction, languages)
        counted = self._count(condition)
        hits = tuple(self._hits(condition, counted, limit)) if limit != 0 else ()
        counts = Results(Count(v.work, v.date, v.lang, number) for v, number in counted)
        return Concordance(text, by, hits, counts)

    def _known(self) -> dict[str, str]:
        return dict(self._connection.execute("SELECT id, hash FROM work").fetchall())

    def _number(self, id: str) -> int:
        found = self._connection.execute("SELECT no FROM work WHERE id = ?", (id,)).fetchone()
        return int(found[0])

    def _add(self, source: Source) -> None:
        add_work(self._connection, source.align(), source.work, id=source.id, hash=source.hash)

    def _flag(self, sources: dict[str, Source]) -> None:
        rows = self._connection.execute("SELECT no, id FROM work WHERE NOT flagged").fetchall()
        for number, id in rows:
            alignment = sources[id].align()
            add_findings(self._connection, number, alignment, sources[id].flag(alignment))

    def _condition(
        self, query: Query | RegexQuery, restriction: Restriction, languages: dict[int, str]
    ) -> Condition:
        condition = self._matching(query, restriction.lang or "")
        condition = restriction.versions(condition, query.languages)
        condition = restriction.findings(condition)
        for lang, other in restriction.absent:
            number = next((no for no, known in languages.items() if known == lang), -1)
            condition = condition.without(self._matching(other, lang), number, VERSION_BITS)
        return condition

    def _matching(self, query: Query | RegexQuery, lang: str) -> Condition:
        """Return which rows hold the query; by the index alone where it can tell."""
        match = self._match(query, lang)
        if query.is_exact:
            return Condition("words", "words.rowid", ("words MATCH ?",), (match,))
        languages = self._queries[0][1]
        self._queries.append((query, languages))
        found = "found(?, passage.no, passage.text)"
        number = len(self._queries) - 1
        if not match:
            return Condition("passage", "passage.no", (found,), (number,))
        joined = "words JOIN passage ON passage.no = words.rowid"
        return Condition(joined, "words.rowid", ("words MATCH ?", found), (match, number))

    def _match(self, query: Query | RegexQuery, lang: str) -> str:
        """Return the expression for the full text; of a pattern, words that hold its letters."""
        if isinstance(query, Query):
            return query.match(lang)
        wanted = [query.match(lang), *map(self._holding, query.needed)]
        return " AND ".join(part for part in wanted if part)

    def _holding(self, letters: str) -> str:
        """Return a choice of all words that hold ``letters``; nothing where there are too many."""
        sql = "SELECT word FROM vocabulary WHERE instr(word, ?) LIMIT ?"
        rows = self._connection.execute(sql, (letters, _MANY + 1)).fetchall()
        if is_unspaced(letters) or len(rows) > _MANY:
            return ""
        choice = " OR ".join(f'"{word}"' for (word,) in rows or [("0no0such0word0",)])
        return f"(forms : ({choice}))"

    def _found(self, number: int, row: int, text: str) -> bool:
        query, languages = self._queries[number]
        return next(query.find(text, languages[row >> VERSION_BITS]), None) is not None

    def _count(self, condition: Condition) -> list[tuple[_Version, int]]:
        """Return passages per version, in the order of date, work and language."""
        sql = f"SELECT {condition.row} >> {PLACE_BITS}, count(*) {condition.sql} GROUP BY 1"
        counted = self._connection.execute(sql, condition.values).fetchall()
        versions = ((self._version(key), number) for key, number in counted)
        return sorted(versions, key=lambda v: (v[0].date or "~", v[0].work, v[0].key))

    def _version(self, key: int) -> _Version:
        sql = (
            "SELECT work.id, work.date, lang, standing FROM version "
            "JOIN work ON work.no = version.work WHERE key = ?"
        )
        return _Version(key, *self._connection.execute(sql, (key,)).fetchone())

    def _hits(
        self, condition: Condition, counted: list[tuple[_Version, int]], limit: int | None
    ) -> Iterator[Hit]:
        left = -1 if limit is None else limit
        for version, number in counted:
            within = condition.between(*rows_of(version.key))
            sql = f"SELECT {condition.row} {within.sql} ORDER BY 1 LIMIT ?"
            rows = self._connection.execute(sql, (*within.values, left)).fetchall()
            yield from (self._hit(row, version) for (row,) in rows)
            left = left if limit is None else left - min(number, left)
            if left == 0:
                return

    def _hit(self, row: int, version: _Version) -> Hit:
        sql = (
            "SELECT passage.id, coalesce(link.id, ''), text, link.no FROM passage "
            "LEFT JOIN place USING (no) LEFT JOIN link ON link.no = place.link WHERE passage.no = ?"
        )
        id, link, text, link_no = self._connection.execute(sql, (row,)).fetchone()
        spans = tuple(self._queries[0][0].find(text, version.lang))
        beside = tuple(self._beside(link_no, version))
        facts = (version.work, version.date, version.lang, version.standing)
        return Hit(*facts, link, id, text, spans, beside)

    def _beside(self, link: int | None, version: _Version) -> Iterator[tuple[str, str]]:
        sql = "SELECT key, lang FROM version WHERE work = (SELECT work FROM version WHERE key = ?)"
        texts: dict[int, list[str]] = {}
        for no, text in self._passages(link):
            texts.setdefault(no >> PLACE_BITS, []).append(text)
        for key, lang in self._connection.execute(sql, (version.key,)).fetchall():
            if key != version.key:
                yield lang, ("" if lang == "zh" else " ").join(texts.get(key, ()))

    def _passages(self, link: int | None) -> list[Any]:
        sql = "SELECT no, text FROM place JOIN passage USING (no) WHERE link = ? ORDER BY no"
        return self._connection.execute(sql, (link,)).fetchall() if link is not None else []
