"""Findings of many alignments one after another, made by several processes at a time.

>>> from parallel_texts.tables import alignment_of
>>> rows = alignment_of([("1", 1, {"en": "within 30 days", "ru": "в течение 60 дней"})])
>>> [[finding.code for finding in found] for _, found in flag_each([rows])]
[['V102']]
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice

from parallel_texts.errors import ParallelTextsError
from parallel_texts.findings import chosen_codes, flag, in_order
from parallel_texts.frames import Results
from parallel_texts.model import Alignment, Authority, Finding, Work
from parallel_texts.processes import Processes

__all__ = ["flag_each"]

Flagged = tuple[Alignment, Results[Finding]]
_Parties = Sequence[Authority] | Callable[[Alignment], Sequence[Authority]]
_Look = Callable[[Alignment, Sequence[Authority], Sequence[str]], Results[Finding]]

_AHEAD = 2
"""Alignments under way for each process: enough that none is idle."""
_WITH_NUMBERS = ("V102", "V103", "V110", "A301", "A302")
"""Codes that share what they read and take about as long as all others together."""


def flag_each(
    alignments: Iterable[Alignment],
    *,
    jobs: int | Processes = 1,
    parties: _Parties = (),
    work: Work | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    ui_lang: str = "en",
    names: Sequence[Authority] = (),
    glossary: Sequence[Authority] = (),
) -> Iterator[Flagged]:
    """Yield each alignment with its findings, in order, as soon as they are made.

    A script that asks for more than one process has to stand under ``if __name__ == "__main__"``,
    as always where Python starts processes.

    Args:
        alignments: Read a few ahead of what is yielded. An error in reading is raised after the
            findings of all that was read before.
        jobs: Processes: how many, or those that a caller holds. With 1 everything happens in this
            one. Findings do not depend on it.
        parties: As for :func:`~parallel_texts.findings.flag`, or a function that names the
            parties of an alignment.
        work: As for ``flag``, like all that follows.
        select: Codes, or their beginnings, to look for.
        ignore: Codes, or their beginnings, to leave out.
        ui_lang: Language of messages.
        names: People and places.
        glossary: Terms and their set translations.

    Raises:
        ParallelTextsError: A code is unknown, or a process was killed from outside.
    """
    codes = chosen_codes(select, ignore)
    look = partial(_look, work=work, ui_lang=ui_lang, names=names, glossary=glossary)
    if isinstance(jobs, Processes):
        yield from _flag_in(jobs, alignments, parties, codes, look)
    elif jobs > 1:
        with Processes(jobs) as own:
            yield from _flag_in(own, alignments, parties, codes, look)
    else:
        yield from ((one, look(one, _known(parties, one), codes)) for one in alignments)


def _look(
    alignment: Alignment,
    parties: Sequence[Authority],
    codes: Sequence[str],
    *,
    work: Work | None,
    ui_lang: str,
    names: Sequence[Authority],
    glossary: Sequence[Authority],
) -> Results[Finding]:
    if not codes:
        return Results()
    return flag(
        alignment, parties=parties, work=work, select=codes, ui_lang=ui_lang, names=names,
        glossary=glossary,
    )  # fmt: skip


def _known(parties: _Parties, alignment: Alignment) -> Sequence[Authority]:
    return parties(alignment) if callable(parties) else parties


def _flag_in(
    processes: Processes,
    alignments: Iterable[Alignment],
    parties: _Parties,
    codes: Sequence[str],
    look: _Look,
) -> Iterator[Flagged]:
    failed: list[Exception] = []
    waiting: deque[tuple[Alignment, list[Future[Results[Finding]]]]] = deque()
    readable = _until_failure(alignments, failed)
    for alignment, lots in _portions(readable, processes.count, codes):
        known = _known(parties, alignment)
        found = [processes.submit(look, alignment, known, lot) for lot in lots]
        waiting.append((alignment, found))
        if len(waiting) >= processes.count * _AHEAD:
            yield _flagged(*waiting.popleft())
    while waiting:
        yield _flagged(*waiting.popleft())
    if failed:
        raise failed[0]


def _until_failure(alignments: Iterable[Alignment], failed: list[Exception]) -> Iterator[Alignment]:
    """Yield alignments up to an error, which is noted for later."""
    try:
        yield from alignments
    except Exception as error:
        failed.append(error)


def _portions(
    alignments: Iterator[Alignment], count: int, codes: Sequence[str]
) -> Iterator[tuple[Alignment, list[Sequence[str]]]]:
    """Yield alignments with what to look for at a time.

    The last of them are looked at for two lots of codes by themselves: no process shall be left
    with a thousand rows while the others have nothing to do.
    """
    apart = [[c for c in codes if (c in _WITH_NUMBERS) == lot] for lot in (True, False)]
    some = list(islice(alignments, count))
    while some:
        more = list(islice(alignments, count))
        for alignment in some:
            yield alignment, [codes] if more else [lot for lot in apart if lot]
        some = more


def _flagged(alignment: Alignment, found: Sequence[Future[Results[Finding]]]) -> Flagged:
    try:
        lots = [future.result() for future in found]
    except BrokenProcessPool as error:
        raise ParallelTextsError(
            "a process was killed, most often because the system ran out of memory: take fewer jobs"
        ) from error
    return alignment, in_order(alignment, chain.from_iterable(lots))
