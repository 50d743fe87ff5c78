"""Names across scripts: Chinese to pinyin and Palladius's transcription, Cyrillic to Latin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parallel_texts.languages.tables import read_table

__all__ = [
    "chinese_syllables",
    "name_likeness",
    "palladius",
    "pinyin",
    "romanize",
    "spelled_out",
    "wade_giles",
]

_HAN = re.compile(r"[\u3400-\u9fff]+")


def pinyin(text: str) -> tuple[str, ...]:
    """Return the syllables of a Chinese text, without tones, ``v`` for ü.

    >>> pinyin("彭德怀")
    ('peng', 'de', 'huai')
    """
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin("".join(_HAN.findall(text)), style=Style.NORMAL))


def palladius(syllables: Sequence[str]) -> str:
    """Return pinyin syllables in Palladius's transcription, in one word.

    A syllable that ends in н before a vowel gets a hard sign: Чанъань.

    >>> palladius(("de", "huai"))
    'дэхуай'
    """
    word = ""
    for syllable in syllables:
        part = _syllables().get(syllable, syllable)
        word += "ъ" + part if word.endswith("н") and part[:1] in "аоуэияюе" else part
    return word


@cache
def _syllables() -> dict[str, str]:
    return {row["pinyin"]: row["palladius"] for row in read_table("palladius")}


def romanize(text: str) -> str:
    """Return a text in small Latin letters: Cyrillic by table, Chinese as pinyin.

    >>> romanize("Пэн Дэхуай")
    'pen dehuai'
    """
    lowered = text.casefold().translate(_letters())
    return _HAN.sub(lambda found: " " + "".join(pinyin(found[0])) + " ", lowered)


@cache
def _letters() -> dict[int, str]:
    return {ord(row["form"]): row["latin"] for row in read_table("romanization")}


def name_likeness(chinese: str, other: str) -> float:
    """Return how well a Chinese name meets a Russian or Latin text, 0 to 1.

    The best place in ``other`` counts, in pinyin or in Palladius's transcription.

    >>> name_likeness("彭德怀", "Маршал Пэн Дэхуай прибыл") > 0.9
    True
    """
    from rapidfuzz import fuzz

    syllables = pinyin(chinese)
    if not syllables:
        return 0.0
    forms = ("".join(syllables), romanize(palladius(syllables)))
    text = re.sub(r"[\W_]+", "", romanize(other))
    return max(fuzz.partial_ratio(form, text) for form in forms) / 100 if text else 0.0


def wade_giles(syllable: str) -> str:
    """Return a pinyin syllable in Wade and Giles's romanization, without apostrophes.

    >>> [wade_giles(s) for s in ("zhou", "xiao", "en")]
    ['chou', 'hsiao', 'en']
    """
    whole = _wade("whole").get(syllable)
    if whole:
        return whole
    for old, new in _wade("end").items():
        if syllable.endswith(old):
            syllable = syllable.removesuffix(old) + new
            break
    for old, new in _wade("start").items():
        if syllable.startswith(old):
            return new + syllable.removeprefix(old)
    return syllable


@cache
def _wade(part: str) -> dict[str, str]:
    return {r["pinyin"]: r["wade"] for r in read_table("wade_giles") if r["part"] == part}


def spelled_out(syllables: Sequence[str]) -> tuple[str, str, str]:
    """Return a Chinese name in pinyin, in Wade-Giles and in Palladius's letters made Latin.

    >>> spelled_out(("zhou", "en", "lai"))
    ('zhouenlai', 'chouenlai', 'chzhouenlai')
    """
    return (
        "".join(syllables),
        "".join(map(wade_giles, syllables)),
        romanize(palladius(syllables)).replace(" ", ""),
    )


def chinese_syllables(word: str, lang: str) -> tuple[str, ...]:
    """Return the pinyin syllables that a word of Russian or English may write, or none.

    A word in Wade-Giles is taken for pinyin where it can be.

    >>> chinese_syllables("Дэхуай", "ru"), chinese_syllables("Dehuai", "en")
    (('de', 'huai'), ('de', 'huai'))
    """
    known = _cyrillic() if lang == "ru" else _latin()
    bare = re.sub(r"[-’'ъ]", "", word.lower())
    return _split(bare, known)


def _split(word: str, known: dict[str, str]) -> tuple[str, ...]:
    """Cut a word into at most three syllables, long ones first."""
    ways: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 7), end):
            syllable = known.get(word[start:end])
            if syllable and start in ways and len(ways[start]) < 3:
                ways.setdefault(end, (*ways[start], syllable))
    return ways.get(len(word), ())


@cache
def _cyrillic() -> dict[str, str]:
    return {row["palladius"]: row["pinyin"] for row in read_table("palladius")}


@cache
def _latin() -> dict[str, str]:
    syllables = [row["pinyin"] for row in read_table("palladius")]
    return {wade_giles(s): s for s in syllables} | {s: s for s in syllables}
