"""A batch over the protocol of S3, which a server on this machine speaks: moto's, through s3fs."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

import pytest

MISSING = [name for name in ("moto", "flask", "s3fs") if find_spec(name) is None]
pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (pip install 'moto[server]' s3fs)"
)
WORKS = 4
ON_CLUSTER = """
from dask.distributed import Client, LocalCluster
from parallel_texts.batch import Settings, find_jobs, run_on_cluster, write_shards
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with Client(cluster, set_as_default=False) as client:
            settings = Settings("s3://results/cluster", encoder="lexical", flag=False)
            done = run_on_cluster(find_jobs("s3://texts/in"), settings, client)
            write_shards(settings.out, done.outcomes)
            print(done.count("aligned"), done.shared)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    """Start a server; yield the environment of programs that use it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/moto-api/")
        yield {
            **os.environ,
            "FSSPEC_S3_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
    finally:
        running.kill()
        running.wait()


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urlopen(address).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("moto's server does not start")


def run(server: dict[str, str], *command: str | Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *command], env=server, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done


def use_bucket(server: dict[str, str], program: str) -> str:
    """Run a line with ``fs``, the file system of the server, in a process of its own."""
    start = "import fsspec; fs = fsspec.filesystem('s3'); "
    return run(server, "-c", start + program).stdout.strip()


def batch(server: dict[str, str], place: str | Path, out: str | Path) -> str:
    options = ("--encoder", "lexical", "--no-flag", "--jobs", "2")
    done = run(server, "-m", "parallel_texts", "batch", place, "-o", out, *options)
    return done.stderr


def test_results_are_those_of_a_disk_and_nothing_is_done_twice(
    server: dict[str, str], tmp_path: Path
) -> None:
    texts = tmp_path / "in"
    texts.mkdir()
    for n in range(WORKS):
        (texts / f"t{n}.zh.txt").write_text(f"双方同意。\n\n第{n}号文件。\n\n签字。", "utf-8")
        (texts / f"t{n}.en.txt").write_text(f"The Parties agree.\n\nNo. {n}.\n\nSigned.", "utf-8")
    use_bucket(server, "fs.mkdir('texts'); fs.mkdir('results')")
    use_bucket(server, f"fs.put({str(texts)!r}, 's3://texts/in', recursive=True)")
    batch(server, texts, tmp_path / "out")
    near = (tmp_path / "out" / "shards" / "links-00001.jsonl").read_text("utf-8")
    batch(server, "s3://texts/in", "s3://results/out")
    assert content(server, "out/shards/links-00001.jsonl") == near
    assert f"{WORKS} finished before" in batch(server, "s3://texts/in", "s3://results/out")
    again = "fs.pipe('s3://texts/in/t0.zh.txt', '双方不同意。'.encode())"
    use_bucket(server, again)
    assert f"{WORKS - 1} finished before" in batch(server, "s3://texts/in", "s3://results/out")
    use_bucket(server, f"fs.put({str(texts / 't0.zh.txt')!r}, 's3://texts/in/t0.zh.txt')")
    program = tmp_path / "on_cluster.py"
    program.write_text(ON_CLUSTER, "utf-8")
    assert run(server, program).stdout.split() == [str(WORKS), "4"]  # two formulae, two languages
    assert content(server, "cluster/shards/links-00001.jsonl") == near
    left = json.loads(use_bucket(server, "print(__import__('json').dumps(fs.find('results')))"))
    assert not [name for name in left if "reading" in name or ".shared" in name]


def content(server: dict[str, str], name: str) -> str:
    found: str = json.loads(
        use_bucket(
            server,
            f"print(__import__('json').dumps(fs.cat('s3://results/{name}').decode()))",
        )
    )
    return found
