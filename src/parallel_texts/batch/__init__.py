"""Many documents at once: pair files into works, align and flag each, gather the results.

A job is one work's files; its outcome says what became of it. On one machine
:func:`~parallel_texts.batch.running.run` shares jobs out over processes; elsewhere
:func:`~parallel_texts.batch.work.process` is the task.
"""

from parallel_texts.batch.cluster import run_on_cluster
from parallel_texts.batch.columns import load_pyarrow
from parallel_texts.batch.course import Run
from parallel_texts.batch.jobs import Job, Outcome, Settings
from parallel_texts.batch.limits import Limits
from parallel_texts.batch.pairing import Naming, find_jobs
from parallel_texts.batch.places import is_remote
from parallel_texts.batch.report import summarise, write_report
from parallel_texts.batch.running import run
from parallel_texts.batch.shards import write_shards
from parallel_texts.batch.work import process

__all__ = [
    "Job",
    "Limits",
    "Naming",
    "Outcome",
    "Run",
    "Settings",
    "find_jobs",
    "is_remote",
    "load_pyarrow",
    "process",
    "run",
    "run_on_cluster",
    "summarise",
    "write_report",
    "write_shards",
]
