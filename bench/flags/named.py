# ruff: noqa: E501
"""How often V110 names the words that are missing: phrases dropped of which the counterparts are known.

    python bench/flags/measure.py --half all      # prints it after the tables

``phrases.tsv`` holds, for some rows of ``clauses.tsv`` and ``heldout*.tsv``, one phrase in each language. It is dropped
in one; the evidence in the other is *right* if it holds more than half of the phrase and more than half of what it
holds is the phrase, and *touches* it if they share anything. Asked of every row, found or not, and of those that V110
finds at its threshold.
"""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

from parallel_texts.findings import flag
from parallel_texts.findings.counterparts import meet
from parallel_texts.findings.stretches import unmet_stretch
from parallel_texts.findings.vectors import encode_texts, give_vectors
from parallel_texts.tables import alignment_of

HERE = Path(__file__).parent
LANGUAGES = ("zh", "ru", "en")
Row = dict[str, str]


def load(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def gold() -> list[tuple[Row, Row]]:
    """Return rows with their phrases."""
    paths = (HERE / "clauses.tsv", *sorted(HERE.glob("heldout*.tsv")))
    rows = [row for path in paths for row in load(path)]
    return [(_row_of(phrase, rows), phrase) for phrase in load(HERE / "phrases.tsv")]


def _row_of(phrase: Row, rows: list[Row]) -> Row:
    """Return the row with a phrase's id that holds it: sets number their rows each for itself."""
    named = (row for row in rows if row["id"] == phrase["id"])
    return next(row for row in named if all(phrase[lang] in row[lang] for lang in LANGUAGES))


def shares(text: str, phrase: str, start: int, end: int) -> tuple[float, float]:
    """Return the share of the phrase that a stretch holds, and the share of the stretch that it is."""
    begin = text.index(phrase)
    common = max(0, min(end, begin + len(phrase)) - max(start, begin))
    return common / len(phrase), common / max(1, end - start)


def report_named() -> None:
    """Print how often the words that V110 names are those that were dropped."""
    found = gold()
    texts = [(row[lang], lang) for row, _ in found for lang in LANGUAGES]
    texts += [(_without(row, phrase, lang), lang) for row, phrase in found for lang in LANGUAGES]  # fmt: skip
    spoken = encode_texts(texts)
    give_vectors(spoken.values())
    print(
        f"{len(found)} phrases: right, touched; found by V110 among untouched rows, of these right"
    )
    for fuller, shorter in itertools.permutations(LANGUAGES, 2):
        right = touched = 0
        for row, phrase in found:
            ours = spoken[row[fuller], fuller]
            theirs = spoken[_without(row, phrase, shorter), shorter]
            met, _ = meet(ours, theirs, by_vectors=True)
            held, pure = shares(row[fuller], phrase[fuller], *unmet_stretch(ours, theirs, met, fuller))  # fmt: skip
            right += held > 0.5 and pure > 0.5
            touched += held > 0
        flagged, named = _flagged(found, fuller, shorter)
        n = len(found)
        print(f"{fuller}>{shorter} {right / n:.2f} {touched / n:.2f}  {flagged / n:.2f} {named / max(1, flagged):.2f}")  # fmt: skip


def _without(row: Row, phrase: Row, lang: str) -> str:
    return row[lang].replace(phrase[lang], "", 1)


def _flagged(found: list[tuple[Row, Row]], fuller: str, shorter: str) -> tuple[int, int]:
    """Return how many dropped phrases are found among three times as many untouched rows, and named right."""
    cells = [{fuller: row[fuller], shorter: _without(row, phrase, shorter)} for row, phrase in found]  # fmt: skip
    cells += 3 * [{fuller: row[fuller], shorter: row[shorter]} for row, _ in found]
    table = alignment_of([(str(n), n, cell) for n, cell in enumerate(cells)])
    flagged = right = 0
    for finding in flag(table, select=["V110"]):
        if int(finding.unit) < len(found):
            row, phrase = found[int(finding.unit)]
            evidence = next((e for e in finding.evidence if e.lang == fuller), None)
            flagged += 1
            if evidence:
                held, pure = shares(row[fuller], phrase[fuller], evidence.start, evidence.end)
                right += held > 0.5 and pure > 0.5
    return flagged, right
