"""The project's own RELAX NG: a strict subset of TEI, compiled in a few milliseconds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from functools import cache
from importlib.resources import files

from lxml import etree

from parallel_texts.tei.parsing import line_of
from parallel_texts.validation.sources import Source

__all__ = ["schema_errors"]

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_TELLING = (
    "RELAXNG_ERR_INVALIDATTR",
    "RELAXNG_ERR_ELEMWRONG",
    "RELAXNG_ERR_TEXTWRONG",
    "RELAXNG_ERR_ELEMNAME",
    "RELAXNG_ERR_EXTRACONTENT",
)
"""Errors that name what is wrong, the most telling first; others only say that something is."""


def schema_errors(source: Source, explained: Collection[int] = ()) -> Iterator[tuple[int, str]]:
    """Yield line and message where a file does not follow the schema of its kind.

    Args:
        source: The file.
        explained: Lines of which a rule has said more already.
    """
    schema = _schema(source.kind)
    if schema.validate(source.root.getroottree()):
        return
    entries = sorted((e for e in schema.error_log if e.line), key=_rank)
    if not entries:
        yield line_of(source.root) or 1, "not as the schema has it"
    yield from ((entry.line, _shortened(entry.message)) for entry in _chosen(entries, explained))


def _chosen(
    entries: Sequence[etree._LogEntry], explained: Collection[int]
) -> list[etree._LogEntry]:
    """Return one telling error a line, else the deepest of those that tell little."""
    telling = {e.line: e for e in reversed(entries) if e.type_name in _TELLING}
    if telling:
        return [telling[line] for line in sorted(telling) if line not in explained]
    deepest = [max(entries, key=lambda e: e.line)] if entries else []
    return [e for e in deepest if not any(line >= e.line for line in explained)]


def _rank(entry: etree._LogEntry) -> int:
    name = entry.type_name
    return _TELLING.index(name) if name in _TELLING else len(_TELLING)


def _shortened(message: str) -> str:
    return message if len(message) <= 200 else f"{message[:200]}…"


@cache
def _grammar() -> etree._Element:
    data = (files("parallel_texts.tei") / "parallel-texts.rng").read_bytes()
    return etree.fromstring(data)


@cache
def _schema(kind: str) -> etree.RelaxNG:
    """Return the schema that starts at ``kind``: one start makes better messages than three."""
    grammar = deepcopy(_grammar())
    start = grammar.find(f"{_RNG}start")
    assert start is not None
    start[:] = [etree.Element(f"{_RNG}ref", name=kind)]
    return etree.RelaxNG(grammar)
