"""What a page shows, as plain data: columns, sections, rows, cells, notes."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Cell", "Column", "Elsewhere", "Note", "Page", "PassageView", "Quote", "Row", "Section"]


@dataclass(frozen=True, slots=True)
class Column:
    """One language of a work: its column, and its line in the table of versions."""

    lang: str
    tag: str
    name: str
    label: str
    standing: str
    standing_key: str
    origin: str
    origin_key: str
    short_origin: str
    title: str
    translation_of: str
    responsible: str
    note: str
    passages: int
    glue: str

    @property
    def head(self) -> str:
        """Standing for the column's head; "authentic" never stands there alone on a remake."""
        remade = self.standing_key == "authentic" and self.origin_key != "transcription"
        return f"{self.standing}, {self.short_origin}" if remade else self.standing


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage as HTML, with its anchor and the anchors of its counterparts in an m:n row."""

    anchor: str
    html: Markup
    counterparts: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """The passages of one language in a row; ``gap`` says why there are none.

    ``place`` names the division where the passages stand, if it is not the section's own.
    """

    passages: tuple[PassageView, ...]
    gap: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words a finding points to, with the anchor of the passage they stand in."""

    tag: str
    name: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as the reader sees it."""

    anchor: str
    number: int
    code: str
    title: str
    kind: str
    kind_label: str
    confidence: float
    level: str
    level_label: str
    status: str
    status_label: str
    message: str
    rule: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A finding that stands beside another row and quotes this one."""

    anchor: str
    number: int
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One link: cells in the order of the columns, and the findings beside them."""

    anchor: str
    number: int
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...]
    also: tuple[Elsewhere, ...]
    shape: str
    moved: bool
    sources: tuple[tuple[str, str], ...]
    editorial: bool

    @property
    def many(self) -> bool:
        """True where some side has more than one passage."""
        return any(len(cell.passages) > 1 for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one division, or the next part of a long one."""

    anchor: str
    label: str
    short: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    continued: bool
    size: str

    @property
    def headed(self) -> bool:
        """True where the section opens with a heading in some language."""
        return not self.continued and any(self.heads)


@dataclass(frozen=True, slots=True)
class Page:
    """A work's page without its summary: columns, whole-work notes, sections."""

    columns: tuple[Column, ...]
    general: tuple[Note, ...]
    sections: tuple[Section, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes in the order of their numbers."""
        rows = (row for section in self.sections for row in section.rows)
        return (*self.general, *(note for row in rows for note in row.notes))
