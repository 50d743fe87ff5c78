"""Mixed content to text and mentions: white space collapsed, offsets kept."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from parallel_texts.model import Mention
from parallel_texts.tei.parsing import TEI, tei

__all__ = ["CHOICES", "SKIPPED", "SPACES", "flatten", "fragment", "plain_text"]

SKIPPED = frozenset(map(tei, ("note", "fw", "gap")))
"""Elements whose text is no part of the passage."""
SPACES = frozenset(map(tei, ("lb", "pb", "cb", "milestone", "space")))
"""Elements that part words, save where ``@break`` says no."""
CHOICES = ("corr", "reg", "expan", "sic", "orig", "abbr")
"""Reading that counts, the most readable first."""
_REFERENCES = {
    "orgName": "party",
    "persName": "person",
    "placeName": "place",
    "term": "term",
}
_DATE_KEYS = ("when", "from", "to", "notBefore", "notAfter")


def fragment(pointer: str | None) -> str:
    """Return what follows ``#`` in a pointer, or the empty string."""
    return (pointer or "").partition("#")[2]


def plain_text(element: etree._Element | None) -> str:
    """Return the text of an element, white space collapsed."""
    return flatten(element)[0] if element is not None else ""


def flatten(element: etree._Element) -> tuple[str, tuple[Mention, ...]]:
    """Return text and mentions of mixed content, in text order."""
    collector = _Collector()
    collector.walk(element)
    return "".join(collector.out), tuple(
        sorted(collector.mentions, key=lambda m: (m.start, -m.end))
    )


class _Collector:
    """Writes characters one by one and remembers where tagged stretches begin and end."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.mentions: list[Mention] = []
        self._space = False

    def walk(self, element: etree._Element) -> None:
        """Take in an element's text, children and their tails, not its own tail."""
        self._write(element.text)
        for child in _readings(element):
            if isinstance(child.tag, str):
                self._enter(child)
            self._write(child.tail)

    def _enter(self, child: etree._Element) -> None:
        if child.tag in SKIPPED:
            return
        if child.tag in SPACES:
            self._space = self._space or child.get("break") != "no"
            return
        before = len(self.out)
        self.walk(child)
        start = before + (self.out[before : before + 1] == [" "])
        kind, key = _tagged(child)
        if key and len(self.out) > start:
            self.mentions.append(Mention(kind, key, start, len(self.out)))

    def _write(self, text: str | None) -> None:
        for character in text or "":
            if character in " \t\r\n":
                self._space = True
                continue
            if self._space and self.out:
                self.out.append(" ")
            self._space = False
            self.out.append(character)


def _readings(element: etree._Element) -> Iterator[etree._Element]:
    """Yield children; of a ``choice`` only the reading that counts."""
    if element.tag != tei("choice"):
        yield from element
        return
    for name in CHOICES:
        found = element.find(tei(name))
        if found is not None:
            yield found
            return


def _tagged(element: etree._Element) -> tuple[str, str]:
    """Return kind and key of a tagged stretch, the key empty where it has none."""
    name = str(element.tag).removeprefix(TEI)
    if name == "rs":
        return element.get("type", "party"), fragment(element.get("ref"))
    if name in _REFERENCES:
        return _REFERENCES[name], fragment(element.get("ref"))
    if name == "date":
        return "date", next((element.get(k, "") for k in _DATE_KEYS if element.get(k)), "")
    if name == "num":
        return "number", element.get("value", "")
    if name == "measure":
        return "measure", f"{element.get('quantity', '')} {element.get('unit', '')}".strip()
    return "", ""
