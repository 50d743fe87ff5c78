"""Findings kept up with the links: of those that change at once, of all when there is time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from parallel_texts.model import Alignment, Finding, Work
from parallel_texts.review.desk import Desk
from parallel_texts.review.flagging import ROW_CODES, Flagger, home
from parallel_texts.tei import KeptLink

__all__ = ["SMALL", "Upkeep"]

SMALL = 100
"""Works of up to so many links are looked at whole when they are opened."""
_CHUNK = 50
"""Links that are looked at in one go."""

Finder = Callable[[Alignment, Work, Sequence[str]], list[Finding]]


class Upkeep:
    """Says which findings are out of date, and brings them up to date."""

    def __init__(self, desk: Desk, flagger: Flagger) -> None:
        self.desk = desk
        self._flagger = flagger
        self.start()

    def start(self) -> None:
        """Begin anew: all is out of date."""
        self._stale = dict.fromkeys(self.desk.sheet.numbers)
        self._is_text_stale = True

    @property
    def pending(self) -> int:
        """Number of links whose findings are out of date."""
        return len(self._stale)

    def look_at_small(self) -> None:
        """Look at the whole work at once if it is small and nobody has."""
        if self._stale and len(self.desk.sheet.links) <= SMALL and self._is_text_stale:
            self._take_all(self._flagger.flag(self.desk.alignment(), self.desk.work))
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
        return self._flagger.flag(part, self._bare_work(), ROW_CODES)

    def _bare_work(self) -> Work:
        """Return the work without its texts: what rules on single links need."""
        work = self.desk.work
        return Work(work.id, work.kind, work.titles, (), work.date, work.place, work.parties)


def _renamed(findings: Iterable[Finding], unit: str) -> list[Finding]:
    return [replace(finding, unit=unit) for finding in findings]
