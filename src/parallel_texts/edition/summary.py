"""What stands above the rows: what exists, who agreed, how it is aligned, what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from parallel_texts.edition.addresses import file_stem
from parallel_texts.edition.dates import day
from parallel_texts.edition.entries import Entry
from parallel_texts.edition.imprint import Citation
from parallel_texts.edition.labels import (
    CODES,
    KINDS,
    LEVELS,
    ORIGINS,
    STANDINGS,
    STATUSES,
    WORKS,
    Translate,
    autonym,
    label,
)
from parallel_texts.edition.outline import draw_outline
from parallel_texts.edition.scales import Scale
from parallel_texts.edition.views import Column, Note, Page
from parallel_texts.model import Corpus, Work

__all__ = ["Summary", "summarise"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a language: what a ``lang`` attribute needs."""

    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What the work is not, with the header's own words."""

    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Value:
    """A fact's value, with the page it leads to or nothing."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its values."""

    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A language with its standing: a version, or a text the header lists and the corpus lacks."""

    tag: str
    name: str
    standing: str
    standing_key: str


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the contents: an article with its rows, gaps and findings."""

    anchor: str
    label: str
    rows: int
    gaps: int
    notes: int


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How often a code was found, and where first."""

    code: str
    title: str
    count: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Option:
    """One box of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Boxes that choose findings by one of their properties."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All that stands above the rows."""

    title: str
    titles: tuple[Text, ...]
    kind: str
    day: str
    place: str
    statements: tuple[Statement, ...]
    witnesses: tuple[Standing, ...]
    facts: tuple[Fact, ...]
    contents: tuple[Part, ...]
    codes: tuple[CodeCount, ...]
    filters: tuple[Filter, ...]
    outline: Markup
    scale: Scale | None
    citation: Citation


def summarise(
    corpus: Corpus,
    work: Work,
    page: Page,
    citation: Citation,
    ui_lang: str,
    translate: Translate,
    sources: Sequence[Entry] = (),
    scale: Scale | None = None,
) -> Summary:
    """Return the summary of a laid out page."""
    place = corpus.authority(work.place)
    return Summary(
        title=work.title(ui_lang),
        titles=tuple(_titles(work, page.columns, ui_lang)),
        kind=label(WORKS, work.kind, translate),
        day=day(work.date, translate) if work.date else "",
        place=place.name(ui_lang) if place else "",
        statements=_statements(work, page.columns, ui_lang, translate),
        witnesses=tuple(_witnesses(work, translate)),
        facts=(
            *_facts(corpus, work, page.columns, ui_lang, translate),
            *_sources(sources, translate),
        ),
        contents=tuple(_contents(page)),
        codes=tuple(_codes(page.notes, translate)),
        filters=tuple(_filters(page.notes, translate)),
        outline=draw_outline(page, translate),
        scale=scale,
        citation=citation,
    )


def _titles(work: Work, columns: Sequence[Column], ui_lang: str) -> Iterator[Text]:
    tags = {column.lang: column.tag for column in columns}
    for lang, title in work.titles:
        if title != work.title(ui_lang):
            yield Text(tags.get(lang, lang), title)


def _statements(
    work: Work, columns: Sequence[Column], ui_lang: str, translate: Translate
) -> tuple[Statement, ...]:
    """Say for each origin but transcription what the text is not; once, not per language."""
    origins = dict.fromkeys(v.origin for v in work.versions if v.origin != "transcription")
    return tuple(_statement(work, origin, ui_lang, translate) for origin in origins)


def _statement(work: Work, origin: str, ui_lang: str, translate: Translate) -> Statement:
    versions = [v for v in work.versions if v.origin == origin]
    notes = {v.lang: v.note for v in versions if v.note}
    text = label(ORIGINS, origin, translate)
    return Statement(text[:1].upper() + text[1:] + ".", notes.get(ui_lang, ""))


def _witnesses(work: Work, translate: Translate) -> Iterator[Standing]:
    held = set(work.languages)
    for witness in work.witnesses:
        key = witness.standing if witness.issued else "never-issued"
        if witness.lang not in held or not witness.issued:
            standing = label(STANDINGS, key, translate)
            yield Standing(witness.lang, autonym(witness.lang), standing, key)


def _facts(
    corpus: Corpus, work: Work, columns: Sequence[Column], ui_lang: str, translate: Translate
) -> Iterator[Fact]:
    yield Fact(translate("Identifier"), (Value(work.id),))
    if work.date:
        yield Fact(translate("Date"), (Value(day(work.date, translate)),))
    named = (
        (translate("Place"), (work.place,)),
        (translate("Parties"), work.parties),
        (translate("Signatories"), work.signatories),
    )
    for name, keys in named:
        found = [corpus.authority(key) for key in keys if key]
        if found:
            values = tuple(Value(a.name(ui_lang)) for a in found if a)
            yield Fact(name, values)
    related = [other for key in work.related if (other := corpus.work(key))]
    if related:
        links = tuple(Value(w.title(ui_lang), _page_of(w)) for w in related)
        yield Fact(translate("See also"), links)
    makers = tuple(dict.fromkeys(c.responsible for c in columns if c.responsible))
    if makers:
        yield Fact(translate("Responsible"), tuple(Value(maker) for maker in makers))


def _page_of(work: Work) -> str:
    return f"{file_stem(work.id)}.html" if work.versions else ""


def _sources(sources: Sequence[Entry], translate: Translate) -> Iterator[Fact]:
    if sources:
        values = tuple(Value(source.name, f"#{source.anchor}") for source in sources)
        yield Fact(translate("Sources"), values)


def _contents(page: Page) -> Iterator[Part]:
    """Count per division; the later parts of a long one belong to its first."""
    groups: list[list[int]] = []
    firsts = []
    for section in page.sections:
        if not section.continued:
            firsts.append(section)
            groups.append([0, 0, 0])
        counts = groups[-1]
        counts[0] += len(section.rows)
        counts[1] += sum(any(not cell.passages for cell in row.cells) for row in section.rows)
        counts[2] += sum(len(row.notes) for row in section.rows)
    for section, (rows, gaps, notes) in zip(firsts, groups, strict=True):
        yield Part(section.anchor, section.label, rows, gaps, notes)


def _codes(notes: Sequence[Note], translate: Translate) -> Iterator[CodeCount]:
    counts = Counter(note.code for note in notes)
    for code in sorted(counts):
        first = next(note.anchor for note in notes if note.code == code)
        yield CodeCount(code, label(CODES, code, translate), counts[code], first)


def _filters(notes: Sequence[Note], translate: Translate) -> Iterator[Filter]:
    properties = (
        ("kind", translate("Kind"), KINDS, [note.kind for note in notes]),
        ("code", translate("Code"), CODES, [note.code for note in notes]),
        ("level", translate("Confidence"), LEVELS, [note.level for note in notes]),
        ("status", translate("Status"), STATUSES, [note.status for note in notes]),
    )
    for name, title, table, values in properties:
        present = [key for key in table if key in values]
        present += sorted(set(values) - set(present))
        yield Filter(name, title, tuple(_option(name, key, table, translate) for key in present))


def _option(name: str, key: str, table: dict[str, str], translate: Translate) -> Option:
    text = label(table, key, translate)
    return Option(key, f"{key} {text}" if name == "code" and text != key else text)
