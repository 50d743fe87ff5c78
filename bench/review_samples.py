"""A work of any number of rows, made from the shipped texts, to measure reviewing with."""

import random
import shutil
from pathlib import Path

from parallel_texts.corpus import kept_alignment, load_corpus
from parallel_texts.model import Alignment, Division, Link, Passage, Version
from parallel_texts.tei import format_alignment, format_version

ROOT = Path(__file__).parent.parent
WORK = "long-1955"
LANGUAGES = ("zh", "ru", "en")
PER_DIVISION = 25


def make_corpus(folder: Path, rows: int, *, seed: int = 1) -> Path:
    """Write a corpus with one work of ``rows`` links in three languages; return its folder."""
    corpus = folder / "corpora"
    corpus.mkdir(parents=True, exist_ok=True)
    for name in ("corpus.xml", "glossary.tsv"):
        shutil.copy(ROOT / "corpora" / name, corpus / name)
    triples = _triples()
    chance = random.Random(seed)
    chosen = [triples[n % len(triples)] for n in range(rows)]
    versions = [_version(lang, [t[lang] for t in chosen]) for lang in LANGUAGES]
    links = tuple(
        Link(f"l{n + 1}", LANGUAGES, ((n,),) * 3, 0.8, round(chance.uniform(0.3, 1.0), 4))
        for n in range(rows)
    )
    alignment = Alignment(LANGUAGES, tuple(v.passages for v in versions), links, WORK)
    for version in versions:
        path = corpus / version.lang / f"{WORK}.xml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(format_version(version))
    (corpus / "alignments").mkdir(exist_ok=True)
    (corpus / "alignments" / f"{WORK}.xml").write_bytes(format_alignment(alignment, versions))
    return corpus


def _triples() -> list[dict[str, str]]:
    """Return the links of the shipped texts that have all three languages."""
    corpus = load_corpus(ROOT / "corpora")
    kept = [kept_alignment(corpus, work) for work in corpus if len(work.versions) == 3]
    return [
        {lang: alignment.text(link, lang) for lang in LANGUAGES}
        for alignment in kept
        if alignment
        for link in alignment
        if not link.missing
    ]


def _version(lang: str, texts: list[str]) -> Version:
    divisions = tuple(
        _division(lang, number, texts[start : start + PER_DIVISION])
        for number, start in enumerate(range(0, len(texts), PER_DIVISION), start=1)
    )
    tag = "zh-Hans" if lang == "zh" else lang
    return Version(WORK, lang, tag, WORK, "unreported", "reconstruction", divisions)


def _division(lang: str, number: int, texts: list[str]) -> Division:
    passages = tuple(
        Passage(f"{lang}.a{number}.s{n}", text, lang, f"a{number}", (n - 1) // 5, editorial=True)
        for n, text in enumerate(texts, start=1)
    )
    return Division(f"a{number}", "article", str(number), str(number), passages)
