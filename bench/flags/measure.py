# ruff: noqa: E501
"""Recall per kind of mutation and language pair, beside false alarms on untouched rows and pofilter's figures.

python bench/flags/measure.py                     # the development half
python bench/flags/measure.py --half report       # the half that nothing was developed on
python bench/flags/measure.py --pofilter          # with translate-toolkit in the same run
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import itertools
import random
from collections import defaultdict
from pathlib import Path

from mutations import EXPECTED, KINDS

from parallel_texts.corpus import kept_alignment, load_corpus
from parallel_texts.findings import flag
from parallel_texts.model import Authority, Finding
from parallel_texts.parties import read_parties
from parallel_texts.role_detection import detect_roles
from parallel_texts.tables import alignment_of

HERE = Path(__file__).parent
GOLD = HERE.parents[2] / "shared" / "gold" / "udhr_zh_ru_en.tsv"
PAIRS = tuple(itertools.combinations(("zh", "ru", "en"), 2))
Row = dict[str, str]
UNSEEN = ("heldout6",)
"""Sets that no model is fitted on."""
DRAFTS = ("long-wave-1958", "joint-fleet-1958")
"""Works whose versions differ on purpose: draft and counter-draft."""


def load(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def corpus_rows(kind: str = "agreement") -> list[Row]:
    """Return the links of the corpus's works that have text in all three languages."""
    corpus = load_corpus(HERE.parents[1] / "corpora")
    rows = []
    for work in corpus.works:
        alignment = (
            kept_alignment(corpus, work) if work.kind == kind and work.id not in DRAFTS else None
        )
        for link in alignment or ():
            if not link.missing and len(link.languages) == 3:
                rows.append(
                    {
                        "id": f"{work.id}:{link.id}",
                        **{lang: alignment.text(link, lang) for lang in link.languages},
                    }
                )
    return rows


def in_half(row: Row, half: str) -> bool:
    odd = hashlib.sha256(row["id"].encode()).digest()[0] % 2
    return half == "all" or odd == (half == "report")


def mutants(rows: list[Row], source: str, target: str) -> list[tuple[str, Row, Row]]:
    """Return kind, untouched and changed row; a change in the target language, one of each kind a row."""
    made = []
    for row in rows:
        for kind, mutate in KINDS.items():
            rng = random.Random(f"{row['id']}{kind}{source}{target}")
            changed = mutate(row[target], target, rng)
            if changed and changed.strip() != row[target].strip():
                made.append((kind, row, {**row, target: changed}))
    return made


def numbered(rows: list[Row]) -> list[tuple[str, int, dict[str, str]]]:
    return [
        (str(n), n, {lang: row[lang] for lang in ("zh", "ru", "en")}) for n, row in enumerate(rows)
    ]


def check(
    rows: list[Row],
    languages: tuple[str, ...],
    parties: tuple[Authority, ...],
    names: tuple[Authority, ...],
) -> list[list[Finding]]:
    """Return the findings of each row; rows are numbered, since mutants share ids."""
    table = alignment_of(
        [(str(n), n, {lang: row[lang] for lang in languages}) for n, row in enumerate(rows)]
    )
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in flag(table, parties=parties, select=["V"], names=names):
        found[finding.unit].append(finding)
    return [found[str(n)] for n in range(len(rows))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["dev", "report", "all"], default="dev")
    parser.add_argument("--data", type=Path, action="append", default=None)
    parser.add_argument("--misses", help="print what is not found of one kind")
    parser.add_argument("--alarms", action="store_true", help="print findings on untouched rows")
    parser.add_argument("--pofilter", action="store_true")
    arguments = parser.parse_args()
    files = arguments.data or [path for path in (HERE / "clauses.tsv", GOLD) if path.exists()]
    parties = read_parties(HERE / "parties.tsv")
    if arguments.data:
        parties += detect_roles(
            alignment_of(numbered([row for path in files for row in load(path)]))
        )
    sets = {path.stem: load(path) for path in files}
    if arguments.data is None:
        batches = {path.stem: load(path) for path in sorted(HERE.glob("heldout*.tsv"))}
        sets["heldout"] = [r for name in batches if name not in UNSEEN for r in batches[name]]
        sets["corpus"] = corpus_rows()
        sets |= {f"{name}, not learned from": batches[name] for name in UNSEEN}
    for title, rows in sets.items():
        half = "all" if "not learned from" in title else arguments.half
        report(title, half, [row for row in rows if in_half(row, half)], parties, arguments)
    if arguments.data is None:
        from named import report_named

        report_named()


def report(
    title: str,
    half: str,
    rows: list[Row],
    parties: tuple[Authority, ...],
    arguments: argparse.Namespace,
) -> None:
    totals: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
    ranked: list[tuple[float, bool]] = []
    print(f"\n{title}: {len(rows)} rows, {half} half")
    print(f"{'':14}" + "".join(f"{a + '>' + b:>14}" for a, b in directions()))
    untouched = {}
    for source, target in PAIRS:
        untouched[source, target] = untouched[target, source] = check(
            rows, (source, target), parties, ()
        )
        if arguments.alarms:
            for row, found in zip(rows, untouched[source, target], strict=True):
                for f in found:
                    print(
                        f"   {source}-{target} {row['id']} {f.code} {f.rule} {f.confidence} {f.message}"
                    )
    print(f"{'false alarms':14}" + "".join(f"{share(untouched[p]):>14.2f}" for p in directions()))
    cells: dict[tuple[str, str], dict[str, list[int]]] = {}
    for source, target in directions():
        made = mutants(rows, source, target)
        found = check([row for _, _, row in made], (source, target), parties, ())
        per_kind: dict[str, list[int]] = defaultdict(lambda: [0] * 5)
        for (kind, row, changed), findings in zip(made, found, strict=True):
            before = {(f.code, f.rule) for f in untouched[source, target][rows.index(row)]}
            new = [f for f in findings if (f.code, f.rule) not in before]
            hit = [f for f in new if f.code in EXPECTED[kind]]
            for counts in (per_kind[kind], totals[kind]):
                counts[0] += 1
                counts[1] += bool(findings)
                counts[2] += bool(hit)
                counts[3] += len(new)
                counts[4] += len(hit)
            ranked += [(f.confidence, f.code in EXPECTED[kind]) for f in findings]
            if arguments.misses == kind and not findings:
                print(
                    f"   {source}>{target} {row['id']}: {row[source]}\n      {row[target]}\n      {changed[target]}"
                )
        cells[source, target] = per_kind
    for kind in KINDS:
        line = "".join(cell(cells[p].get(kind)) for p in directions())
        n, any_, right, made, meant = totals[kind]
        if n:
            print(
                f"{kind:14}{line}   all {any_ / n:.2f} right code {right / n:.2f} of {n}, precision {meant / max(1, made):.2f}"
            )
    ranked.sort(key=lambda pair: -pair[0])
    top = ranked[: len(ranked) // 10]
    if top:
        print(
            f"top tenth of findings right: {sum(right for _, right in top) / len(top):.3f}; all: {sum(r for _, r in ranked) / len(ranked):.3f}"
        )
    if arguments.pofilter:
        from pofilter import report_pofilter

        report_pofilter(rows, directions(), mutants)


def directions() -> list[tuple[str, str]]:
    return [(a, b) for a, b in itertools.permutations(("zh", "ru", "en"), 2)]


def share(found: list[list[Finding]]) -> float:
    return sum(map(bool, found)) / max(1, len(found))


def cell(counts: list[int] | None) -> str:
    return f"{counts[1] / counts[0]:>9.2f}/{counts[0]:<4}" if counts else f"{'':>14}"


if __name__ == "__main__":
    main()
