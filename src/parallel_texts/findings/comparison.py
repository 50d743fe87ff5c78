"""What a rule looks at: an alignment, the parties it speaks of, and the work it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parallel_texts.model import Alignment, Authority, Evidence, Link, Passage, Work

__all__ = ["Comparison", "Row", "quote"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Input of every rule.

    Attributes:
        alignment: Two to n languages, or one where only party findings can be made.
        parties: Parties and organs, with their names in each language.
        work: Header facts, where the texts belong to a corpus.
        ui_lang: Language that messages are written in: ``en``, ``ru`` or ``zh``.
        names: People and places with their names in each language.
        glossary: Terms that have to be translated in a set way: wordings per language.
    """

    alignment: Alignment
    parties: tuple[Authority, ...] = ()
    work: Work | None = None
    ui_lang: str = "en"
    names: tuple[Authority, ...] = ()
    glossary: tuple[Authority, ...] = ()
    made: dict[str, object] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What one rule leaves for another, by its name."""
    _kept: list[Row] = field(default_factory=list, init=False, compare=False, repr=False)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that have the document: those with at least one passage of text."""
        texts = zip(self.alignment.languages, self.alignment.passages, strict=True)
        return tuple(lang for lang, passages in texts if any(p.text.strip() for p in passages))

    def rows(self) -> Sequence[Row]:
        """Return the links with their passages; empty passages count as absent."""
        if not self._kept and self.alignment.links:
            languages = self.languages
            self._kept.extend(self._row(link, languages) for link in self.alignment)
        return self._kept

    def _row(self, link: Link, languages: Sequence[str]) -> Row:
        sides = {lang: self._side(link, lang) for lang in languages}
        return Row(link, {lang: side for lang, side in sides.items() if side}, self)

    def _side(self, link: Link, lang: str) -> tuple[Passage, ...]:
        return tuple(p for p in self.alignment.of(link, lang) if p.text.strip())


@dataclass(frozen=True, slots=True)
class Row:
    """One link as rules see it.

    Attributes:
        link: The link itself.
        sides: Passages per language; only languages that have any.
        comparison: What the row belongs to.
    """

    link: Link
    sides: dict[str, tuple[Passage, ...]]
    comparison: Comparison
    _texts: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.sides)

    def text(self, lang: str) -> str:
        """Return the text of one side, sentences joined as the language joins them."""
        if lang not in self._texts:
            self._texts[lang] = self.comparison.alignment.text(self.link, lang)
        return self._texts[lang]

    def quotes(self, lang: str) -> tuple[Evidence, ...]:
        """Return the whole passages of one side as evidence."""
        return tuple(quote(p, 0, len(p.text)) for p in self.sides.get(lang, ()))


def quote(passage: Passage, start: int, end: int) -> Evidence:
    """Return the words of ``passage`` from ``start`` to ``end`` as evidence."""
    return Evidence(passage.lang, passage.id, start, end, passage.text[start:end])
