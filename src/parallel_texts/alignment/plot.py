"""A picture of two aligned texts: how alike their passages are, and the links."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

from parallel_texts.alignment.align import prepare
from parallel_texts.encoders import Encoder
from parallel_texts.errors import AlignmentError
from parallel_texts.model import Alignment, Link

__all__ = ["draw_alignment"]

_PIXELS = 720
"""Longest side of the picture."""
_CELLS = 240
"""Longest side of the grid of likeness: passages are grouped beyond that."""
_MARGIN = 46
_COLOURS = {"link": "#d1495b", "moved": "#7b2d8b", "omission": "#e08e0b"}


def draw_alignment(
    alignment: Alignment, first: str, second: str, *, encoder: Encoder | None = None
) -> str:
    """Return an SVG: rows are the passages of ``first``, columns those of ``second``.

    Grey shows likeness; links are outlined, moved ones in another colour; marks at the edge are
    passages without counterpart. Every mark has a title with its link and passages.

    Raises:
        AlignmentError: One of the languages is not in the alignment.
    """
    for lang in (first, second):
        if lang not in alignment.languages:
            raise AlignmentError(
                f"no language {lang!r} in the alignment: it has {', '.join(alignment.languages)}"
            )
    texts = {
        lang: [p.text for p in alignment.passages[alignment.languages.index(lang)]]
        for lang in (first, second)
    }
    one, two = prepare(texts, encoder, fast=True)
    rows, columns = max(len(one), 1), max(len(two), 1)
    scale = _PIXELS / max(rows, columns)
    marks = [_mark(link, first, second, scale) for link in alignment]
    grid = _grid(one.vectors, two.vectors, scale) if len(one) and len(two) else ""
    return _frame(first, second, (columns * scale, rows * scale), grid + "".join(marks))


def _grid(first: NDArray[np.float32], second: NDArray[np.float32], scale: float) -> str:
    """Return grey cells; neighbours are averaged where there are too many."""
    step = -(-max(len(first), len(second)) // _CELLS)
    cosines = _grouped(first, step) @ _grouped(second, step).T
    size = scale * step
    cells = [
        f'<rect x="{j * size:.1f}" y="{i * size:.1f}" width="{size:.1f}" height="{size:.1f}" '
        f'fill-opacity="{min(float(cosines[i, j]), 1):.2f}"/>'
        for i, j in zip(*np.nonzero(cosines > 0.2), strict=True)
    ]
    return f'<g fill="#3b4a54">{"".join(cells)}</g>'


def _grouped(vectors: NDArray[np.float32], step: int) -> NDArray[np.float32]:
    starts = np.arange(0, len(vectors), step)
    sums = np.add.reduceat(vectors, starts, axis=0)
    counts = np.diff(np.append(starts, len(vectors)))[:, None]
    return np.asarray(sums / counts, dtype=np.float32)


def _mark(link: Link, first: str, second: str, scale: float) -> str:
    rows, columns = link[first], link[second]
    if not rows and not columns:
        return ""
    kind = "moved" if link.moved else "link" if rows and columns else "omission"
    x, width = _extent(columns, scale)
    y, height = _extent(rows, scale)
    title = (
        f"{link.id} ({kind}): {first} {_list(rows)}, {second} {_list(columns)}, "
        f"confidence {link.confidence:.2f}"
    )
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{_COLOURS[kind]}" fill-opacity="{0.15 if kind == "link" else 0.6}" '
        f'stroke="{_COLOURS[kind]}"><title>{escape(title)}</title></rect>'
    )


def _extent(numbers: Sequence[int], scale: float) -> tuple[float, float]:
    """Return start and length; what is missing is a strip outside the grid."""
    if not numbers:
        return -8.0, 6.0
    return numbers[0] * scale, (numbers[-1] + 1 - numbers[0]) * scale


def _list(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers)) or "nothing"


def _frame(first: str, second: str, size: tuple[float, float], content: str) -> str:
    width, height = size
    legend = "".join(
        f'<tspan fill="{colour}" dx="12">{kind}</tspan>' for kind, colour in _COLOURS.items()
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" font-size="12" '
        f'viewBox="0 0 {width + 2 * _MARGIN:.0f} {height + 2 * _MARGIN:.0f}">'
        f"<title>{escape(first)} and {escape(second)}, aligned</title>"
        f'<rect width="100%" height="100%" fill="#fff"/>'
        f'<text x="{_MARGIN}" y="18">rows: {escape(first)}, columns: {escape(second)}'
        f"{legend}</text>"
        f'<g transform="translate({_MARGIN} {_MARGIN})">'
        f'<rect width="{width:.1f}" height="{height:.1f}" fill="none" stroke="#999"/>'
        f"{content}</g></svg>\n"
    )
