"""A corpus as a folder of pages that works from a disk: the part that writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from parallel_texts.edition.downloads import Download, offer
from parallel_texts.edition.fingerprints import fingerprint
from parallel_texts.edition.index import index_page, names_page, search_page
from parallel_texts.edition.manifest import SiteWriter
from parallel_texts.edition.names import NameIndex
from parallel_texts.edition.render import Frame, WorkPage, unaligned
from parallel_texts.edition.search_data import search_forms, search_shard, search_tables
from parallel_texts.edition.theme import assets, theme_files
from parallel_texts.files import contained, write_atomic
from parallel_texts.i18n import UI_LANGUAGES
from parallel_texts.model import Alignment, Corpus, Finding, Work

__all__ = ["SiteReport", "render_files", "render_site", "render_work"]

Findings = Mapping[str, Sequence[Finding]]

_FORMS = "search/forms.js"


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was done: files written, and files kept because nothing they show has changed."""

    index: Path
    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def render_work(
    corpus: Corpus,
    work: Work,
    alignment: Alignment | None = None,
    findings: Sequence[Finding] = (),
    *,
    ui_lang: str = "en",
    theme: Path | None = None,
    date: str | None = None,
) -> str:
    """Return one work as one HTML file with style and script inside.

    Args:
        corpus: For names of parties, people, places and sources.
        work: The work.
        alignment: Its links; without, the versions are shown article by article.
        findings: Shown beside the link whose id is the finding's unit, the rest above the rows.
        ui_lang: Language of the words around the texts.
        theme: Folder whose templates and style replace or add to the package's own.
        date: ISO date of the edition; today's if not given.

    Raises:
        ParallelTextsError: No version to show, no such theme or interface language.
    """
    frame = Frame(ui_lang=ui_lang, theme=theme, date=date)
    page = WorkPage(corpus, work, alignment or unaligned(work), findings, frame)
    return page.single_file()


def render_files(
    corpus: Corpus,
    works: Sequence[Work],
    alignments: Mapping[str, Alignment],
    findings: Findings,
    out: Path,
    *,
    ui_lang: str = "en",
    theme: Path | None = None,
) -> SiteReport:
    """Write each of ``works`` as one HTML file; arguments as for :func:`render_site`."""
    paths = []
    for work in works:
        frame = Frame(ui_lang=ui_lang, theme=theme)
        alignment = alignments.get(work.id) or unaligned(work)
        page = WorkPage(corpus, work, alignment, findings.get(work.id, ()), frame)
        paths.append(contained(out, page.href))
        write_atomic(paths[-1], page.single_file())
    return SiteReport(paths[0] if paths else out, tuple(paths), ())


def render_site(
    corpus: Corpus,
    alignments: Mapping[str, Alignment],
    findings: Findings,
    out: Path,
    *,
    ui_lang: str = "en",
    theme: Path | None = None,
    downloads: bool = True,
    date: str | None = None,
    translated: Mapping[str, Findings] | None = None,
) -> SiteReport:
    """Write the site of a corpus into ``out``; what has not changed is not written again.

    Args:
        corpus: Works and authorities.
        alignments: Per work id; a work without one is shown article by article.
        findings: Per work id.
        out: Folder; made if missing. Files of an earlier run that are no longer part are removed.
        ui_lang: Language of the words around the texts; ``all`` writes the site in each language,
            English in ``out`` itself, the others in folders of their own, each page with a switch.
        theme: Folder whose templates and style replace or add to the package's own.
        downloads: Whether TEI files and exports lie beside the pages, offered on each work's.
        date: ISO date of pages that changed; today's if not given.
        translated: With ``all``: per interface language, findings whose messages are in it.

    Raises:
        ParallelTextsError: The folder or the theme cannot be used.
    """
    writer = SiteWriter(out)
    offered = dict(_write_downloads(writer, corpus, alignments, findings)) if downloads else {}
    for frame in _frames(ui_lang, theme, date):
        found = (translated or {}).get(frame.ui_lang, findings)
        _write_language(writer, corpus, alignments, found, offered, frame)
    for name, text in (assets(theme) | theme_files(theme)).items():
        writer.put(name, fingerprint(text), partial(_same, text))
    writer.finish()
    return SiteReport(out / "index.html", tuple(writer.written), tuple(writer.kept))


def _same(data: str | bytes) -> str | bytes:
    return data


def _with_text(corpus: Corpus) -> Iterator[Work]:
    """Yield the works that have a page; one that is only known of stands in the index."""
    return (work for work in corpus.works if work.versions)


def _frames(ui_lang: str, theme: Path | None, date: str | None) -> Iterator[Frame]:
    if ui_lang != "all":
        yield Frame(ui_lang=ui_lang, theme=theme, date=date)
        return
    for lang in UI_LANGUAGES:
        folder = "" if lang == UI_LANGUAGES[0] else f"{lang}/"
        yield Frame(ui_lang=lang, theme=theme, date=date, folder=folder, switchable=True)


def _write_downloads(
    writer: SiteWriter, corpus: Corpus, alignments: Mapping[str, Alignment], findings: Findings
) -> Iterator[tuple[str, tuple[Download, ...]]]:
    for work in _with_text(corpus):
        found = tuple(offer(corpus, work, alignments.get(work.id), findings.get(work.id, ())))
        for download in found:
            writer.put(download.href, download.key, download.make)
        yield work.id, found


def _write_language(
    writer: SiteWriter,
    corpus: Corpus,
    alignments: Mapping[str, Alignment],
    findings: Findings,
    downloads: Mapping[str, Sequence[Download]],
    frame: Frame,
) -> None:
    pages = []
    for work in _with_text(corpus):
        alignment = alignments.get(work.id) or unaligned(work)
        own = replace(frame, downloads=tuple(downloads.get(work.id, ())))
        pages.append(WorkPage(corpus, work, alignment, findings.get(work.id, ()), own))
    for page in pages:
        writer.put(f"{frame.folder}{page.href}", page.key, page.html)
        writer.put(f"{frame.folder}{page.shard}", page.key, partial(_shard, page))
    _write_common(writer, corpus, pages, findings, frame)


def _shard(page: WorkPage) -> str:
    title = page.work.title(page.frame.ui_lang)
    return search_shard(page.work.id, page.href, title, page.page, page.alignment)


def _write_common(
    writer: SiteWriter,
    corpus: Corpus,
    pages: Sequence[WorkPage],
    findings: Findings,
    frame: Frame,
) -> None:
    known = [(work.id, work.kind, work.date, work.titles) for work in corpus.works]
    key = frame.key([known, [page.key for page in pages]])
    writer.put(f"{frame.folder}index.html", key, lambda: index_page(corpus, findings, frame))
    writer.put(f"{frame.folder}names.html", key, lambda: names_page(_names(pages), frame))
    forms = f"{'../' if frame.folder else ''}{_FORMS}"
    shards = ["search/tables.js", forms, *(page.shard for page in pages)]
    writer.put(f"{frame.folder}search.html", key, lambda: search_page(shards, frame))
    writer.put(f"{frame.folder}search/tables.js", key, search_tables)
    if not frame.folder:  # the same in every interface language
        writer.put(_FORMS, key, lambda: search_forms(page.alignment for page in pages))


def _names(pages: Sequence[WorkPage]) -> NameIndex:
    names = NameIndex()
    for page in pages:
        names.add(page.href, page.work.title(page.frame.ui_lang), page.groups)
    return names
