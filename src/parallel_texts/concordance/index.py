"""The index: kept up to date work by work, and asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from parallel_texts.concordance.contexts import Contexts, Place
from parallel_texts.concordance.lookup import Lookup
from parallel_texts.concordance.patterns import RegexQuery
from parallel_texts.concordance.queries import Query
from parallel_texts.concordance.restrictions import Restriction
from parallel_texts.concordance.results import Concordance, Count
from parallel_texts.concordance.rows import Links, Rows, as_rows, counted, none
from parallel_texts.concordance.sources import Source, Texts, sources_of
from parallel_texts.concordance.storage import add_findings, add_work, connect, drop_work
from parallel_texts.frames import Results

__all__ = ["Index"]


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
        self._links: Links | None = None
        self._versions: dict[int, Place] | None = None

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
        self._links = self._versions = None
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
        places = self._places()
        rows = self._rows(query, restriction, places)
        counts = counted(rows, as_rows(sorted(places)))
        order = sorted((places[key] for key in counts), key=lambda place: place.order)
        contexts = Contexts(self._connection, places, self._linked())
        hits = tuple(contexts.hits(query, rows, order, limit))
        totals = (Count(place.work, place.date, place.lang, counts[place.key]) for place in order)
        return Concordance(text, by, hits, Results(totals))

    def _rows(
        self, query: Query | RegexQuery, restriction: Restriction, places: Mapping[int, Place]
    ) -> Rows:
        languages = {key: places[key].lang for key in sorted(places)}
        everywhere = Lookup(self._connection, as_rows(languages), languages)
        versions = restriction.versions(self._connection)
        rows = replace(everywhere, keys=versions).rows(query, restriction.lang or "")
        if restriction.finding:
            flagged = self._linked().from_numbers(restriction.found_in(self._connection))
            rows = rows[self._linked().marked(flagged)[self._linked().of(rows)]]
        for lang, other in restriction.absent:
            keys = [key for key, one in languages.items() if one == lang]
            others = replace(everywhere, keys=as_rows(keys)).rows(other, lang)
            rows = self._without(rows, keys, others)
        return rows

    def _without(self, rows: Rows, keys: Sequence[int], others: Rows) -> Rows:
        """Return the rows whose links have passages in some versions, but none of the others."""
        if not keys:
            return none()
        links = self._linked()
        mine = links.of(rows)
        there = links.marked(links.of_versions(keys[0], keys[-1]))
        holding = links.marked(links.of(others))
        return rows[(there & ~holding)[mine]]

    def _linked(self) -> Links:
        if self._links is None:
            sql = "SELECT key, work, links FROM version"
            self._links = Links(self._connection.execute(sql).fetchall())
        return self._links

    def _places(self) -> Mapping[int, Place]:
        if self._versions is None:
            sql = (
                "SELECT key, work.id, date, lang, standing, origin FROM version "
                "JOIN work ON work.no = version.work"
            )
            self._versions = {row[0]: Place(*row) for row in self._connection.execute(sql)}
        return self._versions

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
