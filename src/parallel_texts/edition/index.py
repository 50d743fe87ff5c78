"""The site's own pages: works, names, search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parallel_texts.edition.addresses import file_stem
from parallel_texts.edition.dates import day
from parallel_texts.edition.labels import ORIGINS, STANDINGS, WORKS, autonym, label
from parallel_texts.edition.names import NameIndex
from parallel_texts.edition.render import Frame
from parallel_texts.edition.summary import Standing, Text
from parallel_texts.model import Corpus, Finding, Version, Work

__all__ = ["index_page", "names_page", "search_page"]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A work in the list of works."""

    href: str
    title: str
    titles: tuple[Text, ...]
    kind: str
    date: str
    day: str
    warnings: tuple[str, ...]
    versions: tuple[Standing, ...]
    findings: int


def index_page(corpus: Corpus, findings: Mapping[str, Sequence[Finding]], frame: Frame) -> str:
    """Return the list of works, the oldest first."""
    works = sorted(corpus.works, key=lambda work: (work.date or "9999", work.id))
    lines = [_line(work, len(findings.get(work.id, ())), frame) for work in works]
    return frame.fill("index.html", "index.html", works=lines)


def _line(work: Work, findings: int, frame: Frame) -> WorkLine:
    translate, title = frame.translate, work.title(frame.ui_lang)
    tags = {version.lang: version.language_tag for version in work.versions}
    origins = dict.fromkeys(v.origin for v in work.versions if v.origin != "transcription")
    return WorkLine(
        href=f"{file_stem(work.id)}.html" if work.versions else "",
        title=title,
        titles=tuple(Text(tags.get(lang, lang), t) for lang, t in work.titles if t != title),
        kind=label(WORKS, work.kind, translate),
        date=work.date,
        day=day(work.date, translate) if work.date else "",
        warnings=tuple(label(ORIGINS, origin, translate) for origin in origins),
        versions=tuple(_version(version, frame) for version in work.versions),
        findings=findings,
    )


def _version(version: Version, frame: Frame) -> Standing:
    standing = label(STANDINGS, version.standing, frame.translate)
    return Standing(version.language_tag, autonym(version.language_tag), standing, version.standing)


def names_page(names: NameIndex, frame: Frame) -> str:
    """Return the index of names, terms and dates of all works."""
    return frame.fill("names.html", "names.html", groups=names.groups())


def search_page(shards: Sequence[str], frame: Frame) -> str:
    """Return the search page, which loads the given scripts."""
    return frame.fill("search.html", "search.html", shards=shards)
