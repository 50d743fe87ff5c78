"""An aligned work as records: links with texts, and findings; what shards are made of."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from parallel_texts.model import Alignment, Finding, Link

__all__ = ["finding_records", "link_records", "pack", "unpack"]


def link_records(alignment: Alignment, findings: Sequence[Finding]) -> Iterator[dict[str, Any]]:
    """Yield a record a link: numbers per language, shape, score, confidence, texts, ids, codes.

    ``shape`` counts passages in the order of ``languages``.
    """
    codes: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        codes[finding.unit].append(finding.code)
    for link in alignment:
        yield _link_record(alignment, link) | {"findings": codes.get(link.id, [])}


def _link_record(alignment: Alignment, link: Link) -> dict[str, Any]:
    sides = {lang: list(link[lang]) for lang in alignment.languages}
    of = {lang: alignment.of(link, lang) for lang in alignment.languages}
    return {
        "work": alignment.work,
        "id": link.id,
        **sides,
        "languages": list(alignment.languages),
        "shape": link.shape,
        "score": round(link.score, 4),
        "confidence": round(link.confidence, 4),
        "moved": link.moved,
        "texts": {lang: [p.text for p in passages] for lang, passages in of.items()},
        "passages": {lang: [p.id for p in passages] for lang, passages in of.items()},
    }


def finding_records(work: str, findings: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    """Yield a record a finding: code, unit, message, confidence, rule and quoted words."""
    for finding in findings:
        yield {
            "work": work,
            "unit": finding.unit,
            "code": finding.code,
            "languages": list(finding.languages),
            "message": finding.message,
            "confidence": round(finding.confidence, 4),
            "rule": finding.rule,
            "evidence": [
                {"lang": e.lang, "passage": e.passage, "start": e.start, "end": e.end}
                | {"text": e.text}
                for e in finding.evidence
            ],
        }


def pack(records: Iterable[dict[str, Any]]) -> bytes:
    """Return records as compressed JSON lines; the same bytes for the same records."""
    lines = "".join(json.dumps(record, ensure_ascii=True) + "\n" for record in records)
    return gzip.compress(lines.encode("ascii"), compresslevel=3, mtime=0)


def unpack(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield the records of :func:`pack`."""
    for line in gzip.decompress(data).split(b"\n"):
        if line:
            yield json.loads(line)
