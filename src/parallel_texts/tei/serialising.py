"""A tree back to bytes, so that a file keeps its own hand: only what was changed changes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lxml import etree

from parallel_texts.tei.parsing import parse_bytes

__all__ = ["serialise"]


def serialise(tree: etree._ElementTree, original: bytes | None = None) -> bytes:
    """Return the bytes of a tree.

    Quotes, line breaks inside tags, character references and CDATA are lost when XML is parsed.
    Where the file's original bytes are given, what did not change is taken from them.

    Args:
        tree: What to write.
        original: The bytes that the tree was read from before it was changed.
    """
    data = _plain(tree)
    if original is None:
        return data
    before = _plain(parse_bytes(original))
    if data == before:
        return original
    if before == original:
        return data
    merged = b"".join(_merge(before, data, original))
    return merged if _means(merged) == _canonical(tree) else data


def _plain(tree: etree._ElementTree) -> bytes:
    encoding = tree.docinfo.encoding or "UTF-8"
    data = etree.tostring(tree, encoding=encoding, xml_declaration=True)
    assert isinstance(data, bytes)
    return data if data.endswith(b"\n") else data + b"\n"


def _means(data: bytes) -> bytes | None:
    try:
        return _canonical(parse_bytes(data))
    except etree.LxmlError:
        return None


def _canonical(tree: etree._ElementTree) -> bytes:
    data = etree.tostring(tree, method="c14n", with_comments=True)
    assert isinstance(data, bytes)
    return data


def _merge(before: bytes, after: bytes, original: bytes) -> Iterator[bytes]:
    """Yield ``after`` in pieces; what it shares with ``before`` as ``original`` writes it."""
    marks = _marks(before, original)
    at = 0
    for start, end, place in _shared(before, after):
        yield after[at:place]
        yield from _original(before, original, marks, start, end)
        at = place + end - start
    yield after[at:]


_Mark = tuple[int, int]
"""An offset in the plain bytes and the offset in the original that is the same place."""


def _original(
    before: bytes, original: bytes, marks: Sequence[_Mark], start: int, end: int
) -> Iterator[bytes]:
    """Yield ``before[start:end]`` from the original, as far as marks reach."""
    first = bisect_left(marks, (start, 0))
    last = bisect_right(marks, (end, len(original))) - 1
    if first >= last:
        yield before[start:end]
        return
    yield before[start : marks[first][0]]
    yield original[marks[first][1] : marks[last][1]]
    yield before[marks[last][0] : end]


_MARKUP = re.compile(
    rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL
)
_NAME = re.compile(rb"</?[^\s/>]+|<[?!]")


def _marks(before: bytes, original: bytes) -> list[_Mark]:
    """Return the places that are the same in both: where tags begin and end, and lines in texts."""
    ours, theirs = _tags(before), _tags(original)
    names = [
        [_NAME.match(data[s:e]) for s, e in tags]
        for data, tags in ((before, ours), (original, theirs))
    ]
    if [m and m[0] for m in names[0]] != [m and m[0] for m in names[1]] or not ours:
        return []
    marks = [(0, 0)]
    for (start, end), (first, last) in zip(ours, theirs, strict=True):
        marks += _line_marks(before, original, marks[-1], (start, first))
        marks += [(start, first), (end, last)]
    return sorted({*marks, (len(before), len(original))})


def _tags(data: bytes) -> list[tuple[int, int]]:
    """Return where markup stands; a tag that ends at once is one with its end."""
    found = [
        m.span()
        for m in _MARKUP.finditer(data)
        if not data.startswith((b"<![", b"<?xml "), m.start())
    ]
    merged: list[tuple[int, int]] = []
    for start, end in found:
        closes = data.startswith(b"</", start) and merged and merged[-1][1] == start
        if (
            closes
            and not data.startswith((b"</", b"<!", b"<?"), merged[-1][0])
            and not data.endswith(b"/>", 0, start)
        ):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _line_marks(before: bytes, original: bytes, since: _Mark, until: _Mark) -> Iterator[_Mark]:
    """Yield the line ends of a text, where both write it with the same number of lines."""
    ours = [m.end() for m in re.finditer(rb"\n", before[since[0] : until[0]])]
    theirs = [m.end() for m in re.finditer(rb"\n", original[since[1] : until[1]])]
    if len(ours) == len(theirs):
        yield from ((since[0] + a, since[1] + b) for a, b in zip(ours, theirs, strict=True))


def _shared(before: bytes, after: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield start and end of what did not change and where it stands in ``after``."""
    ours, theirs = before.splitlines(keepends=True), after.splitlines(keepends=True)
    here, there = _offsets(ours), _offsets(theirs)
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            yield here[a], here[b], there[c]
        elif tag == "replace":
            yield from _shared_ends(before, after, (here[a], here[b]), (there[c], there[d]))


def _offsets(lines: Sequence[bytes]) -> list[int]:
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    return offsets


def _shared_ends(
    before: bytes, after: bytes, old: tuple[int, int], new: tuple[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Yield what changed lines begin and end with alike."""
    one, other = before[old[0] : old[1]], after[new[0] : new[1]]
    head = _alike(one, other)
    tail = _alike(one[head:][::-1], other[head:][::-1])
    if head:
        yield old[0], old[0] + head, new[0]
    if tail:
        yield old[1] - tail, old[1], new[1] - tail


def _alike(one: bytes, other: bytes) -> int:
    """Return how many bytes two lines begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
