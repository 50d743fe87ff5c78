"""What a search answers: hits with the passages beside them, and counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from parallel_texts.frames import Results, Tabular

__all__ = ["Concordance", "Count", "Hit", "Rendering"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that holds what was looked for.

    Attributes:
        work: Id of the work, or empty.
        date: ISO date of the work, or empty.
        lang: Language of the passage.
        standing: Standing of its version, or empty.
        origin: Origin of its version, or empty: whether it is a reconstruction.
        link: Id of the link the passage is in, or empty.
        passage: Id of the passage.
        text: The passage.
        spans: Start and end of each place where the query stands; offsets into ``text``.
        beside: Language and text of what the link holds in the other languages; empty where a
            language has nothing.
    """

    work: str
    date: str
    lang: str
    standing: str
    origin: str
    link: str
    passage: str
    text: str
    spans: tuple[tuple[int, int], ...]
    beside: tuple[tuple[str, str], ...] = ()

    @property
    def left(self) -> str:
        """The passage before the first place."""
        return self.text[: self.spans[0][0]]

    @property
    def match(self) -> str:
        """The words found at the first place."""
        return self.text[slice(*self.spans[0])]

    @property
    def right(self) -> str:
        """The passage after the first place."""
        return self.text[self.spans[0][1] :]

    def record(self) -> dict[str, Any]:
        """Return the hit as a row: facts, words in context, a column for each other language."""
        facts = "work date lang standing origin link passage left match right".split()
        return {name: getattr(self, name) for name in facts} | dict(self.beside)


@dataclass(frozen=True, slots=True)
class Count:
    """How many passages of one version hold what was looked for."""

    work: str
    date: str
    lang: str
    passages: int

    def record(self) -> dict[str, Any]:
        """Return the count as a row."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Concordance(Tabular):
    """Hits in the order of works and passages.

    Attributes:
        query: As it was asked.
        by: ``form``, ``lemma``, ``regex`` or ``term``.
        hits: As many as were asked for.
        counts: Passages per version; of all, also those beyond the limit.
    """

    query: str
    by: str
    hits: tuple[Hit, ...]
    counts: Results[Count]

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def records(self) -> list[dict[str, Any]]:
        """Return a row a hit; see :meth:`Hit.record`."""
        return [hit.record() for hit in self.hits]

    @property
    def total(self) -> int:
        """Passages that hold it, also those beyond the limit."""
        return sum(count.passages for count in self.counts)


@dataclass(frozen=True, slots=True)
class Rendering:
    """How often one wording stands for a term in the passages beside it.

    Attributes:
        work: Id of the work.
        date: ISO date of the work, or empty.
        term: Id of the glossary entry.
        source: Language the term was looked up in.
        target: Language of the wording.
        wording: A wording of the glossary, or empty where the passage beside uses none of them.
        passages: How many passages of the source language.
    """

    work: str
    date: str
    term: str
    source: str
    target: str
    wording: str
    passages: int

    def record(self) -> dict[str, Any]:
        """Return the count as a row."""
        return asdict(self)
