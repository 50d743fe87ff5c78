"""Before anything is aligned: what each work holds, and what several of them hold alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

import numpy as np

from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.kept import keep_work, kept_work
from parallel_texts.batch.sharing import Keys, passage_keys, shared_vectors
from parallel_texts.batch.work import encoder_named, failure, read_work

__all__ = ["Survey", "encode_shared", "survey"]


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What a work holds.

    Attributes:
        passages: In all languages.
        keys: Of its passages and their seams; empty where nothing will be encoded.
        failure: The outcome of a work that cannot be read.
        seconds: What importing took.
    """

    passages: int
    keys: Keys = field(default_factory=lambda: np.zeros(0, np.uint64))
    failure: Outcome | None = None
    seconds: float = 0.0


def survey(job: Job, settings: Settings) -> Survey:
    """Import a work, keep what was read, and return the keys of its passages."""
    start = perf_counter()
    found = _survey(job, settings)
    return replace(found, seconds=perf_counter() - start)


def _survey(job: Job, settings: Settings) -> Survey:
    try:
        reading = kept_work(job, settings) or read_work(job, settings)
        keep_work(job, settings, reading)
    except Exception as error:
        return Survey(0, failure=failure(job, settings, error))
    texts = [[p.text for p in version.passages] for version in reading[0].versions]
    count = sum(map(len, texts))
    if len(texts) < 2:
        return Survey(count)
    return Survey(count, np.unique(np.concatenate([passage_keys(some) for some in texts])))


def encode_shared(job: Job, settings: Settings, keys: Keys) -> tuple[int, float]:
    """Encode, for all, a work's passages whose keys are given; return how many, and seconds."""
    start = perf_counter()
    reading = kept_work(job, settings) or read_work(job, settings)
    texts = dict.fromkeys(p.text for version in reading[0].versions for p in version.passages)
    wanted = set(keys.tolist())
    chosen = [text for text in texts if passage_keys([text])[0] in wanted]
    if chosen:
        shared_vectors(encoder_named(settings.encoder), Path(settings.shared)).encode_parts(chosen)
    return len(chosen), perf_counter() - start
