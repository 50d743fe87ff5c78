"""The index of the whole site: every name, term and date with the rows it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from parallel_texts.edition.addresses import Anchors
from parallel_texts.edition.entries import KINDS, Entry, EntryGroup, order

__all__ = ["NameGroup", "NameIndex", "NamePlace", "SiteName"]


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A work with the rows that mention a name."""

    href: str
    title: str
    rows: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class SiteName:
    """An entry of the site's index."""

    anchor: str
    entry: Entry
    forms: dict[tuple[str, str, str], None] = field(default_factory=dict)
    places: list[NamePlace] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NameGroup:
    """Entries of one kind under their heading."""

    kind: str
    title: str
    names: tuple[SiteName, ...]


class NameIndex:
    """Collects the entries of works, one after the other."""

    def __init__(self) -> None:
        self._anchors = Anchors()
        self._names: dict[tuple[str, str], SiteName] = {}
        self._titles: dict[str, str] = {}

    def add(self, href: str, title: str, groups: Iterable[EntryGroup]) -> None:
        """Add a work's entries."""
        for group in groups:
            self._titles.setdefault(group.kind, group.title)
            for entry in group.entries:
                self._add(href, title, entry)

    def _add(self, href: str, title: str, entry: Entry) -> None:
        key = entry.kind, entry.key
        if key not in self._names:
            self._names[key] = SiteName(self._anchors.claim(f"e.{entry.key}"), entry)
        name = self._names[key]
        name.forms.update(dict.fromkeys(entry.forms))
        name.places.append(NamePlace(href, title, entry.rows))

    def groups(self) -> tuple[NameGroup, ...]:
        """Return all entries by kind, then by name or date."""
        kinds = [kind for kind in KINDS if kind in self._titles]
        return tuple(NameGroup(kind, self._titles[kind], self._of(kind)) for kind in kinds)

    def _of(self, kind: str) -> tuple[SiteName, ...]:
        names = [name for (of, _), name in self._names.items() if of == kind]
        return tuple(sorted(names, key=lambda name: order(name.entry)))
