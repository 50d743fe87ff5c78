"""Whatever the edit: the text is the one asked for, tags stay on their own words or are reported."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from parallel_texts.tei import PassageEdit, edit_version, read_version_bytes
from parallel_texts.tei.remarks import Remark, latest_status, read_remarks

PAGE = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader/><text xml:lang="en">
<body><div type="article" n="1" xml:id="en.a1"><p>{segments}</p></div></body></text></TEI>"""
WORD = st.sampled_from(["the", "Party", "shall", "1955", "Chita", "a", "notify", "双方", "«да»"])
WORDS = st.lists(WORD, min_size=1, max_size=6)


@st.composite
def segments(draw):
    """A passage with some words tagged, some of them nested."""
    parts = []
    for word in draw(WORDS):
        kind = draw(st.sampled_from(["", "", "orgName", "date", "nested", "lb"]))
        if kind == "nested":
            parts.append(f"<rs><orgName>{word}</orgName> x</rs>")
        elif kind == "lb":
            parts.append(f"{word}<note>n</note>")
        else:
            parts.append(f"<{kind}>{word}</{kind}>" if kind else word)
    return " ".join(parts)


def _edit(contents, edits, **options):
    body = " ".join(
        f'<seg type="sentence" xml:id="en.a1.s{n}">{content}</seg>'
        for n, content in enumerate(contents, start=1)
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xml"
        path.write_text(PAGE.format(segments=body), "utf-8")
        edited = edit_version(path, edits, **options)
        path.write_bytes(edited.data)
        return edited, read_version_bytes(edited.data, path), read_remarks(path)


def _tags(data):
    names = (str(e.tag).split("}")[1] for e in etree.fromstring(data).iter("{*}*"))
    return sorted(n for n in names if n in ("orgName", "date", "rs", "note"))


@given(segments(), WORDS)
@settings(deadline=None)
def test_a_replaced_text_is_the_one_asked_for(content, words):
    text = " ".join(words)
    _, version, _ = _edit([content], [PassageEdit("replace", "en.a1.s1", text)])
    assert [p.text for p in version.passages] == [text]


@given(segments(), st.data())
@settings(deadline=None)
def test_a_split_keeps_every_tag_that_lies_on_one_side(content, data):
    unchanged, version, _ = _edit([content], [])
    words = version.passages[0].text.split(" ")
    cut = data.draw(st.integers(1, len(words)))
    first, second = " ".join(words[:cut]), " ".join(words[cut:])
    edits = [PassageEdit("replace", "en.a1.s1", first, "l1")]
    if second:
        edits.append(PassageEdit("insert", "en.a1.s1", second, "l1"))
    edited, after, _ = _edit([content], edits)
    assert [p.text for p in after.passages] == [first, *([second] if second else [])]
    lost = set(_tags(unchanged.data)) - set(_tags(edited.data))
    assert bool(edited.lost_markup) or not lost
    if "<rs>" not in content:
        assert _tags(edited.data) == _tags(unchanged.data)
        assert edited.lost_markup == ()


def test_a_split_between_repeated_words_keeps_a_tag_for_each():
    repeated = "the <orgName>the</orgName> <orgName>the</orgName>"
    edits = [
        PassageEdit("replace", "en.a1.s1", "the"),
        PassageEdit("insert", "en.a1.s1", "the the"),
    ]
    edited, _, _ = _edit([repeated], edits)
    assert edited.lost_markup == ()
    assert _tags(edited.data) == ["orgName", "orgName"]


@given(segments(), segments())
@settings(deadline=None)
def test_a_merge_keeps_every_tag(one, two):
    unchanged, version, _ = _edit([one, two], [])
    text = " ".join(p.text for p in version.passages)
    edited, after, _ = _edit(
        [one, two],
        [
            PassageEdit("replace", "en.a1.s1", text, "l1"),
            PassageEdit("remove", "en.a1.s2", "", "l1"),
        ],
    )
    assert [p.text for p in after.passages] == [text]
    assert _tags(edited.data) == _tags(unchanged.data)
    assert edited.lost_markup == ()


def test_a_lost_tag_is_reported():
    edited, _, _ = _edit(
        ["<orgName>China</orgName> agrees."], [PassageEdit("replace", "en.a1.s1", "It agrees.")]
    )
    assert edited.lost_markup == ("en.a1.s1",)


def test_insertions_before_and_after():
    edits = [
        PassageEdit("insert-before", "en.a1.s1", "Zero."),
        PassageEdit("insert", "en.a1.s1", "Two."),
    ]
    edited, version, _ = _edit(["One."], edits)
    assert [p.text for p in version.passages] == ["Zero.", "One.", "Two."]
    assert edited.inserted == ("en.a1.s2", "en.a1.s3")


def test_remarks_are_read_back_newest_first():
    remarks = [Remark(("en.a1.s1",), "why <so>?", "draft"), Remark(("en.a1.s1",), "", "approved")]
    _, _, read = _edit(["One."], [], remarks=remarks)
    assert read == tuple(remarks)
    assert latest_status(read, ["en.a1.s1"]) == "draft"
