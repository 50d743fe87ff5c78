"""The batch as a whole: same results however shared out, nothing done twice, nothing stops it."""

from __future__ import annotations

from pathlib import Path

import pytest

from parallel_texts.batch import Settings, find_jobs, run, write_report, write_shards

TEXTS = {
    "a.zh.txt": "双方同意。\n签字。\n",
    "a.en.txt": "The Parties agree.\nSigned.\n",
    "b.zh.txt": "第一条 飞机不得越过边界。\n",
    "b.ru.txt": "Статья 1. Самолёты не пересекают границу.\n",
    "c.en.txt": "Only here.\n",
    "d.en.xml": '<!DOCTYPE a [<!ENTITY x "y">]><TEI>&x;</TEI>',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / name).write_text(text, "utf-8")
    return place


def written(folder: Path, out: Path, workers: int) -> dict[str, bytes]:
    done = run(find_jobs(folder), Settings(str(out), encoder="lexical"), workers=workers)
    write_shards(out, done.outcomes)
    write_report(out, done.outcomes)
    files = [*sorted((out / "shards").iterdir()), out / "summary.json"]
    return {path.name: path.read_bytes() for path in files}


def test_results_are_the_same_whatever_the_number_of_workers(folder: Path, tmp_path: Path) -> None:
    one, two, three = (written(folder, tmp_path / f"out{n}", n) for n in (1, 2, 3))
    assert one == two == three
    assert len(one) == 4
