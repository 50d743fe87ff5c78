"""Clusters that are shown in the documentation have the arguments that are shown."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator

import pytest

from paths import ROOT


def calls(name: str) -> Iterator[ast.Call]:
    """Yield the calls of this name in the page's programs."""
    page = (ROOT / "docs" / "scale.md").read_text("utf-8")
    for program in re.findall(r"```(?:text|python)\n(.*?)```", page, re.DOTALL):
        if name in program:
            nodes = ast.walk(ast.parse(program))
            yield from (n for n in nodes if isinstance(n, ast.Call) and name in ast.unparse(n.func))


def names(call: ast.Call) -> set[str]:
    return {word.arg for word in call.keywords if word.arg}


def test_slurm() -> None:
    jobqueue = pytest.importorskip("dask_jobqueue", reason="dask-jobqueue is not installed")
    core = pytest.importorskip("dask_jobqueue.core")
    (made,) = calls("SLURMCluster")
    classes = (jobqueue.SLURMCluster, core.JobQueueCluster, core.Job, jobqueue.slurm.SLURMJob)
    assert names(made) <= {p for c in classes for p in inspect.signature(c.__init__).parameters}
    (adapted,) = calls("cluster.adapt")
    known = inspect.signature(jobqueue.SLURMCluster.adapt).parameters
    assert names(adapted) <= set(known)


def test_kubernetes() -> None:
    operator = pytest.importorskip(
        "dask_kubernetes.operator", reason="dask-kubernetes is not installed"
    )
    (made,) = calls("KubeCluster")
    assert names(made) <= set(inspect.signature(operator.KubeCluster.__init__).parameters)
