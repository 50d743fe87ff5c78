"""What a rule looks at: an alignment, the parties it speaks of, and the work it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from parallel_texts.model import Alignment, Authority, Work

__all__ = ["Comparison"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Input of every rule.

    Attributes:
        alignment: Two to n languages, or one where only party findings can be made.
        parties: Parties and organs, with their names in each language.
        work: Header facts, where the texts belong to a corpus.
    """

    alignment: Alignment
    parties: tuple[Authority, ...] = ()
    work: Work | None = None
