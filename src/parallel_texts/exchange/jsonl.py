"""One JSON object a link: ``{"zh": [0, 1], "ru": [0], "en": [0], "score": 0.87, ...}``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from parallel_texts.errors import ParseError
from parallel_texts.files import read_text
from parallel_texts.model import Alignment, Link

__all__ = ["format_jsonl", "read_jsonl"]


def format_jsonl(alignment: Alignment) -> str:
    """Return one object a line: passage numbers per language, score, confidence, and what else.

    ``moved`` is there only where it is true.
    """
    return "".join(
        json.dumps(_object(alignment, link), ensure_ascii=False) + "\n" for link in alignment
    )


def _object(alignment: Alignment, link: Link) -> dict[str, Any]:
    item: dict[str, Any] = {lang: list(link[lang]) for lang in alignment.languages}
    item |= {"score": round(link.score, 4), "confidence": round(link.confidence, 4), "id": link.id}
    return item | {"moved": True} if link.moved else item


def read_jsonl(path: Path) -> tuple[Link, ...]:
    """Read links; every key with a list of passage numbers is a language, sorted by name.

    Raises:
        ParseError: A line is no such object, or has other languages than the first.
    """
    links = tuple(_links(read_text(path), path))
    for number, link in enumerate(links, start=1):
        if link.languages != links[0].languages:
            raise ParseError(
                f"expected the languages {', '.join(links[0].languages)}", path=path, line=number
            )
    return links


def _links(text: str, path: Path) -> Iterator[Link]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _link(_parse(line, path, number), number)


def _parse(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        item = json.loads(line)
        if isinstance(item, dict) and all(map(_is_side, filter(_is_list, item.values()))):
            return item
    except json.JSONDecodeError:
        pass
    raise ParseError(
        'expected a link such as {"zh": [0, 1], "en": [0], "score": 0.87}',
        path=path,
        line=number,
        excerpt=line[:80],
    )


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_side(value: list[object]) -> bool:
    return all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in value)


def _link(item: dict[str, Any], number: int) -> Link:
    languages = tuple(sorted(key for key, value in item.items() if isinstance(value, list)))
    return Link(
        id=str(item.get("id", f"l{number}")),
        languages=languages,
        sides=tuple(tuple(sorted(item[lang])) for lang in languages),
        score=float(item.get("score", 1.0)),
        confidence=float(item.get("confidence", 1.0)),
        moved=bool(item.get("moved", False)),
    )
