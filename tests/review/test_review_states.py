"""Any sequence of actions: the invariant holds, all can be taken back, a restart changes nothing."""

import shutil
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from review_corpora import READER, WORK, act, opened

from corpus_copies import state
from parallel_texts.corpus import load_corpus
from parallel_texts.review import Review, ReviewError
from parallel_texts.review.flagging import Flagger
from parallel_texts.validation import validate

NUMBERS = st.integers(0, 10_000)
SIDES = st.sampled_from(["next", "previous"])
WORDS = st.text(alphabet="абвгд 中文字, <&>", min_size=0, max_size=8)
PEOPLE = st.sampled_from([READER, "B. Reader"])


def structural(corpus):
    """Return what is wrong with files, ids, pointers and links; words may be anything here."""
    return validate([corpus], select=["T1", "T2", "T3", "T8"])


class Reviewing(RuleBasedStateMachine):
    """Two reviewers at work on one text."""

    alone = False

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.patch = pytest.MonkeyPatch()
        self.corpus, self.review = opened(self.folder, self.patch)
        self.original = state(self.corpus)

    def teardown(self):
        self.patch.undo()
        shutil.rmtree(self.folder)

    def _row(self, number):
        rows = self.review.rows()
        return rows[number % len(rows)]

    def _passage(self, number):
        passages = [p for row in self.review.rows() for side in row.passages.values() for p in side]
        return passages[number % len(passages)]

    def _try(self, kind, **fields):
        before = state(self.corpus)
        if self.alone:
            fields.pop("by", None)
        try:
            act(self.review, kind, **fields)
        except ReviewError:
            assert state(self.corpus) == before

    @rule(number=NUMBERS, side=SIDES, by=PEOPLE)
    def merge(self, number, side, by):
        self._try("merge", link=self._row(number).link, with_=side, by=by)

    @rule(number=NUMBERS, by=PEOPLE)
    def split(self, number, by):
        row = self._row(number)
        sides = {lang: side for lang, side in row.passages.items() if len(side) > 1}
        if sides:
            lang, side = next(iter(sides.items()))
            at = {other: s[-1].id for other, s in sides.items() if other != lang}
            self._try("split", link=row.link, before=side[1].id, at=at, by=by)

    @rule(number=NUMBERS, side=SIDES, by=PEOPLE)
    def move(self, number, side, by):
        self._try("move", passage=self._passage(number).id, to=side, by=by)

    @rule(number=NUMBERS)
    def omit(self, number):
        self._try("omit", passages=[self._passage(number).id])

    @rule(number=NUMBERS)
    def lock(self, number):
        row = self._row(number)
        self._try("lock", link=row.link, locked=not row.locked)

    @rule(number=NUMBERS, at=NUMBERS, by=PEOPLE)
    def cut(self, number, at, by):
        passage = self._passage(number)
        self._try("cut", passage=passage.id, at=at % len(passage.text), by=by)

    @rule(number=NUMBERS)
    def join(self, number):
        self._try("join", passage=self._passage(number).id)

    @rule(number=NUMBERS, start=NUMBERS, length=st.integers(0, 30), text=WORDS)
    def correct(self, number, start, length, text):
        passage = self._passage(number)
        start %= len(passage.text)
        was = passage.text[start : start + length]
        end = start + len(was)
        self._try("correct", passage=passage.id, start=start, end=end, was=was, text=text)

    @rule(number=NUMBERS, verdict=st.sampled_from(["open", "confirmed", "refused"]), by=PEOPLE)
    def judge(self, number, verdict, by):
        findings = self.review.findings()
        if findings:
            key = findings[number % len(findings)].key
            self._try("judge", finding=key, verdict=verdict, note="<so & so>", by=by)

    @rule(number=NUMBERS, start=NUMBERS)
    def find(self, number, start):
        passage = self._passage(number)
        start %= len(passage.text)
        quoted = {"passage": passage.id, "start": start, "end": len(passage.text)}
        self._try("find", code="V108", selections=[quoted], note="mine")

    @rule(by=PEOPLE)
    def undo(self, by):
        self._try("undo", by=by)

    @rule(by=PEOPLE)
    def redo(self, by):
        self._try("redo", by=by)

    @rule()
    def restart(self):
        before = self.review.rows(), self.review.revision
        known = {f.key: f.judgements for f in self.review.findings() if f.judgements}
        self.review = Review.open(self.corpus, WORK)
        bare = [(r.link, r.passages, r.locked, r.checked) for r in before[0]]
        assert [(r.link, r.passages, r.locked, r.checked) for r in self.review.rows()] == bare
        assert self.review.revision == before[1]
        again = {f.key: f.judgements for f in self.review.findings() if f.judgements}
        assert again == known

    @invariant()
    def each_passage_is_in_exactly_one_link(self):
        counts = Counter(
            p.id for row in self.review.rows() for side in row.passages.values() for p in side
        )
        texts = {p.id for version in self.review.work.versions for p in version.passages}
        assert set(counts) == texts
        assert set(counts.values()) == {1}

    @invariant()
    def what_is_in_memory_is_on_disk(self):
        work = load_corpus(self.corpus).work(WORK)
        assert work.versions == self.review.work.versions
        assert not self.review.refresh()
        progress = self.review.progress()
        rows = self.review.rows()
        assert progress.checked == sum(row.checked for row in rows)
        assert progress.doubtful == sum(row.doubtful for row in rows)
        assert progress.findings == len(self.review.findings())
        assert all(
            f.link is None or any(f.link == r.link for r in rows) for f in self.review.findings()
        )


class Undoing(Reviewing):
    """One reviewer alone: taking everything back gives the very bytes, doing it again returns."""

    alone = True

    @rule()
    def all_back_and_forth(self):
        now = state(self.corpus)
        back = 0
        while self.review.can_undo(READER):
            act(self.review, "undo")
            back += 1
        assert state(self.corpus) == self.original
        assert structural(self.corpus) == ()
        self.review = Review.open(self.corpus, WORK)
        for _ in range(back):
            act(self.review, "redo")
        assert state(self.corpus) == now
        assert structural(self.corpus) == ()


HOW = settings(
    max_examples=8,
    stateful_step_count=20,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def quick_findings(monkeypatch):
    """Look at the same links once only: the rules are what takes time."""
    seen = {}
    flag = Flagger.flag

    def known(self, alignment, work, select=()):
        key = (alignment, tuple(select))
        if key not in seen:
            seen[key] = flag(self, alignment, work, select)
        return list(seen[key])

    monkeypatch.setattr(Flagger, "flag", known)


def test_any_sequence_of_actions_of_two_people_keeps_the_invariant():
    run_state_machine_as_test(Reviewing, settings=HOW)


def test_one_person_s_actions_can_all_be_taken_back_and_done_again():
    run_state_machine_as_test(Undoing, settings=HOW)
