"""The alignment seen from afar: a lane per language, a mark per row, findings above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from parallel_texts.edition.labels import Translate
from parallel_texts.edition.markup import shown
from parallel_texts.edition.views import Page, Row, Section

__all__ = ["draw_outline"]

_WIDTH = 640.0
_LABEL = 84.0
_LANE = 17
_TOP = 40
_BINS = 400
"""More rows than this share marks, so that the plot of ten thousand rows stays small."""
_LINKED = 80
_KINDS = ("version", "party", "authenticity")


@dataclass(frozen=True, slots=True)
class _Bin:
    """Neighbouring rows drawn as one mark."""

    x: float
    width: float
    rows: tuple[Row, ...]


def draw_outline(page: Page, translate: Translate) -> Markup:
    """Return the plot and its legend. What it shows is also told in the list of contents."""
    bins = tuple(_bins([row for section in page.sections for row in section.rows]))
    height = _TOP + _LANE * len(page.columns) + 20
    body = [*_edges(page.sections, bins, height), *_lanes(page, bins), *_marks(bins)]
    svg = Markup(
        '<svg class="plot" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">{}</svg>'
    ).format(int(_WIDTH), height, Markup("").join(body))
    return svg + _legend(translate)


def _bins(rows: Sequence[Row]) -> Iterator[_Bin]:
    count = max(1, min(len(rows), _BINS))
    width = min((_WIDTH - _LABEL) / count, 42.0)
    for number in range(count):
        start, end = number * len(rows) // count, (number + 1) * len(rows) // count
        yield _Bin(_LABEL + number * width, width, tuple(rows[start:end]))


def _edges(sections: Sequence[Section], bins: Sequence[_Bin], height: int) -> Iterator[Markup]:
    starts = {s.rows[0].anchor: s for s in sections if s.rows and not s.continued}
    previous = -100.0
    for item in bins:
        section = next((starts[row.anchor] for row in item.rows if row.anchor in starts), None)
        if section is None:
            continue
        yield Markup('<line class="edge" x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/>').format(
            item.x - 0.5, _TOP - 4, height - 16
        )
        if item.x - previous > 34:
            previous = item.x
            yield _edge_link(section, item.x, height)


def _edge_link(section: Section, x: float, height: int) -> Markup:
    return Markup(
        '<a href="#{}" tabindex="-1"><title>{}</title><text x="{:.1f}" y="{}">{}</text></a>'
    ).format(section.anchor, shown(section.label), x + 2, height - 5, shown(section.short[:4]))


def _lanes(page: Page, bins: Sequence[_Bin]) -> Iterator[Markup]:
    for lane, column in enumerate(page.columns):
        y = _TOP + lane * _LANE
        yield Markup('<text x="0" y="{}" lang="{}">{}</text>').format(
            y + 11, column.tag, shown(column.name)
        )
        for style in ("has", "many", "gap"):
            shapes = [_shape(b, y) for b in bins if _style(b, lane) == style]
            if shapes:
                yield Markup('<path class="{}" d="{}"/>').format(style, "".join(shapes))


def _style(item: _Bin, lane: int) -> str:
    counts = [len(row.cells[lane].passages) for row in item.rows]
    if 0 in counts:
        return "gap"
    return "many" if any(count > 1 for count in counts) else "has"


def _shape(item: _Bin, y: int) -> str:
    width = max(item.width - (2 if item.width > 5 else 0.4), 0.6)
    return f"M{item.x:.1f} {y}h{width:.1f}v12h-{width:.1f}z"


def _marks(bins: Sequence[_Bin]) -> Iterator[Markup]:
    total = sum(len(row.notes) for item in bins for row in item.rows)
    for item in bins:
        notes = [note for row in item.rows for note in row.notes]
        for level, kind in enumerate(k for k in _KINDS if any(n.kind == k for n in notes)):
            first = next(note for note in notes if note.kind == kind)
            mark = _mark(kind, item.x + max(item.width - 2, 1) / 2, _TOP - 11 - 12 * level)
            link = Markup('<a href="#{}" tabindex="-1"><title>{} {}</title>{}</a>')
            linked = total <= _LINKED
            yield link.format(first.anchor, first.code, first.title, mark) if linked else mark


def _mark(kind: str, x: float, y: float) -> Markup:
    """Return a disc, a square or a triangle: shape tells the kind where colour does not."""
    shapes = {
        "version": f"M{x - 4:.1f} {y:.1f}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
        "party": f"M{x - 4:.1f} {y - 4:.1f}h8v8h-8z",
        "authenticity": f"M{x - 5:.1f} {y + 4:.1f}h10l-5-9z",
    }
    return Markup('<path class="{}" d="{}"/>').format(kind, shapes[kind])


def _legend(translate: Translate) -> Markup:
    row = '<path class="{}" d="M0 1h12v10h-12z"/>'
    items = [
        (row.format("has"), translate("a passage")),
        (row.format("many"), translate("several passages")),
        (row.format("gap"), translate("no counterpart")),
        (_mark("version", 6, 6), translate("between versions")),
        (_mark("party", 6, 6), translate("between parties")),
        (_mark("authenticity", 6, 6), translate("authenticity")),
    ]
    pattern = Markup(
        '<span><svg class="plot" viewBox="0 0 12 12" aria-hidden="true" focusable="false">{}'
        "</svg>{}</span>"
    )
    drawn = Markup("").join(pattern.format(Markup(shape), text) for shape, text in items)
    return Markup('<p class="legend">{}</p>').format(drawn)
