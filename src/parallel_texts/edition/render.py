"""One work as a page: everything computed when first asked for, the frame around it given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

import parallel_texts
from parallel_texts.edition.addresses import PageAnchors, file_stem
from parallel_texts.edition.downloads import Download
from parallel_texts.edition.entries import Entries, EntryGroup
from parallel_texts.edition.fingerprints import fingerprint
from parallel_texts.edition.imprint import Citation, Imprint, cite, today
from parallel_texts.edition.labels import DOWNLOADS, Translate, autonym, label
from parallel_texts.edition.pages import lay_out
from parallel_texts.edition.policy import Inline, inline_text, policy
from parallel_texts.edition.running import running_head
from parallel_texts.edition.scales import Scale, weigh
from parallel_texts.edition.summary import Summary, summarise
from parallel_texts.edition.theme import asset, environment, sources_key
from parallel_texts.edition.views import Page
from parallel_texts.errors import ParallelTextsError
from parallel_texts.i18n import UI_LANGUAGES, translator
from parallel_texts.model import Alignment, Corpus, Finding, Link, Work

__all__ = ["Frame", "WorkPage", "unaligned"]

_UI_TAGS = {"en": "en", "ru": "ru", "zh": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What pages of one language have in common.

    Attributes:
        ui_lang: Language of the words around the texts.
        theme: Folder of replaced templates and style.
        date: ISO date of the edition, today's if ``None``.
        folder: Where the language's pages lie: empty, or ``ru/``.
        switchable: True where the site is written in every interface language.
        downloads: Files the page offers.
    """

    ui_lang: str = "en"
    theme: Path | None = None
    date: str | None = None
    folder: str = ""
    switchable: bool = False
    downloads: tuple[Download, ...] = ()

    @property
    def translate(self) -> Translate:
        """The interface's catalogue."""
        return translator("edition", self.ui_lang)

    def key(self, content: object) -> str:
        """Return what a page's key must change with: content, frame, templates, program."""
        offered = [(d.href, d.label) for d in self.downloads]
        frame = (self.ui_lang, self.folder, self.switchable, offered, parallel_texts.__version__)
        return fingerprint(content, frame, sources_key(self.theme))

    def fill(self, template: str, here: str, **values: object) -> str:
        """Return a template rendered in this frame."""
        site = {
            "tag": _UI_TAGS[self.ui_lang],
            "root": "../" if self.folder else "",
            "version": parallel_texts.__version__,
            "switch": self._switch() if self.switchable else (),
        }
        defaults = {"inline": None, "running": "", "policy": policy(), "here": here, "site": site}
        filled = environment(self.ui_lang, self.theme).get_template(template)
        return filled.render(defaults | values)

    def _switch(self) -> tuple[tuple[str, str, str], ...]:
        root = "../" if self.folder else ""
        first = UI_LANGUAGES[0]
        return tuple(
            (_UI_TAGS[lang], autonym(lang), root + ("" if lang == first else f"{lang}/"))
            for lang in UI_LANGUAGES
        )


class WorkPage:
    """A work's page; parts are made when first asked for."""

    def __init__(
        self,
        corpus: Corpus,
        work: Work,
        alignment: Alignment,
        findings: Sequence[Finding],
        frame: Frame,
    ) -> None:
        self.corpus = corpus
        self.work = work
        self.alignment = alignment
        self.findings = findings
        self.frame = frame
        self.href = f"{file_stem(work.id)}.html"
        self.shard = f"search/{file_stem(work.id)}.js"

    @cached_property
    def content(self) -> str:
        """Fingerprint of what the page shows, the same in every interface language."""
        return fingerprint(self.work, self.alignment, self.findings)

    @cached_property
    def key(self) -> str:
        """What the page was made from."""
        titles = [(w.id, w.titles) for w in self.corpus.works if w.id in self.work.related]
        return self.frame.key((self.content, self.corpus.authorities, titles))

    @cached_property
    def _anchors(self) -> PageAnchors:
        return PageAnchors(self.alignment, len(self.findings))

    @cached_property
    def _entries(self) -> Entries:
        tags = {version.lang: version.language_tag for version in self.work.versions}
        return Entries(self.corpus, self.alignment, self._anchors, tags, self.frame.ui_lang)

    @cached_property
    def page(self) -> Page:
        """Columns, sections, rows, notes."""
        return lay_out(
            self.work, self.alignment, self.findings, self._anchors, self._entries,
            self.frame.translate,
        )  # fmt: skip

    @cached_property
    def groups(self) -> tuple[EntryGroup, ...]:
        """Names, dates and sources of the page."""
        return self._entries.groups(self.frame.translate)

    @cached_property
    def citation(self) -> Citation:
        """How the page is cited."""
        imprint = Imprint(self.frame.date or today(), self.content)
        lang, translate = self.frame.ui_lang, self.frame.translate
        return cite(self.work, self.page.columns, imprint, lang, translate)

    @cached_property
    def _scale(self) -> Scale | None:
        def anchor(lang: str, passage: str) -> str:
            return self._anchors.passages.get((lang, passage), "")

        lang, translate = self.frame.ui_lang, self.frame.translate
        return weigh(self.corpus, self.work, anchor, lang, translate)

    @cached_property
    def summary(self) -> Summary:
        """What stands above the rows."""
        lang, translate = self.frame.ui_lang, self.frame.translate
        sources = [e for group in self.groups if group.kind == "source" for e in group.entries]
        return summarise(
            self.corpus, self.work, self.page, self.citation, lang, translate, sources, self._scale
        )

    def html(self) -> str:
        """Return the page as part of a site."""
        running = self._running()
        return self._fill(running=Markup(running), policy=policy((running,)))

    def single_file(self) -> str:
        """Return the page as one file that needs no other."""
        style = inline_text(asset("edition.css", self.frame.theme))
        script = inline_text(asset("edition.js", self.frame.theme))
        running = self._running()
        allowed = policy((str(style), running), (str(script),))
        return self._fill(running=Markup(running), policy=allowed, inline=Inline(style, script))

    def _running(self) -> str:
        warning = " ".join(statement.label for statement in self.summary.statements)
        return running_head(self.summary.title, warning, self.citation.imprint)

    def _offered(self) -> list[dict[str, str]]:
        translate = self.frame.translate
        return [
            {"href": d.href, "label": label(DOWNLOADS, d.label, translate)}
            for d in self.frame.downloads
        ]

    def _fill(self, **values: object) -> str:
        return self.frame.fill(
            "work.html", self.href, work=self.work, page=self.page, summary=self.summary,
            groups=self.groups, downloads=self._offered(), **values,
        )  # fmt: skip


def unaligned(work: Work) -> Alignment:
    """Return a stand-in where nothing is aligned: one row per passage, or per division.

    Raises:
        ParallelTextsError: The work has no version.
    """
    if not work.versions:
        raise ParallelTextsError(f"{work.id}: no version to show: add one with 'add'")
    passages = tuple(version.passages for version in work.versions)
    keys = [[p.id if len(passages) == 1 else p.division for p in side] for side in passages]
    links = tuple(
        Link(
            f"l{number}", work.languages, tuple(_where(side, key) for side in keys), confidence=0.0
        )
        for number, key in enumerate(dict.fromkeys(key for side in keys for key in side), 1)
    )
    return Alignment(work.languages, passages, links, work=work.id)


def _where(side: Sequence[str], key: str) -> tuple[int, ...]:
    return tuple(number for number, other in enumerate(side) if other == key)
