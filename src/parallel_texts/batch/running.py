"""Many jobs on one machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from tempfile import TemporaryDirectory
from time import perf_counter

from parallel_texts.batch.course import Done, Run, Step, conduct
from parallel_texts.batch.jobs import Job, Settings
from parallel_texts.batch.places import is_remote, on_disk
from parallel_texts.batch.work import check_settings
from parallel_texts.batch.workers import Workers

__all__ = ["SHARED", "run"]

SHARED = ".shared"
"""Folder of vectors under the results, as long as a batch is not finished."""


def run(
    jobs: Sequence[Job],
    settings: Settings,
    *,
    workers: int = 1,
    on_done: Done = lambda job, outcome, reused: None,
    on_step: Step = lambda stage, done, total: None,
) -> Run:
    """Process jobs and keep what is finished in the manifest.

    What the manifest has from the same content with the same settings is not done again; what
    failed is tried again. Stopped at any moment, the next run goes on from there.

    Args:
        jobs: From :func:`parallel_texts.batch.pairing.find_jobs`.
        settings: What to do; the results go to ``settings.out``.
        workers: Processes, each with one thread for arithmetic.
        on_done: Told of each job.
        on_step: Told of progress.

    Raises:
        MissingDependencyError: pebble is not installed.
        ParallelTextsError: The folder of results cannot be written, or there is no such encoder,
            party table or glossary.
    """
    start = perf_counter()
    check_settings(settings)
    with (
        _shared_folder(settings.out) as folder,
        Workers(settings := replace(settings, shared=folder), workers) as pool,
    ):
        done = conduct(jobs, settings, pool, on_done, on_step)
    return replace(done, seconds=perf_counter() - start)


@contextmanager
def _shared_folder(out: str) -> Iterator[str]:
    """Yield a folder on disk for vectors; it stays with the results of a run that was stopped."""
    if is_remote(out):
        with TemporaryDirectory(prefix="parallel-texts-") as folder:
            yield folder
        return
    folder = str(on_disk(out) / SHARED)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
