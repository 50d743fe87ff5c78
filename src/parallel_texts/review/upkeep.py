"""Findings kept up with the links: of those that change at once, of all when there is time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from parallel_texts.findings.judged import digest_of
from parallel_texts.model import Alignment, Finding, Work
from parallel_texts.review.desk import Desk
from parallel_texts.review.flagging import ROW_CODES, TEXT_CODES, Flagger, home
from parallel_texts.tei import KeptLink

__all__ = ["SMALL", "Job", "Upkeep"]

SMALL = 100
"""Works of up to so many links are looked at whole when they are opened."""
LONG = 2000
"""Works of more links are looked at whole once, not after each change of links."""
_CHUNK = 50
"""Links that are looked at in one go."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be looked at.

    Attributes:
        alignment: Some links with their own passages, or all.
        work: Its header, with texts where all is looked at.
        codes: To look for; empty for all.
        digests: Of the links, by id: those that have changed meanwhile are looked at again.
        is_whole: True where all links are looked at.
    """

    alignment: Alignment
    work: Work
    codes: tuple[str, ...]
    digests: Mapping[str, str]
    is_whole: bool


class Upkeep:
    """Says which findings are out of date, and brings them up to date."""

    def __init__(self, desk: Desk, flagger: Flagger) -> None:
        self.desk = desk
        self.flagger = flagger
        self._stale = dict.fromkeys(desk.sheet.numbers)
        self._is_text_stale = True

    @property
    def pending(self) -> int:
        """Number of links whose findings are out of date; 1 where it is the whole text's only."""
        return len(self._stale) or int(self._is_text_stale)

    @property
    def is_done(self) -> bool:
        """Whether no finding is out of date."""
        return not self._stale and not self._is_text_stale

    def next_job(self) -> Job | None:
        """Return what is to be looked at next: some links, when all are done the whole text."""
        sheet = self.desk.sheet
        if self._stale:
            numbers = sorted(sheet.numbers[name] for name in self._stale)[:_CHUNK]
            links = [sheet.links[number] for number in numbers]
            part = sheet.part(self.desk.work.id, links)
            return Job(part, self._bare_work(), ROW_CODES, self._digests(links), False)
        if not self._is_text_stale:
            return None
        digests = self._digests(sheet.links)
        codes = TEXT_CODES if len(digests) > LONG else ()
        return Job(self.desk.alignment(), self.desk.work, codes, digests, True)

    def _digests(self, links: Iterable[KeptLink]) -> dict[str, str]:
        return {link.id: self._digest(link) for link in links}

    def _digest(self, link: KeptLink) -> str:
        sheet = self.desk.sheet
        sides = (sheet.side(link, lang) for lang in sheet.languages)
        return digest_of(f"{p.id} {p.text}" for side in sides for p in side)

    def finish(self, job: Job, found: Iterable[Finding]) -> tuple[str, ...]:
        """Take in what was found; return the keys of findings that came, went or changed."""
        before = self.desk.board.snapshot()
        by_unit: dict[str, list[Finding]] = {}
        for finding in found:
            by_unit.setdefault(finding.unit, []).append(finding)
        same = [unit for unit, digest in job.digests.items() if self._is_same(unit, digest)]
        for unit in [*same, *([self.desk.work.id] if job.is_whole else [])]:
            self._merge(unit, by_unit.get(unit, []), job.codes)
            self._stale.pop(unit, None)
        if job.is_whole and len(same) == len(self.desk.sheet.links):
            self._is_text_stale = False
        elif job.is_whole:
            self._is_text_stale = len(same) <= LONG
        return self.desk.board.changed_since(before)

    def _is_same(self, unit: str, digest: str) -> bool:
        number = self.desk.sheet.numbers.get(unit)
        return number is not None and self._digest(self.desk.sheet.links[number]) == digest

    def _merge(self, unit: str, found: list[Finding], codes: tuple[str, ...]) -> None:
        """Put findings with some codes, or all, in the place of those there were."""
        there = self.desk.board.found_on(unit)
        others = [f for f in there if codes and not f.code.startswith(codes)]
        if found or there:
            self.desk.board.set_found(unit, others + found)

    def look_at_small(self) -> None:
        """Look at the whole work at once if it is small and nobody has."""
        if self._stale and len(self.desk.sheet.links) <= SMALL:
            self._take_all(self.flagger.flag(self.desk.alignment(), self.desk.work))
            self._stale.clear()
            self._is_text_stale = False

    def _take_all(self, findings: Iterable[Finding]) -> None:
        by_unit: dict[str, list[Finding]] = {}
        for finding in findings:
            by_unit.setdefault(finding.unit, []).append(finding)
        for unit in [*self.desk.board.units(), *by_unit]:
            self.desk.board.set_found(unit, by_unit.get(unit, []))

    def reloaded(self, touched: Iterable[str]) -> None:
        """Note what is out of date after the files were read anew.

        Args:
            touched: Tokens of links and passages that are not what they were.
        """
        sheet, board = self.desk.sheet, self.desk.board
        for unit in set(board.units()) - sheet.numbers.keys() - {self.desk.work.id}:
            board.forget(unit)
        names = [token.partition("/")[::2] for token in touched]
        units = {sheet.holders.get(n, n) if kind == "p" else n for kind, n in names}
        self._stale = {u: None for u in {*self._stale, *units} if u in sheet.numbers}
        self._is_text_stale = self._is_text_stale or bool(units)

    def links_changed(self, gone: Iterable[str], links: Sequence[KeptLink]) -> None:
        """Look at links that took the place of others; findings on texts follow their words."""
        if len(links) > _CHUNK:
            self._all_changed(gone, links)
            return
        board = self.desk.board
        names = list(gone)
        known = [f for unit in names for f in board.found_on(unit)]
        self._is_text_stale = self._is_text_stale or len(self.desk.sheet.links) <= LONG
        follow: dict[str, list[Finding]] = {link.id: [] for link in links}
        for finding in known:
            if finding.code not in ROW_CODES:
                follow[home(finding, links)].append(finding)
        is_stale = any(unit in self._stale for unit in names)
        for unit in names:
            board.forget(unit)
            self._stale.pop(unit, None)
        if is_stale:
            self._stale |= dict.fromkeys(link.id for link in links)
        found = [] if is_stale else self._rows(links)
        for link in links:
            mine = [f for f in found if f.unit == link.id]
            board.set_found(link.id, _renamed(follow[link.id], link.id) + mine)

    def _all_changed(self, gone: Iterable[str], links: Sequence[KeptLink]) -> None:
        """Note that many links have changed: too many to look at while somebody waits."""
        for unit in gone:
            self.desk.board.forget(unit)
            self._stale.pop(unit, None)
        self._stale |= dict.fromkeys(link.id for link in links)
        self._is_text_stale = True
        self.look_at_small()

    def _rows(self, links: Sequence[KeptLink]) -> list[Finding]:
        part = self.desk.sheet.part(self.desk.work.id, links)
        return self.flagger.flag(part, self._bare_work(), ROW_CODES)

    def _bare_work(self) -> Work:
        """Return the work without its texts: what rules on single links need."""
        work = self.desk.work
        return Work(work.id, work.kind, work.titles, (), work.date, work.place, work.parties)


def _renamed(findings: Iterable[Finding], unit: str) -> list[Finding]:
    return [replace(finding, unit=unit) for finding in findings]
