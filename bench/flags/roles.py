# ruff: noqa: E501
"""Organs and offices of texts that define no parties: what V105 finds of them by itself.

    python bench/flags/roles.py                      # rows in this folder, the Universal Declaration
    python bench/flags/roles.py --data FILE          # a table with columns id, zh, ru, en

Prints the roles that are learned from the rows, the share of untouched rows that are flagged, and how many of the
exchanges are found that are planted in one language: one role of the list below for another that the text names.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from measure import GOLD, HERE, Row, directions, load

from parallel_texts.findings import flag
from parallel_texts.model import Alignment
from parallel_texts.role_detection import detect_roles
from parallel_texts.tables import alignment_of

CASES = {
    "Совет": "Совет Совета Совету Советом Совете",
    "Совет Безопасности": "Совет+Безопасности Совета+Безопасности Совету+Безопасности Советом+Безопасности Совете+Безопасности",
    "Ассамблея": "Ассамблея Ассамблеи Ассамблее Ассамблеей Ассамблее",
    "Генеральная Ассамблея": "Генеральная+Ассамблея Генеральной+Ассамблеи Генеральной+Ассамблее Генеральной+Ассамблеей Генеральной+Ассамблее",
    "Генеральный секретарь": "Генеральный+секретарь Генерального+секретаря Генеральному+секретарю Генеральным+секретарём Генеральном+секретаре",
    "Комитет": "Комитет Комитета Комитету Комитетом Комитете",
    "Комиссия": "Комиссия Комиссии Комиссии Комиссией Комиссии",
    "Суд": "Суд Суда Суду Судом Суде",
    "депозитарий": "депозитарий депозитария депозитарию депозитарием депозитарии",
    "государство-участник": "государство-участник государства-участника государству-участнику государством-участником государстве-участнике",
    "прибрежное государство": "прибрежное+государство прибрежного+государства прибрежному+государству прибрежным+государством прибрежном+государстве",
    "государство пребывания": "государство+пребывания государства+пребывания государству+пребывания государством+пребывания государстве+пребывания",
    "представляемое государство": "представляемое+государство представляемого+государства представляемому+государству представляемым+государством представляемом+государстве",
}  # fmt: skip
ROLES = {
    "Совет": ("理事会", "Council"), "Совет Безопасности": ("安全理事会", "Security Council"),
    "Ассамблея": ("大会", "Assembly"), "Генеральная Ассамблея": ("大会", "General Assembly"),
    "Генеральный секретарь": ("秘书长", "Secretary-General"), "Комитет": ("委员会", "Committee"),
    "Комиссия": ("委员会", "Commission"), "Суд": ("法院", "Court"), "депозитарий": ("保存人", "Depositary"),
    "государство-участник": ("缔约国", "State Party"), "прибрежное государство": ("沿海国", "coastal State"),
    "государство пребывания": ("接受国", "receiving State"), "представляемое государство": ("派遣国", "sending State"),
}  # fmt: skip


def forms(role: str, lang: str) -> list[str]:
    zh, en = ROLES[role]
    return [zh] if lang == "zh" else [en] if lang == "en" else CASES[role].replace("ё", "е").split()


def exchanged(text: str, lang: str, one: str, other: str) -> str:
    """Return the text with both roles exchanged, each in the case of the one that it replaces."""
    pairs = list(zip(forms(one, lang), forms(other, lang), strict=True))
    new: dict[str, str] = {}
    for a, b in (*pairs, *((b, a) for a, b in pairs)):
        new.setdefault(a.replace("+", " ").lower(), b.replace("+", " "))
    longest = sorted(new, key=len, reverse=True)
    edge = "" if lang == "zh" else r"\b"
    pattern = rf"{edge}(?:{'|'.join(map(re.escape, longest))}){edge}"
    return re.sub(pattern, lambda m: new[m[0].lower()], text.replace("ё", "е"), flags=re.IGNORECASE)


def named(rows: list[Row]) -> list[str]:
    """Return roles of the list that each language names at least three times; of two that hold each other the longer."""
    texts = {lang: "\n".join(row[lang] for row in rows).lower() for lang in ("zh", "ru", "en")}
    found = [
        role for role in ROLES
        if all(sum(texts[lang].replace("ё", "е").count(f.replace("+", " ").lower()) for f in set(forms(role, lang))) > 2 for lang in texts)
    ]  # fmt: skip
    return [
        role
        for role in found
        if not any(role != longer and _holds(longer, role) for longer in found)
    ]


def _holds(longer: str, shorter: str) -> bool:
    return ROLES[shorter][1] in ROLES[longer][1]


def mutants(rows: list[Row], target: str) -> Iterator[tuple[Row, str]]:
    for one, other in combinations(named(rows), 2):
        for row in rows:
            changed = exchanged(row[target], target, one, other)
            if changed != row[target].replace("ё", "е"):
                yield row, changed


def table(cells: list[dict[str, str]]) -> Alignment:
    return alignment_of([(str(n), n, row) for n, row in enumerate(cells)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append")
    parser.add_argument("--alarms", action="store_true")
    arguments = parser.parse_args()
    paths = arguments.data or [
        *sorted(HERE.glob("heldout*.tsv")),
        *([GOLD] if GOLD.exists() else []),
    ]
    for path in paths:
        report(path.stem, load(path), arguments.alarms)


def report(title: str, rows: list[Row], alarms: bool) -> None:
    roles = detect_roles(table([{lang: row[lang] for lang in ("zh", "ru", "en")} for row in rows]))
    print(f"\n{title}: {len(rows)} rows; roles {', '.join(role.id for role in roles) or 'none'}")
    for source, target in directions():
        plain = flag(
            table([{source: r[source], target: r[target]} for r in rows]),
            parties=roles,
            select=["V105"],
        )
        made = [{source: row[source], target: changed} for row, changed in mutants(rows, target)]
        found = (
            {f.unit for f in flag(table(made), parties=roles, select=["V105"])} if made else set()
        )
        print(
            f"  {source}>{target}  flagged {len({f.unit for f in plain}) / len(rows):.3f}  found {len(found):4} of {len(made):4}"
        )
        if alarms:
            for finding in plain:
                print(f"    {rows[int(finding.unit)]['id']} {finding.rule} {finding.message}")


if __name__ == "__main__":
    main()
