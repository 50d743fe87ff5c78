"""Which measures decided a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parallel_texts.alignment.align import prepare
from parallel_texts.alignment.block import Block
from parallel_texts.alignment.evidence import MEASURES, SHAPES, name_of
from parallel_texts.alignment.weights import weights_of
from parallel_texts.encoders import Encoder
from parallel_texts.errors import AlignmentError
from parallel_texts.model import Alignment

__all__ = ["Reason", "explain_link"]

_CONTEXT = 9


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of a link's score.

    Attributes:
        measure: Name of the measure.
        meaning: What it measures, in words.
        value: What was measured.
        part: Value times weight: what it adds to the logarithm of the odds.
    """

    measure: str
    meaning: str
    value: float
    part: float


def explain_link(
    alignment: Alignment, link_id: str, first: str, second: str, *, encoder: Encoder | None = None
) -> tuple[Reason, ...]:
    """Return what speaks for and against a link between two languages, the heaviest first.

    Raises:
        AlignmentError: There is no such link, or no shape of the search fits it.
    """
    link = next((link for link in alignment if link.id == link_id), None)
    if link is None:
        raise AlignmentError(f"no link {link_id!r}: ids go from l1 to l{len(alignment)}")
    rows, columns = link[first], link[second]
    shape = (len(rows), len(columns))
    if shape not in SHAPES or not all(shape):
        raise AlignmentError(
            f"link {link_id} has {shape[0]} passages in {first} and {shape[1]} in {second}: "
            "only links of up to five passages a side, none of them empty, are scored by parts"
        )
    block, i, j = _block(alignment, (first, rows), (second, columns), encoder)
    reasons, weights = [], weights_of(block.first.side.encoder.name)
    for measure in MEASURES:
        table = np.asarray(measure(block, *shape), dtype=np.float64)
        value = float(table if table.ndim == 0 else table[i, j])
        meaning = (measure.__doc__ or "").strip()
        name = name_of(measure)
        reasons.append(Reason(name, meaning, value, value * weights[name]))
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.part)))


def _block(
    alignment: Alignment,
    first: tuple[str, Sequence[int]],
    second: tuple[str, Sequence[int]],
    encoder: Encoder | None,
) -> tuple[Block, int, int]:
    """Return the link's surroundings, and where in a measure's table the link is."""
    texts = {
        lang: [p.text for p in alignment.passages[alignment.languages.index(lang)]]
        for lang in (first[0], second[0])
    }
    sides = prepare(texts, encoder)
    parts = [
        side.part(numbers[0] - _CONTEXT, numbers[-1] + 1 + _CONTEXT)
        for side, (_, numbers) in zip(sides, (first, second), strict=True)
    ]
    ratio = float(sides[0].lengths.sum() / sides[1].lengths.sum())
    return (
        Block(parts[0], parts[1], ratio),
        first[1][0] - parts[0].start,
        second[1][0] - parts[1].start,
    )
