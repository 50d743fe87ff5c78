"""Speed of search on a million passages, beside other ways to look through the same text.

    python -m bench.search [PASSAGES]

Passages are made: words of the shipped corpus in random order, by Zipf's law, a third of them with
a random ending so that the vocabulary grows as real ones do. A third of the passages each are zh,
ru and en, in links of three, in works of 3,000. Times are the best of three with a warm file cache.
"""

from __future__ import annotations

import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from parallel_texts.concordance import Index, search
from parallel_texts.concordance.words import words
from parallel_texts.corpus import load_corpus
from parallel_texts.model import Alignment, Link, Passage

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
    "regular expression, any": {"query": r"соглашени[ея]\w*", "by": "regex", "lang": "ru"},
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


def peers(path: Path) -> Iterator[tuple[str, float, str]]:
    """Yield other ways to find 苏方, with what they need beside the text."""
    connection = sqlite3.connect(path)
    sql = "SELECT count(*) FROM passage WHERE text LIKE '%苏方%'"
    yield "SQLite LIKE, no index", best(lambda: connection.execute(sql).fetchone()), "no lemmas"
    texts = [text for (text,) in connection.execute("SELECT text FROM passage")]
    pattern = re.compile("苏方")
    yield (
        "Python re over a list",
        best(lambda: sum(1 for t in texts if pattern.search(t))),
        ("all text in memory"),
    )


def main(total: int = 1_000_000) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.sqlite"
        index = Index(path)
        start = time.perf_counter()
        alignments = list(make(total))
        made = time.perf_counter() - start
        start = time.perf_counter()
        index.update(alignments)
        built = time.perf_counter() - start
        start = time.perf_counter()
        other = alignments[-1]
        alignments[0] = Alignment(LANGUAGES, other.passages, other.links, work="w0")
        index.update(alignments)
        seconds = time.perf_counter() - start
        size = path.stat().st_size / 2**20
        print(f"{total:,} passages made in {made:.0f} s. Index: {built:.0f} s, {size:,.0f} MB;")
        print(f"one work of {len(alignments)} changed: {seconds:.1f} s.\n")
        print("| query | passages found | ms, with 20 hits |\n|---|---|---|")
        for name, asked in QUERIES.items():
            call = lambda asked=asked: search(where=index, limit=20, **asked)  # noqa: E731
            found = call()
            print(f"| {name} | {found.total:,} | {best(call):.0f} |", flush=True)
        print("\n| other ways to find 苏方 | ms | |\n|---|---|---|")
        for name, ms, remark in peers(path):
            print(f"| {name} | {ms:.0f} | {remark} |")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
