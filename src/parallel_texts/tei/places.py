"""Where each character of a passage's text stands in the source of its element."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from parallel_texts.errors import ParallelTextsError
from parallel_texts.tei.content import CHOICES, SKIPPED, SPACES
from parallel_texts.tei.parsing import tei
from parallel_texts.tei.patches import attribute, unescaped

__all__ = ["Places", "SegmentError", "places"]


class SegmentError(ParallelTextsError):
    """A passage cannot be changed there without breaking what is tagged in it."""


_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?.*?\?>"
    r"|</(?P<close>[^\s>]+)\s*>"
    r"|<(?P<open>[^\s/>]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/?)>"
    r"|(?P<reference>&#?\w+;)|(?P<character>.)",
    re.DOTALL,
)


@dataclass(slots=True)
class _Node:
    """An element: its name, whether it joins the words around it, what is in it, in order."""

    name: str
    joins: bool = False
    inside: list[_Node | tuple[int, int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Places:
    """The text of a passage and where its characters stand.

    Attributes:
        text: White space collapsed, as the model has it.
        spans: Start and end in the source of each character.
        start: Where the content of the element begins in the source.
        end: Where it ends.
        depths: Number of open elements at each offset of the source, the passage's own left out.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    start: int
    end: int
    depths: tuple[int, ...]

    def between(self, offset: int) -> int:
        """Return the place in the source before a character of the text, outside of tags.

        Where several will do, it is the one in fewest elements, the first of these.

        Raises:
            SegmentError: There is none: the text is in a CDATA section.
        """
        first = self.spans[offset - 1][1] if offset else self.start
        last = self.spans[offset][0] if offset < len(self.spans) else self.end
        outside = [p for p in range(first, last + 1) if self.depths[p] >= 0]
        if not outside:
            raise SegmentError("in a CDATA section: edit the file itself")
        return min(outside, key=lambda place: (self.depths[place], place))


def places(source: str) -> Places:
    """Return where the characters of a ``seg`` stand in its source."""
    root = _Node("")
    stack = [root]
    depths = [-1] * (len(source) + 1)
    start, end = 0, len(source)
    for token in _TOKEN.finditer(source):
        depth = len(stack) - 2
        depths[token.start()] = max(depth, -1)
        if token["open"]:
            name = tei(token["open"].rpartition(":")[2])
            node = _Node(name, name in SPACES and attribute(token[0], "break") == "no")
            stack[-1].inside.append(node)
            if not token["empty"]:
                stack.append(node)
                start = start or token.end()
        elif token["close"]:
            stack.pop()
            end = token.start()
        elif token["cdata"] is not None:
            first = token.start("cdata")
            stack[-1].inside += [
                (first + n, first + n + 1, c) for n, c in enumerate(token["cdata"])
            ]
        elif token["reference"] or token["character"]:
            character = token["character"] or unescaped(token["reference"])
            stack[-1].inside.append((token.start(), token.end(), character))
    writer = _Writer()
    segment = root.inside[0]
    assert isinstance(segment, _Node)
    writer.walk(segment)
    return Places("".join(writer.out), tuple(writer.spans), start, end, tuple(depths))


class _Writer:
    """Collapses white space as reading does, and remembers where each character came from."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self._space: tuple[int, int] | None = None

    def walk(self, node: _Node) -> None:
        for item in _readings(node):
            if isinstance(item, _Node):
                self._enter(item)
            else:
                self._write(*item)

    def _enter(self, node: _Node) -> None:
        if node.name in SPACES:
            self._space = self._space or (None if node.joins else (-1, -1))
        elif node.name not in SKIPPED:
            self.walk(node)

    def _write(self, start: int, end: int, character: str) -> None:
        if character in " \t\r\n":
            known = self._space if self._space and self._space[0] >= 0 else None
            if known is None or known[1] == start:
                self._space = (known[0] if known else start, end)
            return
        if self._space and self.out:
            first, last = self._space
            self.out.append(" ")
            self.spans.append((first, last) if first >= 0 else (start, start))
        self._space = None
        self.out.append(character)
        self.spans.append((start, end))


def _readings(node: _Node) -> Iterator[_Node | tuple[int, int, str]]:
    """Yield what is in an element; of a ``choice`` only the reading that counts."""
    if node.name != tei("choice"):
        yield from node.inside
        return
    children = [item for item in node.inside if isinstance(item, _Node)]
    names = [child.name for child in children]
    chosen = next((n for name in CHOICES if (n := tei(name)) in names), None)
    if chosen is None:
        return
    child = children[names.index(chosen)]
    at = next(n for n, item in enumerate(node.inside) if item is child)
    yield child
    yield from itertools.takewhile(lambda item: not isinstance(item, _Node), node.inside[at + 1 :])
