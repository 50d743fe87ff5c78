"""What a norm is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["ALL", "ANYONE", "MODALITIES", "UNRESOLVED", "Condition", "Modality", "Norm", "Span"]

Modality = Literal["obligation", "right", "permission", "prohibition", "exemption"]
MODALITIES: tuple[Modality, ...] = (
    "obligation",
    "right",
    "permission",
    "prohibition",
    "exemption",
)

ALL = "all"
"""Bearer or counterparty: every party, jointly or each."""
ANYONE = "anyone"
"""Bearer: persons or states at large, not parties of the text."""
UNRESOLVED = "unresolved"
"""Bearer: the text names nobody, or leaves it open who is meant."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a part of a norm stands in its passage: ``bearer``, ``marker`` or ``action``."""

    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Condition:
    """What a norm depends on.

    Attributes:
        kind: ``notice``, ``consent``, ``request``, ``time``, ``hedge``, ``cost``, ``language``.
        value: ``required`` or ``waived`` (notice, consent), ``limit``, ``possible``; of a cost
            the bearer's id, ``shared`` or ``free``; of a language its key.
        text: The words.
        start: Offset in the passage.
        end: Offset after the last character.
    """

    kind: str
    value: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Norm:
    """Who must, may, must not or need not do what, to whom, on which conditions.

    Attributes:
        bearer: Id of a party, :data:`ALL`, :data:`ANYONE` or :data:`UNRESOLVED`.
        modality: ``obligation``, ``right``, ``permission``, ``prohibition``, ``exemption``.
        action: Class of the action table, or empty.
        object: The words after the deontic marker: what is to be done.
        counterparty: Id of a party, :data:`ALL` or empty.
        conditions: Notice, consent, time limit, hedge, cost, language.
        cost_bearer: Who pays, where the text says so: an id, ``shared``, ``free`` or empty.
        distribution: Of a plural bearer ``joint``, ``each`` or ``mutual``; else empty.
        lang: Primary subtag.
        passage: Id of the passage.
        division: Division of the passage.
        start: Offset of the norm's first character.
        end: Offset after its last.
        spans: Bearer, marker and action, as far as the text has them.
        rule: Name of the rule that read it.
        confidence: 0 to 1.
        label: The bearer's words.
        context: The sentence, or part of one, that the norm was read in.
    """

    bearer: str
    modality: Modality
    action: str
    object: str
    lang: str
    passage: str
    start: int
    end: int
    rule: str
    counterparty: str = ""
    conditions: tuple[Condition, ...] = ()
    cost_bearer: str = ""
    distribution: str = ""
    division: str = ""
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0
    label: str = ""
    context: str = ""

    def condition(self, kind: str) -> Condition | None:
        """Return the first condition of a kind, or ``None``."""
        return next((c for c in self.conditions if c.kind == kind), None)

    def value(self, kind: str) -> str:
        """Return the value of the first condition of a kind, or the empty string."""
        found = self.condition(kind)
        return found.value if found else ""

    def record(self) -> dict[str, Any]:
        """Return the norm as a row of plain values; conditions as ``kind=value``."""
        facts = {
            name: getattr(self, name)
            for name in (
                "lang", "passage", "bearer", "modality", "action", "counterparty", "object",
                "distribution", "cost_bearer", "confidence", "rule",
            )
        }  # fmt: skip
        return facts | {"conditions": " ".join(f"{c.kind}={c.value}" for c in self.conditions)}
