"""What people think of findings: a verdict, whose, when and why."""

from __future__ import annotations

from dataclasses import dataclass

from parallel_texts.model import Finding

__all__ = ["Judgement"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A finding with what somebody thinks of it; the verdict is ``finding.status``.

    Attributes:
        finding: With the status ``open``, ``confirmed`` or ``refused``.
        who: Name of who judged, empty while it is open.
        when: ISO date.
        note: The reason that was given.
        digest: Of the passages as they were judged; empty where none was kept.
    """

    finding: Finding
    who: str = ""
    when: str = ""
    note: str = ""
    digest: str = ""
