"""Parties of a document: from a table or TOML file that a user gives, or from the text itself."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from parallel_texts.errors import ParseError
from parallel_texts.files import read_text
from parallel_texts.model import Authority, Names

__all__ = ["format_parties", "read_parties"]

_FACTS = ("language",)
_LANGUAGES = ("zh", "ru", "en")


def read_parties(path: Path) -> tuple[Authority, ...]:
    """Read parties and organs with their names per language.

    A TSV has the columns ``id`` and one per language, ``|`` between names; ``kind`` (``party``,
    ``organ`` or ``role``), ``part_of`` (id of an organ's party) and ``language`` (a party's own)
    may be added.
    A TOML file has a table per id with the same keys and lists of names::

        [cn]
        zh = ["中方", "中国"]
        en = ["the Chinese Side"]
        language = "zh"

    Raises:
        ParseError: The file cannot be read, or a party has no id or no name; with the line.
    """
    if path.suffix.lower() == ".toml":
        return tuple(_authority(key, row, path) for key, row in _toml(path).items())
    return tuple(_tsv(path))


def format_parties(parties: tuple[Authority, ...]) -> str:
    """Return parties as the TSV that :func:`read_parties` reads."""
    languages = [lang for lang in _LANGUAGES if any(dict(p.names).get(lang) for p in parties)]
    kinds = any(party.kind != "party" for party in parties)
    lines = ["\t".join(["id", *(["kind"] if kinds else []), *languages])]
    for party in parties:
        names = dict(party.names)
        cells = [party.kind] if kinds else []
        cells += ("|".join(names.get(lang, ())) for lang in languages)
        lines.append("\t".join([party.id, *cells]))
    return "\n".join(lines) + "\n"


def _toml(path: Path) -> dict[str, dict[str, Any]]:
    try:
        data = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ParseError(f"not TOML: {error}", path=path) from error
    listed = data.get("party") or data.get("parties")
    if isinstance(listed, list):
        return {str(row.get("id", "")): row for row in listed}
    return {key: row for key, row in data.items() if isinstance(row, dict)}


def _tsv(path: Path) -> list[Authority]:
    lines = [(n, line) for n, line in enumerate(read_text(path).split("\n"), 1) if line.strip()]
    lines = [(n, line) for n, line in lines if not line.startswith("#")]
    if not lines:
        raise ParseError("no parties: the first line names the columns id, zh, ru, en", path=path)
    header = [name.strip().lower() for name in lines[0][1].split("\t")]
    if "id" not in header:
        raise ParseError("no column id in the first line", path=path, line=lines[0][0])
    rows = ((n, dict(zip(header, line.split("\t"), strict=False))) for n, line in lines[1:])
    return [_authority(row["id"].strip(), row, path, line) for line, row in rows]


def _authority(key: str, row: Mapping[str, Any], path: Path, line: int | None = None) -> Authority:
    names: Names = tuple((lang, found) for lang in _LANGUAGES if (found := _names(row.get(lang))))
    if not key or not names:
        raise ParseError("a party needs an id and a name in some language", path=path, line=line)
    facts = tuple((fact, str(row[fact]).strip()) for fact in _FACTS if row.get(fact))
    return Authority(key, str(row.get("kind") or "party"), names, row.get("part_of") or None, facts)


def _names(value: object) -> tuple[str, ...]:
    """Read names from a list or from a cell with ``|`` between them."""
    parts = value if isinstance(value, list) else str(value or "").split("|")
    return tuple(name for part in parts if (name := str(part).strip()))
