from dataclasses import replace

import pytest
from lxml import etree

from parallel_texts.errors import AlignmentError
from parallel_texts.model import Alignment, Link
from parallel_texts.tei import format_alignment, read_alignment, read_version, write_alignment
from parallel_texts.validation import validate
from tei_samples import copy_of_good, replaced


@pytest.fixture
def corpus(tmp_path):
    return copy_of_good(tmp_path)


@pytest.fixture
def versions(corpus):
    return [read_version(corpus / lang / "pact-1955.xml") for lang in ("zh", "ru", "en")]


@pytest.fixture
def path(corpus):
    return corpus / "alignments" / "pact-1955.xml"


@pytest.fixture
def kept(path, versions):
    return read_alignment(path, versions)


def by_machine(alignment: Alignment) -> Alignment:
    links = tuple(replace(link, confidence=0.875, score=0.5) for link in alignment)
    return replace(alignment, links=links, checked=False, responsible="parallel-texts")


def split_second(alignment: Alignment) -> Alignment:
    """The same with its second link cut in two and all ids counted anew."""
    first, second, *rest = alignment.links
    one = replace(second, sides=((2,), (1,), (1,)))
    other = replace(second, sides=((1,), (2,), ()))
    links = [first, one, other, *rest]
    return replace(alignment, links=tuple(replace(k, id=f"l{n}") for n, k in enumerate(links, 1)))


def test_a_checked_alignment_is_read_with_its_reader(kept):
    assert (kept.checked, kept.responsible, kept.work) == (True, "A Reader", "pact-1955")
    assert [link.shape for link in kept] == ["1:1:1", "2:2:1", "1:1:1", "0:0:1", "1:1:1"]


def test_a_new_file_says_what_was_written_and_is_valid(kept, versions, corpus, path):
    path.unlink()
    for alignment in (kept, by_machine(kept)):
        write_alignment(alignment, versions, path)
        assert read_alignment(path, versions) == alignment
        assert validate([corpus]) == ()
        path.unlink()


def test_an_alignment_that_did_not_change_leaves_the_bytes(kept, versions, path):
    before = path.read_bytes()
    write_alignment(kept, versions, path)
    assert path.read_bytes() == before


def test_only_lines_of_links_change(kept, versions, path):
    before = path.read_text("utf-8").split("\n")
    write_alignment(
        replace(kept, links=(*kept.links[:-1], replace(kept.links[-1], moved=True))), versions, path
    )
    after = path.read_text("utf-8").split("\n")
    assert [b for b, a in zip(before, after, strict=True) if a != b] == [
        b for b in before if "closing" in b
    ]


def test_comments_findings_and_foreign_markup_outlive_new_links(kept, versions, corpus, path):
    replaced(path, ("</standOff>", '<x:y xmlns:x="urn:x" a="b"/><?pi pa?></standOff>'))
    write_alignment(split_second(kept), versions, path)
    text = path.read_text("utf-8")
    assert "<!-- the English sentence joins two -->" in text
    assert '<x:y xmlns:x="urn:x" a="b"/><?pi pa?>' in text
    assert "<annotation" in text
    assert read_alignment(path, versions) == split_second(kept)


def test_findings_follow_their_link_to_its_new_id(kept, versions, corpus, path):
    assert 'target="#l3 ' in path.read_text("utf-8")
    write_alignment(split_second(kept), versions, path)
    assert 'target="#l4 ' in path.read_text("utf-8")
    assert validate([corpus]) == ()


def test_findings_let_go_of_a_link_that_is_no_more(kept, versions, corpus, path):
    replaced(path, ("#l3 ", "#l2 "))
    write_alignment(split_second(kept), versions, path)
    assert '<annotation xml:id="f1" motivation="assessing" target="../ru' in path.read_text("utf-8")


def test_a_machine_leaves_the_links_that_a_person_has_checked(kept, versions, corpus, path):
    write_alignment(by_machine(split_second(kept)), versions, path)
    marks = [(e.get("cert"), e.get("resp")) for e in etree.parse(path).iter("{*}link")]
    assert marks == [("high", "#editor")] + [("0.875", "#aligner")] * 2 + [("high", "#editor")] * 3
    read = read_alignment(path, versions)
    assert (read.checked, read.responsible) == (False, "parallel-texts")
    assert validate([corpus]) == ()


def test_a_second_reader_gets_an_entry_of_their_own(kept, versions, corpus, path):
    write_alignment(replace(kept, responsible="B Reader"), versions, path)
    assert read_alignment(path, versions).responsible == "B Reader"
    assert "A Reader" in path.read_text("utf-8")
    assert validate([corpus]) == ()


def test_a_language_without_version_is_an_error(kept, versions):
    with pytest.raises(AlignmentError, match="no version in en"):
        format_alignment(kept, versions[:2])


def test_an_alignment_of_two_languages_becomes_one_of_three(kept, versions, corpus, path):
    path.unlink()
    two = Alignment(
        languages=("ru", "en"),
        passages=kept.passages[1:],
        links=tuple(Link(k.id, ("ru", "en"), k.sides[1:]) for k in kept),
        work="pact-1955",
    )
    write_alignment(two, versions, path)
    assert {p.code for p in validate([corpus])} == {"T804"}
    write_alignment(kept, versions, path)
    assert read_alignment(path, versions) == kept
    assert validate([corpus]) == ()
