"""What a file of another tool says: units with a text per language, whatever their format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parallel_texts.exchange.notes import Facts

__all__ = ["Proposal", "Unit", "UnitFile", "proposals"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One entry, segment or table row.

    Attributes:
        id: Of the link, or empty.
        texts: Per language the passages; a language without text is not in it.
        facts: Per language what was exported; empty for files of others.
        comments: Per language what people wrote.
        needs_work: Languages in which the unit is marked as needing work.
        confidence: Of the link, 0 to 1.
    """

    id: str
    texts: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, Facts] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    needs_work: frozenset[str] = frozenset()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class UnitFile:
    """All units of a file.

    Attributes:
        languages: Primary subtags, the source first.
        targets: Those that people translate into.
        units: In the order of the file.
        states: Whether the format says which units need work.
    """

    languages: tuple[str, ...]
    targets: tuple[str, ...]
    units: tuple[Unit, ...]
    states: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """The text a file proposes for one side of a link.

    Attributes:
        link: Id of the link, or empty.
        lang: Language of the proposed text.
        texts: Proposed passages in order; empty to say nothing.
        facts: What was exported, or ``None`` where the format or a tool has lost it.
        comment: What people wrote.
        needs_work: Marked as needing work; ``None`` where the format does not say.
        source: Texts of the other languages, to find and check the link by.
    """

    link: str
    lang: str
    texts: tuple[str, ...]
    facts: Facts | None = None
    comment: str = ""
    needs_work: bool | None = None
    source: tuple[tuple[str, tuple[str, ...]], ...] = ()


def proposals(file: UnitFile, lang: str) -> tuple[Proposal, ...]:
    """Return what a file proposes for one language; units that say nothing of it are left out."""
    return tuple(_proposal(file, unit, lang) for unit in file.units if _speaks(unit, lang))


def _speaks(unit: Unit, lang: str) -> bool:
    return lang in unit.texts or lang in unit.facts


def _proposal(file: UnitFile, unit: Unit, lang: str) -> Proposal:
    return Proposal(
        link=unit.id,
        lang=lang,
        texts=unit.texts.get(lang, ()),
        facts=unit.facts.get(lang),
        comment=unit.comments.get(lang, ""),
        needs_work=(lang in unit.needs_work) if file.states else None,
        source=tuple((other, texts) for other, texts in unit.texts.items() if other != lang),
    )
