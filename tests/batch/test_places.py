"""A batch whose texts and results stand in object storage; here in fsspec's memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from parallel_texts.batch import Job, Outcome, Settings, find_jobs, process, write_shards
from parallel_texts.batch.journals import open_journal
from parallel_texts.batch.manifest import Manifest, digest_inputs
from parallel_texts.batch.places import Bucket, fetched, size_of
from parallel_texts.batch.storage import open_storage
from parallel_texts.errors import MissingDependencyError, ParallelTextsError

TEXTS = {"zh/a.txt": "双方同意。", "en/a.txt": "The Parties agree.", ".h/b.en.txt": "No."}


@pytest.fixture
def bucket() -> Iterator[str]:
    files = fsspec.filesystem("memory")
    for name, text in TEXTS.items():
        files.pipe_file(f"/texts/{name}", text.encode())
    yield "memory://texts"
    files.store.clear()


def test_addresses_and_paths_give_the_same_results(bucket: str, tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "texts" / name).write_text(text, "utf-8")
    near = done(f"file://{tmp_path}/texts", f"file://{tmp_path}/out")
    far = done(bucket, f"{bucket}/out")
    assert far[0] == near[0]
    assert far[1] == near[1]
    assert (tmp_path / "out" / "works" / "a" / "links.jsonl.gz").is_file()


def done(place: str, out: str) -> tuple[list[Outcome], dict[str, bytes]]:
    """Process all jobs and return outcomes, and the content of shards."""
    settings = Settings(out, encoder="lexical")
    outcomes = [process(job, settings) for job in find_jobs(place, leave_out=out)]
    names = write_shards(out, outcomes)
    shards = {name: open_storage(out).read(name) for name in names}
    return [outcome.without_times() for outcome in outcomes], shards


def test_a_changed_file_is_another_input(bucket: str) -> None:
    (job,) = find_jobs(bucket)
    before = digest_inputs(job, Settings("").limits)
    assert digest_inputs(job, Settings("").limits) == before
    fsspec.filesystem("memory").pipe_file("/texts/zh/a.txt", "双方不同意。".encode())
    assert digest_inputs(job, Settings("").limits) != before


def test_a_manifest_in_storage_keeps_what_is_finished(bucket: str) -> None:
    job = Job("a", ())
    first = Manifest(bucket)
    first.add("k1", Outcome("a", "failed"))
    first.add("k2", Outcome("a", "aligned"))
    first.compact()
    assert Manifest(bucket).finished(job, "k2") == Outcome("a", "aligned")
    assert Manifest(bucket).finished(job, "k1") is None


def test_lines_are_put_by_before_the_end(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parallel_texts.batch.journals._LINES", 2)
    journal = open_journal(bucket, "j")
    for n in range(5):
        journal.add(b"%d\n" % n)
    assert list(open_journal(bucket, "j").lines()) == [b"0\n", b"1\n", b"2\n", b"3\n"]
    journal.rewrite([b"all\n"])
    assert list(open_journal(bucket, "j").lines()) == [b"all\n"]
    assert Bucket(bucket).names("j.d") == []


def test_a_missing_file_is_named(bucket: str) -> None:
    assert size_of(f"{bucket}/no.txt") == 0
    with (
        pytest.raises(ParallelTextsError, match=r"no\.txt: no such file"),
        fetched(f"{bucket}/no.txt"),
    ):
        pass


def test_names_do_not_lead_out(bucket: str) -> None:
    with pytest.raises(ParallelTextsError, match="leads out"):
        Bucket(bucket).write("../other/a", b"")


def test_an_unknown_kind_of_address_is_named() -> None:
    with pytest.raises(MissingDependencyError, match="nosuch://"):
        find_jobs("nosuch://texts")
