"""Losing nothing: trees of any kind survive writing, and unchanged lines keep their hand."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from parallel_texts.errors import ExchangeError
from parallel_texts.tei import PassageEdit, edit_version, read_version
from parallel_texts.tei.parsing import NAMESPACE, parse_bytes
from parallel_texts.tei.serialising import serialise
from tei_samples import RU, copy_of_good

_names = st.sampled_from(["p", "seg", "hi", "note", "x:y", "z"])
_text = st.text(st.sampled_from("аб甲 \n\t.&<>\"'"), max_size=6)
_escaped = _text.map(lambda t: t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
_leaf = st.one_of(
    _escaped,
    st.sampled_from(
        [
            "<!-- a -- b -->".replace(" -- ", " - "),
            "<?pi some='thing'?>",
            "<![CDATA[<b>]]>",
            "&#x2014;",
            "&#10;",
            "\r\n",
        ]
    ),
)
_attributes = st.sampled_from(
    [
        "",
        " n='1'",
        ' n = "1"',
        "\n   n='a\"b'\n  ",
        ' x:q="&#9;t"',
        ' xml:lang="zh-Hans"',
        ' u="é&amp;"',
    ]
)


def _wrap(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inner = st.lists(children, max_size=4).map("".join)
    return st.builds(
        lambda n, a, i: f"<{n}{a}>{i}</{n}>" if i else f"<{n}{a}/>", _names, _attributes, inner
    )


_trees = st.lists(st.recursive(_leaf, _wrap, max_leaves=20), max_size=6).map("".join)
_prologs = st.sampled_from(
    [
        "",
        '<?xml version="1.0"?>\n',
        "<?xml version='1.0' encoding='utf-8' ?>\n\n<!-- top -->\n<?go on?>",
    ]
)
documents = st.builds(
    lambda prolog, inner, tail: (
        f'{prolog}<TEI xmlns="{NAMESPACE}" xmlns:x="urn:x">{inner}</TEI>{tail}'.encode()
    ),
    _prologs,
    _trees,
    st.sampled_from(["", "\n", "\n<!-- end -->\n", "<?end?>"]),
)


def meaning(data: bytes) -> bytes:
    return etree.tostring(parse_bytes(data), method="c14n", with_comments=True)


@given(documents)
@settings(deadline=None)
def test_any_tree_survives_parsing_and_writing(data):
    assert meaning(serialise(parse_bytes(data))) == meaning(data)


@given(documents)
@settings(deadline=None)
def test_writing_twice_gives_the_same_bytes(data):
    once = serialise(parse_bytes(data))
    assert serialise(parse_bytes(once)) == once


@given(documents)
@settings(deadline=None)
def test_what_did_not_change_is_written_byte_for_byte(data):
    assert serialise(parse_bytes(data), data) == data


@given(documents, st.integers(0, 2**16))
@settings(max_examples=200, deadline=None)
def test_a_change_is_written_whatever_the_hand_of_the_file(data, seed):
    tree = parse_bytes(data)
    elements = list(tree.getroot().iter(etree.Element))
    element = random.Random(seed).choice(elements)
    element.set("changed", "yes")
    element.text = "neu\n" + (element.text or "")
    assert meaning(serialise(tree, data)) == etree.tostring(tree, method="c14n", with_comments=True)


def test_only_the_changed_line_changes_in_a_file_of_another_hand():
    lines = [f"<p  n='{n}'\n   >line &#x2014; {n}<![CDATA[ & ]]></p>" for n in range(50)]
    data = f"<TEI xmlns='{NAMESPACE}'>\r\n{chr(10).join(lines)}</TEI>".encode()
    tree = parse_bytes(data)
    tree.getroot()[20].text = "changed"
    after = serialise(tree, data)
    assert after == data.replace(b"line &#x2014; 20<![CDATA[ & ]]>", b"changed")


def _spoil(path, *, seed: int) -> bytes:
    """Put comments, instructions, foreign markup and odd quotes between and into passages."""
    rng = random.Random(seed)
    odd = ["<!-- why -->", "<?review later?>", '<x:m xmlns:x="urn:x" a="1">keep</x:m>', "<lb/>"]
    text = path.read_text("utf-8")
    for place in ("</head>", "</seg>", "</p>", "<body>", "</num>"):
        text = text.replace(place, place + rng.choice(odd))
    text = text.replace('type="article" n="1"', "n='1'\n  type='article' custom='yes'")
    path.write_text(text, "utf-8")
    return path.read_bytes()


def _nodes(data: bytes) -> list[str]:
    """Everything that is no text, in order, sentences aside."""
    tree = parse_bytes(data)
    return [
        f"{node.tag} {sorted(node.attrib.items())}" if isinstance(node.tag, str) else f"{node.text}"
        for node in tree.getroot().iter()
    ]


@pytest.mark.parametrize("seed", range(8))
def test_editing_a_passage_leaves_all_else(seed, tmp_path):
    path = copy_of_good(tmp_path) / "ru" / "pact-1955.xml"
    before = _spoil(path, seed=seed)
    edited = edit_version(path, [PassageEdit("replace", "ru.closing.s1", "Совершено в Чите.")])
    assert edited.data != before
    old, new = before.split(b"\n"), edited.data.split(b"\n")
    assert len(old) == len(new)
    assert all(b"ru.closing.s1" in a for a, b in zip(old, new, strict=True) if a != b)
    gone = [node for node in _nodes(before) if node not in _nodes(edited.data)]
    assert all("date" in node or "persName" in node for node in gone)


@pytest.mark.parametrize("seed", range(4))
def test_an_edit_that_changes_nothing_leaves_the_bytes(seed, tmp_path):
    path = copy_of_good(tmp_path) / "ru" / "pact-1955.xml"
    before = _spoil(path, seed=seed)
    text = {p.id: p.text for p in read_version(path).passages}["ru.pre.s1"]
    assert edit_version(path, [PassageEdit("replace", "ru.pre.s1", text)]).data == before


def test_tags_stay_where_their_words_stay(tmp_path):
    path = copy_of_good(tmp_path) / "ru" / "pact-1955.xml"
    text = "Советская Сторона обязана выделить три самолёта."
    edited = edit_version(path, [PassageEdit("replace", "ru.a1.s2", text)])
    path.write_bytes(edited.data)
    passage = next(p for p in read_version(path).passages if p.id == "ru.a1.s2")
    assert passage.text == text
    assert [(m.kind, passage.text[m.start : m.end]) for m in passage.mentions] == [
        ("party", "Советская Сторона"),
        ("number", "три"),
    ]
    assert edited.lost_markup == ()


def test_inserting_and_removing_passages(tmp_path):
    path = copy_of_good(tmp_path) / "ru" / "pact-1955.xml"
    edits = [
        PassageEdit("insert", "ru.a1.s1", "Новое предложение."),
        PassageEdit("remove", "ru.a2.s1"),
        PassageEdit("insert", "", "Самое первое."),
    ]
    edited = edit_version(path, edits, who="A Translator", what="translation revised")
    path.write_bytes(edited.data)
    ids = [p.id for p in read_version(path).passages]
    assert edited.inserted == ("ru.a1.s3", "ru.pre.s2")
    assert ids == ["ru.pre.s2", "ru.pre.s1", "ru.a1.s1", "ru.a1.s3", "ru.a1.s2", "ru.closing.s1"]
    assert b"translation revised (A Translator)" in edited.data
    assert "<!-- A tiny version for tests: ru. -->" in edited.data.decode()


def test_a_passage_that_is_not_there_is_an_error():
    with pytest.raises(ExchangeError, match=r"ru\.a9\.s1"):
        edit_version(RU, [PassageEdit("remove", "ru.a9.s1")])
