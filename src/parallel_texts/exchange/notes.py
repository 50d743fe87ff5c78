"""Notes of a unit: what merging needs and a translator should know, a fact a line.

Our lines begin with a word in brackets, such as ``[zh]`` or ``[V102]``; all other lines are what
people wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parallel_texts.exchange.rows import Cell, Row, fingerprints
from parallel_texts.model import Work

__all__ = ["Facts", "read_confidence", "read_facts", "read_remarks_of", "write_notes"]

_OURS = re.compile(r"\[[\w-]{1,40}\] ")
_FACTS = re.compile(
    r"\[(?P<lang>[\w-]+)\] passages: (?P<ids>[^;\[\]]*); at: (?P<at>[\d ]*);"
    r" exported: (?P<exported>[0-9a-f ]*); state: (?P<state>\w+)"
)
_CONFIDENCE = re.compile(r"\[link\] confidence: ([01]\.\d+)")
_STATES = {True: "fuzzy", False: "done"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What was exported of one side of a link.

    Attributes:
        ids: Of its passages.
        numbers: Their places in the text, from 0.
        exported: Their fingerprints.
        needs_work: Whether it was marked as needing work.
    """

    ids: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    exported: tuple[str, ...] = ()
    needs_work: bool = False


def write_notes(row: Row, languages: Sequence[str], work: Work | None = None) -> str:
    """Return the notes of a link for a file that holds ``languages``."""
    return "\n".join(_lines(row, languages, work))


def _lines(row: Row, languages: Sequence[str], work: Work | None) -> Iterator[str]:
    for lang in languages:
        yield _facts(row.cell(lang), row.needs_work(lang))
    yield f"[link] confidence: {row.confidence:.4f}"
    versions = [v for v in (work.versions if work else ()) if v.lang in languages]
    if versions:
        said = "; ".join(f"{v.lang}: {v.standing}, {v.origin}" for v in versions)
        yield f"[standing] {said}"
    for finding in row.findings:
        message = " ".join(finding.message.split())
        yield f"[{finding.code}] {finding.status}, {finding.confidence:.2f}: {message}"
    for code, rule in dict.fromkeys((j.finding.code, j.finding.rule) for j in row.judgements):
        yield from (f"[{code}] {line}" for line in row.said(code, rule))


def _facts(cell: Cell, needs_work: bool) -> str:
    ids, numbers = " ".join(cell.ids), " ".join(map(str, cell.numbers))
    exported = " ".join(fingerprints(cell.texts))
    state = _STATES[needs_work]
    return f"[{cell.lang}] passages: {ids}; at: {numbers}; exported: {exported}; state: {state}"


def read_facts(notes: str) -> dict[str, Facts]:
    """Return what was exported, per language; empty for notes of others."""
    return {match["lang"]: _read(match) for match in _FACTS.finditer(_unwrapped(notes))}


def _unwrapped(notes: str) -> str:
    """Return notes as one line: tools wrap comments anew, at spaces and after hyphens."""
    return " ".join(re.sub(r"-\s*\n\s*", "-", notes).split())


def _read(found: re.Match[str]) -> Facts:
    return Facts(
        tuple(found["ids"].split()),
        tuple(map(int, found["at"].split())),
        tuple(found["exported"].split()),
        found["state"] == _STATES[True],
    )


def read_confidence(notes: str) -> float:
    """Return the link's confidence; 1 where the notes do not say."""
    found = _CONFIDENCE.search(_unwrapped(notes))
    return float(found[1]) if found else 1.0


def read_remarks_of(notes: str) -> str:
    """Return what people wrote among the notes."""
    return "\n".join(line for line in notes.splitlines() if line and not _OURS.match(line))
