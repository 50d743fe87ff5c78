"""Links merged, split, moved, left alone; what is written is a small and valid difference."""

import difflib

import pytest
from review_corpora import READER, WORK, act, joined, opened

from corpus_copies import errors, state
from parallel_texts.corpus import kept_alignment, load_corpus
from parallel_texts.review import Review, ReviewError

FILE = f"alignments/{WORK}.xml"


@pytest.fixture
def reviewed(tmp_path, monkeypatch):
    return opened(tmp_path, monkeypatch)


def changed_lines(before, after, name=FILE):
    lines = (files[name].decode().splitlines() for files in (before, after))
    return [line for line in difflib.ndiff(*lines) if line[:2] in ("- ", "+ ")]


def test_merging_with_the_next_keeps_the_first_id_and_every_passage(reviewed):
    corpus, review = reviewed
    three, four = joined(review, "l3"), joined(review, "l4")
    change = act(review, "merge", link="l3", with_="next")
    assert (change.start, change.removed, len(change.rows)) == (2, 2, 1)
    assert joined(review, "l3") == {lang: three[lang] + four[lang] for lang in three}
    assert errors(corpus) == []


def test_merging_with_the_previous_gives_the_same(reviewed):
    _, review = reviewed
    act(review, "merge", link="l4", with_="previous")
    assert [row.link for row in review.rows()][2:4] == ["l3", "l5"]


def test_a_split_leaves_other_languages_with_the_first_part(reviewed):
    _, review = reviewed
    change = act(review, "split", link="l2", before="ru.a1.s2")
    assert [row.link for row in change.rows] == ["l2", "l26"]
    assert joined(review, "l26") == {"zh": (), "ru": ("ru.a1.s2",), "en": ()}
    assert change.rows[1].omission


def test_a_split_can_part_all_languages(reviewed):
    _, review = reviewed
    act(review, "split", link="l2", before="ru.a1.s2", at={"en": "en.a1.s2", "zh": None})
    assert joined(review, "l26") == {"zh": (), "ru": ("ru.a1.s2",), "en": ("en.a1.s2",)}


def test_a_passage_moves_to_its_neighbour_and_an_empty_link_goes(reviewed):
    _, review = reviewed
    act(review, "move", passage="ru.a1.s2", to="next")
    assert joined(review, "l3")["ru"] == ("ru.a1.s2", "ru.a2.s1", "ru.a2.s2")
    act(review, "split", link="l3", before="ru.a2.s1")
    rows = len(review)
    change = act(review, "move", passage="ru.a2.s1", to="previous")
    act(review, "move", passage="ru.a2.s2", to="previous")
    assert change.can_undo
    assert len(review) == rows - 1


def test_an_omission_stands_where_its_passage_stood(reviewed):
    corpus, review = reviewed
    change = act(review, "omit", passages=["ru.a1.s1"])
    assert [row.link for row in change.rows] == ["l26", "l2"]
    assert change.rows[0].omission
    assert 'target="#omission.zh ../ru/' in (corpus / FILE).read_text("utf-8")
    assert errors(corpus) == []


def test_a_locked_link_is_left_alone_and_known_in_every_reading(reviewed):
    corpus, review = reviewed
    assert act(review, "lock", link="l3", locked=True).rows[0].locked
    assert errors(corpus) == []
    for action in (
        {"kind": "merge", "link": "l3", "with": "next"},
        {"kind": "move", "passage": "zh.a2.s1", "to": "next"},
        {"kind": "omit", "passages": ["zh.a2.s1"]},
        {"kind": "split", "link": "l3", "before": "ru.a2.s2"},
    ):
        with pytest.raises(ReviewError, match="locked"):
            review.act(action, reviewer=READER, revision=review.revision)
    again = Review.open(corpus, WORK)
    assert [row.link for row in again.rows() if row.locked] == ["l3"]
    loaded = load_corpus(corpus)
    assert kept_alignment(loaded, loaded.work(WORK)).languages == ("zh", "ru", "en")
    act(review, "lock", link="l3", locked=False)
    assert not review.rows()[2].locked


def test_a_change_is_a_difference_of_the_lines_concerned(reviewed):
    corpus, review = reviewed
    before = state(corpus)
    act(review, "merge", link="l3", with_="next", by="The parallel-texts authors")
    lines = changed_lines(before, state(corpus))
    assert sorted(line[:2] for line in lines) == ["+ ", "- ", "- "]
    assert all('xml:id="l3"' in line or 'xml:id="l4"' in line for line in lines)


def test_what_is_not_ours_in_the_file_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(tmp_path / "state"))
    corpus, _ = opened(tmp_path, monkeypatch)
    path = corpus / FILE
    text = path.read_text("utf-8")
    odd = text.replace('      <link xml:id="l4"', "      <!-- why? -->\n      <link  xml:id='l4'")
    odd = odd.replace("\n", "\r\n")
    path.write_bytes(odd.encode())
    review = Review.open(corpus, WORK)
    act(review, "merge", link="l3", with_="next")
    after = path.read_bytes().decode()
    assert "<!-- why? -->" in after
    assert after.count("\r\n") == after.count("\n")
    act(review, "undo")
    assert path.read_bytes().decode() == odd


def test_realigning_keeps_locked_links_and_what_comes_out_the_same(reviewed):
    corpus, review = reviewed
    act(review, "merge", link="l14", with_="next")
    act(review, "lock", link="l14", locked=True)
    act(review, "move", passage="ru.a8.s1", to="next")
    locked = joined(review, "l14")
    before = {row.link: row.passages for row in review.rows()}
    act(review, "realign")
    assert joined(review, "l14") == locked
    assert joined(review, "l2") == {
        lang: tuple(p.id for p in side) for lang, side in before["l2"].items()
    }
    moved = next(
        row for row in review.rows() if any(p.id == "ru.a8.s1" for p in row.passages["ru"])
    )
    assert not moved.checked
    assert errors(corpus) == []
    act(review, "undo")
    assert {row.link: row.passages for row in review.rows()} == before


def test_realigning_twice_says_that_nothing_changes(reviewed):
    _, review = reviewed
    try:
        act(review, "realign")
    except ReviewError:
        return
    with pytest.raises(ReviewError, match="nothing changes"):
        act(review, "realign")


@pytest.mark.parametrize(
    ("action", "field"),
    [
        ({"kind": "melt"}, "kind"),
        ({"kind": "merge", "link": "l3"}, "with"),
        ({"kind": "merge", "link": "l3", "with": "next", "path": "x"}, "path"),
        ({"kind": "merge", "link": "l999", "with": "next"}, "link"),
        ({"kind": "merge", "link": "l1", "with": "previous"}, "no previous"),
        ({"kind": "split", "link": "l2", "before": "zh.a1.s1", "at": {"ru": "ru.a1.s1", "en": "en.a1.s1"}}, "begins the link"),
        ({"kind": "split", "link": "l2", "before": "zh.a2.s1"}, "not in this link"),
        ({"kind": "move", "passage": "zh.a99.s1", "to": "next"}, "passage"),
        ({"kind": "omit", "passages": []}, "passages"),
        ({"kind": "omit", "passages": ["zh.a1.s1", "zh.a2.s1"]}, "several links"),
        ({"kind": "lock", "link": "l2", "locked": "yes"}, "locked"),
        ({"kind": "lock", "link": "l2", "locked": False}, "not locked already"),
        ({"kind": "cut", "passage": "zh.a1.s1", "at": True}, "at"),
        ({"kind": "cut", "passage": "zh.a1.s1", "at": 10_000}, "at"),
        ({"kind": "correct", "passage": "zh.a1.s1", "start": 0, "end": 1, "was": "\0", "text": ""}, "was"),
        ({"kind": "judge", "finding": "V102:l3:x", "verdict": "confirmed"}, "finding"),
        ({"kind": "judge", "finding": "x", "verdict": "yes"}, "verdict"),
        ({"kind": "find", "code": "V999", "selections": [{"passage": "zh.a1.s1", "start": 0, "end": 2}]}, "code"),
        ({"kind": "find", "code": "V102", "selections": [{"passage": "zh.a1.s1", "start": 2, "end": 2}]}, "selections"),
        ({"kind": "undo"}, "nothing to take back"),
    ],
)  # fmt: skip
def test_an_action_that_cannot_be_done_says_why_and_writes_nothing(reviewed, action, field):
    corpus, review = reviewed
    before = state(corpus)
    with pytest.raises(ReviewError, match=field):
        review.act(action, reviewer=READER, revision=review.revision)
    assert state(corpus) == before


def test_nobody_acts_without_a_name(reviewed):
    _, review = reviewed
    with pytest.raises(ReviewError, match="who you are"):
        act(review, "merge", link="l3", with_="next", by=" ")


def test_findings_follow_their_words(reviewed):
    _, review = reviewed
    act(review, "merge", link="l2", with_="next")
    keys = [finding.key for finding in review.findings()]
    assert "P204:l2:unequal:entitled" in keys
    assert not any(":l3:" in key for key in keys)


def test_what_a_link_lacks_is_found_at_once(reviewed):
    _, review = reviewed
    change = act(review, "omit", passages=["zh.a2.s1"])
    assert "V101:l26:missing-passage" in change.findings
    row = next(row for row in review.rows() if row.link == "l26")
    assert "V101:l26:missing-passage" in row.findings
