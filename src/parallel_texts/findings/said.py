"""What one side of a link says besides its subject: marks of force, denial and condition."""

from __future__ import annotations

from dataclasses import dataclass, field

from parallel_texts.findings.comparison import Row, quote
from parallel_texts.languages.marks import Mark, find_marks
from parallel_texts.model import Evidence, Passage

__all__ = ["Said", "said"]

_PLAIN = ("strong", "medium")
_ELSEWHERE = ("limit", "lexical")
"""What another language may put as a denial."""


@dataclass(frozen=True, slots=True)
class Said:
    """Marks of one side of a link, with the passages they stand in."""

    marks: tuple[tuple[Mark, Passage], ...]
    _counts: dict[tuple[str, str], int] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """How many marks there are by concept and strength, and by concept alone."""

    def __post_init__(self) -> None:
        for mark, _ in self.marks:
            for key in ((mark.concept, mark.strength), (mark.concept, "")):
                self._counts[key] = self._counts.get(key, 0) + 1

    def strong(self, *concepts: str) -> int:
        """Count the marks that are alone enough."""
        return sum([self._counts.get((concept, "strong"), 0) for concept in concepts])

    def medium(self, concept: str) -> int:
        """Count the marks that are enough where the other side has nothing."""
        return self._counts.get((concept, "medium"), 0)

    def graded(self, concept: str, strength: str) -> int:
        """Count the marks of a concept that have a strength."""
        return self._counts.get((concept, strength), 0)

    def limits(self, concept: str) -> int:
        """Count marks of a limitation or of a word such as "inviolable"."""
        return sum(self._counts.get((concept, strength), 0) for strength in _ELSEWHERE)

    def lexical(self, concept: str) -> int:
        """Count words that deny by themselves, as "inviolable" does."""
        return self._counts.get((concept, "lexical"), 0)

    def any(self, *concepts: str) -> int:
        """Count marks of whatever strength."""
        return sum([self._counts.get((concept, ""), 0) for concept in concepts])

    def words(self, *concepts: str) -> list[str]:
        """Return the words of strong and medium marks."""
        return [m.text for m, _ in self.marks if m.concept in concepts and m.strength in _PLAIN]

    def evidence(self, *concepts: str) -> list[Evidence]:
        """Quote strong and medium marks."""
        return [
            quote(passage, mark.start, mark.end)
            for mark, passage in self.marks
            if mark.concept in concepts and mark.strength in _PLAIN
        ]


def said(row: Row, lang: str, *groups: str) -> Said:
    """Return the marks of the given groups on one side of a row."""
    return Said(
        tuple(
            (mark, passage)
            for passage in row.sides[lang]
            for group in groups
            for mark in find_marks(passage.text, lang, group)
        )
    )
