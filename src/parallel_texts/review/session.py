"""One work under review."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from parallel_texts.corpus import corpus_path, load_corpus
from parallel_texts.errors import CorpusError, ParallelTextsError
from parallel_texts.model import Alignment, Work
from parallel_texts.pipeline import align_work
from parallel_texts.review.absorbing import absorb
from parallel_texts.review.actions import check_action
from parallel_texts.review.desk import Desk
from parallel_texts.review.errors import Conflict, ReviewError
from parallel_texts.review.flagging import Flagger
from parallel_texts.review.helper import Helper
from parallel_texts.review.history import Entry, History, touches
from parallel_texts.review.planning import Draft, Plan, named, plan_splice, tokens
from parallel_texts.review.plans import PLANS
from parallel_texts.review.realigning import realigned, stretches
from parallel_texts.review.sheet import Change, Progress, ReviewFinding, Row, marks
from parallel_texts.review.storage import Storage, locked, state_folder
from parallel_texts.review.upkeep import Upkeep
from parallel_texts.tei import Patch, PatchError

__all__ = ["Review"]


class Review:
    """One work under review; several reviewers, tabs and threads may share one instance.

    Attributes:
        work: The work with its versions as they are now.
        languages: Of the links.
    """

    def __init__(self, upkeep: Upkeep, history: History, lock: Path) -> None:
        self._upkeep = upkeep
        self._desk = upkeep.desk
        self._history = history
        self._path = lock
        self._helper = Helper(upkeep.flagger)
        self._lock = threading.RLock()

    @classmethod
    def open(cls, corpus: Path | str, work: str, *, ui_lang: str = "en") -> Review:
        """Open a work of a corpus; it is aligned first if it has no links yet.

        Args:
            corpus: Folder.
            work: Id of the work.
            ui_lang: Language of the messages of findings: ``en``, ``ru`` or ``zh``.

        Raises:
            ReviewError: The work has one version only, or a version without links.
            ParallelTextsError: A file cannot be read or written.
        """
        loaded = load_corpus(corpus_path(Path(corpus)))
        found = loaded.work(work)
        if found is None:
            known = ", ".join(w.id for w in loaded.works)
            raise CorpusError(f"no work {work!r} in {loaded.path}: there are {known}")
        if len(found.versions) < 2:
            raise ReviewError(f"{work} has one version only: there is nothing to link")
        align_work(loaded, found)
        folder = Path(loaded.path)
        state = state_folder(folder, work)
        with locked(state / "lock"):
            history = History(state / "journal.jsonl")
            storage = Storage(folder, work, found.languages)
            upkeep = Upkeep(Desk(storage, found), Flagger.of(loaded, ui_lang))
            review = cls(upkeep, history, state / "lock")
            review._drop_unwritten()
        return review

    @property
    def revision(self) -> int:
        """Grows by one at each change; goes on across restarts."""
        return self._history.revision

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the links."""
        return self._desk.sheet.languages

    @property
    def work(self) -> Work:
        """The work with its versions as they are now."""
        return self._desk.work

    @property
    def alignment(self) -> Alignment:
        """All links as an alignment: made anew when they have changed."""
        with self._lock:
            return self._desk.alignment()

    def __len__(self) -> int:
        return len(self._desk.sheet.links)

    def number(self, identifier: str) -> int | None:
        """Return the row of a link, or of the link that holds a passage; ``None`` if neither."""
        with self._lock:
            sheet = self._desk.sheet
            return sheet.numbers.get(sheet.holders.get(identifier, identifier))

    def rows(self, start: int = 0, count: int | None = None) -> list[Row]:
        """Return rows from ``start``, all or ``count`` of them."""
        with self._lock:
            self._upkeep.look_at_small()
            end = len(self) if count is None else min(start + count, len(self))
            return self._desk.rows(start, end)

    def findings(self) -> tuple[ReviewFinding, ...]:
        """Return all findings, those on the whole work first, then by row."""
        with self._lock:
            self._upkeep.look_at_small()
            return self._desk.findings()

    def finding(self, key: str) -> ReviewFinding | None:
        """Return a finding by its key, or ``None``."""
        with self._lock:
            return self._desk.board.review_finding(key)

    def progress(self) -> Progress:
        """Return how far the review has come."""
        with self._lock:
            self._upkeep.look_at_small()
            return self._desk.progress()

    def can_undo(self, reviewer: str) -> bool:
        """Tell whether a reviewer has done something that can be taken back."""
        return self._history.undoable(reviewer) is not None

    def can_redo(self, reviewer: str) -> bool:
        """Tell whether a reviewer has taken something back that can be done again."""
        return self._history.redoable(reviewer) is not None

    def act(self, action: Mapping[str, object], *, reviewer: str, revision: int) -> Change:
        """Do one action and save it.

        Args:
            action: Its ``kind`` and fields: see ``docs/review.md``.
            reviewer: Name of who does it.
            revision: Of the review as the reviewer saw it.

        Raises:
            Conflict: Somebody has changed meanwhile what it is about.
            ReviewError: It cannot be done; says why.
            ParallelTextsError: It cannot be written; nothing is changed then.
        """
        checked = check_action(action)
        if not reviewer.strip():
            raise ReviewError("say who you are: a name is kept with each change")
        if checked["kind"] == "realign":
            return self._realign(checked, reviewer, revision)
        with self._lock, locked(self._path):
            self._refresh()
            self._upkeep.look_at_small()
            return self._act(checked, reviewer, revision)

    def _realign(self, action: Mapping[str, object], who: str, revision: int) -> Change:
        """Align the rest; others go on working meanwhile, and their work goes before."""
        with self._lock, locked(self._path):
            self._refresh()
            self._upkeep.look_at_small()
            if touches(self._history.touched_since(revision), tokens(self._desk.sheet.links)):
                raise self._conflict(action, ())
            job, seen = stretches(self._desk.sheet, self._desk.work.versions), self.revision
        splice = realigned(job)
        if splice is None:
            raise ReviewError("nothing changes: aligned anew, the rest is as it was")
        with self._lock, locked(self._path):
            self._refresh()
            old = self._desk.sheet.links[splice.start : splice.start + splice.removed]
            concerned = (*tokens(job.links), *tokens(old))
            if touches(self._history.touched_since(seen), concerned):
                raise self._conflict(action, tokens(old))
            plan = plan_splice(self._desk, Draft(self._desk), splice)
            return self._commit(plan, Entry(0, "act", who, "realign"))

    def _act(self, action: Mapping[str, object], who: str, revision: int) -> Change:
        since = self._history.touched_since(revision)
        concerned = named(action, who)
        if touches(since, concerned):
            raise self._conflict(action, concerned)
        if action["kind"] in ("undo", "redo"):
            return self._again(action, who, since)
        plan = PLANS[str(action["kind"])](self._desk, action, who)
        if touches(since, plan.touched):
            raise self._conflict(action, plan.touched)
        return self._commit(plan, Entry(0, "act", who, str(action["kind"])))

    def _again(
        self, action: Mapping[str, object], who: str, since: frozenset[str] | None
    ) -> Change:
        """Take back the last action of a reviewer, or do it again."""
        op = str(action["kind"])
        of = self._history.undoable(who) if op == "undo" else self._history.redoable(who)
        if of is None:
            raise ReviewError(
                "there is nothing to take back" if op == "undo" else "nothing to redo"
            )
        entry = self._history.entry(of)
        if touches(since, entry.touched):
            raise self._conflict(action, entry.touched)
        done = entry.patches
        patches = tuple(p.reversed() for p in reversed(done)) if op == "undo" else done
        plan = Plan(self._needed(patches, op), entry.touched)
        try:
            return self._commit(plan, Entry(0, op, who, entry.kind, of))
        except PatchError as error:
            raise self._conflict(action, entry.touched) from error

    def _needed(self, patches: Sequence[Patch], op: str) -> tuple[Patch, ...]:
        return self._desk.needed(patches, op)

    def _conflict(self, action: Mapping[str, object], touched: Sequence[str]) -> Conflict:
        return Conflict(action, self._desk.concerned(touched), self.revision)

    def _commit(self, plan: Plan, entry: Entry) -> Change:
        """Write the journal, then the files, then take the change in."""
        made = self._desk.prepare(plan.patches, plan.texts)
        whole = replace(
            entry,
            revision=self.revision + 1,
            when=datetime.now(UTC).isoformat(timespec="seconds"),
            patches=made.patches,
            touched=tuple(dict.fromkeys(plan.touched)),
            digests=made.digests,
        )
        self._history.append(whole)
        try:
            files = self._desk.write(made)
        except ParallelTextsError:
            self._history.drop_last()
            raise
        effect = absorb(self._desk, self._upkeep, made)
        return Change(
            self.revision,
            effect.start,
            effect.removed,
            tuple(self._desk.rows(effect.start, effect.start + effect.added)),
            effect.findings,
            self._desk.progress(),
            self.can_undo(entry.who),
            self.can_redo(entry.who),
            files,
        )

    @property
    def pending(self) -> int:
        """Number of links whose findings are still looked for: see :meth:`settle`."""
        return self._upkeep.pending

    def settle(self) -> bool:
        """Look for findings that nobody has looked for since links changed, a piece at a time.

        A long work is looked at link by link, then whole. This takes seconds or minutes, in another
        process; rows can be read and changed meanwhile. Findings that come are a new revision.

        Returns:
            True while there is more to do: call it again.
        """
        with self._lock:
            job = self._upkeep.next_job()
        if job is None:
            return False
        found = self._helper.flag(job.alignment, job.work, job.codes)
        with self._lock, locked(self._path):
            self._refresh()
            keys = self._upkeep.finish(job, found)
            if keys:
                touched = tuple(f"k/{key}" for key in keys)
                self._history.append(Entry(self.revision + 1, "outside", touched=touched))
        return not self._upkeep.is_done

    def close(self) -> None:
        """End what runs beside; nothing is left to be saved."""
        self._helper.close()

    def refresh(self) -> bool:
        """Take in what other programs wrote to the files; tell whether anything changed."""
        with self._lock:
            if self._desk.is_as_on_disk() and self._history.is_as_on_disk():
                return False
            with locked(self._path):
                return self._refresh()

    def _refresh(self) -> bool:
        """Load what another program, or another process of ours, has written."""
        is_ours = self._history.is_as_on_disk()
        if is_ours and self._desk.is_as_on_disk():
            return False
        before, shown = marks(self._desk.sheet), self._desk.board.snapshot()
        self._desk.load()
        after = marks(self._desk.sheet)
        names = before.keys() | after.keys()
        touched = tuple(sorted(n for n in names if before.get(n) != after.get(n)))
        self._upkeep.reloaded(touched)
        touched += tuple(f"k/{key}" for key in self._desk.board.changed_since(shown))
        if not is_ours:
            self._history = History(self._history.path)
        elif touched:
            self._history.append(Entry(self.revision + 1, "outside", touched=touched))
        return bool(touched) or not is_ours

    def _drop_unwritten(self) -> None:
        """Take out a last entry whose files were not written any more."""
        last = self._history.last()
        if last is None:
            return
        if last.digests and all(
            self._desk.digest(key) == before for key, (before, _) in last.digests.items()
        ):
            self._history.drop_last()
