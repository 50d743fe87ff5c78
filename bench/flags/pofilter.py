# ruff: noqa: E501
"""What translate-toolkit's pofilter finds in the same rows: its standard checks, all but spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

try:
    from translate.filters import checks
    from translate.storage import po
except ImportError:  # not installed: pip install translate-toolkit
    checks = None

_LEFT_OUT = ("spellcheck", "untranslated", "isfuzzy", "isreview", "hassuggestion")
Row = dict[str, str]


def report_pofilter(
    rows: list[Row], directions: list[tuple[str, str]], mutants: Callable[..., list]
) -> None:
    if checks is None:
        print("pofilter: not installed, pip install translate-toolkit")
        return
    flagged: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    alarms, new = [], defaultdict(lambda: [0, 0])
    for source, target in directions:
        checker = checks.StandardChecker(checkerconfig=checks.CheckerConfig(targetlanguage=target))
        untouched = {row["id"]: _failures(checker, row[source], row[target]) for row in rows}
        alarms.append((source, target, sum(map(bool, untouched.values())) / max(1, len(rows))))
        for kind, row, changed in mutants(rows, source, target):
            found = _failures(checker, changed[source], changed[target])
            flagged[kind][0] += 1
            flagged[kind][1] += bool(found)
            new[kind][0] += 1
            new[kind][1] += bool(found - untouched[row["id"]])
    print(
        "pofilter, untouched rows flagged: "
        + ", ".join(f"{a}>{b} {share:.2f}" for a, b, share in alarms)
    )
    for kind, (count, hit) in flagged.items():
        print(
            f"pofilter  {kind:14} flagged {hit / count:.2f}, newly flagged {new[kind][1] / count:.2f} of {count}"
        )


def _failures(checker: object, source: str, target: str) -> set[str]:
    unit = po.pounit(source)
    unit.target = target
    return {name for name in checker.run_filters(unit) if name not in _LEFT_OUT}  # type: ignore[attr-defined]
