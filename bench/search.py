"""Speed of search on a million passages, beside other engines over the same text.

    python bench/search.py [PASSAGES]

Passages are made: words of the shipped corpus in random order, by Zipf's law, a third of them with
a random ending so that the vocabulary grows as real ones do. A third of the passages each are zh,
ru and en, in links of three, in works of 3,000. Times are the best of three with a warm file cache.
"""

from __future__ import annotations

import importlib.metadata
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from parallel_texts.concordance import Index, search, translations
from parallel_texts.concordance.words import words
from parallel_texts.corpus import load_corpus
from parallel_texts.model import Alignment, Link, Passage
from search_peers import ENGINES, QUESTIONS, Ask

LANGUAGES = ("zh", "ru", "en")
PER_WORK = 1000

QUERIES: dict[str, dict[str, object]] = {
    "rare word": {"query": "aerodrome"},
    "frequent word, zh, 2 characters": {"query": "苏方"},
    "one character": {"query": "军"},
    "phrase": {"query": "of the"},
    "beginning": {"query": "соглашен*"},
    "lemma": {"query": "соглашение", "by": "lemma"},
    "term, all languages": {"query": "agreement", "by": "term"},
    "ru and not zh": {"query": "соглашение", "by": "lemma", "absent": {"zh": "协定"}},
    "in one work": {"query": "the", "works": ["w1"]},
    "regular expression with characters": {"query": r"苏方.*不得", "by": "regex"},
    "regular expression, a word": {"query": r"соглашени[ея]\w*", "by": "regex", "lang": "ru"},
    "regular expression, one or the other": {"query": "苏方|中方", "by": "regex"},
    "regular expression, two words": {"query": r"notif\w+ the", "by": "regex"},
    "regular expression, frequent words": {"query": "the .*of", "by": "regex"},
    "regular expression, nothing to look up": {"query": "[,;]$", "by": "regex"},
}


def vocabulary(lang: str) -> list[str]:
    """Return the words of the corpus, the most frequent first; in Chinese pairs of characters."""
    counts: dict[str, int] = {}
    for work in load_corpus().works:
        version = work.version(lang)
        for passage in version.passages if version else ():
            found = [word.text for word in words(passage.text)]
            if lang == "zh":
                found = ["".join(pair) for pair in pairwise(found)]
            for word in found:
                counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: -counts[word])


def sentence(random_: random.Random, known: list[str], weights: list[float], lang: str) -> str:
    chosen = random_.choices(known, cum_weights=weights, k=20)
    ends = {"zh": "", "ru": random_.choice("аеиоуы"), "en": random_.choice("aeiou")}
    rare = [w + ends[lang] * (random_.random() < 0.03) for w in chosen]
    return ("" if lang == "zh" else " ").join(rare) + ("。" if lang == "zh" else ".")


def make(total: int) -> Iterator[Alignment]:
    random_ = random.Random(1955)
    known = {lang: vocabulary(lang) for lang in LANGUAGES}
    cumulated = {lang: cumulate(len(found)) for lang, found in known.items()}
    links = tuple(Link(f"l{n}", LANGUAGES, ((n,),) * 3) for n in range(PER_WORK))
    for number in range(total // (3 * PER_WORK)):
        sides = tuple(
            tuple(
                Passage(f"{lang}.{n}", sentence(random_, known[lang], cumulated[lang], lang), lang)
                for n in range(PER_WORK)
            )
            for lang in LANGUAGES
        )
        yield Alignment(LANGUAGES, sides, links, work=f"w{number}")


def cumulate(size: int) -> list[float]:
    total, sums = 0.0, []
    for rank in range(1, size + 1):
        total += 1 / rank
        sums.append(total)
    return sums


def best(call: Callable[[], object], times: int = 3) -> float:
    def once() -> float:
        start = time.perf_counter()
        call()
        return time.perf_counter() - start

    return min(once() for _ in range(times)) * 1000


def compare(alignments: list[Alignment], changed: list[Alignment], folder: Path) -> Iterator[str]:
    """Yield a row an engine: what it takes, milliseconds a question, and what it cannot do."""
    for engine, needed in ENGINES:
        if needed and find_spec(needed) is None:
            yield f"| {engine.name} | not installed |"  # type: ignore[attr-defined]
            continue
        home = Path(tempfile.mkdtemp(dir=folder))
        made = engine(home)
        built = seconds(made.build, alignments)
        size = sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) / 2**20
        asked = " | ".join(answer(ask) for ask in made.asks())
        again = seconds(made.change, changed)
        yield f"| {made.name} | {built:.0f} | {size:.0f} | {again:.1f} | {asked} | {made.note} |"


def answer(ask: Ask | None) -> str:
    return f"{best(ask):.0f} ({ask():,})" if ask else "-"


def seconds(call: Callable[[list[Alignment]], object], alignments: list[Alignment]) -> float:
    start = time.perf_counter()
    call(alignments)
    return time.perf_counter() - start


def ask_all(index: Index) -> Iterator[str]:
    """Yield a row a query."""
    for name, asked in QUERIES.items():
        call = partial(search, where=index, limit=20, **asked)
        yield f"| {name} | {call().total:,} | {best(call):.0f} |"
    call = partial(translations, "agreement", index, lang="ru")
    found = sum(rendering.passages for rendering in call())
    yield f"| renderings of a term, by work | {found:,} | {best(call):.0f} |"


def main(total: int = 1_000_000) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alignments = list(make(total))
        other = alignments[-1]
        changed = [Alignment(LANGUAGES, other.passages, other.links, work="w0"), *alignments[1:]]
        versions = f"SQLite {sqlite3.sqlite_version}" + "".join(map(version, ("duckdb", "tantivy")))
        print(f"{total:,} passages in {len(alignments)} works; {versions}.\n")
        print("| query | passages found | ms, with counts and 20 hits |\n|---|---|---|")
        with Index(folder / "index.sqlite") as index:
            index.update(alignments)
            for row in ask_all(index):
                print(row, flush=True)
        heads = ("engine", "s to build", "MB", "s to change a work", *map(code, QUESTIONS), "")
        print("\nMilliseconds, and passages found:\n\n| " + " | ".join(heads) + " |")
        print("|---" * len(heads) + "|")
        for row in compare(alignments, changed, folder):
            print(row, flush=True)


def version(package: str) -> str:
    try:
        return f", {package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return ""


def code(text: str) -> str:
    return f"`{text}`"


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
