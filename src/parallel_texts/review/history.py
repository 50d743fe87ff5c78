"""The journal of a review: every action with what takes it back, on disk before the files are.

A line an action, as JSON. It is written before the files change; a line whose files did not
change any more, because the power went, is taken out when the journal is opened again.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from parallel_texts.review.errors import ReviewError
from parallel_texts.tei import Patch

__all__ = ["Entry", "History"]

REMEMBERED = 2000
"""Changes whose rows are remembered to tell who saw them: older pages have to be loaded anew."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal.

    Attributes:
        revision: The review's after it.
        op: ``act``, ``undo``, ``redo`` or ``outside`` for what another program changed.
        who: Name of the reviewer.
        kind: Of the action.
        of: Revision of the action that is taken back or done again.
        when: ISO date and time.
        patches: What was changed, in order.
        touched: Links, passages and findings that it concerns.
        digests: Per file its digest before and after.
    """

    revision: int
    op: str
    who: str = ""
    kind: str = ""
    of: int = 0
    when: str = ""
    patches: tuple[Patch, ...] = ()
    touched: tuple[str, ...] = ()
    digests: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def _line(entry: Entry) -> bytes:
    facts = asdict(entry)
    facts["patches"] = [
        [p.file, p.at, p.before, p.after, p.anchor, p.token, p.lead] for p in entry.patches
    ]
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _entry(line: bytes) -> Entry:
    facts: dict[str, Any] = json.loads(line)
    facts["patches"] = tuple(Patch(*values) for values in facts["patches"])
    facts["touched"] = tuple(facts["touched"])
    facts["digests"] = {key: tuple(pair) for key, pair in facts["digests"].items()}
    return Entry(**facts)


class History:
    """Journal of one work; what is kept in memory of an entry is where it stands in the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.revision = 0
        self.size = 0
        self._places: dict[int, tuple[int, int]] = {}
        self._undoable: dict[str, list[int]] = {}
        self._redoable: dict[str, list[int]] = {}
        self._touched: deque[tuple[int, frozenset[str]]] = deque(maxlen=REMEMBERED)
        self._read()

    def _read(self) -> None:
        """Take in the journal; a line that was not written to its end is cut off."""
        data = self.path.read_bytes() if self.path.is_file() else b""
        at = 0
        for line in data.splitlines(keepends=True):
            try:
                entry = _entry(line) if line.endswith(b"\n") else None
            except (ValueError, TypeError, AttributeError):
                entry = None
            if entry is None:
                break
            self._take(entry, at, len(line))
            at += len(line)
        self.size = at
        if at < len(data):
            self._cut(at)

    def _take(self, entry: Entry, at: int, length: int) -> None:
        self.revision = entry.revision
        self._places[entry.revision] = (at, length)
        self._touched.append((entry.revision, frozenset(entry.touched)))
        done = self._undoable.setdefault(entry.who, [])
        undone = self._redoable.setdefault(entry.who, [])
        if entry.op == "act":
            done.append(entry.revision)
            undone.clear()
        elif entry.op == "undo":
            undone.append(done.pop())
        elif entry.op == "redo":
            done.append(undone.pop())

    def append(self, entry: Entry) -> None:
        """Write an entry to its end.

        Raises:
            ReviewError: No space, or no permission; the journal is as it was.
        """
        line = _line(entry)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as stream:
                stream.write(line)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            self._cut(self.size)
            reason = error.strerror or error
            raise ReviewError(
                f"{self.path}: cannot write: {reason}; nothing was changed"
            ) from error
        self._take(entry, self.size, len(line))
        self.size += len(line)

    def _cut(self, size: int) -> None:
        try:
            os.truncate(self.path, size)
        except OSError:
            return

    def drop_last(self) -> None:
        """Take out the last entry: its files were not written."""
        at, _ = self._places[self.revision]
        self._cut(at)
        self.__init__(self.path)  # type: ignore[misc]

    def is_as_on_disk(self) -> bool:
        """Tell whether no other process has written to the journal."""
        try:
            return self.path.stat().st_size == self.size
        except OSError:
            return self.size == 0

    def entry(self, revision: int) -> Entry:
        """Return an entry, read from the file."""
        at, length = self._places[revision]
        with self.path.open("rb") as stream:
            stream.seek(at)
            return _entry(stream.read(length))

    def last(self) -> Entry | None:
        """Return the last entry."""
        return self.entry(self.revision) if self._places else None

    def undoable(self, who: str) -> int | None:
        """Return the revision of the last action of a reviewer that is not taken back."""
        done = self._undoable.get(who)
        return done[-1] if done else None

    def redoable(self, who: str) -> int | None:
        """Return the revision of the action that a reviewer took back last."""
        undone = self._redoable.get(who)
        return undone[-1] if undone else None

    def touched_since(self, revision: int) -> frozenset[str] | None:
        """Return what was touched after a revision; ``None`` where that is too long ago."""
        if revision >= self.revision:
            return frozenset()
        if not self._touched or self._touched[0][0] > revision + 1:
            return None
        return frozenset().union(*(what for number, what in self._touched if number > revision))


def touches(touched: frozenset[str] | None, mine: Iterable[str]) -> bool:
    """Tell whether any of ``mine`` was touched; all counts as touched where nobody knows."""
    return touched is None or not touched.isdisjoint(mine)
