"""One JSON object a link: ``{"zh": [0, 1], "ru": [0], "en": [0], "score": 0.87, ...}``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from parallel_texts.errors import ParseError
from parallel_texts.exchange.notes import Facts
from parallel_texts.exchange.proposals import Unit, UnitFile
from parallel_texts.exchange.rows import Row
from parallel_texts.files import read_text
from parallel_texts.model import Alignment, Link

__all__ = ["format_jsonl", "read_jsonl", "read_units", "write_jsonl"]

_NO_LANGUAGE = ("findings",)
"""Keys that hold a list and are no language."""


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


def write_jsonl(
    rows: Sequence[Row], languages: Sequence[str], labels: Mapping[str, str] | None = None
) -> str:
    """Return the objects of :func:`format_jsonl` with texts, passages' ids and findings' codes.

    ``labels`` says per language what its text is, standing and origin, on every line.
    """
    said = {"standing": dict(labels)} if labels else {}
    return "".join(_dumped(_row_object(row, languages) | said) + "\n" for row in rows)


def _dumped(item: dict[str, Any]) -> str:
    """Return JSON in UTF-8's own characters; lone surrogates, which it has not, as escapes."""
    text = json.dumps(item, ensure_ascii=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


_SURROGATE = re.compile("[\ud800-\udfff]")


def _row_object(row: Row, languages: Sequence[str]) -> dict[str, Any]:
    item: dict[str, Any] = {lang: list(row.cell(lang).numbers) for lang in languages}
    return item | {
        "confidence": round(row.confidence, 4),
        "id": row.id,
        "texts": {lang: list(row.cell(lang).texts) for lang in languages},
        "passages": {lang: list(row.cell(lang).ids) for lang in languages},
        "findings": [finding.code for finding in row.findings],
    }


def read_units(path: Path) -> UnitFile | None:
    """Return the units of a file that :func:`write_jsonl` made; ``None`` where no line has texts.

    Raises:
        ParseError: A line is no such object.
    """
    lines = [line for line in read_text(path).split("\n") if line.strip()]
    items = [_parse(line, path, number) for number, line in enumerate(lines, start=1)]
    if not any(isinstance(item.get("texts"), dict) for item in items):
        return None
    units = tuple(_unit(item) for item in items)
    languages = tuple(dict.fromkeys(lang for unit in units for lang in unit.facts))
    return UnitFile(languages, languages, units, states=False)


def _unit(item: dict[str, Any]) -> Unit:
    texts, ids = item.get("texts") or {}, item.get("passages") or {}
    languages = [key for key, value in item.items() if _is_list(value) and key not in _NO_LANGUAGE]
    return Unit(
        id=str(item.get("id", "")),
        texts={lang: tuple(map(str, texts[lang])) for lang in languages if texts.get(lang)},
        facts={lang: Facts(tuple(ids.get(lang, ())), tuple(item[lang])) for lang in languages},
        confidence=float(item.get("confidence", 1.0)),
    )


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
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _link(_parse(line, path, number), number)


def _parse(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        item = json.loads(line)
        if isinstance(item, dict) and all(map(_is_side, _lists(item))):
            return item
    except json.JSONDecodeError:
        pass
    raise ParseError(
        'expected a link such as {"zh": [0, 1], "en": [0], "score": 0.87}',
        path=path,
        line=number,
        excerpt=line[:80],
    )


def _lists(item: dict[str, Any]) -> list[list[object]]:
    return [v for key, v in item.items() if _is_list(v) and key not in _NO_LANGUAGE]


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_side(value: list[object]) -> bool:
    return all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in value)


def _link(item: dict[str, Any], number: int) -> Link:
    languages = tuple(
        sorted(key for key, v in item.items() if _is_list(v) and key not in _NO_LANGUAGE)
    )
    return Link(
        id=str(item.get("id", f"l{number}")),
        languages=languages,
        sides=tuple(tuple(sorted(item[lang])) for lang in languages),
        score=float(item.get("score", 1.0)),
        confidence=float(item.get("confidence", 1.0)),
        moved=bool(item.get("moved", False)),
    )
