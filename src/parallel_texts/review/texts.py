"""Versions of a work whose passages change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parallel_texts.model import Division, Passage, Version, Work

__all__ = ["with_passages", "with_versions"]


def with_versions(work: Work, versions: Sequence[Version]) -> Work:
    """Return a work with its versions as their files are now."""
    return replace(work, versions=tuple(replace(v, work=work.id) for v in versions))


def with_passages(work: Work, lang: str, old: Sequence[str], new: Sequence[Passage]) -> Work:
    """Return a work in which passages took the place of others of one division."""
    versions = tuple(
        replace(v, divisions=tuple(_renewed(d, old, new) for d in v.divisions))
        if v.lang == lang
        else v
        for v in work.versions
    )
    return replace(work, versions=versions)


def _renewed(division: Division, old: Sequence[str], new: Sequence[Passage]) -> Division:
    if division.id != new[0].division:
        return division
    ids = [passage.id for passage in division.passages]
    if old[0] not in ids:
        return division
    at = ids.index(old[0])
    passages = (*division.passages[:at], *new, *division.passages[at + len(old) :])
    return replace(division, passages=passages)
