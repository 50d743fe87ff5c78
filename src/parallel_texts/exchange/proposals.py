"""What a translator's file says a version should be, whatever the format it came in."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Proposal"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The text a file proposes for one side of a link.

    Attributes:
        link: Id of the link.
        lang: Language of the proposed text.
        ids: Passages it stood for when it was exported; empty where there was none.
        texts: Proposed passages in order; empty to say nothing.
        exported: Fingerprint of what was exported, or empty where the format holds none.
        comment: The translator's comment.
        unfinished: Still marked as needing work.
    """

    link: str
    lang: str
    ids: tuple[str, ...]
    texts: tuple[str, ...]
    exported: str = ""
    comment: str = ""
    unfinished: bool = False
