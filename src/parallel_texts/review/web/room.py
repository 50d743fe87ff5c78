"""Between the review and its pages: actions done, rows painted, and what other tabs must know."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
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

Told = dict[str, Any]


class Room:
    """One review, its painter, and the changes of this run of the server."""

    def __init__(self, review: Review, ui_lang: str = "en") -> None:
        self._review = review
        self._painter = Painter(review, ui_lang)
        self._lock = threading.RLock()
        self._changes: deque[Told] = deque(maxlen=_REMEMBERED)

    def page(self, who: str, csrf: str) -> str:
        """Return the whole page."""
        with self._lock:
            self._refresh()
            return self._painter.page(who, csrf, self._state(who))

    def rows(self, start: int, count: int) -> Told:
        """Return rows as HTML, with the revision they are of."""
        with self._lock:
            html = self._painter.rows(start, count)
            return {"revision": self._review.revision, "total": len(self._review), "rows": html}

    def act(self, action: Mapping[str, object], revision: int, who: str) -> Told:
        """Do an action and return what has changed since the reviewer's revision.

        Raises:
            ReviewError: The action cannot be done.
            Conflict: Somebody has changed the same meanwhile.
        """
        with self._lock:
            self._refresh()
            change = self._review.act(action, reviewer=who, revision=revision)
            self._remember(change, who, str(action.get("kind")))
            return self.since(revision, who)

    def since(self, revision: int, who: str) -> Told:
        """Return the changes after a revision; ``reload`` where they are not known one by one."""
        with self._lock:
            self._refresh()
            told = self._state(who)
            if revision == told["revision"]:
                return told | {"changes": []}
            changes = [change for change in self._changes if change["revision"] > revision]
            known = len(changes) == told["revision"] - revision
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
        rows = self._sought(what)
        found = [row for row in rows if (row.number < start if back else row.number > start)]
        if not found:
            return {"number": None}
        row = found[-1] if back else found[0]
        return {"number": row.number, "link": row.link}

    def matches(self, what: str, chosen: Mapping[str, frozenset[str]]) -> Told:
        """Return the rows that are ``what`` and have a finding of the chosen sorts, if any is.

        Raises:
            ReviewError: ``what`` is not a thing to look for.
        """
        rows = self._sought(what, chosen)
        return {"revision": self._review.revision, "rows": [[r.number, r.link] for r in rows]}

    def _sought(self, what: str, chosen: Mapping[str, frozenset[str]] | None = None) -> list[Row]:
        fits = _TESTS.get(what)
        if fits is None:
            raise ReviewError(f"rows: choose one of {', '.join(_TESTS)}")
        with self._lock:
            found = {f.key: f for f in self._review.findings() if _fits(f, chosen or {})}
            return [row for row in self._review.rows() if fits(row, _of(row, found))]

    def _state(self, who: str) -> Told:
        return {
            "revision": self._review.revision,
            "total": len(self._review),
            "progress": asdict(self._review.progress()),
            "undo": self._review.can_undo(who),
            "redo": self._review.can_redo(who),
        }

    def _refresh(self) -> None:
        """Read files that another program has written; every tab reads everything again."""
        if self._review.refresh():
            self._changes.append({"revision": self._review.revision, "reload": True})

    def _remember(self, change: Change, who: str, kind: str) -> None:
        """Keep a change as pages take it in: the row after it may have won or lost its heading."""
        told: Told = {"revision": change.revision, "reload": False, "who": who, "kind": kind}
        if max(change.removed, len(change.rows)) > _LARGE:
            self._changes.append(told | {"reload": True})
            return
        last = change.start + len(change.rows)
        beside = self._others(change, last)
        told |= {"start": change.start, "removed": change.removed, "html": []}
        if change.rows or change.removed:
            more = self._review.rows(last, 1)
            told["removed"] += len(more)
            told["html"] = self._painter.paint([*change.rows, *more])
        told["others"] = [[row.number, *self._painter.paint([row])] for row in beside]
        if change.findings:
            told["general"] = self._painter.general()
        self._changes.append(told)

    def _others(self, change: Change, last: int) -> list[Row]:
        """Return further rows whose findings changed, or whose words a changed finding quotes."""
        links = self._painter.links_of(change.findings)
        numbers = sorted({n for n in map(self._review.number, links) if n is not None})
        return [
            row for n in numbers if not change.start <= n <= last for row in self._review.rows(n, 1)
        ]


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


def _of(row: Row, found: Mapping[str, ReviewFinding]) -> Sequence[ReviewFinding]:
    return [found[key] for key in row.findings if key in found]


_TESTS: Mapping[str, Callable[[Row, Sequence[ReviewFinding]], bool]] = {
    "all": lambda row, found: True,
    "doubtful": lambda row, found: row.doubtful,
    "unlocked": lambda row, found: not row.locked,
    "open": lambda row, found: any(f.finding.status == "open" for f in found),
    "findings": lambda row, found: bool(found),
    "gaps": lambda row, found: not all(row.passages.values()),
}
"""What one can look for among rows."""
