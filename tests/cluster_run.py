"""Runs a batch on a real local cluster of several processes, one of which is killed on the way.

    python tests/cluster_run.py TEXTS OUT PIECE

Prints as JSON how many workers died, the ids of works as they ended, and how many were finished
before, in this run and in one more. A program of its own: its threads, processes and warnings are not pytest's.
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

from parallel_texts.batch import Job, Outcome, Settings, find_jobs
from parallel_texts.batch.cluster import run_on_cluster

WORKERS = 3
PATIENT = {
    "distributed.scheduler.worker-ttl": None,
    "distributed.comm.timeouts.connect": "60s",
    "distributed.comm.timeouts.tcp": "60s",
}
"""A busy machine is no dead worker."""


def main(texts: Path, out: Path, piece: int) -> None:
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
    died = len(set(before) - set(after))
    print(json.dumps({"died": died, "ended": ended, "reused": [done.reused, again.reused]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
