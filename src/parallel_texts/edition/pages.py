"""A work, its alignment and its findings, laid out as rows for one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from parallel_texts.edition.addresses import PageAnchors
from parallel_texts.edition.columns import column_of, division_label, divisions_of
from parallel_texts.edition.entries import Entries
from parallel_texts.edition.labels import Translate
from parallel_texts.edition.likeness import counterparts
from parallel_texts.edition.markup import mark_up
from parallel_texts.edition.placing import NoteMaker, Placement
from parallel_texts.edition.views import (
    Cell,
    Page,
    PassageView,
    Row,
    Section,
)
from parallel_texts.model import Alignment, Division, Finding, Link, Passage, Work

__all__ = ["lay_out"]

_ROWS = 40
"""Rows of one table: a longer division goes on in the next, so that a browser lays out only
what is in view."""


class _Layout:
    """What the functions below share while one page is laid out."""

    def __init__(
        self,
        work: Work,
        alignment: Alignment,
        findings: Sequence[Finding],
        anchors: PageAnchors,
        entries: Entries,
        translate: Translate,
    ) -> None:
        self.work = work
        self.alignment = alignment
        self.entries = entries
        self.translate = translate
        self.anchors = anchors
        self.columns = tuple(
            column_of(work, lang, len(passages), translate)
            for lang, passages in zip(alignment.languages, alignment.passages, strict=True)
        )
        self.placement = Placement(alignment, findings)
        tags = {column.lang: column.tag for column in self.columns}
        self.notes = NoteMaker(self.placement, anchors, tags, translate)
        self.divisions = divisions_of(work)


def lay_out(
    work: Work,
    alignment: Alignment,
    findings: Sequence[Finding],
    anchors: PageAnchors,
    entries: Entries,
    translate: Translate,
) -> Page:
    """Return the work's page as plain data, rows in the order of the alignment."""
    layout = _Layout(work, alignment, findings, anchors, entries, translate)
    return Page(
        columns=layout.columns, general=layout.notes.general(), sections=tuple(_sections(layout))
    )


def _first_division(layout: _Layout, link: Link) -> str:
    alignment = layout.alignment
    sides = (alignment.of(link, lang) for lang in alignment.languages)
    return next((side[0].division for side in sides if side), "")


def _sections(layout: _Layout) -> Iterator[Section]:
    number = 0
    for division, run in groupby(layout.alignment, key=lambda link: _first_division(layout, link)):
        links = tuple(run)
        for start in range(0, len(links), _ROWS):
            part = links[start : start + _ROWS]
            yield _section(layout, division, part, number + start, continued=start > 0)
        number += len(links)


def _section(
    layout: _Layout, division: str, links: Sequence[Link], number: int, *, continued: bool
) -> Section:
    found = layout.divisions.get(division, {})
    anchor = layout.anchors.claim(division or "all")
    rows = tuple(_row(layout, link, number + count) for count, link in enumerate(links, 1))
    heads = tuple(found[lang].head if lang in found else "" for lang in layout.alignment.languages)
    return Section(
        anchor=anchor,
        label=division_label(found, layout.translate),
        short=_short_label(found),
        heads=heads,
        rows=rows,
        continued=continued,
        size="s" if len(rows) < 5 else "m" if len(rows) < 15 else "l",
    )


def _short_label(found: Mapping[str, Division]) -> str:
    first = next(iter(found.values()), None)
    return first.n if first else ""


def _row(layout: _Layout, link: Link, number: int) -> Row:
    passages = [p for lang in link.languages for p in layout.alignment.of(link, lang)]
    sources = dict.fromkeys(source for p in passages for source in p.sources)
    anchor = layout.anchors.links[link.id]
    return Row(
        anchor=anchor,
        number=number,
        cells=tuple(_cells(layout, link)),
        notes=layout.notes.beside(link),
        also=layout.notes.also(link, passages),
        shape=link.shape,
        moved=link.moved,
        sources=tuple(layout.entries.source(pointer) for pointer in sources),
        editorial=bool(passages) and all(p.editorial for p in passages),
    )


def _cells(layout: _Layout, link: Link) -> Iterator[Cell]:
    sides = {lang: layout.alignment.of(link, lang) for lang in link.languages}
    home = _first_division(layout, link)
    likeness = counterparts(sides) if _is_many(link) else {}
    for lang, side in sides.items():
        if side:
            place = _place_of(layout, lang, side, home)
            yield Cell(tuple(_passage(layout, lang, p, likeness) for p in side), place=place)
        else:
            yield Cell((), gap=layout.translate("No counterpart in this version"))


def _is_many(link: Link) -> bool:
    return any(len(side) > 1 for side in link.sides)


def _passage(
    layout: _Layout,
    lang: str,
    passage: Passage,
    likeness: Mapping[tuple[str, str], tuple[tuple[str, str], ...]],
) -> PassageView:
    anchors = layout.anchors.passages
    like = likeness.get((lang, passage.id), ())
    return PassageView(
        anchor=anchors[lang, passage.id],
        html=mark_up(
            passage, layout.placement.spans.get((lang, passage.id), ()), layout.entries.anchor
        ),
        counterparts=" ".join(anchors[pair] for pair in like),
    )


def _place_of(layout: _Layout, lang: str, side: Sequence[Passage], home: str) -> str:
    """Return the name of the division a side stands in, if it is not the section's own."""
    division = side[0].division if side else home
    found = layout.divisions.get(division, {}) if division != home else {}
    return division_label({lang: found[lang]}, layout.translate) if lang in found else ""
