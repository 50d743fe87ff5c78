"""How well the aligner finds the corpus's own links, which a person has checked; validate's time.

python bench/corpus_links.py
"""

from __future__ import annotations

import time
from pathlib import Path

from parallel_texts.alignment import align
from parallel_texts.corpus import kept_alignment, load_corpus
from parallel_texts.evaluation import Evaluation, evaluate
from parallel_texts.model import Alignment
from parallel_texts.validation import validate

CORPORA = Path(__file__).parent.parent / "corpora"


def row(name: str, links: int, uneven: int, scores: Evaluation) -> str:
    missing = scores.omissions
    cells = (
        name, str(links), str(uneven), f"{scores.strict.f1:.3f}", f"{scores.lax.f1:.3f}",
        f"{missing.precision:.2f}", f"{missing.recall:.2f}", str(missing.wanted),
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def uneven(alignment: Alignment) -> int:
    return sum(any(len(side) != 1 for side in link.sides) for link in alignment)


def main() -> None:
    corpus = load_corpus(CORPORA)
    print("| work | links | not 1:1 | strict F1 | lax F1 | omissions P | R | of |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    total, links, odd = Evaluation(), 0, 0
    for work in corpus.works:
        kept = kept_alignment(corpus, work) if len(work.versions) > 1 else None
        if kept is None or not kept.checked:
            continue
        made = align({v.lang: v.divisions for v in work.versions}, work=work.id)
        scores = evaluate(kept, made)
        total, links, odd = total + scores, links + len(kept), odd + uneven(kept)
        print(row(work.id, len(kept), uneven(kept), scores))
    print(row("all", links, odd, total))
    start = time.perf_counter()
    problems = validate([CORPORA])
    print(f"\nvalidate corpora: {time.perf_counter() - start:.2f} s, {len(problems)} problems")


if __name__ == "__main__":
    main()
