"""Hits: passages with the places found in them, and the passages beside them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from parallel_texts.concordance.patterns import RegexQuery
from parallel_texts.concordance.queries import Query
from parallel_texts.concordance.results import Hit
from parallel_texts.concordance.rows import PLACE_BITS, Links, Rows, ends_of

__all__ = ["Contexts", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """A version in the index: where a hit is."""

    key: int
    work: str
    date: str
    lang: str
    standing: str
    origin: str

    @property
    def order(self) -> tuple[str, str, int]:
        """By date, works without one last; then by work; then as the languages came."""
        return self.date or "~", self.work, self.key


@dataclass(frozen=True, slots=True)
class Contexts:
    """Reads hits from an open index.

    Attributes:
        connection: The index.
        places: Versions by key.
        links: Which link each passage is in.
    """

    connection: sqlite3.Connection
    places: Mapping[int, Place]
    links: Links

    def hits(
        self, query: Query | RegexQuery, rows: Rows, order: Sequence[Place], limit: int | None
    ) -> Iterator[Hit]:
        """Yield the hits of ``rows``, version by version, up to ``limit``."""
        left = len(rows) if limit is None else limit
        for place in order:
            if left <= 0:
                return
            first, last = np.searchsorted(rows, ends_of(place.key))
            chosen = rows[first : last + 1][:left]
            chosen = chosen[chosen >> PLACE_BITS == place.key]
            left -= len(chosen)
            yield from self._hits(query, place, chosen)

    def _hits(self, query: Query | RegexQuery, place: Place, rows: Rows) -> Iterator[Hit]:
        """Yield the hits of one version: all its texts are read at once."""
        texts = self._texts(rows)
        links = self.links.of(rows)
        names = self._names(links[links >= 0])
        beside = [(self.places[key].lang, self.by_link(key, links)) for key in self._beside(place)]
        for row, link in zip(rows.tolist(), links.tolist(), strict=True):
            id, text = texts[row]
            others = tuple((lang, found.get(link, "")) for lang, found in beside)
            yield Hit(
                place.work, place.date, place.lang, place.standing, place.origin,
                names.get(link, ""), id, text, tuple(query.find(text, place.lang)), others,
            )  # fmt: skip

    def _beside(self, place: Place) -> list[int]:
        return [k for k, p in self.places.items() if p.work == place.work and k != place.key]

    def by_link(self, key: int, links: Rows) -> dict[int, str]:
        """Return what a version has in each of some links."""
        own = self.links.of_versions(key, key)
        numbers = np.flatnonzero(self.links.marked(links)[own])
        found: dict[int, list[str]] = defaultdict(list)
        texts = self._texts(numbers | key << PLACE_BITS)
        for row, link in zip(sorted(texts), own[numbers].tolist(), strict=True):
            found[link].append(texts[row][1])
        glue = "" if self.places[key].lang == "zh" else " "
        return {link: glue.join(parts) for link, parts in found.items()}

    def _texts(self, rows: Rows) -> dict[int, tuple[str, str]]:
        """Return id and text of passages by row."""
        sql = "SELECT no, id, text FROM passage WHERE no IN (SELECT value FROM json_each(?))"
        found = self.connection.execute(sql, (json.dumps(rows.tolist()),))
        return {no: (id, text) for no, id, text in found}

    def _names(self, links: Rows) -> dict[int, str]:
        """Return the ids of links."""
        numbers = dict(zip(self.links.numbers(links).tolist(), links.tolist(), strict=True))
        sql = "SELECT no, id FROM link WHERE no IN (SELECT value FROM json_each(?))"
        found = self.connection.execute(sql, (json.dumps(list(numbers)),))
        return {numbers[no]: id for no, id in found}
