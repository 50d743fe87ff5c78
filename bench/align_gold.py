"""Reads the gold alignments that the align_* programs here measure against."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from parallel_texts.evaluation import Sides
from parallel_texts.exchange.vecalign import read_vecalign
from parallel_texts.plain import read_lines

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
PAIRS = (("zh", "en"), ("ru", "en"), ("zh", "ru"))
NTREX = tuple(f"{n:02}" for n in range(1, 7))


@dataclass(frozen=True)
class Gold:
    """Texts per language and the links a person made, sides in the order of ``texts``."""

    name: str
    texts: dict[str, list[str]]
    links: list[Sides]


def require() -> None:
    """Stop where the gold data is not there."""
    if not GOLD.is_dir():
        sys.exit(f"skipped: no gold data in {GOLD}")


def lines(path: Path) -> list[str]:
    """Return a file's lines, as ``align --lines`` reads them."""
    return [p.text for p in read_lines(path.read_text("utf-8"), "").passages]


def ntrex(first: str, second: str) -> list[Gold]:
    """Six news texts in two languages."""
    folder = GOLD / "ntrex_zh_ru_en"
    return [
        Gold(
            f"ntrex {number} {first}-{second}",
            {lang: lines(folder / f"{number}.{lang}.txt") for lang in (first, second)},
            vecalign(folder / f"{number}.{first}-{second}.align"),
        )
        for number in NTREX
    ]


def ntrex_all() -> list[Gold]:
    """Six news texts in three languages, linked n-way."""
    folder = GOLD / "ntrex_zh_ru_en"
    out = []
    for number in NTREX:
        rows = [json.loads(row) for row in lines(folder / f"{number}.links.jsonl")]
        texts = {lang: lines(folder / f"{number}.{lang}.txt") for lang in ("zh", "ru", "en")}
        links = [tuple(tuple(row[lang]) for lang in texts) for row in rows]
        out.append(Gold(f"ntrex {number}", texts, links))
    return out


def textberg() -> list[Gold]:
    """Seven articles, German and French, linked by hand."""
    folder = GOLD / "textberg_de_fr"
    return [
        Gold(
            f"textberg {number:03}",
            {lang: lines(folder / lang / f"{number:03}") for lang in ("de", "fr")},
            vecalign(folder / "gold" / f"{number:03}"),
        )
        for number in range(1, 8)
    ]


def udhr(*languages: str) -> Gold:
    """Rows of the Universal Declaration of Human Rights."""
    header, *rows = (line.split("\t") for line in lines(GOLD / "udhr_zh_ru_en.tsv"))
    texts = {lang: [row[header.index(lang)] for row in rows] for lang in languages}
    return Gold("udhr", texts, [tuple((n,) for _ in languages) for n in range(len(rows))])


@dataclass(frozen=True)
class Bible:
    """A stretch of the Bible, and the verse of each of its lines."""

    gold: Gold
    verses: dict[str, list[str]]

    def by_verse(self, links: Sequence[Sides]) -> list[Sides]:
        """Merge links whose passages lie in the same verse."""
        order = list(self.gold.texts)
        parent: dict[str, str] = {}

        def root(verse: str) -> str:
            while parent.setdefault(verse, verse) != verse:
                verse = parent[verse]
            return verse

        found = [
            [self.verses[lang][n] for lang, side in zip(order, link, strict=True) for n in side]
            for link in links
        ]
        for verses in found:
            for verse in verses[1:]:
                parent[root(verse)] = root(verses[0])
        merged: dict[str, list[list[int]]] = {}
        for link, verses in zip(links, found, strict=True):
            group = merged.setdefault(root(verses[0]), [[] for _ in order])
            for side, numbers in zip(group, link, strict=True):
                side.extend(numbers)
        return [tuple(tuple(sorted(side)) for side in group) for group in merged.values()]


def bible(start: int, count: int) -> Bible:
    """Return about ``count`` English lines from ``start`` on, and the Chinese for them."""
    folder = GOLD / "bible_zh_en"
    links = [
        link
        for link in vecalign(folder / "006.align")
        if all(link) and start <= link[0][0] < start + count
    ]
    texts, verses, shift = {}, {}, []
    for side, lang in enumerate(("en", "zh")):
        first, end = links[0][side][0], links[-1][side][-1] + 1
        texts[lang] = lines(folder / f"006.{lang}")[first:end]
        verses[lang] = lines(folder / f"{lang}.verse")[first:end]
        shift.append(first)
    moved = [
        tuple(tuple(n - by for n in numbers) for numbers, by in zip(link, shift, strict=True))
        for link in links
    ]
    return Bible(Gold(f"bible {start}+{count}", texts, moved), verses)


def vecalign(path: Path) -> list[Sides]:
    """Return the links of a file."""
    return [link.sides for link in read_vecalign(path)]
