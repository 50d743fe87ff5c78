"""Numbers of articles and items: Arabic, full-width, Roman and Chinese; letters of items."""

from __future__ import annotations

import re

__all__ = ["article_number", "item_mark"]

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_CHINESE = {"零": 0, "〇": 0} | {
    character: n for n, character in enumerate("一二三四五六七八九", 1)
}


def article_number(text: str) -> int | None:
    """Return the number that ``text`` writes, or ``None``.

    >>> [article_number(n) for n in ("12", "XIV", "二十三", "十", "１２", "B")]
    [12, 14, 23, 10, 12, None]
    """
    text = text.strip()
    if text.isdecimal():
        return int(text)
    if re.fullmatch(r"[IVXLC]+", text):
        return _roman(text)
    if text and all(c in _CHINESE or c in "十百" for c in text):
        return _chinese(text)
    return None


def _roman(text: str) -> int:
    values = [_ROMAN[c] for c in text]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def _chinese(text: str) -> int:
    if not re.search("[十百]", text):
        return int("".join(str(_CHINESE[c]) for c in text))
    total = digit = 0
    for character in text:
        if character in "十百":
            total += max(digit, 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _CHINESE[character]
    return total + digit


_MARK = re.compile(
    r"\s*(?:(?P<open>[(（])\s?(?P<in>\d{1,2}|[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛壬癸]"
    r"|[子丑寅卯辰巳午未申酉戌亥]|[ivx]{1,5}|[a-zа-я])\s?[)）]"
    r"|(?P<bare>\d{1,2}(?=[)）、．]|\.(?!\d))|[一二三四五六七八九十]{1,3}(?=、)|[ivx]{1,5}(?=\))"
    r"|[a-zа-я](?=\))))"
)
_LETTERS = (
    "abcdefghijklmnopqrstuvwxyz", "абвгдежзиклмнопрстуфхцчшщэюя", "甲乙丙丁戊己庚辛壬癸",
    "子丑寅卯辰巳午未申酉戌亥",
)  # fmt: skip
_ALIKE = str.maketrans("асеохр", "aceoxp")
"""Cyrillic letters that stand for the Latin ones they look like."""


def item_mark(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return what numbers and what letters, counted from one, the mark of an item may be.

    >>> item_mark("（丙）三年")
    (frozenset(), frozenset({3}))
    >>> [sorted(numbers) for numbers in item_mark("(i) Any work")]
    [[1], [9]]
    """
    match = _MARK.match(text)
    if match is None:
        return frozenset(), frozenset()
    mark = match["in"] or match["bare"]
    number = article_number(mark.upper()) if mark not in ("c", "l") else None
    spelled = {mark, mark.translate(_ALIKE)}
    letters = {order.index(m) + 1 for order in _LETTERS for m in spelled if m in order}
    return frozenset([number] if number else []), frozenset(letters if len(mark) == 1 else [])
