"""Progress of a batch: a bar with rate and time left on a terminal, failures everywhere."""

from __future__ import annotations

from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from parallel_texts.batch import Job, Outcome
from parallel_texts.cli.common import messages, note

__all__ = ["Watch"]

_UNITS = {"reading": ("MB", 2**20), "encoding": ("parts", 1), "aligning": ("passages", 1)}
"""What each stage counts, and how many of it make one that is shown."""


class Watch:
    """Told by a run of what goes on.

    Attributes:
        finished: Works that need not be done again.
    """

    def __init__(self) -> None:
        self.finished = 0
        screen = messages()
        self._terminal = screen.is_terminal
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=16),
            _Amount(),
            _Rate(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=screen,
            disable=not self._terminal,
            transient=True,
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Watch:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def step(self, stage: str, done: int, total: int) -> None:
        """Move the bar of a stage."""
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done)

    def done(self, job: Job, outcome: Outcome, reused: bool) -> None:
        """Count a work, and name one that failed."""
        self.finished += outcome.done
        if outcome.done:
            return
        if self._terminal:
            self._progress.console.print(escape(f"{job.id}: {outcome.reason}"))
        else:
            note(f"{job.id}: {outcome.reason}")


class _Amount(ProgressColumn):
    """``1,200/96,000 passages``."""

    def render(self, task: Task) -> Text:
        unit, size = _UNITS[task.description]
        amounts = f"{task.completed / size:,.0f}/{(task.total or 0) / size:,.0f}"
        return Text(f"{amounts} {unit}", no_wrap=True)


class _Rate(ProgressColumn):
    """``310/s``."""

    def render(self, task: Task) -> Text:
        _, size = _UNITS[task.description]
        speed = task.finished_speed or task.speed
        return Text(f"{speed / size:,.1f}/s" if speed else "")
