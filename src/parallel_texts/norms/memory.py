"""Who was spoken of so far: for pronouns, "the other Party" and «для этого»."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from parallel_texts.model import Passage, Work
from parallel_texts.norms.schema import ALL, UNRESOLVED, Norm

__all__ = ["NOBODY", "Memory", "is_narrative"]

NOBODY = frozenset({"all", "other", "pronoun", "organs", "anyone", UNRESOLVED, ""})
"""Keys that name no single party."""


class Memory:
    """What a reader of the text remembers from one clause to the next.

    Attributes:
        narrative: True for texts that tell and do not bind.
        last: The norm read last in this passage.
        subject: Who is spoken of in the sentence before, where it is one only.
        before: Bearer of the last norm of the passage before, in the same division.
    """

    def __init__(
        self, parties: Sequence[str], named: Callable[[], set[str]], narrative: bool = False
    ) -> None:
        self.narrative = narrative
        self._parties = tuple(parties)
        self._named_anywhere = named
        self._named = ""
        self._division = ""
        self._bearers: set[str] = set()
        self.subject = ""
        self.last: Norm | None = None
        self.before = UNRESOLVED

    def begin(self, passage: Passage) -> None:
        """Start a passage: another division forgets what was before."""
        if passage.division != self._division:
            self.before = UNRESOLVED
            self._bearers = set()
        self._division, self._named, self.last = passage.division, "", None
        self.subject = ""

    def read(self, norms: Sequence[Norm]) -> None:
        """Remember who bears the norms of this division."""
        self._bearers |= {norm.bearer for norm in norms}

    def owner(self) -> str:
        """Return who bears every norm of the division so far, if it is one party."""
        return next(iter(self._bearers)) if len(self._bearers) == 1 else UNRESOLVED

    def end(self) -> None:
        """Close a passage: the next may point back to its last bearer."""
        self.before = self.last.bearer if self.last else UNRESOLVED

    def name(self, key: str) -> None:
        """Remember a party that is named."""
        if key not in NOBODY:
            self._named = key

    def opposite(self, key: str = "") -> str:
        """Return the other of two parties; ``all`` where none was named before."""
        named = key or self._named
        if not named:
            return ALL
        pair = self._pair()
        others = [party for party in pair if party != named]
        return others[0] if len(others) == 1 and named in pair else UNRESOLVED

    def _pair(self) -> tuple[str, ...]:
        """Return the parties; of more than two, those that the text names at all."""
        if len(self._parties) > 2:
            spoken_of = self._named_anywhere()
            self._parties = tuple(p for p in self._parties if p in spoken_of)
        return self._parties


def is_narrative(work: Work, lang: str) -> bool:
    """Return True for a memoir and for a version without articles: both tell, and do not bind."""
    version = work.version(lang)
    articles = version is not None and any(d.type == "article" for d in version.divisions)
    return work.kind == "memoir" or not articles
