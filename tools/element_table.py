"""Write the table of TEI elements in docs/encoding.md.

Run ``python tools/element_table.py`` after the grammar, the corpus or ``elements.tsv`` has changed;
``--check`` writes nothing and exits 1 where the page is out of date. Where an element stands and
which attributes it has comes from the grammar; how often it is used, from the shipped corpus; what
it means and an example, from ``elements.tsv`` beside this file.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
GRAMMAR = ROOT / "src" / "parallel_texts" / "tei" / "parallel-texts.rng"
CORPUS = ROOT / "corpora"
WORDS = ROOT / "tools" / "elements.tsv"
PAGE = ROOT / "docs" / "encoding.md"
START, END = "<!-- elements -->", "<!-- end of elements -->"

RNG = "{http://relaxng.org/ns/structure/1.0}"
_ANY = "..."
"""Stands among the values of an attribute that may have any."""
XML = "{http://www.w3.org/XML/1998/namespace}"


@dataclass
class Element:
    """What the grammar says of an element, wherever it stands."""

    parents: set[str] = field(default_factory=set)
    attributes: dict[str, set[str]] = field(default_factory=dict)


def elements() -> dict[str, Element]:
    """Return the elements of the grammar by name; attributes with the values that are listed."""
    root = etree.parse(GRAMMAR).getroot()
    defines = {d.get("name"): d for d in root.iter(f"{RNG}define")}
    found: dict[str, Element] = {}
    _collect(root.find(f"{RNG}start"), "", defines, found, set())
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def _collect(
    node: etree._Element,
    parent: str,
    defines: dict[str, etree._Element],
    found: dict[str, Element],
    seen: set[tuple[str, str]],
) -> None:
    for child in node.iterchildren(etree.Element):
        name = child.get("name") or ""
        if child.tag == f"{RNG}ref":
            if (parent, name) not in seen:
                seen.add((parent, name))
                _collect(defines[name], parent, defines, found, seen)
        elif child.tag == f"{RNG}element":
            found.setdefault(name, Element()).parents.add(parent)
            _collect(child, name, defines, found, seen)
        elif child.tag == f"{RNG}attribute":
            values = set(_values(child, defines)) or {_ANY}
            found[parent].attributes.setdefault(name, set()).update(values)
        else:
            _collect(child, parent, defines, found, seen)


def _values(node: etree._Element, defines: dict[str, etree._Element]) -> Iterator[str]:
    """Yield the values an attribute may have, and dots where it may have others."""
    for child in node.iter(f"{RNG}value", f"{RNG}data", f"{RNG}ref"):
        if child.tag == f"{RNG}ref":
            yield from _values(defines[child.get("name")], defines)
        else:
            yield (child.text or "") if child.tag == f"{RNG}value" else _ANY


def used() -> tuple[Counter[str], set[tuple[str, str]]]:
    """Return how often the corpus has each element, and which attributes each has there."""
    counts: Counter[str] = Counter()
    pairs: set[tuple[str, str]] = set()
    for path in sorted(CORPUS.rglob("*.xml")):
        for node in etree.parse(path).getroot().iter(etree.Element):
            name = etree.QName(node).localname
            counts[name] += 1
            pairs |= {(name, key.replace(XML, "xml:")) for key in node.attrib}
    return counts, pairs


def meanings() -> dict[str, tuple[str, str]]:
    """Return meaning and example per element."""
    lines = WORDS.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: (meaning, example) for name, meaning, example in rows}


def table() -> str:
    """Return the table in Markdown."""
    counts, _ = used()
    said = meanings()
    known = elements()
    heads = ("element", "in", "attributes", "meaning", "example", "in the corpus")
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for name, element in known.items():
        meaning, example = said.get(name, ("", ""))
        where = _places(element.parents, known["gap"].parents)
        cells = (f"`{name}`", where, _attributes(element), meaning, f"`{example}`")
        lines.append("| " + " | ".join((*cells, f"{counts[name]:,}")) + " |")
    return "\n".join(lines)


def _places(parents: set[str], inline: set[str]) -> str:
    """Return where an element stands; *running text* is wherever ``gap`` may."""
    is_inline = parents >= inline
    others = sorted(parents - inline if is_inline else parents, key=str.lower)
    names = [f"`{parent}`" for parent in others if parent]
    return ", ".join((["*running text*"] if is_inline else []) + names) or "the root"


def _attributes(element: Element) -> str:
    return ", ".join(
        _attribute(name, element.attributes[name]) for name in sorted(element.attributes)
    )


def _attribute(name: str, values: set[str]) -> str:
    listed = " / ".join(sorted(values, key=lambda value: (value == _ANY, value)))
    return f"`@{name}`" if values == {_ANY} else f"`@{name}` ({listed})"


def page() -> str:
    """Return docs/encoding.md with the table anew."""
    made = f"{START}\n\n{table()}\n\n{END}"
    return re.sub(f"{START}.*?{END}", lambda _: made, PAGE.read_text("utf-8"), flags=re.DOTALL)


def main() -> None:
    """Write the page, or check it."""
    if "--check" in sys.argv[1:]:
        sys.exit(PAGE.read_text("utf-8") != page())
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
