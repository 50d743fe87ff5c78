"""``parallel-texts review`` as a process: its address, its end by force, and its refusals."""

from __future__ import annotations

import builtins
import html
import http.client
import json
import os
import re
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from corpus_copies import copy_of, errors, run, state


class Process:
    """A running command, and a client at its address."""

    def __init__(self, corpus, folder, *options: str) -> None:
        command = [sys.executable, "-m", "parallel_texts", "review", "chita-1955"]
        self.process = subprocess.Popen(
            [*command, "--corpus", str(corpus), "--no-browser", *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=os.environ | {"PARALLEL_TEXTS_STATE": str(folder / "state")},
        )  # fmt: skip
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        self.place = urlsplit(self.address)
        self.headers = {
            "cookie": self._ask("GET", f"/enter?{self.place.query}")[1].partition(";")[0]
        }
        page = self._ask("GET", "/")[0]
        self.state = json.loads(html.unescape(re.search(r'data-state="([^"]+)"', page)[1]))
        self.headers["x-review-key"] = re.search(r'data-csrf="([^"]+)"', page)[1]
        self.headers |= {
            "origin": f"http://{self.place.netloc}",
            "content-type": "application/json",
        }

    def _ask(self, method: str, target: str, body: str | None = None) -> tuple[str, str]:
        connection = http.client.HTTPConnection(self.place.netloc, timeout=60)
        connection.request(method, target, body, getattr(self, "headers", {}))
        answer = connection.getresponse()
        text = answer.read().decode()
        assert answer.status == 200, text
        connection.close()
        return text, answer.getheader("set-cookie", "")

    def act(self, **action: object) -> None:
        order = {"action": action, "revision": self.state["revision"], "serial": 0}
        self.state = json.loads(self._ask("POST", "/act", json.dumps(order))[0])


def test_a_killed_server_has_lost_nothing_and_the_next_one_takes_it_back(tmp_path):
    corpus = copy_of("chita-1955", tmp_path)
    before = state(corpus)
    first = Process(corpus, tmp_path, "--reviewer", "Anna")
    first.act(**{"kind": "merge", "link": "l2", "with": "next"})
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.communicate()
    assert state(corpus) != before
    assert errors(corpus) == []

    second = Process(corpus, tmp_path, "--reviewer", "Anna")
    try:
        assert second.state["undo"]
        second.act(kind="undo")
        assert state(corpus) == before
    finally:
        second.process.send_signal(signal.SIGINT)
        _, said = second.process.communicate(timeout=10)
    assert "Anna reviews at this address" in said
    assert second.place.query not in said
    assert "Traceback" not in said


def test_other_machines_may_connect_only_to_persons(tmp_path):
    corpus = copy_of("chita-1955", tmp_path)
    result = run("review", "chita-1955", "--corpus", corpus, "--host", "0.0.0.0", expect=2)
    assert "name each reviewer with --person" in result.output
    both = ("--reviewer", "A", "--person", "B")
    assert (
        "use one of them" in run("review", "chita-1955", "--corpus", corpus, *both, expect=2).output
    )


def test_a_missing_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith(("uvicorn", "starlette")):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    result = run("review", "chita-1955", "--corpus", copy_of("chita-1955", tmp_path), expect=1)
    assert "pip install 'parallel-texts[review]'" in str(result.exception)


def test_a_port_that_is_taken_is_said(tmp_path, monkeypatch):
    import socket

    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        corpus = copy_of("chita-1955", tmp_path)
        result = run("review", "chita-1955", "--corpus", corpus, "--port", port, expect=1)
    assert "choose another --port" in str(result.exception)


@pytest.mark.parametrize("work", ["../chita-1955", "no-such"])
def test_an_unknown_work_is_said(tmp_path, monkeypatch, work):
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    result = run("review", work, "--corpus", copy_of("chita-1955", tmp_path), expect=1)
    assert "no work" in str(result.exception)
