"""What was read of a work, kept until it is aligned: no file is imported twice in a batch."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from parallel_texts.batch.jobs import Job, Settings
from parallel_texts.batch.places import is_remote
from parallel_texts.batch.storage import folder_of, open_storage
from parallel_texts.model import Division, Mention, Passage, Version, Work

__all__ = ["READING", "keep_work", "keeps_readings", "kept_work", "work_of"]

READING = "reading.json.gz"
"""Name of the file, in the work's own folder."""

Reading = tuple[Work, tuple[str, ...]]
"""A work as it was read, and what a person should check of the reading."""


def keeps_readings(settings: Settings) -> bool:
    """Tell whether readings are kept: in object storage each would cost two more requests."""
    return not is_remote(settings.out)


def keep_work(job: Job, settings: Settings, reading: Reading) -> None:
    """Keep what was read of the files whose content ``job.inputs`` names."""
    if not keeps_readings(settings):
        return
    work, notes = reading
    record = {"inputs": job.inputs, "notes": notes, "versions": list(map(_flat, work.versions))}
    data = gzip.compress(json.dumps(record).encode("ascii"), compresslevel=1, mtime=0)
    open_storage(settings.out).write(f"{folder_of(job.id)}/{READING}", data)


def kept_work(job: Job, settings: Settings) -> Reading | None:
    """Return what was kept for the same content, or ``None``."""
    if not job.inputs or not keeps_readings(settings):
        return None
    try:
        data = open_storage(settings.out).read(f"{folder_of(job.id)}/{READING}")
        record = json.loads(gzip.decompress(data))
        if record["inputs"] != job.inputs:
            return None
        versions = tuple(_version(version) for version in record["versions"])
    except (OSError, ValueError, EOFError, TypeError, LookupError, zlib.error):
        return None
    return work_of(job.id, versions), tuple(record["notes"])


def work_of(work: str, versions: tuple[Version, ...]) -> Work:
    """Return a work about whose header nothing is known."""
    return Work(work, "agreement", tuple((v.lang, v.title) for v in versions), versions)


def _flat(version: Version) -> dict[str, Any]:
    """Return a version as plain values: passages as lists of their fields, which is quickest."""
    values = {f.name: getattr(version, f.name) for f in fields(version)}
    return values | {"divisions": [_list(d) for d in version.divisions]}


def _list(division: Division) -> list[Any]:
    passages = [
        (p.id, p.text, p.lang, p.division, p.paragraph, p.sources, p.editorial,
         [(m.kind, m.key, m.start, m.end) for m in p.mentions], p.line)
        for p in division.passages
    ]  # fmt: skip
    return [division.id, division.type, division.n, division.head, passages]


def _version(record: Mapping[str, Any]) -> Version:
    divisions = tuple(
        Division(name, type_, n, head, tuple(map(_passage, passages)))
        for name, type_, n, head, passages in record["divisions"]
    )
    return Version(**{**record, "divisions": divisions})


def _passage(values: Sequence[Any]) -> Passage:
    name, text, lang, division, paragraph, sources, editorial, mentions, line = values
    tags = tuple(Mention(*mention) for mention in mentions)
    return Passage(name, text, lang, division, paragraph, tuple(sources), editorial, tags, line)
