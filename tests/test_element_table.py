"""The table of elements says what the grammar says, and its examples are valid."""

import copy
import sys

import pytest
from lxml import etree

from paths import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import element_table

NAMESPACE = "http://www.tei-c.org/ns/1.0"
RNG = element_table.RNG


def test_the_page_is_current():
    assert element_table.PAGE.read_text("utf-8") == element_table.page(), "tools/element_table.py"


def test_every_element_has_a_meaning_and_an_example():
    said = element_table.meanings()
    assert said.keys() == element_table.elements().keys()
    assert [name for name, (meaning, example) in said.items() if not (meaning and example)] == []


def test_the_corpus_uses_no_element_and_no_attribute_that_the_table_lacks():
    counts, pairs = element_table.used()
    known = element_table.elements()
    assert counts["seg"] > 500
    assert set(counts) <= set(known)
    assert [pair for pair in pairs if pair[1] not in known[pair[0]].attributes] == []


@pytest.mark.parametrize("name", element_table.meanings())
def test_examples_are_valid(name):
    example = element_table.meanings()[name][1]
    node = etree.fromstring(example.replace(f"<{name}", f'<{name} xmlns="{NAMESPACE}"', 1))
    assert etree.QName(node).localname == name
    if name not in ("TEI", "teiHeader", "text"):  # too long to be shown whole
        schema = _grammar_of(name)
        assert schema.validate(node), schema.error_log
    known = element_table.elements()[name].attributes
    assert {key.replace(element_table.XML, "xml:") for key in node.attrib} <= set(known)


def _grammar_of(name):
    """Return the grammar of one element, wherever it may stand."""
    tree = etree.parse(element_table.GRAMMAR)
    places = [copy.deepcopy(e) for e in tree.iter(f"{RNG}element") if e.get("name") == name]
    start = tree.find(f"{RNG}start")
    start[:] = [etree.Element(f"{RNG}choice")]
    start[0].extend(places)
    return etree.RelaxNG(tree)
