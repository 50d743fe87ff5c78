"""A translator's file against a work of the corpus: one plan a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from parallel_texts.errors import ExchangeError
from parallel_texts.exchange.merging import MergePlan, plan_merge
from parallel_texts.exchange.proposals import UnitFile, proposals
from parallel_texts.exchange.rows import rows
from parallel_texts.model import Alignment, Work
from parallel_texts.tei import Remark, read_remarks

__all__ = ["new_target", "plan_file", "total", "work_remarks"]


def work_remarks(work: Work) -> dict[str, tuple[Remark, ...]]:
    """Return, per language, what people said of passages, newest first.

    Raises:
        ParseError: A version file cannot be read.
    """
    return {v.lang: read_remarks(Path(v.path)) for v in work.versions if v.path}


def plan_file(
    work: Work,
    alignment: Alignment,
    file: UnitFile,
    *,
    lang: str | None = None,
    prefer_file: bool = False,
) -> dict[str, MergePlan]:
    """Return what a file changes, per language that it may change.

    Args:
        work: As it is in the corpus.
        alignment: Of the work.
        file: What a translator brought back.
        lang: The only language to change; by default all that the file translates into.
        prefer_file: Take the file's text where both changed a passage.

    Raises:
        ExchangeError: The work has no version in any of these languages.
    """
    said = rows(alignment, remarks=work_remarks(work))
    return {
        target: plan_merge(
            alignment,
            proposals(file, target),
            known={row.id: row.cell(target) for row in said},
            prefer_file=prefer_file,
        )
        for target in _targets(work, file, lang)
    }


def _targets(work: Work, file: UnitFile, lang: str | None) -> Sequence[str]:
    wanted = (lang,) if lang else file.targets
    found = [target for target in wanted if work.version(target) is not None]
    if found:
        return found
    have = ", ".join(work.languages)
    raise ExchangeError(f"the file is in {', '.join(wanted)}, {work.id} in {have}")


def new_target(work: Work, file: UnitFile, lang: str | None = None) -> str | None:
    """Return the language that a file translates into and the work has no version in."""
    target = lang or (file.targets[0] if len(file.targets) == 1 else None)
    return target if target is not None and work.version(target) is None else None


def total(plans: Mapping[str, MergePlan], field: str) -> int:
    """Return how many things of a kind plans hold: ``changes``, ``conflicts``, ``said``..."""
    values = [getattr(plan, field) for plan in plans.values()]
    return sum(value if isinstance(value, int) else len(value) for value in values)
