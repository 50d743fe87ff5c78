"""A process beside ours that looks for findings, so that nobody who reviews waits for it.

It is told on its input what to look at, pickled, and answers on its output; nobody else writes to
either.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from typing import IO

from parallel_texts.errors import ParallelTextsError
from parallel_texts.model import Alignment, Finding, Work
from parallel_texts.review.flagging import Flagger

__all__ = ["Helper", "main"]


class Helper:
    """Looks for findings in a process of its own; in ours where there can be no other."""

    def __init__(self, flagger: Flagger) -> None:
        self._flagger = flagger
        self._process: subprocess.Popen[bytes] | None = None

    def flag(self, alignment: Alignment, work: Work, select: Sequence[str]) -> list[Finding]:
        """Return findings; takes as long as it takes, and leaves our process free meanwhile."""
        try:
            process = self._started()
            assert process.stdin is not None and process.stdout is not None
            pickle.dump((self._flagger, alignment, work, tuple(select)), process.stdin)
            process.stdin.flush()
            found: list[Finding] = pickle.load(process.stdout)
            return found
        except (OSError, EOFError, pickle.PickleError):
            self.close()
            return self._flagger.flag(alignment, work, select)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "parallel_texts.review.helper"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def main(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until there are no more."""
    while True:
        try:
            flagger, alignment, work, select = pickle.load(requests)
        except EOFError:
            return
        try:
            found = flagger.flag(alignment, work, select)
        except ParallelTextsError:
            found = []
        pickle.dump(found, answers)
        answers.flush()


if __name__ == "__main__":
    with contextlib.suppress(OSError, AttributeError):
        os.nice(5)
    main(sys.stdin.buffer, sys.stdout.buffer)
