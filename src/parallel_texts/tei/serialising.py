"""A tree back to bytes, so that a file keeps its own hand: only changed lines change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lxml import etree

from parallel_texts.tei.parsing import parse_bytes

__all__ = ["serialise"]


def serialise(tree: etree._ElementTree, original: bytes | None = None) -> bytes:
    """Return the bytes of a tree.

    Quotes, line breaks inside tags, character references and CDATA are lost when XML is parsed.
    Where the file's original bytes are given, lines that mean the same are taken from them.

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
    merged = b"".join(_merge(_lines(before), _lines(data), _lines(original)))
    return merged if _means(merged) == _canonical(tree) else data


def _plain(tree: etree._ElementTree) -> bytes:
    encoding = tree.docinfo.encoding or "UTF-8"
    data = etree.tostring(tree, encoding=encoding, xml_declaration=True)
    assert isinstance(data, bytes)
    return data if data.endswith(b"\n") else data + b"\n"


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def _means(data: bytes) -> bytes | None:
    try:
        return _canonical(parse_bytes(data))
    except etree.LxmlError:
        return None


def _canonical(tree: etree._ElementTree) -> bytes:
    data = etree.tostring(tree, method="c14n", with_comments=True)
    assert isinstance(data, bytes)
    return data


def _merge(
    before: Sequence[bytes], after: Sequence[bytes], original: Sequence[bytes]
) -> Iterator[bytes]:
    """Yield the lines of ``after``; where one was not changed, as ``original`` writes it."""
    old_of = _pairs(before, after)
    chunk_of = {line: chunk for chunk in _chunks(before, original) for line in range(*chunk[:2])}
    number = 0
    while number < len(after):
        chunk = chunk_of.get(old_of.get(number, -1))
        if chunk is not None and _is_whole(chunk, number, old_of):
            yield from original[chunk[2] : chunk[3]]
            number += chunk[1] - chunk[0]
        else:
            yield after[number]
            number += 1


def _pairs(before: Sequence[bytes], after: Sequence[bytes]) -> dict[int, int]:
    """Line number after to line number before, for lines that did not change."""
    return {
        block.b + n: block.a + n
        for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        for n in range(block.size)
    }


_Chunk = tuple[int, int, int, int]
"""Lines ``before[a:b]`` that are ``original[c:d]``."""


def _chunks(before: Sequence[bytes], original: Sequence[bytes]) -> Iterator[_Chunk]:
    """Yield the smallest stretches that answer to each other: lines one to one where they can."""
    matcher = SequenceMatcher(None, before, original, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        if b - a == d - c:
            yield from ((a + n, a + n + 1, c + n, c + n + 1) for n in range(b - a))
        else:
            yield a, b, c, d


def _is_whole(chunk: _Chunk, number: int, old_of: dict[int, int]) -> bool:
    """Tell whether all lines of a chunk follow from ``number``, none changed or put between."""
    return all(old_of.get(number + n) == line for n, line in enumerate(range(*chunk[:2])))
