"""Findings kept beside the links of a work: written, confirmed, refused, respected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from parallel_texts import Alignment, Finding, ParallelTextsError, Work
from parallel_texts.findings import Key, digest, key
from parallel_texts.judgements import Judgement
from parallel_texts.tei import read_judgements, write_judgements

__all__ = ["judge", "judgements_of", "write_findings"]


def judgements_of(
    path: Path | None, work: Work | None, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Judgement, ...]:
    """Return what people said of findings with the chosen codes; nothing without a file."""
    if path is None or work is None or not path.is_file():
        return ()
    chosen, left_out = tuple(select) or ("",), tuple(ignore)
    return tuple(
        judgement
        for judgement in read_judgements(path, work.versions)
        if judgement.finding.code.startswith(chosen)
        and not judgement.finding.code.startswith(left_out)
    )


def write_findings(
    findings: Sequence[Finding],
    alignment: Alignment,
    work: Work,
    path: Path,
    verdicts: Sequence[tuple[str, str]] = (),
    by: str = "",
) -> int:
    """Write findings into the alignment file of a work; earlier verdicts stay.

    Args:
        findings: Of this run, refused ones left out.
        alignment: What they were made from.
        work: The work.
        path: Its alignment file.
        verdicts: ``UNIT:CODE`` and ``confirmed`` or ``refused``.
        by: Who judges.

    Returns:
        The number of findings in the file.
    """
    now = {key(f): Judgement(f, digest=digest(f, alignment)) for f in findings}
    for earlier in read_judgements(path, work.versions):
        if earlier.verdicts:
            now[key(earlier.finding)] = earlier
    for target, status in verdicts:
        judge(now, target, status, by, alignment)
    write_judgements(list(now.values()), work.versions, path)
    return len(now)


def judge(
    judgements: dict[Key, Judgement], target: str, status: str, by: str, alignment: Alignment
) -> None:
    """Give the findings of ``UNIT:CODE`` a status.

    Raises:
        ParallelTextsError: Nobody judges, or there is no such finding.
    """
    if not by:
        raise ParallelTextsError("say who judges: --by NAME")
    unit, _, code = target.rpartition(":")
    hits = [k for k in judgements if (k[0], k[1]) == (code.upper(), unit)]
    if not hits:
        raise ParallelTextsError(
            f"no finding {target!r}: write UNIT:CODE as flag prints them, l3:V102"
        )
    for hit in hits:
        finding = replace(judgements[hit].finding, status=status)
        today = date.today().isoformat()
        judgements[hit] = Judgement(finding, by, today, "", digest(finding, alignment))
