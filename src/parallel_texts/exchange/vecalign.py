"""Vecalign's format: two texts, one link a line, ``[0, 1]:[0]:score``, passages from 0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from parallel_texts.errors import ExchangeError, ParseError
from parallel_texts.files import read_text
from parallel_texts.model import Alignment, Link

__all__ = ["format_vecalign", "read_vecalign"]

_LINE = re.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::\s*(\S+))?\s*")


def format_vecalign(alignment: Alignment) -> str:
    """Return the alignment of two texts, one link a line.

    Raises:
        ExchangeError: The alignment has more than two languages.
    """
    if len(alignment.languages) != 2:
        raise ExchangeError(
            f"Vecalign's format holds two texts, not {len(alignment.languages)}: "
            "use jsonl, or name two languages"
        )
    return "".join(
        f"{list(link.sides[0])}:{list(link.sides[1])}:{link.score:.4f}\n" for link in alignment
    )


def read_vecalign(path: Path) -> tuple[Link, ...]:
    """Read links; the languages are called ``source`` and ``target``.

    Raises:
        ParseError: A line has another form.
    """
    return tuple(_links(read_text(path), path))


def _links(text: str, path: Path) -> Iterator[Link]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise ParseError(
                "expected a link such as [0, 1]:[0]:0.87",
                path=path,
                line=number,
                excerpt=line[:80],
            )
        sides = (_numbers(found[1]), _numbers(found[2]))
        score = _score(found[3], path, number)
        yield Link(f"l{number}", ("source", "target"), sides, score)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(n) for n in text.replace(",", " ").split()))


def _score(text: str | None, path: Path, number: int) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError as error:
        raise ParseError(
            f"expected a number as score, not {text!r}", path=path, line=number
        ) from error
