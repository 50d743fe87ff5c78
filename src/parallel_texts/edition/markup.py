"""A passage's text as HTML: names linked, evidence marked, every character shown and none run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from parallel_texts.model import Mention, Passage

__all__ = ["Span", "mark_up", "shown"]

_CONTROLS = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]"
)
"""Characters that steer the display or have no shape: they are named instead of obeyed."""

_LINKED = frozenset({"party", "person", "place", "date", "term"})
"""Kinds of mention that have an entry to open; numbers and measures are only compared."""


@dataclass(frozen=True, slots=True)
class Span:
    """Evidence of one finding in one passage: offsets, and the finding's number on the page.

    ``whole`` evidence is the passage itself, as where it has no counterpart: marked lightly.
    """

    start: int
    end: int
    number: int
    kind: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Atom:
    """Characters that have the same mention and the same evidence throughout."""

    text: str
    mention: Mention | None
    spans: tuple[Span, ...]
    ending: tuple[Span, ...]


def shown(text: str) -> str:
    """Return ``text`` with direction overrides and control characters written out.

    >>> shown("a\u202eb")
    'a⟨U+202E⟩b'
    """
    return _CONTROLS.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def mark_up(
    passage: Passage, spans: Sequence[Span], entry: Callable[[Mention], str | None]
) -> Markup:
    """Return the passage as inline HTML.

    Args:
        passage: Text and mentions.
        spans: Evidence in this passage; spans may overlap.
        entry: The anchor of a mention's entry on the page, or ``None``.
    """
    if not passage.mentions and not spans:
        return escape(shown(passage.text))
    atoms = _atoms(passage, spans)
    groups = groupby(atoms, key=lambda atom: atom.mention)
    return Markup("").join(_group(mention, tuple(run), entry) for mention, run in groups)


def _atoms(passage: Passage, spans: Sequence[Span]) -> Iterator[_Atom]:
    cuts = _cuts(passage, spans)
    length = len(passage.text)
    last = _last_ends(spans)
    for start, end in pairwise(cuts):
        over = tuple(s for s in spans if s.start <= start and end <= s.end)
        ending = tuple(s for s in over if min(s.end, length) == end and last[s.number] == s.end)
        yield _Atom(passage.text[start:end], _innermost(passage, start, end), over, ending)


def _last_ends(spans: Sequence[Span]) -> dict[int, int]:
    """Return where each finding's last evidence ends: its reference stands there, once."""
    last: dict[int, int] = {}
    for span in spans:
        last[span.number] = max(span.end, last.get(span.number, 0))
    return last


def _cuts(passage: Passage, spans: Sequence[Span]) -> list[int]:
    length = len(passage.text)
    ends = {0, length}
    bounds = [(m.start, m.end) for m in passage.mentions] + [(s.start, s.end) for s in spans]
    for start, end in bounds:
        ends.update((min(max(start, 0), length), min(max(end, 0), length)))
    return sorted(ends)


def _innermost(passage: Passage, start: int, end: int) -> Mention | None:
    covering = [m for m in passage.mentions if m.start <= start and end <= m.end]
    return min(covering, key=lambda m: m.end - m.start, default=None)


def _group(
    mention: Mention | None, atoms: Sequence[_Atom], entry: Callable[[Mention], str | None]
) -> Markup:
    """Return a run of atoms; references stand outside a name, since links do not nest."""
    if mention is None:
        return Markup("").join(_marked(atom) + _references(atom) for atom in atoms)
    inner = Markup("").join(_marked(atom) for atom in atoms)
    references = Markup("").join(_references(atom) for atom in atoms)
    return _named(mention, inner, entry) + references


def _references(atom: _Atom) -> Markup:
    return Markup("").join(_reference(span) for span in atom.ending)


def _marked(atom: _Atom) -> Markup:
    text = escape(shown(atom.text))
    if not atom.spans:
        return text
    numbers = " ".join(str(span.number) for span in atom.spans)
    whole = {"whole"} if all(span.whole for span in atom.spans) else set()
    kinds = " ".join(sorted({span.kind for span in atom.spans} | whole))
    return Markup('<mark class="{}" data-f="{}">{}</mark>').format(kinds, numbers, text)


def _reference(span: Span) -> Markup:
    return Markup('<a class="ref" href="#f{0}">{0}</a>').format(span.number)


def _named(mention: Mention, inner: Markup, entry: Callable[[Mention], str | None]) -> Markup:
    anchor = entry(mention) if mention.kind in _LINKED else None
    if anchor is None:
        pattern = Markup('<span class="m {}" data-k="{}">{}</span>')
        return pattern.format(mention.kind, shown(mention.key), inner)
    pattern = Markup('<a class="m {}" data-k="{}" href="#{}">{}</a>')
    return pattern.format(mention.kind, shown(mention.key), anchor, inner)
