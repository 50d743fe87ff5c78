"""Runs every rule over files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from lxml import etree

from parallel_texts.errors import ParseError
from parallel_texts.validation.files import Collection, File
from parallel_texts.validation.problems import Problem
from parallel_texts.validation.rules import RULES

__all__ = ["schema", "validate"]


def validate(
    paths: Iterable[Path], *, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> tuple[Problem, ...]:
    """Check TEI files.

    Args:
        paths: Files, and folders whose ``.xml`` files are checked.
        select: Codes or their beginnings (``X2``); all by default.
        ignore: Codes or their beginnings to leave out.

    Returns:
        Problems in the order of files and lines.
    """
    collection = Collection()
    chosen, left_out = tuple(select), tuple(ignore)
    problems = [p for path in _files(paths) for p in _check(path, collection)]
    return tuple(
        sorted(
            p
            for p in problems
            if (not chosen or p.code.startswith(chosen))
            and not (left_out and p.code.startswith(left_out))
        )
    )


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*.xml") if not p.name.startswith("."))
        else:
            yield path


def _check(path: Path, collection: Collection) -> Iterator[Problem]:
    try:
        file = collection.open(path)
    except ParseError as error:
        yield Problem(path, error.line or 0, "X101", error.reason)
        return
    yield from _against_schema(file)
    for code, rule in RULES.items():
        for element, message in rule(file, collection):
            yield Problem(path, _line(element), code, message)


def _line(element: etree._Element) -> int:
    return element.sourceline if isinstance(element.sourceline, int) else 0


@cache
def schema() -> etree.RelaxNG:
    """Return the project's schema, compiled once in a run."""
    text = (files("parallel_texts.tei") / "parallel-texts.rng").read_bytes()
    return etree.RelaxNG(etree.fromstring(text))


def _against_schema(file: File) -> Iterator[Problem]:
    checked = schema()
    if not checked.validate(file.root):
        errors = list(checked.error_log)
        for error in errors[-3:]:
            yield Problem(file.path, error.line, "X102", error.message)
