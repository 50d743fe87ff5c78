"""The project's own RELAX NG: a strict subset of TEI, compiled in a few milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import cache
from importlib.resources import files

from lxml import etree

from parallel_texts.validation.sources import Source

__all__ = ["schema_errors"]

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_CASCADES = frozenset(
    {"RELAXNG_ERR_CONTENTVALID", "RELAXNG_ERR_INTERSEQ", "RELAXNG_ERR_INTEREXTRA"}
)
"""Errors that only repeat, one floor up, that something below is wrong."""


def schema_errors(source: Source) -> Iterator[tuple[int, str]]:
    """Yield line and message where a file does not follow the schema of its kind."""
    schema = _schema(source.kind)
    if schema.validate(source.root.getroottree()):
        return
    entries = list(schema.error_log)
    telling = [e for e in entries if e.type_name not in _CASCADES] or entries
    yield from dict.fromkeys((e.line, _shortened(e.message)) for e in _first_per_line(telling))


def _first_per_line(entries: Iterable[etree._LogEntry]) -> list[etree._LogEntry]:
    return list({entry.line: entry for entry in reversed(list(entries))}.values())[::-1]


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
