"""Shared fixtures, and the switch that forbids skipping: PARALLEL_TEXTS_MUST_RUN="browser jing"."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from paths import ROOT, SHARED


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep vectors in a folder of the tests, not in the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLEL_TEXTS_CACHE", str(tmp_path_factory.mktemp("vectors")))
        yield


@pytest.fixture(scope="session")
def gold() -> Path:
    """The gold data, which is measured with and never shipped."""
    folder = SHARED / "gold"
    if not folder.is_dir():
        pytest.skip("no gold data beside the checkout (../shared/gold)")
    return folder


@pytest.fixture(scope="session")
def corpora() -> Path:
    return ROOT / "corpora"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure where the environment says that the test must run."""
    report = yield
    must_run = os.environ.get("PARALLEL_TEXTS_MUST_RUN", "").split()
    if report.skipped and any(item.get_closest_marker(name) for name in must_run):
        report.outcome = "failed"
        report.longrepr = f"must not be skipped here: {report.longrepr}"
    return report
