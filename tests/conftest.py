"""Shared fixtures, and the switch that forbids skipping: PARALLEL_TEXTS_MUST_RUN="browser jing"."""

import os
from pathlib import Path

import pytest

from paths import ROOT, SHARED


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
