"""Findings of a review: of changed links at once, of long works a piece at a time."""

import sys

import pytest
from review_corpora import READER, WORK, act, opened

from corpus_copies import run
from parallel_texts.review import Review, helper, upkeep
from paths import ROOT


@pytest.fixture
def reviewed(tmp_path, monkeypatch):
    return opened(tmp_path, monkeypatch)


@pytest.fixture
def long(tmp_path, monkeypatch):
    """A review that takes its work for a long one."""
    monkeypatch.setattr(upkeep, "SMALL", 5)
    monkeypatch.setattr(upkeep, "_CHUNK", 10)
    review = opened(tmp_path, monkeypatch)[1]
    yield review
    review.close()


def keys(review):
    return {finding.key for finding in review.findings()}


def looked_at_whole(review):
    found = review._upkeep.flagger.flag(review.alignment, review.work)
    return {f"{f.code}:{f.unit}:{f.rule}" for f in found}


def test_a_long_work_is_shown_before_it_is_looked_at(long):
    assert (len(long.rows()), long.findings(), long.pending) == (25, (), 25)
    left = []
    while long.settle():
        left.append(long.pending)
    assert left == [15, 5, 1]
    assert long.pending == 0
    assert keys(long) == looked_at_whole(long)
    assert long.revision > 0


def test_a_change_before_all_is_looked_at_is_looked_at_too(long):
    long.settle()
    act(long, "merge", link="l2", with_="next")
    act(long, "omit", passages=["zh.a11.s1"])
    while long.settle():
        pass
    assert keys(long) == looked_at_whole(long)


def test_what_changes_while_it_is_looked_at_is_looked_at_again(long, monkeypatch):
    flag = helper.Helper.flag

    def slow(self, alignment, work, select):
        monkeypatch.setattr(helper.Helper, "flag", flag)
        act(long, "merge", link="l2", with_="next")
        return flag(self, alignment, work, select)

    monkeypatch.setattr(helper.Helper, "flag", slow)
    while long.settle():
        pass
    assert keys(long) == looked_at_whole(long)


def test_settling_brings_findings_on_whole_texts_up_to_date(reviewed):
    _, review = reviewed
    assert review.findings()
    assert review.pending == 0
    act(review, "merge", link="l10", with_="next")
    assert review.pending == 1
    while review.settle():
        pass
    assert keys(review) == looked_at_whole(review)
    review.close()


def test_without_another_process_findings_are_looked_for_in_this_one(long, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(ROOT / "no-such-python"))
    assert long.settle()
    assert long.pending == 15


def test_findings_that_stay_are_the_same_objects(reviewed):
    _, review = reviewed
    before = review.findings()
    assert review.findings() is before
    act(review, "judge", finding=before[0].key, verdict="confirmed")
    after = review.findings()
    assert after[0] != before[0]
    assert all(a is b for a, b in zip(before[1:], after[1:], strict=True))


def test_a_verdict_from_elsewhere_is_taken_in(reviewed):
    corpus, review = reviewed
    review.findings()
    run("flag", WORK, "--corpus", corpus, "--refuse", "l3:P204", "--by", "B. Reader")
    revision = review.revision
    assert review.refresh()
    assert review.revision == revision + 1
    found = next(f for f in review.findings() if f.key == "P204:l3:unequal:entitled")
    assert [(v.who, v.verdict) for v in found.judgements] == [("B. Reader", "refused")]
    act(review, "judge", finding=found.key, verdict="refused")
    assert review.progress().judged == 1
    assert Review.open(corpus, WORK).progress().judged == 1


def test_findings_of_single_links_are_those_of_the_whole(reviewed):
    _, review = reviewed
    act(review, "merge", link="l3", with_="next", by=READER)
    act(review, "split", link="l9", before="en.a4.s3")
    rows = {key for key in keys(review) if key.startswith(upkeep.ROW_CODES)}
    whole = {key for key in looked_at_whole(review) if key.startswith(upkeep.ROW_CODES)}
    assert {key for key in rows ^ whole if "changed-norm" not in key} == set()
