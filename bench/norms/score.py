"""Bearer and modality of norms against a gold annotated by hand.

    python bench/norms/score.py [--half development|held] [--errors] [--lang en]

The gold has four parts: clauses written for it in three languages (``clauses.tsv``) and in one
(``more.tsv``), rows of the Universal Declaration (``udhr.tsv``, text read from ``../shared/gold``)
and passages of the corpus (``corpus.tsv``). Odd rows of ``clauses`` and ``udhr``, all of ``more``
and the work ``chita-1955`` are for development; even rows and the other works are held out: no rule
was written on them. A norm counts as right when
bearer and modality are both exactly those of the gold; order inside a passage does not matter.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from parallel_texts.corpus import load_corpus
from parallel_texts.model import Authority, Passage
from parallel_texts.norms import norms

HERE = Path(__file__).parent
UDHR = HERE.parents[1] / ".." / "shared" / "gold" / "udhr_zh_ru_en.tsv"
MODALITIES = {
    "O": "obligation", "R": "right", "P": "permission", "X": "prohibition", "E": "exemption",
}  # fmt: skip
NAMES = {
    "su": {
        "zh": ("苏方", "苏联"), "ru": ("Советская Сторона", "СССР"),
        "en": ("Soviet Side", "Soviet Union"),
    },
    "cn": {
        "zh": ("中方", "中国"), "ru": ("Китайская Сторона", "КНР"),
        "en": ("Chinese Side", "China"),
    },
    "r": {"zh": ("鲁国", "鲁方"), "ru": ("Руритания", "Руританская Сторона"), "en": ("Ruritania",)},
    "s": {"zh": ("西国", "西方"), "ru": ("Сильвания",), "en": ("Sylvania",)},
}  # fmt: skip
PARTIES = tuple(Authority(key, "party", tuple(names.items())) for key, names in NAMES.items())


@dataclass(frozen=True, slots=True)
class Gold:
    """A passage and the norms a person found in it."""

    id: str
    lang: str
    text: str
    norms: Counter[tuple[str, str]]
    held: bool
    parties: tuple[Authority, ...] = PARTIES


def read(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def parse(row: dict[str, str], lang: str) -> Counter[tuple[str, str]]:
    cell = row.get(f"norms_{lang}") or row["norms"]
    pairs = (item.split(":") for item in cell.split() if item != "-")
    return Counter(
        ("unresolved" if bearer == "?" else bearer, MODALITIES[code]) for bearer, code in pairs
    )


def written() -> Iterator[Gold]:
    for number, row in enumerate(read(HERE / "clauses.tsv"), 1):
        for lang in ("zh", "ru", "en"):
            yield Gold(f"clause {number}", lang, row[lang], parse(row, lang), number % 2 == 0)


def more() -> Iterator[Gold]:
    for number, row in enumerate(read(HERE / "more.tsv"), 1):
        yield Gold(f"more {number}", row["lang"], row["text"], parse(row, ""), False)


def declaration() -> Iterator[Gold]:
    if not UDHR.exists():
        return
    texts = {row["id"]: row for row in read(UDHR)}
    for number, row in enumerate(read(HERE / "udhr.tsv"), 1):
        for lang in ("zh", "ru", "en"):
            text = texts[row["id"]][lang]
            yield Gold(f"udhr {row['id']}", lang, text, parse(row, lang), number % 2 == 0)


def corpus() -> Iterator[Gold]:
    path = HERE / "corpus.tsv"
    if not path.exists():
        return
    parties = load_corpus(HERE.parents[1] / "corpora").parties()
    for row in read(path):
        held = not row["id"].startswith("chita-1955")
        yield Gold(row["id"], row["lang"], row["text"], parse(row, ""), held, parties)


def found(gold: Gold) -> Counter[tuple[str, str]]:
    division = gold.id.split("/")[-1].split(".")[0]
    passage = Passage("p", gold.text, gold.lang, division="" if " " in gold.id else division)
    only = ("cn", "su")
    return Counter((n.bearer, n.modality) for n in norms([passage], gold.parties, only=only))


def scores(golds: list[Gold], show: bool) -> tuple[int, int, int]:
    """Return how many norms agree, were found and are in the gold."""
    right = made = wanted = 0
    for gold in golds:
        hypothesis = found(gold)
        right += (hypothesis & gold.norms).total()
        made += hypothesis.total()
        wanted += gold.norms.total()
        if show and hypothesis != gold.norms:
            print(f"{gold.id} {gold.lang}: {gold.text}")
            print(
                f"    missed {dict(gold.norms - hypothesis)} extra {dict(hypothesis - gold.norms)}"
            )
    return right, made, wanted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("development", "held"), default="held")
    parser.add_argument("--lang", choices=("zh", "ru", "en"))
    parser.add_argument("--part", default="")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    golds = [*written(), *more(), *declaration(), *corpus()]
    golds = [g for g in golds if g.held == (options.half == "held") and options.part in g.id]
    print(f"{options.half}: passages and norms of the gold, precision, recall and F1")
    for lang in [options.lang] if options.lang else ["zh", "ru", "en"]:
        mine = [gold for gold in golds if gold.lang == lang]
        right, made, wanted = scores(mine, options.errors)
        p, r = right / max(made, 1), right / max(wanted, 1)
        f = 2 * p * r / max(p + r, 1e-9)
        print(f"{lang}  {len(mine):4} {wanted:4}   {p:.3f}  {r:.3f}  {f:.3f}")


if __name__ == "__main__":
    main()
