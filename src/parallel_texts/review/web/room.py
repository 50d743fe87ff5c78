"""Between the review and its pages: actions done, rows painted, and what other tabs must know."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from parallel_texts.review.errors import Conflict, ReviewError
from parallel_texts.review.session import Review
from parallel_texts.review.sheet import Change, ReviewFinding, Row
from parallel_texts.review.web.painting import Painter

__all__ = ["Room"]

_REMEMBERED = 200
"""Changes kept for other tabs; one that has missed more reads everything again."""
_LARGE = 400
"""Rows above which a change is not sent but read again."""

_STRETCH = 200
"""Rows that are looked through in one go."""

Told = dict[str, Any]
Test = Callable[[Row, Sequence[ReviewFinding]], bool]


class Room:
    """One review, its painter, and the changes of this run of the server."""

    def __init__(self, review: Review, ui_lang: str = "en") -> None:
        self._review = review
        self._painter = Painter(review, ui_lang)
        self._lock = threading.RLock()
        self._changes: deque[Told] = deque(maxlen=_REMEMBERED)
        self._serial = 0

    def page(self, who: str, csrf: str) -> str:
        """Return the whole page."""
        with self._lock:
            self._refresh()
            return self._painter.page(who, csrf, self._state(who))

    def rows(self, start: int, count: int) -> Told:
        """Return rows as HTML, with the revision they are of."""
        with self._lock:
            html = self._painter.rows(start, count)
            return {"serial": self._serial, "total": len(self._review), "rows": html}

    def links(self, links: Sequence[str]) -> Told:
        """Return rows as HTML by their links; those that are gone are left out."""
        with self._lock:
            numbers = [n for n in map(self._review.number, links) if n is not None]
            rows = [row for number in numbers for row in self._review.rows(number, 1)]
            return {"rows": [[row.link, *self._painter.paint([row])] for row in rows]}

    def act(self, action: Mapping[str, object], revision: int, serial: int, who: str) -> Told:
        """Do an action and return what has changed since the page's last news.

        Args:
            action: As the page sends it.
            revision: Of the review as the reviewer saw it.
            serial: Of the last change that the page has drawn.
            who: Name of the reviewer.

        Raises:
            ReviewError: The action cannot be done.
            Conflict: Somebody has changed the same meanwhile.
        """
        if action.get("kind") == "realign":
            return self._realign(action, revision, serial, who)
        with self._lock:
            self._refresh()
            before = self._review.revision
            change = self._review.act(action, reviewer=who, revision=revision)
            if change.revision != before + 1:
                self._read_again()
            self._remember(change, who, str(action.get("kind")))
            return self.since(serial, who)

    def _realign(self, action: Mapping[str, object], revision: int, serial: int, who: str) -> Told:
        """Align anew while others go on: it takes long, and every tab reads everything again."""
        self._review.act(action, reviewer=who, revision=revision)
        with self._lock:
            self._read_again()
            return self.since(serial, who)

    def look_further(self) -> bool:
        """Look for findings of a long work a piece further, while others go on.

        Returns:
            True while there is more to look at.
        """
        if not self._review.pending:
            return False
        more = self._review.settle()
        with self._lock:
            places = self._painter.update(self._painter.outdated())
            links = [row.link for row in self._rows_of(places)]
            for start in range(0, len(links), _LARGE):
                part = links[start : start + _LARGE]
                self._log({"reload": False, "redraw": part, "general": self._painter.general()})
        return more

    def close(self) -> None:
        """End what looks for findings beside."""
        self._review.close()

    def since(self, serial: int, who: str) -> Told:
        """Return the changes after one; ``reload`` where they are not known one by one."""
        with self._lock:
            self._refresh()
            told = self._state(who)
            changes = [change for change in self._changes if change["serial"] > serial]
            known = 0 <= self._serial - serial == len(changes)
            if not known or any(change["reload"] for change in changes):
                return told | {"changes": [], "reload": True, "general": self._painter.general()}
            return told | {"changes": changes}

    def conflict(self, conflict: Conflict, at: str) -> Told:
        """Return what a reviewer wanted and what stands there now: at least where they were.

        Args:
            conflict: As the review has raised it.
            at: Id of the passage that the reviewer was at.
        """
        with self._lock:
            rows = [thing for thing in conflict.theirs if isinstance(thing, Row)]
            found = [thing for thing in conflict.theirs if isinstance(thing, ReviewFinding)]
            number = self._review.number(at)
            if not rows and not found and number is not None:
                rows = self._review.rows(number, 1)
            return {
                "error": self._painter.refusal(conflict),
                "revision": conflict.revision,
                "mine": conflict.mine,
                "theirs": self._painter.plain(rows),
                "findings": [_said(one) for one in found],
            }

    def refusal(self, error: Exception) -> Told:
        """Return why something was refused."""
        return {"error": self._painter.refusal(error)}

    def findings(self) -> list[Told]:
        """Return every finding with its judgements."""
        return [
            {"key": found.key, "link": found.link, **found.finding.record()}
            | {"judgements": [asdict(said) for said in found.judgements]}
            for found in self._review.findings()
        ]

    def next(self, what: str, start: int, *, back: bool) -> Told:
        """Return number and link of the next row that is ``what``, after or before ``start``.

        Raises:
            ReviewError: ``what`` is not a thing to look for.
        """
        fits = _test(what)
        with self._lock:
            for row in self._from(start, back=back):
                if fits(row, self._beside(row)):
                    return {"number": row.number, "link": row.link}
        return {"number": None}

    def _from(self, start: int, *, back: bool) -> Iterator[Row]:
        """Yield the rows after or before one, nearest first."""
        total = len(self._review)
        if back:
            for end in range(min(start, total), 0, -_STRETCH):
                first = max(0, end - _STRETCH)
                yield from reversed(self._review.rows(first, end - first))
        else:
            for first in range(start + 1, total, _STRETCH):
                yield from self._review.rows(first, _STRETCH)

    def matches(self, what: str, chosen: Mapping[str, frozenset[str]]) -> Told:
        """Return the rows that are ``what`` and have a finding of the chosen sorts, if any is.

        Raises:
            ReviewError: ``what`` is not a thing to look for.
        """
        fits = _test(what)
        with self._lock:
            rows = [row for row in self._review.rows() if fits(row, self._beside(row, chosen))]
        return {"rows": [[row.number, row.link] for row in rows]}

    def _beside(
        self, row: Row, chosen: Mapping[str, frozenset[str]] | None = None
    ) -> list[ReviewFinding]:
        """Return the findings beside a row that are of the chosen sorts."""
        found = [self._painter.finding(key) for key in row.findings]
        return [one for one in found if one is not None and _fits(one, chosen or {})]

    def _state(self, who: str) -> Told:
        return {
            "revision": self._review.revision,
            "serial": self._serial,
            "total": len(self._review),
            "pending": self._review.pending,
            "progress": asdict(self._review.progress()),
            "undo": self._review.can_undo(who),
            "redo": self._review.can_redo(who),
        }

    def _refresh(self) -> None:
        """Read files that another program has written; every tab reads everything again."""
        if self._review.refresh():
            self._read_again()

    def _read_again(self) -> None:
        self._painter.read_again()
        self._log({"reload": True})

    def _remember(self, change: Change, who: str, kind: str) -> None:
        """Keep a change as pages take it in: the row after it may have won or lost its heading."""
        told: Told = {"reload": False, "who": who, "kind": kind}
        places = self._painter.update(change.findings)
        if max(change.removed, len(change.rows)) > _LARGE:
            self._log({"reload": True})
            return
        last = change.start + len(change.rows)
        beside = self._others(places, change.start, last)
        told |= {"start": change.start, "removed": change.removed, "html": []}
        if change.rows or change.removed:
            more = self._review.rows(last, 1)
            told["removed"] += len(more)
            told["html"] = self._painter.paint([*change.rows, *more])
        told["others"] = [[row.number, *self._painter.paint([row])] for row in beside]
        if change.findings:
            told["general"] = self._painter.general()
        self._log(told)

    def _log(self, told: Told) -> None:
        self._serial += 1
        self._changes.append(told | {"serial": self._serial})

    def _others(self, places: Collection[str], start: int, last: int) -> list[Row]:
        """Return rows outside a change whose findings changed, or whose words these quote."""
        return [row for row in self._rows_of(places) if not start <= row.number <= last]

    def _rows_of(self, places: Collection[str]) -> list[Row]:
        """Return the rows of links, and of the links that hold passages."""
        numbers = {number for number in map(self._review.number, places) if number is not None}
        return [row for number in sorted(numbers) for row in self._review.rows(number, 1)]


def _said(found: ReviewFinding) -> str:
    """Return a finding with each person's last word on it."""
    verdicts = (f"{one.who}: {one.verdict} {one.note}".strip() for one in found.judgements)
    return " · ".join([found.finding.message, *verdicts])


def _fits(found: ReviewFinding, chosen: Mapping[str, frozenset[str]]) -> bool:
    values = {
        "kind": found.finding.kind,
        "status": found.finding.status,
        "code": found.finding.code,
    }
    return all(values[name] in allowed for name, allowed in chosen.items() if allowed)


def _test(what: str) -> Test:
    """Return the test of what is looked for.

    Raises:
        ReviewError: It is not a thing to look for.
    """
    if what not in _TESTS:
        raise ReviewError(f"rows: choose one of {', '.join(_TESTS)}")
    return _TESTS[what]


_TESTS: Mapping[str, Test] = {
    "all": lambda row, found: True,
    "doubtful": lambda row, found: row.doubtful,
    "unlocked": lambda row, found: not row.locked,
    "open": lambda row, found: any(f.finding.status == "open" for f in found),
    "findings": lambda row, found: bool(found),
    "gaps": lambda row, found: not all(row.passages.values()),
}
"""What one can look for among rows."""
