"""Norms of linked passages compared across languages: does the balance change with the text?

Only norms that both languages resolve are compared, and only where each side of a link has as many:
a bare verb in one language and a marked duty in another are the same norm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from parallel_texts.model import Alignment
from parallel_texts.norms.schema import ANYONE, UNRESOLVED, Norm

__all__ = ["Change", "changes"]

_BINDING = {"obligation": "bound", "prohibition": "bound"}
_CONDITIONS = ("notice", "consent")


@dataclass(frozen=True, slots=True)
class Change:
    """A norm that is another in another language.

    Attributes:
        code: ``V104`` (force), ``V105`` (bearer) or ``V107`` (condition).
        link: Id of the link.
        norms: One norm of each language.
    """

    code: str
    link: str
    norms: tuple[Norm, Norm]


def changes(alignment: Alignment, norms: Sequence[Norm]) -> Iterator[Change]:
    """Yield where linked passages give a party another part.

    Args:
        alignment: Two to n languages.
        norms: Of all its languages, as :func:`parallel_texts.norms.norms` reads each.
    """
    by_passage: dict[tuple[str, str], list[Norm]] = {}
    for norm in norms:
        if norm.bearer not in (ANYONE, UNRESOLVED):
            by_passage.setdefault((norm.lang, norm.passage), []).append(norm)
    for link in alignment:
        sides = {
            lang: [n for p in alignment.of(link, lang) for n in by_passage.get((lang, p.id), ())]
            for lang in alignment.languages
        }
        for a, b in combinations(alignment.languages, 2):
            yield from _compare(link.id, sides[a], sides[b])


def _compare(link: str, ours: list[Norm], theirs: list[Norm]) -> Iterator[Change]:
    if len(ours) != len(theirs):
        return
    for pair in zip(ours, theirs, strict=True):
        code = _difference(*pair)
        if code:
            yield Change(code, link, pair)


def _difference(a: Norm, b: Norm) -> str:
    if a.action != b.action:
        return ""
    if a.bearer != b.bearer:
        return "V105"
    if _BINDING.get(a.modality, a.modality) != _BINDING.get(b.modality, b.modality) and not (
        {a.modality, b.modality} <= {"right", "permission"}
    ):
        return "V104"
    unlike = any(a.value(kind) != b.value(kind) for kind in _CONDITIONS)
    return "V107" if unlike else ""
