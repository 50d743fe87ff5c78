"""What was read comes back as it was, and only for the same content."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from parallel_texts.batch import Job, Settings
from parallel_texts.batch.kept import READING, keep_work, kept_work, work_of
from parallel_texts.importing import import_version

JOB = Job("chita-1955", (), inputs="0f")


@pytest.fixture
def reading(corpora: Path) -> tuple[object, ...]:
    files = {"zh": corpora / "zh", "ru": corpora / "ru"}
    versions = []
    for lang, folder in files.items():
        path = sorted(folder.glob("*.xml"))[0]
        versions.append(import_version(path, path.stem, lang, standing="unreported").version)
    return work_of(JOB.id, tuple(versions)), ("zh: look at it",)


def test_a_reading_comes_back_as_it_was(tmp_path: Path, reading: tuple[object, ...]) -> None:
    settings = Settings(str(tmp_path))
    keep_work(JOB, settings, reading)  # type: ignore[arg-type]
    assert kept_work(JOB, settings) == reading
    assert any(p.mentions for v in reading[0].versions for p in v.passages)  # type: ignore[attr-defined]


def test_only_for_the_same_content(tmp_path: Path, reading: tuple[object, ...]) -> None:
    settings = Settings(str(tmp_path))
    assert kept_work(JOB, settings) is None
    keep_work(JOB, settings, reading)  # type: ignore[arg-type]
    assert kept_work(replace(JOB, inputs="10"), settings) is None
    assert kept_work(replace(JOB, inputs=""), settings) is None
    path = tmp_path / "works" / JOB.id / READING
    whole = path.read_bytes()
    for damaged in (b"\x1f\x8b cut short", whole[:200], whole[:50] + b"xx" + whole[52:], b"[]"):
        path.write_bytes(damaged)
        assert kept_work(JOB, settings) is None


def test_in_object_storage_nothing_is_kept(reading: tuple[object, ...]) -> None:
    settings = Settings("nosuch://bucket/out")
    keep_work(JOB, settings, reading)  # type: ignore[arg-type]
    assert kept_work(JOB, settings) is None
