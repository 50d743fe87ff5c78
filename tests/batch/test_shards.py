"""Shards hold every work once, whole, in order, in either format alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.batch import Outcome, write_shards
from parallel_texts.batch.records import finding_records, link_records, pack, unpack
from parallel_texts.model import Alignment, Evidence, Finding, Link, Passage

LANGUAGES = ("zh", "en")


def outcome(out: Path, work: str, links: int, text: str = "甲") -> Outcome:
    """Write a work's files as a worker does."""
    passages = tuple(
        tuple(Passage(f"{lang}.{n}", f"{text}{n}", lang) for n in range(links))
        for lang in LANGUAGES
    )
    sides = ((), (0,)), *(((n,), (n,)) for n in range(1, links))
    alignment = Alignment(
        LANGUAGES,
        passages,
        tuple(Link(f"l{n}", LANGUAGES, side, 0.5, 0.25) for n, side in enumerate(sides, 1)),
        work,
    )
    evidence = (Evidence("en", "en.0", 0, 1, text),)
    finding = Finding("V101", "version", work, "l1", ("zh",), "Missing.", 0.75, "rule", evidence)
    folder = out / "works" / work
    folder.mkdir(parents=True)
    (folder / "links.jsonl.gz").write_bytes(pack(link_records(alignment, [finding])))
    (folder / "findings.jsonl.gz").write_bytes(pack(finding_records(work, [finding])))
    counts = tuple((lang, links) for lang in LANGUAGES)
    return Outcome(work, "aligned", passages=counts, files=("links.jsonl.gz", "findings.jsonl.gz"))


def names(out: Path) -> list[str]:
    return sorted(path.name for path in (out / "shards").iterdir())


def test_works_stay_whole_and_in_order(tmp_path: Path) -> None:
    outcomes = [outcome(tmp_path, work, links) for work, links in (("a", 3), ("b", 4), ("c", 1))]
    write_shards(tmp_path, outcomes, rows=4)
    shards = sorted((tmp_path / "shards").glob("links-*.jsonl"))
    found = [
        [json.loads(line)["work"] for line in path.read_text().splitlines()] for path in shards
    ]
    assert found == [["a"] * 3 + ["b"] * 4, ["c"]]


def test_shards_of_an_earlier_run_go_and_other_files_stay(tmp_path: Path) -> None:
    outcomes = [outcome(tmp_path, work, 3) for work in "abc"]
    write_shards(tmp_path, outcomes, ["jsonl", "parquet"], rows=1)
    (tmp_path / "shards" / "mine.jsonl").write_text("")
    write_shards(tmp_path, outcomes[:1], ["parquet"], rows=1)
    kinds = ("findings", "links", "works")
    assert names(tmp_path) == sorted([*(f"{kind}-00001.parquet" for kind in kinds), "mine.jsonl"])


@pytest.mark.parametrize("text", ["甲", "a\u2028b\n", "\ud800"])
def test_parquet_says_what_json_lines_say(tmp_path: Path, text: str) -> None:
    from pyarrow import parquet

    failed = Outcome("z", "failed", "because")
    write_shards(tmp_path, [outcome(tmp_path, "a", 3, text), failed], ["jsonl", "parquet"])

    def read(kind: str) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
        stem = tmp_path / "shards" / f"{kind}-00001"
        lines = stem.with_suffix(".jsonl").read_bytes().split(b"\n")[:-1]
        return [json.loads(line) for line in lines], parquet.read_table(
            stem.with_suffix(".parquet")
        ).to_pylist()

    for said, row in zip(*read("links"), strict=True):
        for lang in LANGUAGES:
            glue = "" if lang == "zh" else " "
            assert row[lang] == glue.join(said["texts"][lang])  # type: ignore[index]
            assert row[f"{lang}_numbers"] == said[lang]
            assert row[f"{lang}_passages"] == said["passages"][lang]  # type: ignore[index]
        for name in (
            "work",
            "id",
            "shape",
            "score",
            "confidence",
            "moved",
            "languages",
            "findings",
        ):
            assert row[name] == said[name]
    for kind in ("findings", "works"):
        for said, row in zip(*read(kind), strict=True):
            counts = {name for name, value in said.items() if isinstance(value, dict)}
            shown = {name: dict(v) if name in counts else v for name, v in row.items()}
            assert {name: shown[name] for name in said} == said


RECORDS = st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())))


@given(RECORDS)
def test_records_come_back_and_are_packed_alike(records: list[dict[str, object]]) -> None:
    assert list(unpack(pack(records))) == records
    assert pack(records) == pack(records)


@given(st.text(), st.lists(st.tuples(st.text(), st.integers())), st.floats(0, 1), st.text())
def test_outcomes_come_back(
    work: str, counts: list[tuple[str, int]], confidence: float, reason: str
) -> None:
    given_outcome = Outcome(
        work, "failed", reason, passages=tuple(counts), confidence=confidence, notes=(reason,)
    )
    record = json.loads(json.dumps(given_outcome.record() | {"later": 1}))
    assert Outcome.from_record(record) == given_outcome
