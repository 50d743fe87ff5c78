"""Columns and divisions of a work, named in the interface's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from parallel_texts.edition.labels import (
    DIVISIONS,
    NUMBERED,
    ORIGINS,
    SHORT_ORIGINS,
    STANDINGS,
    Translate,
    autonym,
    label,
    language_name,
)
from parallel_texts.edition.views import Column
from parallel_texts.model import Division, Version, Work

__all__ = ["column_of", "division_label", "divisions_of"]

_UNSPACED = frozenset({"zh", "ja"})


def divisions_of(work: Work) -> dict[str, dict[str, Division]]:
    """Return each division in each language: ``divisions["a1"]["ru"]``."""
    found: dict[str, dict[str, Division]] = defaultdict(dict)
    for version in work.versions:
        for division in version.divisions:
            found[division.id][version.lang] = division
    return found


def column_of(work: Work, lang: str, passages: int, translate: Translate) -> Column:
    """Return the column of a language; a language without a version has a bare one."""
    version = work.version(lang) or _bare(work, lang)
    source = version.translation_of
    return Column(
        lang=lang,
        tag=version.language_tag,
        name=autonym(version.language_tag),
        label=language_name(lang, translate),
        standing=label(STANDINGS, version.standing, translate),
        standing_key=version.standing,
        origin=label(ORIGINS, version.origin, translate),
        origin_key=version.origin,
        short_origin=label(SHORT_ORIGINS, version.origin, translate),
        title=version.title,
        translation_of=language_name(source, translate) if source else "",
        responsible=version.responsible,
        note=version.note,
        passages=passages,
        glue="" if lang in _UNSPACED else " ",
    )


def _bare(work: Work, lang: str) -> Version:
    return Version(work.id, lang, lang, work.title(lang), "unreported", "transcription", ())


def division_label(found: Mapping[str, Division], translate: Translate) -> str:
    """Return what a division is called: ``Article 3``, ``Preamble``; ``Text`` without one."""
    first = next(iter(found.values()), None)
    if first is None:
        return translate("Text")
    if first.n and first.type in NUMBERED:
        return translate(NUMBERED[first.type]).format(n=first.n)
    return label(DIVISIONS, first.type, translate)
