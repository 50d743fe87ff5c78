"""Regular expressions, and what the words of every passage that matches must be like.

Reading all passages takes seconds where there are a million, looking words up takes milliseconds.
So a pattern is read as the machine reads it, and what a match cannot do without becomes a *need*:
a word that holds some letters, a run of Chinese characters. Where the whole pattern is one such
need, the index alone tells which passages match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from parallel_texts.concordance.needs import Need, Runs, Words, exact_need, need_of
from parallel_texts.errors import ParallelTextsError

__all__ = ["RegexQuery", "regex"]

Span = tuple[int, int]


@dataclass(frozen=True)
class RegexQuery:
    """A regular expression, matched against the passage as it is written."""

    pattern: re.Pattern[str]
    languages: tuple[str, ...] = ()

    @cached_property
    def need(self) -> Need | None:
        """What every passage that matches has; ``None`` where nothing can be said."""
        return need_of(self.pattern)

    @cached_property
    def exact(self) -> Words | Runs | None:
        """The need that every passage which has it matches; ``None`` where there is none."""
        return exact_need(self.pattern)

    def holds(self, text: str, lang: str) -> bool:
        """Tell whether the expression matches more than nothing."""
        match = self.pattern.search(text)
        return match is not None and (match.end() > match.start() or any(self.find(text, lang)))

    def find(self, text: str, lang: str) -> Iterator[Span]:
        """Yield where the expression matches; empty matches are none."""
        return (m.span() for m in self.pattern.finditer(text) if m.end() > m.start())


def regex(pattern: str) -> RegexQuery:
    """Compile a regular expression; case is ignored unless the pattern says ``(?-i:...)``.

    Raises:
        ParallelTextsError: It is no regular expression; with the place.
    """
    try:
        return RegexQuery(re.compile(pattern, re.IGNORECASE))
    except re.error as error:
        raise ParallelTextsError(f"{pattern!r} is no regular expression: {error}") from error
