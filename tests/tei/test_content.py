"""Mixed content to text and mentions: against a slow and obvious reference."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from parallel_texts.tei.content import flatten, plain_text
from parallel_texts.tei.parsing import NAMESPACE, TEI

_KEYS = {"orgName": "ref", "persName": "ref", "num": "value", "date": "when", "rs": "ref"}
_texts = st.text(st.sampled_from("аб甲 \n\t,.—"), max_size=8)


def _element(name: str, children: list[object]) -> etree._Element:
    element = etree.Element(TEI + name)
    if name in _KEYS:
        element.set(_KEYS[name], "#x" if _KEYS[name] == "ref" else "1955")
    _fill(element, children)
    return element


def _fill(element: etree._Element, children: list[object]) -> None:
    for child in children:
        if not isinstance(child, str):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + child
        else:
            element.text = (element.text or "") + child


_leaves = st.one_of(
    _texts,
    st.builds(etree.Comment, st.just("c")),
    st.builds(etree.ProcessingInstruction, st.just("p"), st.just("i")),
    st.builds(lambda n: etree.Element(TEI + n), st.sampled_from(["lb", "pb"])),
    st.builds(lambda: etree.Element(TEI + "lb", {"break": "no"})),
)


def _choice(wrong: list[object], right: list[object], names: tuple[str, str]) -> etree._Element:
    element = etree.Element(TEI + "choice")
    element.extend([_element(names[0], wrong), _element(names[1], right)])
    return element


def _nodes(children: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    lists = st.lists(children, max_size=4)
    names = st.sampled_from([*_KEYS, "hi", "note", "foreign"])
    pairs = st.sampled_from([("sic", "corr"), ("abbr", "expan"), ("orig", "reg")])
    foreign = st.builds(lambda: etree.Element("{urn:x}y"))
    return st.one_of(
        st.builds(_element, names, lists), st.builds(_choice, lists, lists, pairs), foreign
    )


segments = st.builds(
    _element, st.just("seg"), st.lists(st.recursive(_leaves, _nodes, max_leaves=12), max_size=6)
)


def _raw(element: etree._Element) -> str:
    """All text that is read, white space as it stands."""
    name = etree.QName(element).localname
    if name == "note":
        return ""
    if name in ("lb", "pb"):
        return "" if element.get("break") == "no" else " "
    if name == "choice":
        return _raw(element[1])
    pieces = [element.text or ""]
    for child in element:
        pieces.append(_raw(child) if isinstance(child.tag, str) else "")
        pieces.append(child.tail or "")
    return "".join(pieces)


def _collapsed(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def _tagged(element: etree._Element) -> list[etree._Element]:
    """Tagged stretches that are read and hold words."""
    if etree.QName(element).localname in ("note", "lb", "pb"):
        return []
    children = [element[1]] if etree.QName(element).localname == "choice" else list(element)
    found = [d for c in children if isinstance(c.tag, str) for d in _tagged(c)]
    own = etree.QName(element).localname in _KEYS and _collapsed(_raw(element))
    return [element, *found] if own else found


@given(segments)
@settings(deadline=None)
def test_text_is_what_the_reference_reads(segment):
    assert flatten(segment)[0] == _collapsed(_raw(segment))


@given(segments)
@settings(deadline=None)
def test_mentions_hold_exactly_the_words_of_their_elements(segment):
    text, mentions = flatten(segment)
    assert sorted(text[m.start : m.end] for m in mentions) == sorted(
        _collapsed(_raw(e)) for e in _tagged(segment)
    )
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(not text[m.start].isspace() and not text[m.end - 1].isspace() for m in mentions)
    assert [(m.start, -m.end) for m in mentions] == sorted((m.start, -m.end) for m in mentions)


def _parse(inner: str) -> etree._Element:
    return etree.fromstring(f'<seg xmlns="{NAMESPACE}">{inner}</seg>')


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("a<lb/>b", "a b"),
        ('a<lb break="no"/>b', "ab"),
        ("a <lb/> b", "a b"),
        ("中<lb break='no'/>方", "中方"),
        ("  a\n   b  ", "a b"),
        ("a<note>n</note>b", "ab"),
        ("a <choice><sic>x</sic><corr>y</corr></choice> b", "a y b"),
        ("<choice>\n <abbr>СССР</abbr>\n <expan>Союз</expan>\n</choice>", "Союз"),
        ("第一条　总则", "第一条　总则"),
        ("a<!-- c -->b<?p i?>c", "abc"),
    ],
)
def test_readings(inner, text):
    assert plain_text(_parse(inner)) == text


def test_keys_of_mentions():
    _, mentions = flatten(
        _parse(
            '<orgName ref="../corpus.xml#cn">C</orgName> <num value="3">t</num> '
            '<measure quantity="70" unit="percent">p</measure> <date from="1955" to="1956">d</date> '
            '<rs type="party" ref="#su">s</rs> <placeName ref="#p">P</placeName> <orgName>no key</orgName>'
        )
    )
    assert [(m.kind, m.key) for m in mentions] == [
        ("party", "cn"),
        ("number", "3"),
        ("measure", "70 percent"),
        ("date", "1955"),
        ("party", "su"),
        ("place", "p"),
    ]
