"""Counts wrong breaks of segmenters on treaty text: missing and false ones per language.

Two sets: the marked lines beside this file, which the rules were written with, and the paragraphs
of corpora/, whose sentences were divided by hand. Run: python bench/segmentation/compare.py
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from parallel_texts.corpus import load_corpus
from parallel_texts.segmentation import segment

HERE = Path(__file__).parent
Split = Callable[[str], list[str]]


def marked(lang: str) -> Iterator[list[str]]:
    lines = (HERE / f"{lang}.txt").read_text("utf-8").splitlines()
    yield from (line.split("|") for line in lines if line and not line.startswith("#"))


def corpus(lang: str) -> Iterator[list[str]]:
    for work in load_corpus(HERE.parent.parent / "corpora").works:
        version = work.version(lang)
        for division in version.divisions if version else ():
            for number in sorted({p.paragraph for p in division.passages}):
                yield [p.text for p in division.passages if p.paragraph == number]


def breaks(sentences: list[str]) -> set[int]:
    """Offsets of breaks, counted in characters that are not white space."""
    lengths = [len("".join(s.split())) for s in sentences if s.strip()]
    return {sum(lengths[: i + 1]) for i in range(len(lengths) - 1)}


def score(paragraphs: Iterator[list[str]], lang: str, split: Split) -> tuple[int, int, int]:
    total = missing = false = 0
    for sentences in paragraphs:
        gold = breaks(sentences)
        found = breaks(split(("" if lang == "zh" else " ").join(sentences)))
        total, missing, false = (
            total + len(gold),
            missing + len(gold - found),
            false + len(found - gold),
        )
    return total, missing, false


def segmenters(lang: str) -> Iterator[tuple[str, Split]]:
    yield "parallel-texts", lambda text: [s.text for s in segment(text, lang)]
    try:
        import pysbd
        import sentencex
    except ImportError:
        print("(pysbd, sentencex and razdel are not installed: pip install --group bench)")
        return
    yield "pysbd", lambda text: pysbd.Segmenter(language=lang, clean=False).segment(text)
    yield "sentencex", lambda text: list(sentencex.segment(lang, text))
    if lang == "ru":
        import razdel

        yield "razdel", lambda text: [s.text for s in razdel.sentenize(text)]


def main() -> None:
    print("| text | language | segmenter | breaks | missing | false |")
    print("|---|---|---|---:|---:|---:|")
    for name, source in (("marked lines", marked), ("corpora/", corpus)):
        for lang in ("zh", "ru", "en"):
            for segmenter, split in segmenters(lang):
                total, missing, false = score(source(lang), lang, split)
                print(f"| {name} | {lang} | {segmenter} | {total} | {missing} | {false} |")


if __name__ == "__main__":
    main()
