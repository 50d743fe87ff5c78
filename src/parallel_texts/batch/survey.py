"""Before anything is aligned: what each work holds, and what several of them hold alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from time import perf_counter

import numpy as np

from parallel_texts.alignment.sides import glue_of
from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.kept import keep_work, kept_work
from parallel_texts.batch.manifest import digest_inputs, job_key
from parallel_texts.batch.sharing import (
    Keys,
    has_part,
    passage_keys,
    seam_key,
    text_key,
    write_part,
)
from parallel_texts.batch.storage import folder_of, open_storage
from parallel_texts.batch.work import encoder_named, failure, read_work
from parallel_texts.encoders import Array

__all__ = ["Known", "Survey", "encode_shared", "survey"]


@dataclass(frozen=True, slots=True)
class Known:
    """What the manifest says of a job that was done: its key, and the files it should have."""

    key: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What a work holds.

    Attributes:
        inputs: Digest of what its files hold.
        finished: Whether it was done before, from the same files.
        passages: In all languages.
        longest: In the longest text.
        keys: Of its passages and their seams; empty where nothing will be encoded.
        failure: The outcome of a work that cannot be read.
        seconds: What importing took.
    """

    inputs: str
    finished: bool = False
    passages: int = 0
    longest: int = 0
    keys: Keys = field(default_factory=lambda: np.zeros(0, np.uint64))
    failure: Outcome | None = None
    seconds: float = 0.0


def survey(job: Job, settings: Settings, digest: str = "", known: Known | None = None) -> Survey:
    """Import a work unless it is known, keep what was read, and return the keys of its passages.

    Args:
        job: The work.
        settings: What will be done with it.
        digest: Of the settings.
        known: What the manifest says.
    """
    start = perf_counter()
    inputs = digest_inputs(job, settings.limits)
    if known and known.key == job_key(digest, inputs) and _are_there(job, known, settings):
        return Survey(inputs, finished=True)
    found = _survey(replace(job, inputs=inputs), settings)
    return replace(found, seconds=perf_counter() - start)


def _are_there(job: Job, known: Known, settings: Settings) -> bool:
    """Tell whether nobody has removed the files of a finished work."""
    storage, folder = open_storage(settings.out), folder_of(job.id)
    return all(storage.exists(f"{folder}/{name}") for name in known.files)


def _survey(job: Job, settings: Settings) -> Survey:
    try:
        reading = kept_work(job, settings) or read_work(job, settings)
        keep_work(job, settings, reading)
    except Exception as error:
        return Survey(job.inputs, failure=failure(job, settings, error))
    texts = {v.lang: [p.text for p in v.passages] for v in reading[0].versions}
    sizes = list(map(len, texts.values()))
    found = Survey(job.inputs, passages=sum(sizes), longest=max(sizes, default=0))
    if len(texts) < 2:
        return found
    keys = [passage_keys(some, glue_of(lang)) for lang, some in texts.items()]
    return replace(found, keys=np.unique(np.concatenate(keys)))


def encode_shared(
    first: Job, settings: Settings, name: str, members: Sequence[tuple[Job, Keys]]
) -> tuple[int, float]:
    """Encode, for all, those passages and seams of some works whose keys are given.

    A work that can no longer be read is passed over; whoever needs its passages encodes them.

    Returns:
        How many passages, and seconds.
    """
    start = perf_counter()
    if has_part(settings.shared, name):
        return 0, 0.0
    rows: dict[int, Array] = {}
    count = 0
    for job, keys in members:
        texts, seams = _wanted(job, settings, set(keys.tolist()))
        rows |= _encoded(texts, seams, settings)
        count += len(texts)
    write_part(settings.shared, name, rows)
    return count, perf_counter() - start


_Seams = dict[int, tuple[str, str, str]]
"""By key the two neighbours and what stands between them."""


def _wanted(job: Job, settings: Settings, keys: set[int]) -> tuple[dict[int, str], _Seams]:
    """Return a work's passages and seams that have one of the keys."""
    texts: dict[int, str] = {}
    seams: _Seams = {}
    for lang, passages in _texts(job, settings):
        glue = glue_of(lang)
        texts |= {key: text for text in passages if (key := text_key(text)) in keys}
        seams |= {
            key: (a, b, glue)
            for a, b in pairwise(passages)
            if (key := seam_key(a, b, glue)) in keys
        }
    return texts, seams


def _texts(job: Job, settings: Settings) -> Iterator[tuple[str, list[str]]]:
    try:
        work, _ = kept_work(job, settings) or read_work(job, settings)
    except Exception:  # it fails again, and is named, when it is aligned
        return
    for version in work.versions:
        yield version.lang, [passage.text for passage in version.passages]


def _encoded(texts: dict[int, str], seams: _Seams, settings: Settings) -> dict[int, Array]:
    encoder = encoder_named(settings.encoder)
    rows: dict[int, Array] = {}
    if texts:
        parts = encoder.encode_parts(list(texts.values()))
        rows |= zip(texts, np.split(parts.states, parts.bounds[1:-1]), strict=True)
    ordered = sorted(seams.items(), key=lambda seam: seam[1][2])
    for glue, group in groupby(ordered, key=lambda seam: seam[1][2]):
        some = list(group)
        found = encoder.junctions([(a, b) for _, (a, b, _) in some], glue)
        rows |= {key: row[None] for (key, _), row in zip(some, found, strict=True)}
    return rows
