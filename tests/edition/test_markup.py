from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.edition.markup import Span, mark_up, shown
from parallel_texts.model import Mention, Passage


def passage(text: str, *mentions: Mention) -> Passage:
    return Passage("en.a1.s1", text, "en", mentions=mentions)


def entry(mention: Mention) -> str:
    return f"e.{mention.key}"


def test_names_link_to_their_entry_and_numbers_do_not():
    text = passage(
        "China pays 70 percent", Mention("party", "cn", 0, 5), Mention("number", "70", 11, 13)
    )
    assert mark_up(text, (), entry) == (
        '<a class="m party" data-k="cn" href="#e.cn">China</a> pays '
        '<span class="m number" data-k="70">70</span> percent'
    )


def test_evidence_that_starts_inside_a_name_is_marked_in_both_parts():
    text = passage("Soviet aircraft land", Mention("party", "su", 0, 15))
    found = mark_up(text, [Span(7, 20, 3, "party")], entry)
    assert found == (
        '<a class="m party" data-k="su" href="#e.su">Soviet '
        '<mark class="party" data-f="3">aircraft</mark></a>'
        '<mark class="party" data-f="3"> land</mark><a class="ref" href="#f3">3</a>'
    )


def test_overlapping_evidence_names_every_finding():
    found = mark_up(passage("abcdef"), [Span(0, 4, 1, "version"), Span(2, 6, 2, "party")], entry)
    assert '<mark class="party version" data-f="1 2">cd</mark>' in found


def test_evidence_of_a_whole_passage_is_marked_lightly():
    assert 'class="version whole"' in mark_up(
        passage("abc"), [Span(0, 3, 1, "version", True)], entry
    )


def test_controls_are_written_out_and_letters_are_not():
    assert shown("\u202eabc\x00") == "⟨U+202E⟩abc⟨U+0000⟩"
    assert shown("Ünïcödé 中文 й") == "Ünïcödé 中文 й"


offsets = st.integers(-5, 60)


@given(
    st.text(max_size=50),
    st.lists(st.tuples(offsets, offsets, st.integers(1, 9)), max_size=4),
    st.lists(st.tuples(offsets, offsets, st.sampled_from(["party", "number"])), max_size=4),
)
def test_text_survives_any_mixture_of_names_and_evidence(text, spans, mentions):
    """Whatever the offsets, the reader sees exactly the text, and tags nest."""
    where = passage(text, *(Mention(kind, "k", start, end) for start, end, kind in mentions))
    found = mark_up(where, [Span(start, end, n, "version") for start, end, n in spans], entry)
    plain = re.sub(r'<a class="ref"[^>]*>\d+</a>', "", found)
    assert html.unescape(re.sub(r"<[^>]*>", "", plain)) == shown(text)
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", found)
