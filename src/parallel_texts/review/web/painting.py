"""Rows and findings under review as HTML, by the edition's own templates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

import parallel_texts
from parallel_texts.edition.addresses import plain_anchor
from parallel_texts.edition.columns import column_of, division_label, divisions_of
from parallel_texts.edition.labels import CODES, KINDS, STATUSES, Translate, autonym
from parallel_texts.edition.likeness import counterparts
from parallel_texts.edition.markup import Span, mark_up, shown
from parallel_texts.edition.placing import note_of, span_of
from parallel_texts.edition.theme import environment as edition_environment
from parallel_texts.edition.views import Cell, Column, Note, PassageView, Quote
from parallel_texts.edition.views import Row as RowView
from parallel_texts.i18n import translator
from parallel_texts.model import Division, Evidence, Mention, Passage, Work
from parallel_texts.review.session import Review
from parallel_texts.review.sheet import ReviewFinding, Row
from parallel_texts.review.web.security import PAGE_POLICY
from parallel_texts.review.web.words import KEYS, REASONS, SHOWN, WORDS, refusal

__all__ = ["CHUNK", "Painter"]

CHUNK = 40
"""Rows that are sent and laid out together."""
_UI_TAGS = {"en": "en", "ru": "ru", "zh": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class _PassageView(PassageView):
    """A passage with its id, and its bare text where the page shows another."""

    id: str = ""
    raw: Markup | None = None


@dataclass(frozen=True, slots=True)
class _RowView:
    """A row as the edition shows it, and where it stands in the review."""

    view: RowView
    state: Row
    label: str
    heads: tuple[str, ...]


@cache
def _environment(ui_lang: str) -> Environment:
    edition = edition_environment(ui_lang)
    own = PackageLoader("parallel_texts.review.web", "templates")
    assert edition.loader is not None
    env = edition.overlay(
        loader=ChoiceLoader([own, PrefixLoader({"edition": edition.loader}), edition.loader])
    )
    env.globals = {**edition.globals, "_": _translate(ui_lang)}
    return env


def _translate(ui_lang: str) -> Translate:
    """Return the review's words, and the edition's where it has none of its own."""
    own, edition = translator("review", ui_lang), translator("edition", ui_lang)
    return lambda message: edition(message) if own(message) == message else own(message)


def _no_entry(mention: Mention) -> None:
    """Names lead nowhere here: the page has no index of them."""


class Painter:
    """Writes HTML for one review in one interface language.

    Finding numbers are given in the order in which findings are first seen and stay theirs.
    """

    def __init__(self, review: Review, ui_lang: str = "en") -> None:
        self._review = review
        self._ui_lang = ui_lang
        self._translate = _translate(ui_lang)
        self._env = _environment(ui_lang)
        self._said = {
            "verdicts": dict(self._labels(STATUSES)),
            "reason_words": dict(self._labels(REASONS)),
        }
        self._numbers: dict[str, int] = {}
        self._seen_work: Work | None = None
        self._columns: tuple[Column, ...] = ()
        self._divisions: Mapping[str, Mapping[str, Division]] = {}
        self._by_key: dict[str, ReviewFinding] = {}
        self._by_number: dict[int, ReviewFinding] = {}
        self._evidence: dict[str, dict[str, list[Evidence]]] = {}
        self.read_again()

    def rows(self, start: int, count: int) -> list[str]:
        """Return rows as HTML, each a table body of its own, headed where a division opens."""
        self._look()
        return self.paint(self._review.rows(start, count))

    def paint(self, rows: Sequence[Row]) -> list[str]:
        """Return these rows as HTML."""
        self._look()
        before = _division(self._review.rows(rows[0].number - 1, 1)) if _follows(rows) else ""
        template = self._env.get_template("_body.html")
        painted = []
        for row in rows:
            division = _division([row])
            view = self._view(row, division, opens=division != before)
            painted.append(template.render(self._frame(item=view)))
            before = division
        return painted

    def plain(self, rows: Sequence[Row]) -> list[dict[str, str]]:
        """Return rows as text per language, for people to compare."""
        glue = {column.lang: column.glue for column in self._columns}
        return [
            {lang: glue.get(lang, " ").join(p.text for p in side) for lang, side in sides.items()}
            for sides in (row.passages for row in rows)
        ]

    def page(self, who: str, csrf: str, state: Mapping[str, object]) -> str:
        """Return the page with its first rows."""
        self._look()
        work, total = self._review.work, len(self._review)
        template = self._env.get_template("review.html")
        return template.render(
            self._frame(
                work=work, title=work.title(self._ui_lang), who=who, csrf=csrf, total=total,
                chunk=CHUNK, state=json.dumps(state), general=self._notes(None),
                reasons=self._labels(REASONS), keys=KEYS,
                codes=self._labels(CODES), kinds=self._labels(KINDS), shown=self._labels(SHOWN),
                statuses=self._labels(STATUSES), words=self._words(),
                first=[Markup(html) for html in self.rows(0, CHUNK)],
            )
        )  # fmt: skip

    def general(self) -> str:
        """Return the findings on the work as a whole."""
        self._look()
        template = self._env.get_template("_general.html")
        return template.render(self._frame(general=self._notes(None)))

    def refusal(self, error: Exception) -> str:
        """Return why something was refused, in the interface's language."""
        return refusal(str(error), self._translate)

    def _frame(self, **values: object) -> dict[str, object]:
        site = {
            "tag": _UI_TAGS[self._ui_lang], "root": "/static/", "switch": (),
            "version": parallel_texts.__version__,
        }  # fmt: skip
        frame = {"inline": None, "running": "", "policy": PAGE_POLICY, "here": "", "site": site}
        return (
            frame
            | {"page": {"columns": self._columns}, "judged": self._by_number}
            | self._said
            | values
        )

    def _labels(self, table: Mapping[str, str]) -> list[tuple[str, str]]:
        return [(key, self._translate(text)) for key, text in table.items()]

    def _words(self) -> str:
        return json.dumps({key: self._translate(text) for key, text in WORDS.items()})

    def _look(self) -> None:
        """Read columns and divisions again where they are others than before."""
        if self._review.work is not self._seen_work:
            self._see_work(self._review.work)

    def _see_work(self, work: Work) -> None:
        self._columns = tuple(
            column_of(work, version.lang, len(version.passages), self._translate)
            for version in work.versions
        )
        self._divisions = divisions_of(work)
        self._seen_work = work

    def read_again(self) -> None:
        """Take in all findings anew, as after files were read again."""
        self._by_key.clear()
        self._by_number.clear()
        self._evidence.clear()
        for found in self._review.findings():
            self._add(found)

    def outdated(self) -> tuple[str, ...]:
        """Return the keys of findings that are others now than when they were taken in."""
        now = {found.key: found for found in self._review.findings()}
        keys = self._by_key.keys() | now.keys()
        return tuple(sorted(k for k in keys if self._by_key.get(k) is not now.get(k)))

    def update(self, keys: Sequence[str]) -> set[str]:
        """Take in findings that came, went or changed.

        Returns:
            The links that they stand beside, and the passages that they quote or have quoted.
        """
        places: set[str] = set()
        for key in keys:
            old, new = self._by_key.pop(key, None), self._review.finding(key)
            if old is not None:
                places |= _places(old)
                self._drop(old)
            if new is not None:
                places |= _places(new)
                self._add(new)
        return places

    def _add(self, found: ReviewFinding) -> None:
        number = self._numbers.setdefault(found.key, len(self._numbers) + 1)
        self._by_key[found.key] = self._by_number[number] = found
        for quote in found.finding.evidence:
            self._evidence.setdefault(quote.passage, {}).setdefault(found.key, []).append(quote)

    def _drop(self, found: ReviewFinding) -> None:
        self._by_number.pop(self._numbers[found.key], None)
        for quote in found.finding.evidence:
            self._evidence.get(quote.passage, {}).pop(found.key, None)

    def finding(self, key: str) -> ReviewFinding | None:
        """Return a finding as it was last taken in."""
        return self._by_key.get(key)

    def _view(self, row: Row, division: str, *, opens: bool) -> _RowView:
        heads = self._divisions.get(division, {})
        return _RowView(
            view=self._row(row, division),
            state=row,
            label=division_label(heads, self._translate) if opens else "",
            heads=tuple(heads[c.lang].head if c.lang in heads else "" for c in self._columns),
        )

    def _row(self, row: Row, division: str) -> RowView:
        passages = [p for side in row.passages.values() for p in side]
        return RowView(
            anchor=f"r.{plain_anchor(row.link)}",
            number=row.number + 1,
            cells=tuple(self._cells(row, division)),
            notes=self._notes(row.findings),
            also=(),
            shape=":".join(str(len(side)) for side in row.passages.values()),
            moved=row.moved,
            sources=(),
            editorial=bool(passages) and all(p.editorial for p in passages),
        )

    def _cells(self, row: Row, division: str) -> Iterator[Cell]:
        many = any(len(side) > 1 for side in row.passages.values())
        likeness = counterparts(row.passages) if many else {}
        for lang, side in row.passages.items():
            views = tuple(self._passage(p, likeness.get((lang, p.id), ())) for p in side)
            place = self._place(lang, side, division)
            gap = "" if side else self._translate("No counterpart in this version")
            yield Cell(views, gap, place)

    def _place(self, lang: str, side: Sequence[Passage], home: str) -> str:
        division = side[0].division if side else home
        found = self._divisions.get(division, {}) if division != home else {}
        return division_label({lang: found[lang]}, self._translate) if lang in found else ""

    def _passage(self, passage: Passage, like: Iterable[tuple[str, str]]) -> _PassageView:
        spans = tuple(self._spans(passage))
        bare = passage.text if shown(passage.text) != passage.text else None
        return _PassageView(
            anchor=_anchor(passage.id),
            html=mark_up(passage, spans, _no_entry),
            counterparts=" ".join(_anchor(other) for _, other in like),
            id=passage.id,
            raw=None if bare is None else Markup.escape(bare),
        )

    def _spans(self, passage: Passage) -> Iterator[Span]:
        for key, quotes in self._evidence.get(passage.id, {}).items():
            number, kind = self._numbers[key], self._by_key[key].finding.kind
            yield from (span_of(quote, number, kind, len(passage.text)) for quote in quotes)

    def _notes(self, keys: Sequence[str] | None) -> tuple[Note, ...]:
        """Return the notes of a row, or with ``None`` those on the whole work."""
        if keys is None:
            keys = [key for key, found in self._by_key.items() if found.link is None]
        return tuple(self._note(self._by_key[key]) for key in keys if key in self._by_key)

    def _note(self, found: ReviewFinding) -> Note:
        tags = {column.lang: column.tag for column in self._columns}
        quotes = [
            Quote(tag, autonym(tag), _anchor(e.passage), e.text)
            for e in found.finding.evidence
            for tag in [tags.get(e.lang, e.lang)]
        ]
        number = self._numbers[found.key]
        return note_of(found.finding, number, quotes, self._translate)


def _anchor(passage: str) -> str:
    """Return a passage's anchor; the dot keeps it apart from every id the page has itself."""
    return f"p.{plain_anchor(passage)}"


def _places(found: ReviewFinding) -> set[str]:
    """Return the link a finding stands beside, and the passages that it quotes."""
    link = {found.link} if found.link is not None else set()
    return link | {quote.passage for quote in found.finding.evidence}


def _follows(rows: Sequence[Row]) -> bool:
    return bool(rows) and rows[0].number > 0


def _division(rows: Sequence[Row]) -> str:
    """Return the division of a row's first passage."""
    sides = (side for row in rows for side in row.passages.values())
    return next((side[0].division for side in sides if side), "")
