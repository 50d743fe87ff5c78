"""Which words of the fuller side are the ones without counterpart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from parallel_texts.findings.counterparts import Floats, Met
from parallel_texts.findings.vectors import Spoken
from parallel_texts.languages.content_words import Word, starts_phrase

__all__ = ["unmet_stretch"]

_MOST_PHRASES = 8
"""Phrases that a stretch may consist of."""
_LARGEST = 0.7
"""Share of a side's content words that a stretch may have."""
_GAIN = 6.0
"""What it counts if the sides grow more alike without the stretch, against words unmet."""

Ints = NDArray[np.int64]


def unmet_stretch(
    ours: Spoken, theirs: Spoken, met: Met, lang: str, edges: Sequence[int] = ()
) -> tuple[int, int]:
    """Return the offsets of the stretch that is least met.

    A stretch consists of phrases: it begins after a mark or with a word that phrases begin with.
    What counts is how much its words lack beyond the side's average, and how much more alike the
    sides are without it.

    Args:
        ours: The fuller side.
        theirs: The other.
        met: How the words of the fuller side are met.
        lang: Its language.
        edges: Offsets that no stretch goes across: where passages begin.
    """
    starts = _phrase_starts(ours.words, lang, edges)
    spans = np.array(list(_spans(ours.words, starts, edges)), dtype=np.int64).reshape(-1, 2)
    count = np.searchsorted(ours.content, spans)
    inside = count[:, 1] - count[:, 0]
    kept = (inside > 0) & (inside <= max(1.0, _LARGEST * len(ours.content)))
    if not kept.any():
        return ours.words[0].start, ours.words[-1].end
    first, last = spans[kept][int(_scores(ours, theirs, met, spans[kept]).argmax())]
    return ours.words[first].start, _end(ours.words[first:last])


def _scores(ours: Spoken, theirs: Spoken, met: Met, spans: Ints) -> Floats:
    """Return how likely each span is the one: words that lack a counterpart, likeness gained."""
    lack = met.lack - met.lack.mean()
    added = np.concatenate([[0.0], np.cumsum(lack)])
    count = np.searchsorted(ours.content, spans)
    alike = ours.without(spans) @ theirs.without(spans[:0])[0]
    return np.asarray(
        added[count[:, 1]] - added[count[:, 0]] + _GAIN * (alike[1:] - alike[0]), np.float64
    )


def _phrase_starts(words: Sequence[Word], lang: str, edges: Sequence[int]) -> list[int]:
    """Return the numbers of the words at which phrases begin, and the number of words."""
    begins = [
        n
        for n, word in enumerate(words)
        if n == 0
        or word.start in edges
        or (not _is_mark(word) and (_is_mark(words[n - 1]) or _starts(words, n, lang)))
    ]
    return [*begins, len(words)]


def _starts(words: Sequence[Word], number: int, lang: str) -> bool:
    """Of two such words in a row the first begins the phrase: "and of"."""
    return starts_phrase(words[number], lang) and not starts_phrase(words[number - 1], lang)


def _spans(
    words: Sequence[Word], starts: Sequence[int], edges: Sequence[int]
) -> Iterator[tuple[int, int]]:
    for n, first in enumerate(starts[:-1]):
        for last in starts[n + 1 : n + 1 + _MOST_PHRASES]:
            if any(words[first].start < edge <= words[last - 1].start for edge in edges):
                break
            yield first, last


def _end(words: Sequence[Word]) -> int:
    """Return the end of the last word that is not a mark."""
    return next((word.end for word in reversed(words) if not _is_mark(word)), words[-1].end)


def _is_mark(word: Word) -> bool:
    return not any(map(str.isalnum, word.text))
