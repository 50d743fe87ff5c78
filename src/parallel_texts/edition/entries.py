"""Names, dates and sources of a work: their anchors, and the entries they lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from parallel_texts.edition.addresses import PageAnchors
from parallel_texts.edition.dates import day
from parallel_texts.edition.facts import facts_of
from parallel_texts.edition.labels import ENTRIES, Translate, autonym, label
from parallel_texts.model import Alignment, Authority, Corpus, Mention

__all__ = ["KINDS", "Entries", "Entry", "EntryGroup", "order"]

KINDS = ("party", "organ", "person", "place", "term", "date", "source")


@dataclass(frozen=True, slots=True)
class Entry:
    """A name, date or source with its names, its forms in the text, its facts and its rows."""

    anchor: str
    key: str
    kind: str
    name: str
    names: tuple[tuple[str, str, str], ...]
    forms: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class EntryGroup:
    """Entries of one kind under their heading."""

    kind: str
    title: str
    entries: tuple[Entry, ...]


class Entries:
    """The entries that one page's mentions and sources lead to."""

    def __init__(
        self,
        corpus: Corpus,
        alignment: Alignment,
        anchors: PageAnchors,
        tags: Mapping[str, str],
        ui_lang: str,
    ) -> None:
        self._authorities = {a.id: a for a in corpus.authorities}
        self._tags = tags
        self._ui_lang = ui_lang
        self._anchors = anchors
        self._known: dict[tuple[str, str], str] = {}
        self._forms: dict[tuple[str, str], dict[tuple[str, str], None]] = defaultdict(dict)
        self._rows: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._read(alignment)

    def _read(self, alignment: Alignment) -> None:
        for number, link in enumerate(alignment, 1):
            for lang in alignment.languages:
                for passage in alignment.of(link, lang):
                    for mention in passage.mentions:
                        self._note(
                            mention, lang, passage.text, self._anchors.links[link.id], number
                        )
                    for pointer in passage.sources:
                        self._rows[self._source_key(pointer)][self._anchors.links[link.id]] = number

    def _note(self, mention: Mention, lang: str, text: str, link: str, number: int) -> None:
        if mention.kind not in KINDS:
            return
        key = self._key(mention)
        self._forms[key][lang, text[mention.start : mention.end]] = None
        self._rows[key][link] = number

    def _key(self, mention: Mention) -> tuple[str, str]:
        authority = self._authorities.get(mention.key)
        return (authority.kind if authority else mention.kind), mention.key

    def _source_key(self, pointer: str) -> tuple[str, str]:
        """Return the source a pointer belongs to: ``shen`` for ``shen.p31``."""
        authority = self._authorities.get(pointer)
        if authority is not None:
            return "source", authority.part_of or pointer
        stem = pointer.rpartition(".")[0]
        return "source", stem if stem in self._authorities else pointer

    def anchor(self, mention: Mention) -> str | None:
        """Return the anchor of a mention's entry."""
        return self._claim(self._key(mention))

    def source(self, pointer: str) -> tuple[str, str]:
        """Return the anchor of a source's entry and the pointer as a reader writes it."""
        kind, key = self._source_key(pointer)
        place = pointer[len(key) :].lstrip(".") if pointer != key else pointer
        return self._claim((kind, key)), _place(place or pointer)

    def _claim(self, key: tuple[str, str]) -> str:
        if key not in self._known:
            self._known[key] = self._anchors.claim(f"e.{key[1]}")
        return self._known[key]

    def groups(self, translate: Translate) -> tuple[EntryGroup, ...]:
        """Return all entries of the page by kind, names in the interface's language first."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for kind, key in self._rows:
            found[kind].append(self._entry(kind, key, translate))
        return tuple(
            EntryGroup(kind, label(ENTRIES, kind, translate), _ordered(found[kind]))
            for kind in KINDS
            if kind in found
        )

    def _entry(self, kind: str, key: str, translate: Translate) -> Entry:
        authority = self._authorities.get(key)
        return Entry(
            anchor=self._claim((kind, key)),
            key=key,
            kind=kind,
            name=authority.name(self._ui_lang) if authority else _named(kind, key, translate),
            names=tuple(self._names(authority)) if authority else (),
            forms=tuple(
                (self._tag(lang), autonym(self._tag(lang)), form)
                for lang, form in self._forms.get((kind, key), ())
            ),
            facts=tuple(facts_of(authority, self._ui_lang, translate)) if authority else (),
            rows=tuple(self._rows[kind, key].items()),
        )

    def _names(self, authority: Authority) -> Iterator[tuple[str, str, str]]:
        for lang, names in authority.names:
            tag = self._tag(lang)
            yield tag, autonym(tag), " · ".join(_distinct(names))

    def _tag(self, lang: str) -> str:
        return self._tags.get(lang, lang)


def _ordered(entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=order))


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """Yield names that differ in more than their capitals, the first of each."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold(), name)
    return iter(seen.values())


def order(entry: Entry) -> str:
    """Return what entries are sorted by: dates by time, names by letter."""
    return entry.key if entry.kind == "date" else entry.name.casefold()


def _named(kind: str, key: str, translate: Translate) -> str:
    return day(key, translate) if kind == "date" else key


def _place(place: str) -> str:
    """Return ``¶ 31`` for ``p31`` and ``n. 12`` for ``n12``; anything else as it is."""
    signs = {"p": "¶ ", "n": "n. "}
    sign, number = place[:1], place[1:]
    return f"{signs[sign]}{number}" if sign in signs and number.isdigit() else place
