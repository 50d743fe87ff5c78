"""The index: kept up to date work by work, and asked."""

from __future__ import annotations

from collections.abc import Mapping
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
        self._places: dict[int, Place] | None = None

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
        self._links = self._places = None
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
        rows = self.find_rows(query, restriction)
        counted = self.count(rows)
        contexts = Contexts(self._connection, self.places, self.links)
        hits = tuple(contexts.hits(query, rows, [place for place, _ in counted], limit))
        counts = Results(Count(p.work, p.date, p.lang, number) for p, number in counted)
        return Concordance(text, by, hits, counts)

    def find_rows(self, query: Query | RegexQuery, restriction: Restriction) -> Rows:
        """Return the numbers of the passages that a query finds, ascending."""
        languages = {key: self.places[key].lang for key in sorted(self.places)}
        everywhere = Lookup(self._connection, as_rows(languages), languages)
        versions = restriction.versions(self._connection)
        rows = replace(everywhere, keys=versions).rows(query, restriction.lang or "")
        if restriction.finding:
            flagged = self.links.from_numbers(restriction.found_in(self._connection))
            rows = rows[self.links.marked(flagged)[self.links.of(rows)]]
        for lang, other in restriction.absent:
            holding = self.links.marked(self.links.of(everywhere.rows(other, lang)))
            there = self.links.marked(self.links_in(lang))
            rows = rows[(there & ~holding)[self.links.of(rows)]]
        return rows

    def count(self, rows: Rows) -> list[tuple[Place, int]]:
        """Return how many of the passages each version has, in the order in which hits are."""
        numbers = counted(rows, as_rows(sorted(self.places)))
        found = [(self.places[key], number) for key, number in numbers.items()]
        return sorted(found, key=lambda pair: pair[0].order)

    def links_in(self, lang: str) -> Rows:
        """Return the links that have passages in a language."""
        keys = [key for key, place in self.places.items() if place.lang == lang]
        return self.links.of_versions(min(keys), max(keys)) if keys else none()

    def texts(self, links: Rows, lang: str) -> list[str]:
        """Return what each link has in a language; the empty string where it has nothing."""
        contexts = Contexts(self._connection, self.places, self.links)
        found: dict[int, str] = {}
        for key, place in self.places.items():
            if place.lang == lang:
                found |= contexts.by_link(key, links)
        return [found.get(link, "") for link in links.tolist()]

    @property
    def links(self) -> Links:
        """Which link each passage is in."""
        if self._links is None:
            sql = "SELECT key, work, links FROM version"
            self._links = Links(self._connection.execute(sql).fetchall())
        return self._links

    @property
    def places(self) -> Mapping[int, Place]:
        """The versions by key."""
        if self._places is None:
            sql = (
                "SELECT key, work.id, date, lang, standing, origin FROM version "
                "JOIN work ON work.no = version.work"
            )
            self._places = {row[0]: Place(*row) for row in self._connection.execute(sql)}
        return self._places

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
