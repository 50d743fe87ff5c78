"""Reciprocity: are mutual clauses left alone, and is a clause made unequal found?

    python bench/norms/mutants.py [--errors] [--no-parties]

Each row of ``mutual.tsv`` stands in a text with two other mutual clauses. Mutants: all parties
replaced by one; one of two mirrored clauses deleted; "without notice" added on one side. A mutant
is found when a party finding quotes its passage; an untouched clause is flagged when any does.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from score import HERE, PARTIES, read

from parallel_texts.findings import flag
from parallel_texts.model import Authority
from parallel_texts.tables import alignment_of

EVERYBODY = {
    "en": ["Each Party", "The Parties", "Both Sides", "The Contracting Parties", "Either Side"],
    "ru": ["Каждая Сторона", "Стороны", "Обе Стороны", "Договаривающиеся Стороны",
           "Каждая из Сторон"],
    "zh": ["双方", "缔约国双方", "各方", "任何一方均", "双方均"],
}  # fmt: skip
SINGULAR = ("Each", "Either", "Кажд")
ONE = {
    "treaty": {"en": ["The Soviet Side", "The Chinese Side"], "zh": ["苏方", "中方"],
               "ru": ["Советская Сторона", "Китайская Сторона"]},
    "contract": {"en": ["The Licensor", "The Buyer"], "zh": ["许可人", "乙方"],
                 "ru": ["Лицензиар", "Покупатель"]},
}  # fmt: skip
NOTICE = {"en": " without notice", "ru": " без уведомления", "zh": "不经通知"}
CONTRACT = (
    Authority("a", "party", (("en", ("Licensor",)), ("ru", ("Лицензиар",)), ("zh", ("许可人",)))),
    Authority("b", "party", (("en", ("Buyer",)), ("ru", ("Покупатель",)), ("zh", ("乙方",)))),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A clause in its text: ``rows`` and which of them were touched."""

    kind: str
    lang: str
    rows: tuple[str, ...]
    touched: tuple[int, ...]
    parties: tuple[Authority, ...]


def filled(template: str, subject: str) -> str:
    singles = [name for group in ONE.values() for names in group.values() for name in names]
    singular = subject.startswith(SINGULAR) or subject in singles
    text = template.replace("{S}", subject)
    text = re.sub(r"\[([^|\]]*)\|([^\]]*)\]", lambda m: m[2] if singular else m[1], text)
    return (
        text
        if text.startswith(subject)
        else text.replace(" The ", " the ").replace(" Each", " each")
    )


def cases() -> Iterator[Case]:
    rows = read(HERE / "mutual.tsv")
    for number, row in enumerate(rows):
        lang, clause = row["lang"], row["clause"]
        parties = CONTRACT if row["parties"] == "contract" else PARTIES
        around = [
            filled(other["clause"], EVERYBODY[lang][(number + k) % 5])
            for k, other in enumerate(rows)
            if other["lang"] == lang and "{S}" in other["clause"] and other is not row
        ][number % 7 :: 9][:2]
        make = _mirrored if "//" in clause else _mutual
        yield from make(clause, lang, row["parties"], number, around, parties)


def _mutual(
    clause: str,
    lang: str,
    kind: str,
    number: int,
    around: list[str],
    parties: tuple[Authority, ...],
) -> Iterator[Case]:
    if "{S}" not in clause:
        yield Case("untouched", lang, (*around, clause), (2,), parties)
        return
    for everybody in EVERYBODY[lang]:
        yield Case("untouched", lang, (*around, filled(clause, everybody)), (2,), parties)
    for one in ONE[kind][lang]:
        yield Case("one party", lang, (*around, filled(clause, one)), (2,), parties)


def _mirrored(
    clause: str,
    lang: str,
    kind: str,
    number: int,
    around: list[str],
    parties: tuple[Authority, ...],
) -> Iterator[Case]:
    stop = "。" if lang == "zh" else "."
    first, second = (part.strip() + stop for part in clause.split("//"))
    plain = first.replace("{N}", "")
    yield Case("untouched", lang, (*around, plain, second), (2, 3), parties)
    yield Case("mirror deleted", lang, (*around, plain), (2,), parties)
    yield Case("mirror deleted", lang, (*around, second), (2,), parties)
    if "{N}" in first:
        noted = first.replace("{N}", NOTICE[lang])
        yield Case("notice waived", lang, (*around, noted, second), (2,), parties)


def is_found(case: Case) -> bool:
    rows = [(str(n), n, {case.lang: text}) for n, text in enumerate(case.rows)]
    found = flag(alignment_of(rows), parties=case.parties, select=["P"])
    quoted = {e.passage for f in found for e in f.evidence}
    return any(f"{case.lang}.{n}" in quoted for n in case.touched)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--no-parties", action="store_true", help="parties from the text alone")
    options = parser.parse_args()
    total: Counter[tuple[str, str]] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    for case in cases():
        found = is_found(replace(case, parties=()) if options.no_parties else case)
        total[case.lang, case.kind] += 1
        hits[case.lang, case.kind] += found
        if options.errors and found != (case.kind != "untouched"):
            print(f"{case.lang} {case.kind}: {[case.rows[n] for n in case.touched]}")
    for key in sorted(total):
        print(
            f"{key[0]}  {key[1]:15} {hits[key]:4} of {total[key]:4}   {hits[key] / total[key]:.3f}"
        )


if __name__ == "__main__":
    main()
