"""A tiny corpus for tests: a pact in three languages, its header and its alignment."""

from __future__ import annotations

import random
import shutil
from copy import deepcopy
from pathlib import Path

from lxml import etree

GOOD = Path(__file__).parent / "validation" / "good"
RU = GOOD / "ru" / "pact-1955.xml"


def copy_of_good(folder: Path) -> Path:
    """Return a copy of the good corpus that a test may spoil."""
    return Path(shutil.copytree(GOOD, folder / "corpora"))


def replaced(path: Path, *pairs: tuple[str, str]) -> Path:
    """Replace words in a file; each must be there."""
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return path


def spoil(root: etree._Element, rng: random.Random) -> None:
    """Remove, repeat, move, swap or rename one element, or remove or change one attribute."""
    element = rng.choice([e for e in root.iter(etree.Element) if e is not root])
    parent = element.getparent()
    assert parent is not None
    rng.choice([_remove, _repeat, _swap, _rename, _unname, _bare, _move, _revalue])(
        element, parent, rng
    )


def _remove(element, parent, rng):
    parent.remove(element)


def _repeat(element, parent, rng):
    copy = deepcopy(element)
    for one in copy.iter(etree.Element):
        one.attrib.pop("{http://www.w3.org/XML/1998/namespace}id", None)
    element.addnext(copy)


def _swap(element, parent, rng):
    parent.insert(0, element)


def _rename(element, parent, rng):
    names = {e.tag for e in element.getroottree().iter(etree.Element)}
    element.tag = rng.choice(sorted(names))


def _unname(element, parent, rng):
    if element.attrib:
        del element.attrib[rng.choice(sorted(element.attrib))]


def _bare(element, parent, rng):
    element[:] = []
    element.text = None


def _move(element, parent, rng):
    places = [
        e for e in element.getroottree().iter(etree.Element) if element not in e.iterancestors()
    ]
    place = rng.choice(places)
    if place is not element:
        place.append(element)


def _revalue(element, parent, rng):
    if element.attrib:
        values = ["", "x", "two words", "1955", "#x", "high", "0.5", "-1", "x y#z"]
        element.set(rng.choice(sorted(element.attrib)), rng.choice(values))
