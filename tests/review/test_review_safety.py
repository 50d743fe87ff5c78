"""Nothing is lost: kills, full disks, two people, two processes, an editor at the same file."""

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from review_corpora import READER, WORK, act, joined, opened

from corpus_copies import errors, state
from parallel_texts import files, transactions
from parallel_texts.errors import ParallelTextsError
from parallel_texts.review import Conflict, Review, ReviewError, storage
from parallel_texts.review.storage import Storage

FILE = f"alignments/{WORK}.xml"


@pytest.fixture
def reviewed(tmp_path, monkeypatch):
    return opened(tmp_path, monkeypatch)


def journal(tmp_path):
    return next((tmp_path / "state").rglob("journal.jsonl"))


def test_rows_that_another_touched_are_a_conflict_with_both_versions(reviewed):
    corpus, review = reviewed
    seen = review.revision
    act(review, "merge", link="l3", with_="next", by="B. Reader")
    before = state(corpus)
    with pytest.raises(Conflict) as caught:
        act(review, "split", link="l3", before="ru.a2.s2", revision=seen)
    assert caught.value.mine["before"] == "ru.a2.s2"
    assert [row.link for row in caught.value.theirs] == ["l3"]
    assert len(caught.value.theirs[0].passages["ru"]) == 3
    assert caught.value.revision == review.revision
    assert state(corpus) == before


def test_a_link_that_another_merged_away_is_shown_where_its_passages_went(reviewed):
    _, review = reviewed
    seen = review.revision
    act(review, "merge", link="l3", with_="next", by="B. Reader")
    with pytest.raises(Conflict) as caught:
        act(review, "move", passage="zh.a2.s2", to="next", revision=seen)
    assert [row.link for row in caught.value.theirs] == ["l3"]
    with pytest.raises(Conflict):
        act(review, "merge", link="l4", with_="next", revision=seen)


def test_rows_that_nobody_touched_are_changed_whatever_happened_elsewhere(reviewed):
    _, review = reviewed
    seen = review.revision
    act(review, "merge", link="l3", with_="next", by="B. Reader")
    change = act(review, "merge", link="l10", with_="next", revision=seen)
    assert change.start == 8


def test_two_tabs_of_one_person_are_told_too(reviewed):
    _, review = reviewed
    seen = review.revision
    act(review, "lock", link="l3", locked=True)
    with pytest.raises(Conflict):
        act(review, "merge", link="l3", with_="next", revision=seen)


def test_two_people_judge_one_finding_and_both_are_kept(reviewed):
    corpus, review = reviewed
    key = "P204:l3:unequal:entitled"
    seen = review.revision
    act(review, "judge", finding=key, verdict="confirmed", reason="meaning", revision=seen)
    act(review, "judge", finding=key, verdict="refused", by="B. Reader", revision=seen)
    found = next(f for f in review.findings() if f.key == key)
    said = [(v.who, v.verdict) for v in found.judgements]
    assert said == [("B. Reader", "refused"), (READER, "confirmed")]
    assert found.finding.status == "open"
    assert errors(corpus) == []
    with pytest.raises(Conflict):
        act(review, "judge", finding=key, verdict="open", revision=seen)


def test_undo_takes_back_one_s_own_work_only(reviewed):
    _, review = reviewed
    act(review, "merge", link="l3", with_="next")
    act(review, "merge", link="l10", with_="next", by="B. Reader")
    act(review, "undo")
    assert [row.link for row in review.rows()][2:4] == ["l3", "l4"]
    assert review.can_undo("B. Reader")
    assert not review.can_undo(READER)


def test_what_another_built_upon_cannot_be_taken_back(reviewed):
    corpus, review = reviewed
    act(review, "merge", link="l3", with_="next")
    act(review, "move", passage="zh.a2.s2", to="next", by="B. Reader")
    before = state(corpus)
    with pytest.raises(Conflict):
        act(review, "undo")
    assert state(corpus) == before


def test_what_others_point_to_stays_when_it_is_taken_back(reviewed):
    corpus, review = reviewed
    act(review, "lock", link="l3", locked=True)
    act(review, "lock", link="l10", locked=True, by="B. Reader")
    act(review, "undo")
    assert errors(corpus) == []
    assert 'xml:id="locked"' in (corpus / FILE).read_text("utf-8")
    act(review, "redo")
    assert errors(corpus) == []
    assert (corpus / FILE).read_text("utf-8").count('xml:id="locked"') == 1


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_a_text_that_an_editor_changed_meanwhile_is_taken_in(reviewed):
    corpus, review = reviewed
    seen = review.revision
    edit(corpus / "en" / f"{WORK}.xml", "The present Agreement lays", "The Agreement lays")
    change = act(review, "merge", link="l10", with_="next", revision=seen)
    assert change.revision == seen + 2
    assert review.rows()[1].passages["en"][0].text.startswith("The Agreement")
    assert "The Agreement" in (corpus / "en" / f"{WORK}.xml").read_text("utf-8")


def test_the_same_passage_in_an_editor_and_here_is_a_conflict(reviewed):
    corpus, review = reviewed
    seen = review.revision
    edit(corpus / "en" / f"{WORK}.xml", "The present Agreement lays", "The Agreement lays")
    with pytest.raises(Conflict) as caught:
        act(review, "correct", passage="en.a1.s1", start=4, end=11, was="present", text="last",
            revision=seen)  # fmt: skip
    assert caught.value.theirs[0].passages["en"][0].text.startswith("The Agreement")


def test_refreshing_tells_whether_anything_changed(reviewed):
    corpus, review = reviewed
    assert not review.refresh()
    path = corpus / FILE
    path.write_bytes(path.read_bytes())
    assert not review.refresh()
    edit(corpus / "en" / f"{WORK}.xml", "The present Agreement lays", "The Agreement lays")
    assert review.refresh()
    assert not review.refresh()


@pytest.mark.parametrize("seconds_ago", [0, 1])
def test_a_change_that_leaves_time_and_size_as_they_were_is_seen(reviewed, seconds_ago):
    corpus, review = reviewed
    path = corpus / "en" / f"{WORK}.xml"
    moment = time.time_ns() - seconds_ago * 10**9
    os.utime(path, ns=(moment, moment))
    review.refresh()
    path.write_bytes(
        path.read_bytes().replace(b"The present Agreement", b"This written Accord!!", 1)
    )
    os.utime(path, ns=(moment, moment))
    assert review.refresh()
    assert "This written Accord" in review.rows()[1].passages["en"][0].text


def test_a_file_of_long_ago_is_not_read_again_at_each_look(reviewed, monkeypatch):
    corpus, review = reviewed
    for path in corpus.rglob(f"{WORK}.xml"):
        os.utime(path, (1e9, 1e9))
    review.refresh()
    assert not review.refresh()
    monkeypatch.setattr(storage, "digest", lambda data: pytest.fail("read again"))
    assert not review.refresh()


def test_a_file_that_is_broken_meanwhile_stops_actions_and_nothing_else(reviewed):
    corpus, review = reviewed
    path = corpus / "en" / f"{WORK}.xml"
    good = path.read_bytes()
    path.write_bytes(good[:2000])
    with pytest.raises(ParallelTextsError, match=r"chita-1955\.xml"):
        act(review, "merge", link="l10", with_="next")
    assert len(review.rows()) == 25
    path.write_bytes(good)
    assert act(review, "merge", link="l10", with_="next").revision == 1


def test_own_work_can_be_taken_back_after_an_editor_changed_something_else(reviewed):
    corpus, review = reviewed
    act(review, "correct", passage="en.a2.s1", start=0, end=6, was="Soviet", text="All Soviet")
    edit(corpus / "en" / f"{WORK}.xml", "The present Agreement lays", "The Agreement lays")
    act(review, "undo")
    assert "All Soviet" not in (corpus / "en" / f"{WORK}.xml").read_text("utf-8")
    assert "The Agreement" in (corpus / "en" / f"{WORK}.xml").read_text("utf-8")


def test_a_full_disk_changes_nothing_and_says_so(reviewed, monkeypatch, tmp_path):
    corpus, review = reviewed
    act(review, "merge", link="l10", with_="next")
    before, size = state(corpus), journal(tmp_path).stat().st_size

    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    for module in (files.os, transactions.os):
        with monkeypatch.context() as patch:
            patch.setattr(module, "fsync", full)
            with pytest.raises(ParallelTextsError, match="No space left"):
                act(review, "merge", link="l3", with_="next")
            with pytest.raises(ParallelTextsError, match="No space left"):
                act(review, "cut", passage="en.a2.s1", at=16)
    assert state(corpus) == before
    assert journal(tmp_path).stat().st_size == size
    assert act(review, "undo").revision == 2


def test_a_disk_that_is_full_for_the_files_only_leaves_the_journal_as_it_was(
    reviewed, monkeypatch, tmp_path
):
    corpus, review = reviewed
    before, size = state(corpus), 0

    def full(self, contents):
        raise ParallelTextsError("cannot write: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Storage, "write", full)
        with pytest.raises(ParallelTextsError, match="No space left"):
            act(review, "merge", link="l3", with_="next")
    assert state(corpus) == before
    assert journal(tmp_path).stat().st_size == size
    assert not review.can_undo(READER)
    assert act(review, "merge", link="l3", with_="next").revision == 1


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from parallel_texts.review import Review
    from parallel_texts.review.flagging import Flagger
    from parallel_texts.review.{module} import {name}

    Flagger.flag = lambda self, alignment, work, select=(): []
    review = Review.open(Path(sys.argv[1]), "{work}")
    review.act({{"kind": "merge", "link": "l3", "with": "next"}}, reviewer="A", revision=0)
    whole = {name}.{method}

    def killed(self, *arguments):
        if {after}:
            whole(self, *arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    {name}.{method} = killed
    review.act({action}, reviewer="A", revision=1)
"""


@pytest.mark.parametrize("action", [
    {"kind": "merge", "link": "l10", "with": "next"},
    {"kind": "cut", "passage": "en.a5.s1", "at": 30},
    {"kind": "undo"},
])  # fmt: skip
@pytest.mark.parametrize(("module", "name", "method", "after", "is_done"), [
    ("history", "History", "append", False, False),
    ("history", "History", "append", True, False),
    ("storage", "Storage", "write", True, True),
])  # fmt: skip
def test_a_kill_at_any_step_leaves_all_or_nothing(
    tmp_path, monkeypatch, action, module, name, method, after, is_done
):
    corpus, _ = opened(tmp_path, monkeypatch)
    script = textwrap.dedent(KILLED).format(
        module=module, name=name, method=method, after=after, action=action, work=WORK
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(corpus)], capture_output=True, timeout=60
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    review = Review.open(corpus, WORK)
    assert review.revision == (2 if is_done else 1)
    assert errors(corpus) == []
    entries = [json.loads(line) for line in journal(tmp_path).read_text("utf-8").splitlines()]
    assert len(entries) == review.revision
    while review.can_undo("A"):
        act(review, "undo", by="A")
    assert [row.link for row in review.rows()][:4] == ["l1", "l2", "l3", "l4"]
    assert len(joined(review, "l10")["en"]) == 2


def test_a_journal_line_that_was_not_written_to_its_end_is_forgotten(reviewed, tmp_path):
    corpus, review = reviewed
    act(review, "merge", link="l3", with_="next")
    with journal(tmp_path).open("ab") as stream:
        stream.write(b'{"revision":2,"op":"act"')
    again = Review.open(corpus, WORK)
    assert again.revision == 1
    assert act(again, "undo").revision == 2


def test_two_processes_share_one_journal(reviewed):
    corpus, review = reviewed
    other = Review.open(corpus, WORK)
    seen = other.revision
    act(review, "merge", link="l3", with_="next")
    assert act(other, "merge", link="l10", with_="next", revision=seen, by="B").revision == 2
    assert review.refresh()
    assert [row.link for row in review.rows()] == [row.link for row in other.rows()]
    with pytest.raises(Conflict):
        act(review, "split", link="l10", before="en.a5.s2", revision=1)
    act(other, "undo", by="B")
    act(review, "undo")
    assert (corpus / FILE).read_bytes() == (
        Path(__file__).parents[2] / "corpora" / FILE
    ).read_bytes()


def test_many_processes_at_once_lose_nothing(reviewed):
    corpus, review = reviewed
    script = textwrap.dedent("""
        import sys
        from pathlib import Path
        from parallel_texts.review import Review
        from parallel_texts.review.flagging import Flagger

        Flagger.flag = lambda self, alignment, work, select=(): []
        review = Review.open(Path(sys.argv[1]), "chita-1955")
        for link in sys.argv[3:]:
            action = {"kind": "lock", "link": link, "locked": True}
            review.act(action, reviewer=sys.argv[2], revision=review.revision)
    """)
    people = {"A": ["l1", "l2", "l3"], "B": ["l10", "l11", "l12"], "C": ["l20", "l21"]}
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(corpus), who, *links])
        for who, links in people.items()
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    review.refresh()
    locked = {row.link for row in review.rows() if row.locked}
    assert locked == {link for links in people.values() for link in links}
    assert review.revision == 8
    assert errors(corpus) == []


def test_a_stale_page_of_long_ago_is_asked_to_look_again(reviewed, monkeypatch):
    monkeypatch.setattr("parallel_texts.review.history.REMEMBERED", 3)
    corpus, _ = reviewed
    review = Review.open(corpus, WORK)
    for _ in range(3):
        act(review, "lock", link="l3", locked=True)
        act(review, "lock", link="l3", locked=False)
    with pytest.raises(Conflict):
        act(review, "merge", link="l20", with_="next", revision=1)
    assert act(review, "merge", link="l20", with_="next", revision=4).revision == 7


def test_nothing_but_the_files_of_the_work_appears_in_the_corpus(reviewed):
    corpus, review = reviewed
    before = set(state(corpus))
    act(review, "cut", passage="en.a5.s1", at=30)
    assert set(state(corpus)) == before
    assert not any(name.startswith(".") for name in state(corpus))


def test_a_work_of_one_version_has_nothing_to_link(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    from corpus_copies import copy_of

    corpus = copy_of(WORK, tmp_path, languages="zh")
    with pytest.raises(ReviewError, match="one version"):
        Review.open(corpus, WORK)
    with pytest.raises(ParallelTextsError, match="no work"):
        Review.open(corpus, "nothing-1955")
