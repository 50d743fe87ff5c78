"""Plain text to divisions and passages: what a user's ``.txt`` file holds.

Page numbers, running heads and hard line ends of copied or scanned text are mended first, each by
one small function; then headings divide the text and sentences become passages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from parallel_texts.files import read_text
from parallel_texts.languages.ordinals import article_number
from parallel_texts.languages.tables import read_table
from parallel_texts.model import Division, Passage
from parallel_texts.segmentation import segment

__all__ = ["as_section", "divide", "read_lines", "read_plain"]

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:Page|стр\.|С\.|第)?\s*\d{1,4}\s*(?:页)?(?:\s*[-–—])?\s*"
)
_FINAL = re.compile(r"[.!?…。！？;；:：][\"”’»」』)）]*\s*$")
_HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
_TITLE_CHARACTERS = 160
"""A first paragraph without a final mark and no longer than this is the title."""

_PARAGRAPH = "paragraph"
"""Type of the patterns that count only in a text without headings."""

_Block = tuple[int, str]
"""First line's number and the text of a paragraph."""


def read_plain(path: Path, lang: str, *, lines: bool = False) -> tuple[Division, ...]:
    """Read a text file as divisions with passages.

    Args:
        path: UTF-8 text.
        lang: Primary language subtag.
        lines: True where each line is a passage; empty lines are passages too, so that passage
            numbers are line numbers less one.

    Raises:
        ParseError: The file cannot be read; see :func:`parallel_texts.files.read_text`.
    """
    text = read_text(path)
    return (read_lines(text, lang),) if lines else divide(text, lang)


def read_lines(text: str, lang: str) -> Division:
    """Return one division whose passages are the lines of ``text``."""
    passages = tuple(
        Passage(id=f"{lang}.{number}", text=line.strip(), lang=lang, line=number)
        for number, line in enumerate(_lines(text), start=1)
    )
    return Division(id="", type="section", n="", head="", passages=passages)


def _lines(text: str) -> list[str]:
    """Split at ``\\n`` alone: other separators stand inside lines, as other tools count them."""
    return text.removesuffix("\n").split("\n") if text else []


def divide(text: str, lang: str) -> tuple[Division, ...]:
    """Divide running text at its headings and split it into sentences.

    What stands before the first heading is the preamble. Without any heading, paragraphs that
    count 1, 2, 3 are articles, and otherwise the text is one section.
    """
    blocks = list(_blocks(_without_page_furniture(_lines(text)), lang))
    builder = Builder(lang, numbered=_counts_paragraphs([block for _, block in blocks], lang))
    for line, block in blocks:
        builder.add(block, line)
    return builder.finish()


def _counts_paragraphs(blocks: Sequence[str], lang: str) -> bool:
    """Tell whether a text without article headings numbers its paragraphs from 1 on."""
    kinds = {heading[0] for block in blocks if (heading := read_heading(block, lang))}
    numbers = [found[1] for block in blocks if (found := _numbered_paragraph(block, lang))]
    counted = numbers == [str(n) for n in range(1, len(numbers) + 1)]
    return len(numbers) > 1 and counted and not kinds & {"article", "section"}


def _without_page_furniture(lines: Sequence[str]) -> list[str | None]:
    """Replace page numbers and running heads by ``None``: neither text nor paragraph end."""
    heads = _running_heads(lines)
    return [
        None if _is_page_number(lines, i) or _bare(line) in heads else line
        for i, line in enumerate(lines)
    ]


def _is_page_number(lines: Sequence[str], i: int) -> bool:
    return bool(lines[i].strip() and _PAGE_NUMBER.fullmatch(lines[i]))


def _bare(line: str) -> str:
    """Return a line without the numbers that change from page to page."""
    return re.sub(r"[\d\W_]+", " ", line).strip().casefold()


def _running_heads(lines: Sequence[str]) -> set[str]:
    """Lines on their own that come back three times or more, no sentence and no heading."""
    at_edge = [line for i, line in enumerate(lines) if _stands_alone(lines, i)]
    counts = Counter(_bare(line) for line in at_edge if 3 < len(line.strip()) <= 80)
    seen = {_bare(line): line for line in at_edge}
    return {
        bare
        for bare, count in counts.items()
        if bare and count >= 3 and not _FINAL.search(seen[bare]) and not _any_heading(seen[bare])
    }


def _stands_alone(lines: Sequence[str], i: int) -> bool:
    """Tell whether empty lines, page numbers or the text's ends are around line ``i``."""
    before = i == 0 or not lines[i - 1].strip() or _is_page_number(lines, i - 1)
    after = i + 1 == len(lines) or not lines[i + 1].strip() or _is_page_number(lines, i + 1)
    after_number = i > 0 and _is_page_number(lines, i - 1)
    return bool(lines[i].strip()) and before and (after or after_number)


def _blocks(lines: Sequence[str | None], lang: str) -> Iterator[_Block]:
    """Yield paragraphs: at empty lines and headings, and where a line does not run on."""
    wrapped = _is_wrapped([line for line in lines if line is not None])
    block: list[str] = []
    first = 0
    for number, line in enumerate(lines, start=1):
        if line is None:
            continue
        ends = not wrapped or _begins_anew(line, block, lang)
        if block and (ends or _indented(line)):
            yield first, _join(block, lang)
            block = []
        if line.strip():
            first = first if block else number
            block.append(line.strip())
            if read_heading(line, lang) and not _FINAL.search(line):
                yield first, block.pop()
    if block:
        yield first, _join(block, lang)


def _begins_anew(line: str, block: Sequence[str], lang: str) -> bool:
    """Tell whether a line of wrapped text cannot go on with the paragraph before it."""
    if not line.strip() or read_heading(line, lang) is not None:
        return True
    is_numbered = _numbered_paragraph(line, lang) is not None
    return is_numbered and bool(block) and bool(_FINAL.search(block[-1]))


def _indented(line: str) -> bool:
    return line.startswith(("\t", "　　", "    "))


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether lines were cut at a margin: most long ones end without a final mark."""
    text = [line.rstrip() for line in lines if line.strip()]
    longest = max((len(line) for line in text), default=0)
    full = [line for line in text if len(line) > 0.7 * longest]
    return longest <= 120 and sum(not _FINAL.search(line) for line in full) > len(full) / 2


def _join(block: Sequence[str], lang: str) -> str:
    text = block[0]
    for line in block[1:]:
        if _HYPHEN.search(text) and line[:1].islower():
            text = text[:-1] + line
        else:
            text += ("" if lang == "zh" else " ") + line
    return text


@cache
def _patterns(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["type"], re.compile(row["pattern"]))
        for row in read_table("headings")
        if row["lang"] == lang
    )


def read_heading(line: str, lang: str) -> tuple[str, str, str] | None:
    """Return type, number and what follows it, where ``line`` opens a division."""
    return _read_opening(line, [row for row in _patterns(lang) if row[0] != _PARAGRAPH])


def _numbered_paragraph(block: str, lang: str) -> tuple[str, str, str] | None:
    """Return ``article``, number and text of a paragraph that begins with its number."""
    found = _read_opening(block, [row for row in _patterns(lang) if row[0] == _PARAGRAPH])
    return ("article", *found[1:]) if found else None


def _read_opening(
    line: str, patterns: Sequence[tuple[str, re.Pattern[str]]]
) -> tuple[str, str, str] | None:
    text = line.strip().strip("#*_ ")
    for kind, pattern in patterns:
        found = pattern.match(text)
        if found and (not found["n"] or article_number(found["n"]) is not None):
            number = article_number(found["n"])
            return kind, "" if number is None else str(number), found["rest"].strip()
    return None


def _any_heading(line: str) -> bool:
    return any(read_heading(line, lang) for lang in ("zh", "ru", "en"))


def as_section(division: Division, lang: str) -> Division:
    """Return the only division of a text as section ``s1``, passages numbered anew."""
    passages = tuple(
        replace(passage, id=f"{lang}.s1.s{number}", division="s1")
        for number, passage in enumerate(division.passages, start=1)
    )
    return Division("s1", "section", "1", division.head, passages)


class Builder:
    """Collects blocks into divisions; ids are ``a3``, ``s2``, ``pre`` and ``closing``."""

    def __init__(self, lang: str, *, numbered: bool = False) -> None:
        self._lang = lang
        self._numbered = numbered
        self._done: list[Division] = []
        self._open = ("preamble", "", "")
        self._passages: list[Passage] = []
        self._paragraph = 0

    def add(self, block: str, line: int) -> None:
        """Take in one paragraph, which may be a heading."""
        heading = read_heading(block, self._lang)
        if heading is None and self._numbered:
            heading = _numbered_paragraph(block, self._lang)
        if heading is None or (heading[0] == "closing" and self._open[0] == "closing"):
            self._add_sentences(block, line)
            return
        kind, number, rest = heading
        is_text = kind == "closing" or self._is_text(rest)
        self.open(kind, number, "" if is_text else block)
        if is_text:
            self._add_sentences(rest, line)

    def _is_text(self, rest: str) -> bool:
        """Tell whether what follows a number is text, not a title."""
        return bool(_FINAL.search(rest)) or len(rest) > _TITLE_CHARACTERS or self._numbered

    def open(self, kind: str, number: str, head: str) -> None:
        """Begin a division."""
        self._close()
        self._open = (kind, number, head)

    def add_paragraph(self, sentences: Sequence[str], *, segmented: bool = True) -> None:
        """Take in a paragraph whose sentences are known, or are still to be found."""
        if segmented:
            self._add_passages(sentences, None)
        else:
            self._add_sentences(" ".join(sentences), None)

    def _add_sentences(self, block: str, line: int | None) -> None:
        self._add_passages([s.text for s in segment(block, self._lang)], line)

    def _add_passages(self, sentences: Sequence[str], line: int | None) -> None:
        key = self._key()
        for sentence in sentences:
            number = len(self._passages) + 1
            self._passages.append(
                Passage(
                    id=f"{self._lang}.{key}.s{number}",
                    text=" ".join(sentence.split()),
                    lang=self._lang,
                    division=key,
                    paragraph=self._paragraph,
                    line=line,
                )
            )
        self._paragraph += 1

    def _key(self) -> str:
        kind, number, _ = self._open
        stem = {"preamble": "pre", "article": "a", "section": "s", "closing": "closing"}[kind]
        key = stem + number
        used = {division.id for division in self._done}
        return key if key not in used else f"{key}-{len(self._done)}"

    def _close(self) -> None:
        kind, number, head = self._open
        if self._passages or head:
            self._done.append(Division(self._key(), kind, number, head, tuple(self._passages)))
        self._passages, self._paragraph = [], 0

    def finish(self) -> tuple[Division, ...]:
        """Return the divisions; a text without any heading is one section."""
        self._close()
        if len(self._done) == 1 and self._done[0].type == "preamble":
            return (as_section(self._done[0], self._lang),)
        return tuple(self._done)
