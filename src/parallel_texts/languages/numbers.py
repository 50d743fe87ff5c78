"""Numbers in running text: digits, Chinese numerals, number words of English and Russian.

Values are exact fractions. What can be read is in the tables ``numerals``, ``zh_number_words``
(words that hold a numeral but count nothing) and ``units``.

    >>> [(str(n.value), n.text) for n in find_numbers("百分之三十，二十四小时", "zh")]
    [('3/10', '百分之三十'), ('24', '二十四小时')]
    >>> [str(n.value) for n in find_numbers("шестьсот сорок тысяч человек", "ru")]
    ['640000']
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import zip_longest

from parallel_texts.languages.chinese_numerals import ZH_NUMERAL, zh_numbers
from parallel_texts.languages.number_words import word_numbers
from parallel_texts.languages.units import MEASURED, Unit, unit_after, unit_before

__all__ = ["Number", "find_numbers", "zh_value"]

_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(
    r"(?<![\d.,])(?:1\s?:\s?(?P<scale>\d{1,3}(?:[ \u00a0,.]?\d{3})+)"
    r"|(?P<over>\d{1,2})/(?P<under>\d{1,2})(?![\d/.])"
    r"|(?P<whole>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:,\d{3})+(?![\d])|\d+)"
    r"(?P<rest>[.,]\d+)?)"
)
_ZH_MAGNITUDE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_MAGNITUDE = {
    "zh": re.compile(
        r"\s?(?P<m>[百千十]?[万亿]|[百千](?!米|克|瓦|分|公))(?:分之(?P<n>[一二三四五六七八九十]|\d+))?"
    ),
    "ru": re.compile(
        r"[\s\u00a0](?P<m>тыс\.|тысяч[а-яё]*|млн\.?|миллион[а-яё]*|млрд\.?|миллиард[а-яё]*)"
    ),
    "en": re.compile(r"[\s\u00a0](?P<m>thousand|million|mln|billion|bn)\b", re.IGNORECASE),
}
_MAGNITUDES = (
    ("миллиард", 10**9), ("млрд", 10**9), ("миллион", 10**6), ("млн", 10**6), ("тыс", 10**3),
    ("billion", 10**9), ("bn", 10**9), ("million", 10**6), ("mln", 10**6), ("thousand", 10**3),
)  # fmt: skip
_ITEM = re.compile(r"\s*[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[)）]|[.．](?!\d)|、)")
_REFERENCE = {
    "zh": re.compile(r"第\s?$"),
    "ru": re.compile(
        r"(?<!\w)(?:стат[а-яё]+|ст\.|пункт[а-яё]*|п\.|глав[а-яё]+|част[а-яё]+|№)[\s\u00a0]?$", re.I
    ),
    "en": re.compile(
        r"(?<!\w)(?:articles?|arts?\.|paragraphs?|chapters?|part|section|no\.|№)[\s\u00a0]?$", re.I
    ),
}
_ROMAN = re.compile(
    r"(?:(?i:\b(?:articles?|chapters?|parts?|sections?|annex(?:es)?|protocols?|volumes?|schedules?"
    r"|глав[а-яё]*|стат[ьяеийюм]{1,4}|част[а-яё]*|раздел[а-яё]*|приложени[а-яё]*|протокол[а-яё]*))"
    r"[ \u00a0]|(?:第|附件|附录)\s?)(?P<list>[IVXLC]+(?:(?:,? (?:and|or|to|и|или|по)|,|[-–、和至])"
    r" ?[IVXLC]+)*)(?!\w|\.\w)|(?<![\w.-])(?P<alone>[IVX]{2,})(?!\w|\.\w|-)"
)
_ROMAN_LETTER = re.compile(r"(?<![A-Za-z])[IVX]+(?![a-z])")
"""Roman numbers: one letter only behind a word for what is numbered, or in a list of them."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a text states.

    Attributes:
        value: Exact value; per cent as a fraction of one (70 per cent is 7/10).
        start: Offset of the first character.
        end: Offset after the last, unit included.
        text: The words themselves.
        kind: ``cardinal``, ``ordinal``, ``fraction`` or ``reference`` (article and item numbers).
        unit: What it counts, where the table knows it.
        weak: True for one and two without a unit, for words that count only sometimes ("one of",
            "a third party") and for item marks: no difference is made of them alone.
    """

    value: Fraction
    start: int
    end: int
    text: str
    kind: str = "cardinal"
    unit: Unit | None = None
    weak: bool = False

    @property
    def measure(self) -> tuple[str, Fraction]:
        """Dimension and size in its base: what two languages have to agree on."""
        if self.unit is None:
            return "", self.value
        return self.unit.dimension, self.value * self.unit.size


@lru_cache(maxsize=4096)
def find_numbers(text: str, lang: str) -> tuple[Number, ...]:
    """Return the numbers of ``text`` in order, units attached, without overlaps.

    Args:
        text: A sentence or paragraph.
        lang: ``zh``, ``ru`` or ``en``; in other languages only digits are read.
    """
    found = sorted(_raw(text, lang), key=lambda n: (n.start, -n.end))
    return tuple(_finish(number, text, lang) for number in _merged(list(_disjoint(found)), text))


def zh_value(numeral: str) -> Fraction | None:
    """Return the value of a Chinese numeral, digits allowed: 三十, 廿四, 一九五五, 3万."""
    values = [n.value for n in find_numbers(numeral, "zh")]
    return values[0] if len(values) == 1 else None


def _raw(text: str, lang: str) -> Iterator[Number]:
    yield from _digit_numbers(text, lang)
    if lang == "zh" and ZH_NUMERAL.search(text):
        for value, start, end, kind in zh_numbers(text):
            yield Number(value, start, end, text[start:end], kind)
    elif lang in ("ru", "en"):
        yield from (Number(v, s, e, text[s:e], kind) for v, s, e, kind in word_numbers(text, lang))
    yield from _roman_numbers(text)


def _digit_numbers(text: str, lang: str) -> Iterator[Number]:
    if not _DIGIT.search(text):
        return
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        value, kind = _digits_value(match, lang)
        magnitude = _MAGNITUDE[lang].match(text, end) if lang in _MAGNITUDE else None
        if magnitude and kind == "cardinal":
            value, end = value * _magnitude(magnitude["m"]), magnitude.end()
        yield Number(value, start, end, text[start:end], kind)


def _digits_value(match: re.Match[str], lang: str) -> tuple[Fraction, str]:
    if match["scale"]:
        return Fraction(1, int(re.sub(r"\D", "", match["scale"]))), "fraction"
    if match["over"]:
        under = int(match["under"])
        return (
            (Fraction(int(match["over"]), under), "fraction")
            if under
            else (Fraction(0), "cardinal")
        )
    whole, rest = re.sub(r"\D", "", match["whole"]), match["rest"] or ""
    if rest and (_groups_thousands(match["whole"], rest, lang)):
        return Fraction(int(whole + rest[1:])), "cardinal"
    return Fraction(f"{whole}.{rest[1:] or 0}"), "cardinal"


def _groups_thousands(whole: str, rest: str, lang: str) -> bool:
    """Tell whether the mark in 1.000 groups: in Russian a stop may, elsewhere a comma."""
    mark = "." if lang == "ru" else ","
    return rest[0] == mark and len(rest) == 4 and whole != "0" and len(whole) <= 3


def _magnitude(form: str) -> int:
    if form[0] in _ZH_MAGNITUDE:
        return math.prod(_ZH_MAGNITUDE[character] for character in form)
    return next(value for start, value in _MAGNITUDES if form.lower().startswith(start))


def _roman_numbers(text: str) -> Iterator[Number]:
    from parallel_texts.languages.ordinals import article_number

    if not _ROMAN_LETTER.search(text):
        return
    for match in _ROMAN.finditer(text):
        for part in re.finditer("[IVXLC]+", match[match.lastgroup or 0]):
            value = article_number(part[0])
            if value is not None:
                start = match.start(match.lastgroup or 0) + part.start()
                yield Number(Fraction(value), start, start + len(part[0]), part[0], "reference")


def _disjoint(found: list[Number]) -> Iterator[Number]:
    """Drop what lies inside an earlier, longer number."""
    last: Number | None = None
    for number in found:
        if last is None or number.start >= last.end:
            yield number
            last = number


def _merged(found: list[Number], text: str) -> Iterator[Number]:
    """Take a number and its repetition in brackets as one: "thirty (30) days"."""
    for number, after in zip_longest(found, found[1:]):
        if (
            after
            and after.value == number.value
            and text[number.end : after.start].strip() in "(（"
        ):
            continue
        yield number


def _finish(number: Number, text: str, lang: str) -> Number:
    """Attach the unit, and say what is weak."""
    if _is_item(number, text):
        return replace(number, kind="reference", weak=True)
    if lang in _REFERENCE and _REFERENCE[lang].search(
        text, max(0, number.start - 14), number.start
    ):
        kind = "ordinal" if lang == "zh" else "reference"
        return replace(number, kind=kind, weak=kind == "ordinal" and number.value < 3)
    after = unit_after(text, number.end, lang)
    unit = after[0] if after else unit_before(text, number.start)
    end = after[1] if after else number.end
    value = number.value
    if unit is not None and unit.dimension == "ratio":
        value, unit = value * unit.size, None
    weak = _is_weak(number, text, unit)
    return replace(
        number, value=value, unit=unit, end=end, text=text[number.start : end], weak=weak
    )


def _is_item(number: Number, text: str) -> bool:
    match = _ITEM.match(text)
    return match is not None and number.end <= match.end()


_SMALL = (0, Fraction(1, 2), 1, 2)


def _is_weak(number: Number, text: str, unit: Unit | None) -> bool:
    """One and two written out are articles, pronouns and "both" as often as numbers."""
    if text[number.start].isdigit():
        return False
    if number.kind == "ordinal":
        return number.value < 4
    counted = unit is not None and unit.dimension in MEASURED
    return number.kind == "cardinal" and number.value in _SMALL and not counted
