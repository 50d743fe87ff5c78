"""Norms as records: for JSON, and for a CSV that maps to codings of political science."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from parallel_texts.model import Passage, Work
from parallel_texts.norms.schema import Norm

__all__ = ["COLUMNS", "as_csv", "as_record"]

COLUMNS = (
    "work", "lang", "standing", "origin", "division", "passage", "bearer", "counterparty",
    "modality", "hohfeld", "atop", "action", "object", "distribution", "notice", "consent",
    "request", "time", "hedge", "language", "cost_bearer", "confidence", "rule", "start", "end",
    "text",
)  # fmt: skip
"""Columns of the CSV; docs/norms.md says what each means."""

_HOHFELD = {
    "obligation": "duty", "prohibition": "duty", "right": "claim or power",
    "permission": "privilege", "exemption": "privilege",
}  # fmt: skip
_ATOP = {
    "assist": "DEFENSE|OFFENSE", "intercept": "DEFENSE", "ally": "NEUTRAL|NONAGG",
    "consult": "CONSUL", "command": "INTCOM", "host": "BASE", "land": "BASE", "build": "BASE",
    "exercise": "MILCON", "report_intelligence": "MILCON", "supply": "MILAID|ECAID",
    "train": "MILAID", "send_personnel": "MILAID", "keep_secret": "SECRET", "withdraw": "BASE",
    "terminate": "RENOUN", "ratify": "ESTMODE",
}  # fmt: skip
"""Variables of the Alliance Treaty Obligations and Provisions project an action bears on."""


def as_record(norm: Norm, work: Work | None = None) -> dict[str, object]:
    """Return a norm as plain values, offsets and conditions included, and what its text is."""
    return {
        **_text_facts(norm.lang, work), "division": norm.division, "passage": norm.passage,
        "bearer": norm.bearer, "counterparty": norm.counterparty, "modality": norm.modality,
        "action": norm.action, "object": norm.object, "distribution": norm.distribution,
        "cost_bearer": norm.cost_bearer, "start": norm.start, "end": norm.end,
        "conditions": [
            {"kind": c.kind, "value": c.value, "start": c.start, "end": c.end, "text": c.text}
            for c in norm.conditions
        ],
        "spans": [{"part": s.part, "start": s.start, "end": s.end} for s in norm.spans],
        "rule": norm.rule, "confidence": round(norm.confidence, 2), "label": norm.label,
    }  # fmt: skip


def _text_facts(lang: str, work: Work | None) -> dict[str, object]:
    """Return which text it is, its standing and origin; these are empty for a text of no work."""
    version = work.version(lang) if work else None
    standing, origin = (version.standing, version.origin) if version else ("", "")
    return {"work": work.id if work else "", "lang": lang, "standing": standing, "origin": origin}


def as_csv(norms: Iterable[Norm], passages: Sequence[Passage], work: Work | None = None) -> str:
    """Return norms as CSV with :data:`COLUMNS`, the quoted words last."""
    texts = {(p.lang, p.id): p.text for p in passages}
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for norm in norms:
        words = texts.get((norm.lang, norm.passage), "")[norm.start : norm.end]
        writer.writerow({**as_record(norm, work), **_coded(norm), "text": words})
    return stream.getvalue()


def _coded(norm: Norm) -> dict[str, str]:
    kinds = ("notice", "consent", "request", "time", "hedge", "language")
    conditions = {kind: norm.value(kind) for kind in kinds}
    atop = _ATOP.get(norm.action, "")
    return {"hohfeld": _HOHFELD[norm.modality], "atop": atop, **conditions}
