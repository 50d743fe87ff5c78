"""What a batch found, as numbers: kinds of links, confidence, findings, what to look at first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from parallel_texts.batch.jobs import BINS, Outcome
from parallel_texts.files import write_atomic

__all__ = ["summarise", "write_report"]

_WORTH_A_LOOK = 50
"""Works that each list shows."""


def summarise(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the numbers of a batch as plain values; the same for the same outcomes."""
    aligned = [outcome for outcome in outcomes if outcome.status == "aligned"]
    links = _added(outcome.links for outcome in aligned)
    return {
        "works": len(outcomes),
        **{status: _count(outcomes, status) for status in ("aligned", "alone", "failed")},
        "passages": _added(outcome.passages for outcome in outcomes),
        "characters": _added(outcome.characters for outcome in outcomes),
        "links": links,
        "confidence": [sum(outcome.bins[n] for outcome in aligned) for n in range(BINS)],
        "findings": _added(outcome.findings for outcome in outcomes),
        "least_confident": _least_confident(aligned),
        "most_findings": _most_findings(outcomes),
        "in_one_language": [
            {"work": o.id, "language": o.passages[0][0], "passages": o.passages[0][1]}
            for o in outcomes
            if o.status == "alone"
        ],
        "failures": [{"work": o.id, "reason": o.reason} for o in outcomes if o.status == "failed"],
    }


def _count(outcomes: Sequence[Outcome], status: str) -> int:
    return sum(outcome.status == status for outcome in outcomes)


def _added(counts: Iterable[tuple[tuple[str, int], ...]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for some in counts:
        total.update(dict(some))
    return dict(sorted(total.items()))


def _least_confident(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    ordered = sorted(outcomes, key=lambda o: (o.confidence, o.id))[:_WORTH_A_LOOK]
    return [{"work": o.id, "confidence": o.confidence} for o in ordered]


def _most_findings(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    counted = [(sum(n for _, n in o.findings), o.id) for o in outcomes]
    ordered = sorted((pair for pair in counted if pair[0]), key=lambda pair: (-pair[0], pair[1]))
    return [{"work": work, "findings": count} for count, work in ordered[:_WORTH_A_LOOK]]


def write_report(out: Path, outcomes: Sequence[Outcome]) -> Path:
    """Write ``summary.json``; return its path.

    Raises:
        ParallelTextsError: It cannot be written.
    """
    path = out / "summary.json"
    write_atomic(path, json.dumps(summarise(outcomes), ensure_ascii=False, indent=1) + "\n")
    return path
