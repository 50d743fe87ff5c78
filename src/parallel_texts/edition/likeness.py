"""Which passages of an m:n row answer to each other: by place in the row and by names in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from parallel_texts.model import Passage

__all__ = ["counterparts"]

Key = tuple[str, str]
_OVERLAP = 0.35
"""Share of the shorter passage that must lie beside the other for the two to count as a pair."""


def counterparts(sides: Mapping[str, Sequence[Passage]]) -> dict[Key, tuple[Key, ...]]:
    """Return, per passage of a row, those of the other languages that answer to it.

    Each side is laid on the interval 0 to 1 by characters. Two passages answer to each other when
    they overlap by :data:`_OVERLAP` of the shorter, or share a name, date or number that no other
    passage of either side has.

    Args:
        sides: Passages of one link per language.

    Returns:
        (language, passage id) to the counterparts' (language, passage id), languages in order.
    """
    extents = {lang: _extents(side) for lang, side in sides.items()}
    return {
        (lang, passage.id): tuple(_answers(lang, number, sides, extents))
        for lang, side in sides.items()
        for number, passage in enumerate(side)
    }


def _extents(side: Sequence[Passage]) -> list[tuple[float, float]]:
    lengths = [max(len(passage.text), 1) for passage in side]
    total, at, found = sum(lengths), 0, []
    for length in lengths:
        found.append((at / total, (at + length) / total))
        at += length
    return found


def _answers(
    lang: str,
    number: int,
    sides: Mapping[str, Sequence[Passage]],
    extents: Mapping[str, Sequence[tuple[float, float]]],
) -> Iterator[Key]:
    here = extents[lang][number]
    telling = _telling(sides[lang], number)
    for other in sides:
        if other == lang:
            continue
        for index, passage in enumerate(sides[other]):
            shares = bool(telling & _telling(sides[other], index))
            if shares or _overlap(here, extents[other][index]) >= _OVERLAP:
                yield other, passage.id


def _overlap(a: tuple[float, float], b: tuple[float, float]) -> float:
    shorter = min(a[1] - a[0], b[1] - b[0])
    return max(0.0, min(a[1], b[1]) - max(a[0], b[0])) / shorter


def _telling(side: Sequence[Passage], number: int) -> set[str]:
    """Return the keys that only this passage of its side mentions."""
    others = {m.key for i, passage in enumerate(side) if i != number for m in passage.mentions}
    return {m.key for m in side[number].mentions} - others
