"""What a batch found, as numbers: kinds of links, confidence, findings, what to look at first."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from parallel_texts.batch.jobs import BINS, Outcome
from parallel_texts.batch.lengths import odd_lengths
from parallel_texts.batch.likeness import find_near_duplicates
from parallel_texts.batch.page import format_page
from parallel_texts.batch.storage import open_storage

__all__ = ["summarise", "write_report"]

_WORTH_A_LOOK = 100
"""Works in the lists of those that are worth a look."""


def summarise(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the numbers of a batch as plain values; the same for the same outcomes.

    ``failures``, ``in_one_language``, ``without`` and ``near_duplicates`` are complete;
    ``least_confident``, ``most_findings`` and ``odd_lengths`` hold those most worth a look.
    """
    aligned = [outcome for outcome in outcomes if outcome.status == "aligned"]
    return {
        "works": len(outcomes),
        **{status: _count(outcomes, status) for status in ("aligned", "alone", "failed")},
        "passages": _added(outcome.passages for outcome in outcomes),
        "characters": _added(outcome.characters for outcome in outcomes),
        "links": _links(aligned),
        "confidence": [sum(outcome.bins[n] for outcome in aligned) for n in range(BINS)],
        "findings": _added(outcome.findings for outcome in outcomes),
        "least_confident": _least_confident(aligned),
        "most_findings": _most_findings(outcomes),
        "odd_lengths": [asdict(odd) for odd in odd_lengths(aligned)[:_WORTH_A_LOOK]],
        "in_one_language": [_alone(o) for o in outcomes if o.status == "alone"],
        "without": _without(outcomes),
        "near_duplicates": [asdict(pair) for pair in find_near_duplicates(outcomes)],
        "to_check": [{"work": o.id, "note": note} for o in aligned for note in _checks(o)],
        "failures": [{"work": o.id, "reason": o.reason} for o in outcomes if o.status == "failed"],
    }


def _count(outcomes: Sequence[Outcome], status: str) -> int:
    return sum(outcome.status == status for outcome in outcomes)


def _added(counts: Iterable[tuple[tuple[str, int], ...]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for some in counts:
        total.update(dict(some))
    return dict(sorted(total.items()))


def _links(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """Count kinds of links for each combination of languages: ``1:0`` of which two?"""
    combined: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        combined[":".join(lang for lang, _ in outcome.passages)].update(dict(outcome.links))
    return {languages: dict(sorted(combined[languages].items())) for languages in sorted(combined)}


def _least_confident(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    ordered = sorted(outcomes, key=lambda o: (o.confidence, o.id))[:_WORTH_A_LOOK]
    return [
        {"work": o.id, "confidence": o.confidence, "links": sum(n for _, n in o.links)}
        for o in ordered
    ]


def _most_findings(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    counted = [(sum(n for _, n in o.findings), o) for o in outcomes]
    ordered = sorted((pair for pair in counted if pair[0]), key=lambda pair: (-pair[0], pair[1].id))
    return [
        {"work": o.id, "findings": count, "codes": dict(o.findings)}
        for count, o in ordered[:_WORTH_A_LOOK]
    ]


def _alone(outcome: Outcome) -> dict[str, Any]:
    lang, passages = outcome.passages[0]
    return {"work": outcome.id, "language": lang, "passages": passages}


def _without(outcomes: Sequence[Outcome]) -> dict[str, list[str]]:
    """Return for each language of the batch the aligned works that have no text in it."""
    languages = sorted({lang for outcome in outcomes for lang, _ in outcome.passages})
    aligned = [(o.id, dict(o.passages)) for o in outcomes if o.status == "aligned"]
    lacking = {lang: [work for work, has in aligned if lang not in has] for lang in languages}
    return {lang: works for lang, works in lacking.items() if works}


def _checks(outcome: Outcome) -> list[str]:
    """Return what was noticed in reading that may be a mistake; most texts have no articles."""
    return [note for note in outcome.notes if "no article headings" not in note]


def write_report(out: Path | str, outcomes: Sequence[Outcome], ui: str = "en") -> str:
    """Write ``summary.json`` and ``summary.html``; return the path or address of the page.

    Args:
        out: The folder of results, by path or address.
        outcomes: One a work.
        ui: Language of the page: ``en``, ``ru`` or ``zh``.

    Raises:
        ParallelTextsError: They cannot be written, or there is no page in that language.
    """
    summary = summarise(outcomes)
    numbers = json.dumps(summary, ensure_ascii=True, indent=1) + "\n"
    storage = open_storage(str(out))
    storage.write("summary.json", numbers.encode("ascii"))
    storage.write("summary.html", format_page(summary, ui).encode("utf-8", "replace"))
    return f"{str(out).rstrip('/')}/summary.html"
