"""Names across scripts: Chinese to pinyin and Palladius's transcription, Cyrillic to Latin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from parallel_texts.languages.tables import read_table

__all__ = ["name_likeness", "palladius", "pinyin", "romanize"]

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
