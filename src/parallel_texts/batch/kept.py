"""What was read of a work, kept until it is aligned: no file is imported twice in a batch."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from parallel_texts.batch.jobs import Job, Settings
from parallel_texts.batch.storage import folder_of, open_storage
from parallel_texts.model import Division, Mention, Passage, Version, Work

__all__ = ["READING", "keep_work", "kept_work"]

READING = "reading.json.gz"
"""Name of the file, in the work's own folder."""

Reading = tuple[Work, tuple[str, ...]]
"""A work as it was read, and what a person should check of the reading."""


def keep_work(job: Job, settings: Settings, reading: Reading) -> None:
    """Keep what was read of the files whose content ``job.inputs`` names."""
    work, notes = reading
    record = {"inputs": job.inputs, "notes": notes, "versions": [asdict(v) for v in work.versions]}
    data = gzip.compress(json.dumps(record).encode("ascii"), compresslevel=1, mtime=0)
    open_storage(settings.out).write(f"{folder_of(job.id)}/{READING}", data)


def kept_work(job: Job, settings: Settings) -> Reading | None:
    """Return what was kept for the same content, or ``None``."""
    if not job.inputs:
        return None
    try:
        data = open_storage(settings.out).read(f"{folder_of(job.id)}/{READING}")
        record = json.loads(gzip.decompress(data))
    except (OSError, ValueError, EOFError):
        return None
    if record.get("inputs") != job.inputs:
        return None
    return work_of(job.id, tuple(map(_version, record["versions"]))), tuple(record["notes"])


def work_of(work: str, versions: tuple[Version, ...]) -> Work:
    """Return a work about whose header nothing is known."""
    return Work(work, "agreement", tuple((v.lang, v.title) for v in versions), versions)


def _version(record: Mapping[str, Any]) -> Version:
    divisions = tuple(map(_division, record["divisions"]))
    return Version(**{**record, "divisions": divisions})


def _division(record: Mapping[str, Any]) -> Division:
    passages = tuple(map(_passage, record["passages"]))
    return Division(**{**record, "passages": passages})


def _passage(record: Mapping[str, Any]) -> Passage:
    mentions = tuple(Mention(**mention) for mention in record["mentions"])
    return Passage(**{**record, "mentions": mentions, "sources": tuple(record["sources"])})
