"""Passages cut, joined, corrected: markup, ids and everything around them stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from review_corpora import WORK, act, joined, opened

from corpus_copies import errors
from parallel_texts.model import Passage
from parallel_texts.review import ReviewError
from parallel_texts.tei import SegmentError, correct, cut, join, placed, read_passages
from parallel_texts.tei.content import flatten
from parallel_texts.tei.patches import apply_patch
from parallel_texts.tei.places import places


def version(*segments):
    """Return the source of a version with one paragraph of passages."""
    inside = "".join(
        f'<seg type="sentence" xml:id="en.a1.s{n}" source="../corpus.xml#shen.p{n}">{s}</seg> '
        for n, s in enumerate(segments, start=1)
    )
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader></teiHeader><p>{inside}</p></TEI>'


def passage(source, number=1):
    return read_passages(source, Passage("", "", "en", "a1"))[number - 1]


def texts(source):
    return [p.text for p in read_passages(source, Passage("", "", "en", "a1"))]


def test_a_cut_gives_the_second_part_an_id_of_its_own_and_the_same_source():
    source = version("One and two.", "Three.")
    patch, new, _ = cut(source, passage(source), 8)
    after, _ = apply_patch(source, patch)
    assert texts(after) == ["One and", "two.", "Three."]
    assert new == "en.a1.s3"
    assert 'xml:id="en.a1.s3" source="../corpus.xml#shen.p1">two.' in after


def test_a_cut_never_parts_a_tagged_word():
    source = version("In <placeName>Port Arthur</placeName> today.")
    with pytest.raises(SegmentError, match="tagged word"):
        cut(source, passage(source), 8)
    patch, _, _ = cut(source, passage(source), 14)
    assert texts(apply_patch(source, patch)[0]) == ["In Port Arthur", "today."]


def test_a_cut_leaves_no_empty_part():
    source = version("One two.")
    for at in (0, 8):
        with pytest.raises(SegmentError, match="empty"):
            cut(source, passage(source), at)


def test_joining_keeps_tags_and_all_sources():
    source = version("One <num value='2'>two</num>.", "<date when='1955'>1955</date>.")
    patch, moved = join(source, passage(source), passage(source, 2))
    after, _ = apply_patch(source, patch)
    assert texts(after) == ["One two. 1955."]
    assert 'source="../corpus.xml#shen.p1 ../corpus.xml#shen.p2"' in after
    assert moved.place(0, 4) == ("en.a1.s1", 9, 13)


def test_what_stands_between_passages_is_not_swallowed():
    source = version("One.", "Two.").replace("</seg> <seg", "</seg><!-- note --> <pb/><seg")
    patch, _ = join(source, passage(source), passage(source, 2))
    after, _ = apply_patch(source, patch)
    assert "<!-- note --> <pb/>" in after
    source = version("One.", "Two.").replace("</seg> <seg", "</seg></p><p><seg")
    with pytest.raises(SegmentError, match="side by side"):
        join(source, passage(source), passage(source, 2))


def test_a_correction_inside_a_tag_stays_inside_it():
    source = version("In <placeName ref='#x'>Prot Arthur</placeName>, 1955.")
    patch, _ = correct(source, passage(source), 3, 7, "Port")
    assert "<placeName ref='#x'>Port Arthur</placeName>" in apply_patch(source, patch)[0]


def test_a_correction_over_tags_changes_only_the_letters_that_differ():
    source = version("Teh <orgName ref='#cn'>Chinise</orgName> Partie <num value='3'>3</num>.")
    patch, _ = correct(source, passage(source), 0, 21, "The Chinese Party 3.")
    after, _ = apply_patch(source, patch)
    assert texts(after) == ["The Chinese Party 3."]
    assert "<orgName ref='#cn'>Chinese</orgName> Party <num value='3'>3</num>" in after


def test_a_correction_does_not_empty_a_tag():
    source = version("In <placeName>Dalian</placeName>.")
    with pytest.raises(SegmentError, match="tag"):
        correct(source, passage(source), 3, 9, "")


def test_special_characters_are_text():
    source = version("Articles 1 &amp; 2.")
    patch, _ = correct(source, passage(source), 11, 12, "<&>")
    assert texts(apply_patch(source, patch)[0]) == ["Articles 1 <&> 2."]


def test_pointers_to_words_follow_them():
    source = version("One and two and three.")
    patch, _, moved = cut(source, passage(source), 12)
    pointer = "../en/w.xml#string-range(en.a1.s1,16,5)"
    after, _ = apply_patch(source, patch)
    found = placed(pointer, {"en.a1.s1": moved})
    assert found == "../en/w.xml#string-range(en.a1.s2,4,5)"
    assert passage(after, 2).text[4:9] == "three"


PIECES = st.lists(
    st.sampled_from(
        ["a", "b ", " ", "<hi>c d</hi>", "<lb/>", "<lb break='no'/>", "<note>no</note>", "&lt;",
         "<choice><sic>x</sic> <corr>y z</corr></choice>", "<!-- c -->", "\n", "<![CDATA[e f]]>"]
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@given(PIECES)
@settings(deadline=None)
def test_places_give_the_text_that_reading_gives(pieces):
    source = f"<seg>{''.join(pieces)}</seg>"
    element = etree.fromstring(f'<x xmlns="http://www.tei-c.org/ns/1.0">{source}</x>')[0]
    here = places(source)
    assert here.text == flatten(element)[0]
    for (start, end), character in zip(here.spans, here.text, strict=True):
        assert character == " " or source[start:end] in (character, "&lt;")


@given(PIECES, st.data())
@settings(deadline=None)
def test_a_cut_or_a_correction_says_what_was_meant_or_is_refused(pieces, data):
    source = version("x " + "".join(pieces) + " y")
    old = passage(source)
    start = data.draw(st.integers(0, len(old.text)))
    end = data.draw(st.integers(start, len(old.text)))
    new = data.draw(st.text(alphabet="ab <&", max_size=5))
    try:
        patch, _ = correct(source, old, start, end, new)
        wanted = " ".join((old.text[:start] + new + old.text[end:]).split())
        assert texts(apply_patch(source, patch)[0]) == [wanted]
        patch, _, _ = cut(source, old, start)
        parts = old.text[:start].strip(), old.text[start:].strip()
        assert texts(apply_patch(source, patch)[0]) == list(parts)
    except SegmentError:
        return


@pytest.fixture
def reviewed(tmp_path, monkeypatch):
    return opened(tmp_path, monkeypatch)


def test_both_parts_stay_in_their_link_and_findings_find_their_words(reviewed):
    corpus, review = reviewed
    key = "P204:l3:unequal:entitled"
    act(review, "judge", finding=key, verdict="confirmed", note="yes")
    words = {e.text for e in next(f for f in review.findings() if f.key == key).finding.evidence}
    act(review, "cut", passage="zh.a2.s1", at=13)
    assert joined(review, "l3")["zh"] == ("zh.a2.s1", "zh.a2.s3")
    found = next(f for f in review.findings() if f.key == key)
    assert {e.text for e in found.finding.evidence} == words
    assert found.holds
    assert found.finding.status == "confirmed"
    assert errors(corpus) == []


def test_taking_back_a_cut_gives_a_judged_finding_its_words_back(reviewed):
    _, review = reviewed
    key = "P204:l3:unequal:entitled"
    act(review, "cut", passage="zh.a2.s1", at=13)
    before = next(f for f in review.findings() if f.key == key).finding.evidence
    act(review, "judge", finding=key, verdict="confirmed", by="B. Reader")
    act(review, "undo")
    found = next(f for f in review.findings() if f.key == key)
    assert {e.text for e in found.finding.evidence} == {e.text for e in before}
    assert [v.verdict for v in found.judgements] == ["confirmed"]
    assert joined(review, "l3")["zh"] == ("zh.a2.s1",)


def test_a_correction_is_recorded_and_judgements_are_asked_again(reviewed):
    corpus, review = reviewed
    key = "P204:l3:unequal:entitled"
    act(review, "judge", finding=key, verdict="confirmed")
    text = review.rows()[2].passages["en"][0].text
    at = text.index("aircraft")
    act(review, "correct", passage="en.a2.s1", start=at, end=at + 8, was="aircraft", text="planes")
    path = corpus / "en" / f"{WORK}.xml"
    assert "en.a2.s1 corrected: “aircraft” to “planes” (A. Reader)" in path.read_text("utf-8")
    found = next(f for f in review.findings() if f.key == key)
    assert (found.holds, found.finding.status, len(found.judgements)) == (False, "open", 1)
    assert errors(corpus) == []


def test_joining_over_a_border_of_links_takes_the_passage_over(reviewed):
    corpus, review = reviewed
    act(review, "join", passage="zh.a2.s1")
    assert joined(review, "l3")["zh"] == ("zh.a2.s1",)
    assert joined(review, "l4") == {"zh": (), "ru": ("ru.a2.s3",), "en": ("en.a2.s2",)}
    assert errors(corpus) == []


def test_the_last_of_a_paragraph_is_joined_with_nothing(reviewed):
    _, review = reviewed
    with pytest.raises(ReviewError, match="last of its paragraph"):
        act(review, "join", passage="ru.a1.s2")


def test_words_that_are_not_there_are_not_corrected(reviewed):
    _, review = reviewed
    with pytest.raises(ReviewError, match="does not say"):
        act(review, "correct", passage="en.a2.s1", start=0, end=3, was="xyz", text="abc")
