"""Text to sentences and clauses, keeping offsets.

Every final mark is a candidate; an ordered list of small rules decides whether the sentence ends
there. A rule answers ``True`` (break), ``False`` (go on) or ``None`` (no opinion); the first
opinion wins and :func:`explain` tells which rule it was. What libraries get wrong on
treaty text, and how often, is measured by ``bench/segmentation`` (see docs/segmentation.md).

    >>> [s.text for s in segment("Подписано в г. Чите. Вступает в силу.", "ru")]
    ['Подписано в г. Чите.', 'Вступает в силу.']
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parallel_texts.languages.breaks import (
    CLAUSE_MARKS,
    ITEM,
    OPENERS,
    TERMINATOR,
    abbreviations,
    reporting_verbs,
)

__all__ = ["Segment", "clauses", "explain", "segment"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text: ``text == source[start:end]``, no white space at either end."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place where a sentence may end."""

    sentence: str
    """What stands before, from the last break on."""
    mark: str
    after: str
    lang: str
    depth: int
    """How many brackets and quotes are still open after the mark."""


_LIST_BREAK = re.compile(r"[;；](?=\s*(?:и\s|and\s)?" + ITEM.pattern + ")")
_PARAGRAPH = re.compile(r"\n[ \t　]*\n")
_CAPITAL = re.compile(r"[\s«“„\"'(\[]*[A-ZА-ЯЁ]")
_INITIAL = re.compile(r"(?:^|[\s.(])[A-ZА-ЯЁ]$|(?:^|[\s(])[A-ZА-ЯЁ]\.\s?[A-ZА-ЯЁ][a-zа-яё]$")
_TIME_OPENING = re.compile(r"^\W*(?:В|К|С|До|После|От|By|In|On|Since|Until)\s(?:\S+\s){0,4}\S+$")


def _inside_brackets(c: _Candidate) -> bool | None:
    """Nothing ends inside an open bracket or quotation."""
    return False if c.depth else None


def _at_end(c: _Candidate) -> bool | None:
    """The text is over."""
    return True if not c.after.strip() else None


def _reported_speech(c: _Candidate) -> bool | None:
    """A quotation that ends in a final mark goes on with "he asked"."""
    if c.mark[-1] not in '”»」』"’':
        return None
    rest = c.after.lstrip()
    if rest[:1] in "—–-,，":
        return False
    near = re.split("[。！？；]", rest)[0][:14] if c.lang == "zh" else " ".join(rest.split()[:3])
    return False if any(verb in near for verb in reporting_verbs(c.lang)) else None


def _lower_case_follows(c: _Candidate) -> bool | None:
    """A small letter goes on with the sentence, unless it is an item's mark."""
    rest = c.after.lstrip(" \n«“„\"'(")
    if not rest[:1].islower():
        return None
    return bool(ITEM.match(c.after.lstrip()))


def _item_number(c: _Candidate) -> bool | None:
    """The stop after a number or letter that opens the sentence: "1. The Parties"."""
    return False if c.mark == "." and ITEM.fullmatch(c.sentence.strip() + ".") else None


def _initial(c: _Candidate) -> bool | None:
    """Initials before a surname: "Н. С. Хрущёв", "A. Ya. Vyshinsky"."""
    words = c.sentence.split()
    spelled_out = bool(words) and words[-1].lower() in abbreviations(c.lang) and "." in words[-1]
    if c.mark != "." or spelled_out or not _INITIAL.search(c.sentence):
        return None
    return False if _CAPITAL.match(c.after) else None


def _abbreviation(c: _Candidate) -> bool | None:
    """An abbreviation of the language's table."""
    if not c.mark.startswith(".") or c.mark[:2] == "..":
        return None
    kind = _abbreviation_kind(c.sentence, c.lang)
    if kind is None:
        return None
    if kind == "number":
        return False if c.after.lstrip()[:1].isdigit() else None
    if kind == "never" or (kind == "year" and not re.search(r"\d\D{0,3}$", c.sentence)):
        return False
    return bool(_CAPITAL.match(c.after)) and not _TIME_OPENING.match(c.sentence)


def _abbreviation_kind(sentence: str, lang: str) -> str | None:
    """Return what the table says of the last word, or last two, of ``sentence``."""
    known = abbreviations(lang)
    words = sentence.lower().replace("\u00a0", " ").split()
    for count in (2, 1):
        tail = " ".join(words[-count:]).lstrip("([«“„\"'")
        if tail in known:
            return known[tail]
    return None


def _ellipsis(c: _Candidate) -> bool | None:
    """Chinese …… between two clauses is a pause, before a new paragraph or quote an end."""
    if c.lang != "zh" or not c.mark.startswith("…"):
        return None
    return c.after[:1] in "“「《\n　"


def _final_mark(c: _Candidate) -> bool | None:
    """What is left is the end of a sentence."""
    return True


_RULES: tuple[Callable[[_Candidate], bool | None], ...] = (
    _at_end,
    _inside_brackets,
    _reported_speech,
    _item_number,
    _initial,
    _abbreviation,
    _lower_case_follows,
    _ellipsis,
    _final_mark,
)


def segment(text: str, lang: str) -> tuple[Segment, ...]:
    """Split ``text`` into sentences.

    Args:
        text: Running text; an empty line always ends a sentence, a single line end never does.
        lang: Primary subtag. Languages without tables get the rules that need none.

    Returns:
        Sentences in order; together they hold every character that is not white space.
    """
    cuts = [cut for cut, _ in explain(text, lang)]
    return tuple(_segments(text, [0, *cuts, len(text)]))


def explain(text: str, lang: str) -> Iterator[tuple[int, str]]:
    """Yield each offset where a sentence ends and the name of the rule that said so."""
    start = 0
    for paragraph_end in [*(m.end() for m in _PARAGRAPH.finditer(text)), len(text)]:
        yield from _explain_paragraph(text, start, paragraph_end, lang)
        start = paragraph_end


def _explain_paragraph(text: str, start: int, end: int, lang: str) -> Iterator[tuple[int, str]]:
    paragraph = text[start:end]
    depths = _Depths(paragraph)
    last = 0
    for stop, mark, listed in _candidates(paragraph):
        candidate = _Candidate(
            paragraph[last : stop - len(mark)], mark, paragraph[stop:], lang, depths.after(stop)
        )
        rule = "_list_item" if listed and not candidate.depth else _decide(candidate)
        if rule:
            yield start + stop, rule.lstrip("_")
            last = stop
    if last < len(paragraph.rstrip()):
        yield end, "paragraph"


def _candidates(paragraph: str) -> list[tuple[int, str, bool]]:
    """Return end, mark and whether a numbered item follows, in text order."""
    ends = [(m.end(), m.group(), False) for m in TERMINATOR.finditer(paragraph)]
    items = [(m.end(), m.group(), True) for m in _LIST_BREAK.finditer(paragraph)]
    return sorted(ends + items)


def _decide(candidate: _Candidate) -> str | None:
    """Return the name of the rule that breaks here, or ``None``."""
    for rule in _RULES:
        opinion = rule(candidate)
        if opinion is not None:
            return rule.__name__ if opinion else None
    return None


class _Depths:
    """How many matched brackets and quotes are open at an offset."""

    def __init__(self, text: str) -> None:
        steps = sorted(_matched(text))
        self._at = [offset for offset, _ in steps]
        self._depth = [0]
        for _, step in steps:
            self._depth.append(self._depth[-1] + step)

    def after(self, offset: int) -> int:
        """Return the depth just before the character at ``offset``."""
        return self._depth[bisect_right(self._at, offset - 1)]


def _matched(text: str) -> Iterator[tuple[int, int]]:
    """Yield (offset, +1 or -1) for marks that have a partner; stray ones do not count."""
    open_marks: list[tuple[str, int]] = []
    for offset, character in enumerate(text):
        if open_marks and character == open_marks[-1][0]:
            yield open_marks.pop()[1], 1
            yield offset, -1
        elif character in OPENERS and not _item_bracket(text, offset):
            open_marks.append((OPENERS[character], offset))
        elif character == '"' and text.count('"') % 2 == 0:
            open_marks.append(('"', offset))
        elif character in OPENERS.values():
            _close_outer(open_marks, character)


def _item_bracket(text: str, offset: int) -> bool:
    return bool(ITEM.match(text, offset))


def _close_outer(open_marks: list[tuple[str, int]], character: str) -> None:
    """Drop stray openers above the one that ``character`` closes."""
    expected = [mark for mark, _ in open_marks]
    if character in expected and character not in "’)":
        del open_marks[len(expected) - expected[::-1].index(character) :]


def _segments(text: str, cuts: list[int]) -> Iterator[Segment]:
    for start, end in itertools.pairwise(cuts):
        stripped = text[start:end].strip()
        if stripped:
            first = text.index(stripped[0], start)
            yield Segment(first, first + len(stripped), stripped)


def clauses(text: str, lang: str) -> tuple[Segment, ...]:
    """Split one sentence at commas, semicolons, colons and dashes between words.

    Args:
        text: One sentence.
        lang: Primary subtag; kept for symmetry with :func:`segment`.

    Returns:
        Clauses in order, marks with the clause that they end. Numbers such as 1,000 stay whole.
    """
    cuts = [
        m.end()
        for m in CLAUSE_MARKS.finditer(text)
        if not (text[m.start() - 1 : m.start()].isdigit() and text[m.end() : m.end() + 1].isdigit())
    ]
    return tuple(_segments(text, [0, *cuts, len(text)]))
