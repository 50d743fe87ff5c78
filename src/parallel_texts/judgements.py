"""What people think of findings: a verdict, whose, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from parallel_texts.model import Finding

__all__ = ["BY_HAND", "Judgement", "Verdict", "agreed", "latest"]

BY_HAND = "by-hand"
"""Rule of a finding that a person has made."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one person said of one finding at one time.

    Attributes:
        verdict: ``open``, ``confirmed`` or ``refused``.
        who: Name of who judged.
        when: ISO date.
        reason: A word of the reasons that are offered, or empty.
        note: What was said about it.
    """

    verdict: str
    who: str = ""
    when: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A finding with what people think of it; what they agree on is ``finding.status``.

    Attributes:
        finding: With the status ``open``, ``confirmed`` or ``refused``.
        who: Name of who judged last, empty while it is open.
        when: ISO date.
        note: The reason that was given.
        digest: Of the passages as they were judged; empty where none was kept.
        verdicts: All that was said, newest first; empty for a judgement that is made now.
    """

    finding: Finding
    who: str = ""
    when: str = ""
    note: str = ""
    digest: str = ""
    verdicts: tuple[Verdict, ...] = field(default=(), compare=False)


def latest(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the last word of each person, newest first."""
    last: dict[str, Verdict] = {}
    for verdict in verdicts:
        last.setdefault(verdict.who, verdict)
    return tuple(last.values())


def agreed(verdicts: Iterable[Verdict], otherwise: str = "open") -> str:
    """Return the status that people agree on: ``open`` while they do not.

    Somebody who took a verdict back has no say.

    Args:
        verdicts: Newest first.
        otherwise: Where there are none at all.

    Example:
        >>> agreed([Verdict("refused", "B"), Verdict("confirmed", "A")])
        'open'
        >>> agreed([Verdict("refused", "A"), Verdict("confirmed", "A")])
        'refused'
    """
    said = latest(verdicts)
    decided = {verdict.verdict for verdict in said if verdict.verdict != "open"}
    if not said:
        return otherwise
    return next(iter(decided)) if len(decided) == 1 else "open"
