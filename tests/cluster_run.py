"""Runs a batch on a real local cluster of several processes, one of which is killed on the way.

    python tests/cluster_run.py TEXTS OUT PIECE SLOW

Prints as JSON how many workers died, the ids of works as they ended, how many passages were encoded
for several works, and how many works were finished before, in this run and in one more; then what
became of the works in the folder SLOW, for which there are few seconds. Last, what is left of the
workers' children. A program of its own: its threads, processes and warnings are not pytest's.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from pathlib import Path

import dask
from distributed import Client, LocalCluster

from parallel_texts.batch import Job, Limits, Outcome, Run, Settings, find_jobs
from parallel_texts.batch.cluster import run_on_cluster

WORKERS = 3
PATIENT = {
    "distributed.scheduler.worker-ttl": None,
    "distributed.comm.timeouts.connect": "60s",
    "distributed.comm.timeouts.tcp": "60s",
}
"""A busy machine is no dead worker."""


def count_children() -> int:
    """Return how many processes a worker has started that are still there."""
    pid = os.getpid()
    return len(Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split())


def run_slow(texts: Path, out: Path, client: Client) -> Run:
    settings = Settings(str(out / "slow"), encoder="lexical", flag=False, limits=Limits(seconds=4))
    return run_on_cluster(find_jobs(texts), settings, client)


def main(texts: Path, out: Path, piece: int, slow: Path) -> None:
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    dask.config.set(PATIENT)
    ended: list[str] = []
    with (
        LocalCluster(
            n_workers=WORKERS, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        before = sorted(client.run(os.getpid).values())

        def kill_one(job: Job, outcome: Outcome, reused: bool) -> None:
            ended.append(job.id)
            if len(ended) == 2:
                os.kill(before[0], signal.SIGKILL)

        settings = Settings(str(out), encoder="lexical", piece=piece)
        done = run_on_cluster(
            find_jobs(texts), settings, cluster.scheduler_address, on_done=kill_one
        )
        client.wait_for_workers(WORKERS, timeout=60)
        after = client.run(os.getpid).values()
        again = run_on_cluster(find_jobs(texts), settings, client)
        ended_slow = {o.id: o.reason or o.status for o in run_slow(slow, out, client).outcomes}
        told = {
            "died": len(set(before) - set(after)),
            "ended": ended,
            "shared": done.shared,
            "reused": [done.reused, again.reused],
            "slow": ended_slow,
            "children": sum(client.run(count_children).values()),
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
