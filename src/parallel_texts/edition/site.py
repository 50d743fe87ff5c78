"""A corpus as a folder of pages; a work as one page or one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parallel_texts.edition.addresses import PageAnchors, file_stem
from parallel_texts.edition.entries import Entries
from parallel_texts.edition.labels import ORIGINS, STANDINGS, WORKS, autonym, label, language_name
from parallel_texts.edition.pages import lay_out
from parallel_texts.edition.theme import assets, environment
from parallel_texts.errors import ParallelTextsError
from parallel_texts.files import contained, write_atomic
from parallel_texts.i18n import translator
from parallel_texts.model import Alignment, Corpus, Finding, Link, Work

__all__ = ["SiteReport", "render_site", "render_work"]


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What :func:`render_site` did: files written, and files kept because nothing changed."""

    index: Path
    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def render_work(
    corpus: Corpus,
    work: Work,
    alignment: Alignment,
    findings: Sequence[Finding] = (),
    *,
    ui_lang: str = "en",
    theme: Path | None = None,
) -> str:
    """Return the HTML page of one work."""
    translate = translator("edition", ui_lang)
    anchors = PageAnchors(alignment, len(findings))
    tags = {version.lang: version.language_tag for version in work.versions}
    entries = Entries(corpus, alignment, anchors, tags, ui_lang)
    page = lay_out(work, alignment, findings, anchors, entries, translate)
    template = environment(ui_lang, theme).get_template("work.html")
    return template.render(
        work=work, title=work.title(ui_lang), page=page, groups=entries.groups(translate),
        ui_tag=_tag(ui_lang), root="",
    )  # fmt: skip


def _tag(ui_lang: str) -> str:
    return "zh-Hans" if ui_lang == "zh" else ui_lang


def render_site(
    corpus: Corpus,
    alignments: Mapping[str, Alignment],
    findings: Mapping[str, Sequence[Finding]],
    out: Path,
    *,
    ui_lang: str = "en",
    theme: Path | None = None,
) -> SiteReport:
    """Write the site of a corpus into ``out``.

    Args:
        corpus: Works and authorities.
        alignments: Per work id; a work without one is shown by articles.
        findings: Per work id.
        out: Folder; made if missing.
        ui_lang: Language of the interface.
        theme: Folder whose templates and style replace or add to the package's own.

    Raises:
        ParallelTextsError: The folder or the theme cannot be used.
    """
    pages = {"index.html": _index(corpus, findings, ui_lang, theme)}
    for work in corpus.works:
        alignment = alignments.get(work.id) or unaligned(work)
        found = findings.get(work.id, ())
        pages[f"{file_stem(work.id)}.html"] = render_work(
            corpus, work, alignment, found, ui_lang=ui_lang, theme=theme
        )
    pages |= assets(theme)
    for name, text in pages.items():
        write_atomic(contained(out, name), text)
    return SiteReport(out / "index.html", tuple(out / name for name in pages), ())


def _index(
    corpus: Corpus, findings: Mapping[str, Sequence[Finding]], ui_lang: str, theme: Path | None
) -> str:
    translate = translator("edition", ui_lang)
    works = [
        {
            "href": f"{file_stem(work.id)}.html",
            "title": work.title(ui_lang),
            "id": work.id,
            "date": work.date,
            "kind": label(WORKS, work.kind, translate),
            "versions": [
                {
                    "tag": v.language_tag,
                    "name": autonym(v.language_tag),
                    "label": language_name(v.lang, translate),
                    "standing": label(STANDINGS, v.standing, translate),
                }
                for v in work.versions
            ],
            "origins": list(dict.fromkeys(label(ORIGINS, v.origin, translate) for v in work.versions)),
            "findings": len(findings.get(work.id, ())),
        }
        for work in corpus.works
    ]
    template = environment(ui_lang, theme).get_template("index.html")
    return template.render(works=works, ui_tag=_tag(ui_lang), root="")


def unaligned(work: Work) -> Alignment:
    """Return a stand-in where nothing is aligned: one row per passage, or per division.

    Raises:
        ParallelTextsError: The work has no version.
    """
    if not work.versions:
        raise ParallelTextsError(f"{work.id}: no version to show: add one with 'add'")
    languages = work.languages
    passages = tuple(version.passages for version in work.versions)
    if len(languages) == 1:
        links = [Link(f"l{n}", languages, ((n - 1,),)) for n in range(1, len(passages[0]) + 1)]
        return Alignment(languages, passages, tuple(links), work=work.id)
    divisions = dict.fromkeys(p.division for side in passages for p in side)
    links = [
        Link(
            f"l{number}",
            languages,
            tuple(tuple(i for i, p in enumerate(side) if p.division == d) for side in passages),
            confidence=0.0,
        )
        for number, d in enumerate(divisions, 1)
    ]
    return Alignment(languages, passages, tuple(links), work=work.id)
