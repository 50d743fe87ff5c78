"""The batch as a whole: same results however shared out, nothing done twice, nothing stops it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from parallel_texts.batch import (
    Job,
    Limits,
    Outcome,
    Run,
    Settings,
    find_jobs,
    run,
    write_report,
    write_shards,
)

TREATY = {
    "zh": "双方同意。\n签字。\n本条约自批准之日起生效。\n",
    "ru": "Стороны согласились.\nПодписано.\nДоговор вступает в силу со дня ратификации.\n",
    "en": "The Parties agree.\nSigned.\nThe treaty enters into force upon ratification.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "in"
    place.mkdir()
    for number in range(6):
        for lang, text in TREATY.items():
            if lang == "zh" or number != 3:
                own = {"zh": f"第{number}号。", "ru": f"Номер {number}.", "en": f"Number {number}."}
                (place / f"t{number}.{lang}.txt").write_text(own[lang] + "\n\n" + text, "utf-8")
    return place


def settings(out: Path, **others: object) -> Settings:
    return replace(Settings(str(out), encoder="lexical", flag=False), **others)  # type: ignore[arg-type]


def finish(done: Run, out: Path) -> dict[str, bytes]:
    write_shards(out, done.outcomes, ["jsonl", "parquet"])
    write_report(out, done.outcomes)
    files = [p for p in sorted(out.rglob("*")) if p.is_file() and p.name != "manifest.jsonl"]
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_results_are_the_same_whatever_the_number_of_workers(folder: Path, tmp_path: Path) -> None:
    outs = {n: tmp_path / f"out{n}" for n in (1, 2, 3)}
    exports = {"exports": ("tei", "tmx"), "flag": True}
    one, two, three = (
        finish(run(find_jobs(folder), settings(out, **exports), workers=n), out)
        for n, out in outs.items()
    )
    assert one == two == three
    assert {"shards/links-00001.jsonl", "shards/links-00001.parquet", "summary.html"} <= one.keys()
    assert {"works/t0/alignment.tei.xml", "works/t0/memory.tmx"} <= one.keys()
    assert not [name for name in one if "reading" in name or ".shared" in name]


def test_what_is_finished_is_not_done_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    seen: list[str] = []

    def stop(job: Job, outcome: Outcome, reused: bool) -> None:
        seen.append(job.id)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(find_jobs(folder), settings(out), on_done=stop)
    links = {work: (out / "works" / work / "links.jsonl.gz").stat().st_mtime_ns for work in seen}
    again = run(find_jobs(folder), settings(out), workers=2)
    assert again.reused == 2
    for work, written in links.items():
        assert (out / "works" / work / "links.jsonl.gz").stat().st_mtime_ns == written
    assert run(find_jobs(folder), settings(out)).reused == 6
    whole = tmp_path / "whole"
    assert finish(again, out) == finish(run(find_jobs(folder), settings(whole)), whole)


def test_a_killed_batch_goes_on(folder: Path, tmp_path: Path) -> None:
    out, whole = tmp_path / "out", tmp_path / "whole"
    command = [sys.executable, "-m", "parallel_texts", "batch", str(folder), "--encoder", "lexical"]
    command.append("--no-flag")
    killed = subprocess.Popen([*command, "-o", str(out), "--jobs", "2"], start_new_session=True)
    deadline = time.monotonic() + 120
    while not lines(out) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    before = lines(out)
    assert before
    ended = subprocess.run([*command, "-o", str(out)], capture_output=True, text=True, check=True)
    assert f"{before} finished before" in ended.stderr
    assert wait_for_empty_group(killed.pid)
    subprocess.run([*command, "-o", str(whole)], capture_output=True, check=True)
    shards = sorted((whole / "shards").iterdir())
    assert shards
    for path in [*shards, whole / "summary.json", whole / "summary.html"]:
        assert (out / path.relative_to(whole)).read_bytes() == path.read_bytes()


def lines(out: Path) -> int:
    manifest = out / "manifest.jsonl"
    return manifest.read_bytes().count(b"\n") if manifest.exists() else 0


def wait_for_empty_group(group: int) -> bool:
    """Workers end with their parent: nothing is left of the killed batch."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_only_what_changed_is_done_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(find_jobs(folder), settings(out))
    (folder / "t0.zh.txt").write_text("全新。\n", "utf-8")
    (folder / "t1.zh.txt").rename(folder / "t9.zh.txt")
    done = run(find_jobs(folder), settings(out))
    assert (len(done.outcomes), done.reused) == (7, 4)
    assert run(find_jobs(folder), settings(out, fast=True)).reused == 0
    assert run(find_jobs(folder), settings(out, fast=True, limits=Limits(1))).reused == 7


def test_a_manifest_that_a_crash_cut_short_is_read(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(find_jobs(folder), settings(out))
    manifest = out / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-20] + b"")
    assert run(find_jobs(folder), settings(out)).reused == 5
    manifest.write_bytes(b"\x00\xff{]\n[]\n" + manifest.read_bytes())
    assert run(find_jobs(folder), settings(out)).reused == 6


def test_a_poisoned_document_costs_a_line(folder: Path, tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 10))
    (folder / "bomb.zh.xml").write_text(f'<!DOCTYPE x [<!ENTITY a0 "x">{bomb}]><TEI>&a9;</TEI>')
    with (folder / "line.zh.txt").open("wb") as stream:
        stream.truncate(2**30)
    (folder / "bytes.zh.txt").write_bytes(bytes(range(1, 256)) * 99 + b"\xff\xfe\x00")
    (folder / "empty.zh.txt").write_bytes(b"")
    (folder / "word.zh.docx").write_bytes(b"PK\x03\x04 no zip")
    (folder / "long.zh.txt").write_text("好。" * 3000, "utf-8")
    (folder / "cut.zh.xml").write_text("<TEI><text>")
    (folder / "unnamed.txt").write_text("x")
    (folder / "gone.zh.txt").symlink_to(folder / "nothing.txt")
    limits = Limits(megabytes=8, passages=1000)
    done = run(find_jobs(folder), settings(tmp_path / "out", limits=limits), workers=2)
    failed = {o.id: o.reason for o in done.outcomes if o.status == "failed"}
    expected = {
        "bomb": "DOCTYPE",
        "line": "--max-megabytes 8",
        "bytes": "binary",
        "empty": "no text",
        "word": "word.zh.docx",
        "long": "--max-passages 1000",
        "cut": "not well-formed",
        "unnamed.txt": "no language",
        "gone": "No such file",
    }
    assert failed.keys() == expected.keys()
    for work, words in expected.items():
        assert words in failed[work]
        assert "\n" not in failed[work]
    assert done.count("aligned") == 5
    page = finish(done, tmp_path / "out")["summary.html"].decode()
    assert page.count("--max-megabytes 8") == 1


def test_a_document_that_takes_too_much_memory_or_time_costs_a_line(tmp_path: Path) -> None:
    place = tmp_path / "in"
    place.mkdir()
    (place / "big.zh.txt").write_text("".join(f"第{n}句话。\n" for n in range(60_000)), "utf-8")
    (place / "big.en.txt").write_text("".join(f"Phrase {n}.\n" for n in range(60_000)), "utf-8")
    for lang, text in TREATY.items():
        (place / f"small.{lang}.txt").write_text(text, "utf-8")
    for limits, words in (
        (Limits(memory=300), "--max-memory 300"),
        (Limits(seconds=4), "--timeout 4"),
    ):
        done = run(find_jobs(place), settings(tmp_path / words[-1], limits=limits), workers=2)
        big, small = done.outcomes
        assert small.status == "aligned"
        assert words in big.reason


def test_repeated_passages_are_encoded_once(folder: Path, tmp_path: Path) -> None:
    done = run(find_jobs(folder), settings(tmp_path / "out"), workers=2)
    assert done.shared == 9  # three formulae in three languages
    assert not (tmp_path / "out" / ".shared").exists()


def test_the_summary_lists_what_is_worth_a_look(folder: Path, tmp_path: Path) -> None:
    (folder / "t5.en.txt").write_text(TREATY["en"] * 8, "utf-8")
    out = tmp_path / "out"
    finish(run(find_jobs(folder), settings(out)), out)
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert (summary["works"], summary["aligned"], summary["alone"]) == (6, 5, 1)
    assert summary["in_one_language"] == [{"work": "t3", "language": "zh", "passages": 4}]
    assert "t5" in {odd["work"] for odd in summary["odd_lengths"]}
    confidences = [row["confidence"] for row in summary["least_confident"]]
    assert len(confidences) == 5 and confidences == sorted(confidences)
    near = {(pair["first"], pair["second"]) for pair in summary["near_duplicates"]}
    assert ("t0", "t1") in near
    assert sum(summary["confidence"]) == sum(sum(k.values()) for k in summary["links"].values())
