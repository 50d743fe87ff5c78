"""Dates in running text: day, month, year, parts of a year, bounds; in three languages.

>>> [d.value for d in find_dates("1955年9月27日", "zh")]
['1955-09-27']
>>> [(d.value, d.edge, d.bound) for d in find_dates("не позднее конца 1952 года", "ru")]
[('1952', 'end', 'not-after')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from parallel_texts.languages.chinese_numerals import zh_integer
from parallel_texts.languages.numbers import Number, find_numbers
from parallel_texts.languages.phrases import Phrases
from parallel_texts.languages.tables import read_table

__all__ = ["Date", "find_dates"]


@dataclass(frozen=True, slots=True)
class Date:
    """A date that a text states.

    Attributes:
        value: ISO 8601, as precise as the text: ``1955-09-27``, ``1955-09``, ``1955``, ``--09-27``
            where no year is given.
        start: Offset of the first character.
        end: Offset after the last.
        text: The words themselves, with those that say which part or bound is meant.
        edge: ``begin``, ``middle`` or ``end`` of the period, or empty.
        bound: ``not-after`` or ``not-before``, or empty.
    """

    value: str
    start: int
    end: int
    text: str
    edge: str = ""
    bound: str = ""


@lru_cache(maxsize=4096)
def find_dates(text: str, lang: str) -> tuple[Date, ...]:
    """Return the dates of ``text`` in order, without overlaps.

    Args:
        text: A sentence or paragraph.
        lang: ``zh``, ``ru`` or ``en``; in other languages only numeric dates are read.
    """
    candidates = [
        *_numeric(text, lang),
        *(_zh_dates(text) if lang == "zh" else _worded(text, lang)),
    ]
    candidates += [d for c in candidates for d in _other_end(c, text, lang)]
    found: list[Date] = []
    for date in sorted(candidates, key=lambda d: (d.start, -d.end)):
        if not found or date.start >= found[-1].end:
            found.append(_with_words(date, text, lang))
    return tuple(found)


_ZH_NUMBER = r"(?:\d{1,2}|[０-９]{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_RANGE = {
    "zh": re.compile(rf"(?:至|到|[—–－-])(?P<d>{_ZH_NUMBER})\s?[日号]"),
    "ru": re.compile(r"(?<![\d.,])(?P<d>\d{1,2})(?:-?(?:го|е))?\s?(?:по|до|и|[—–-])\s?$"),
    "en": re.compile(r"(?<![\d.,])(?P<d>\d{1,2})(?:st|nd|rd|th)?\s?(?:to|until|and|[—–-])\s?$"),
}
"""The other day of a range in one month: after the date in Chinese, else before it."""


def _other_end(date: Date, text: str, lang: str) -> Iterator[Date]:
    """Yield the day that shares a date's month: "from 12 to 20 September"."""
    month, _, day = date.value.rpartition("-")
    if lang not in _RANGE or len(day) != 2 or not re.search(r"-\d\d$", month):
        return
    match = (
        _RANGE[lang].match(text, date.end)
        if lang == "zh"
        else _RANGE[lang].search(text, max(0, date.start - 12), date.start)
    )
    other = _zh_number(match["d"]) if match else None
    if match and other and _possible(None, other):
        yield Date(f"{month}-{other:02d}", match.start("d"), match.end("d"), match["d"])


_DIGIT_AND_MARK = re.compile(r"\d[-./]")
_NUMERIC = re.compile(
    r"(?<![\d/.\-])(?:(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})[./](?P<y2>(?:1[6-9]|20)\d{2}))(?![\d/]|[.\-]\d)"
)


def _numeric(text: str, lang: str) -> Iterator[Date]:
    """27.09.1955, 1955-09-27; 09/27/1955 only where the month cannot be the first number."""
    for match in _NUMERIC.finditer(text) if _DIGIT_AND_MARK.search(text) else ():
        year = int(match["y"] or match["y2"])
        month, day = int(match["m"] or match["m2"]), int(match["d"] or match["d2"])
        if month > 12 >= day and match["y2"]:
            month, day = day, month
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield _date(text, *match.span(), year, month, day)


def _date(
    text: str, start: int, end: int, year: int | None, month: int | None, day: int | None
) -> Date:
    head = f"{year:04d}" if year is not None else "-"
    tail = "".join(f"-{part:02d}" for part in (month, day) if part is not None)
    return Date(head + tail, start, end, text[start:end])


_ZH_YEAR = (
    r"(?P<era>民国|昭和|光绪)?"
    r"(?P<y>[0-9０-９]{4}|[〇○零一二三四五六七八九]{4}|(?<=民国)[一二三四五六七八九十\d]{1,3})\s?年"
)
_ZH_DATE = re.compile(
    rf"(?:{_ZH_YEAR})(?:\s?(?P<m>{_ZH_NUMBER})\s?月(?!份?间?以?内)(?:份)?(?:\s?(?P<d>{_ZH_NUMBER})\s?[日号])?)?"
    rf"|(?<![\d一二三四五六七八九十第每])(?P<m2>{_ZH_NUMBER})\s?月(?!份?间?以?内|[期息薪票报刊球])(?:份)?"
    rf"(?:\s?(?P<d2>{_ZH_NUMBER})\s?[日号])?"
)
_ERAS = {"民国": 1911, "昭和": 1925, "光绪": 1874}


def _zh_dates(text: str) -> Iterator[Date]:
    for match in _ZH_DATE.finditer(text) if "年" in text or "月" in text else ():
        year = _zh_number(match["y"])
        if year is not None and match["era"]:
            year += _ERAS[match["era"]]
        month, day = _zh_number(match["m"] or match["m2"]), _zh_number(match["d"] or match["d2"])
        if (year is None or year >= 1000) and _possible(month, day):
            yield _date(text, *match.span(), year, month, day)


def _zh_number(numeral: str | None) -> int | None:
    if not numeral:
        return None
    return int(numeral) if numeral.isdecimal() else zh_integer(numeral)


def _possible(month: int | None, day: int | None) -> bool:
    return (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31)


def _worded(text: str, lang: str) -> Iterator[Date]:
    """Russian and English: a month's name with the numbers beside it, then years alone."""
    if lang not in ("ru", "en"):
        return
    numbers = find_numbers(text, lang)
    phrases, months = _months(lang)
    for number, match in phrases.find(text):
        date = _around_month(text, lang, months[number], match, numbers)
        if date is not None:
            yield date
    yield from _years(text, lang, numbers)


@cache
def _months(lang: str) -> tuple[Phrases, list[int]]:
    """Return the expressions of the months and the number of each."""
    rows = read_table("months")
    phrases = Phrases([row[lang] for row in rows], lang, ignore_case=lang == "ru")
    return phrases, [int(row["number"]) for row in rows]


_BEFORE = {"ru": r"-?(?:го|е|ое)?[\s\u00a0]", "en": r"(?:st|nd|rd|th)?(?: day)?(?: of)?[\s\u00a0]"}
_AFTER = {"ru": r"[\s\u00a0,]+", "en": r",?(?: of)?(?: the year)?[\s\u00a0]+"}
_IN_MONTH = {"ru": r"(?:в|с|до|по|за|к|конца|начала|начале|конце|середине|середины)[\s\u00a0]$",
             "en": r"(?:in|of|since|until|by|from|during|early|late|mid)[\s-]$"}  # fmt: skip


def _around_month(
    text: str, lang: str, month: int, match: re.Match[str], numbers: tuple[Number, ...]
) -> Date | None:
    day, start = _day_before(text, lang, match.start(), numbers)
    end = match.end()
    if day is None and lang == "en":
        day, end = _day_after(text, end, numbers)
    year, end = _year_after(text, lang, end, numbers)
    if day is None and year is None and not _is_month(text, lang, match):
        return None
    return _date(text, start, end, year, month, day)


_OTHER_WORDS = ("May", "March", "Mar")
"""English months that are other words as well."""


def _is_month(text: str, lang: str, match: re.Match[str]) -> bool:
    """Tell whether a name without day and year is a month's: "in May", "last June"."""
    before = text[: match.start()]
    return match[0] not in _OTHER_WORDS or re.search(_IN_MONTH[lang], before, re.I) is not None


def _day_before(
    text: str, lang: str, month: int, numbers: tuple[Number, ...]
) -> tuple[int | None, int]:
    for number in numbers:
        gap = text[number.end : month]
        if 0 <= month - number.end <= 12 and _is_day(number) and re.fullmatch(_BEFORE[lang], gap):
            return int(number.value), number.start
        if number.start < month < number.end and _is_day(number):
            return int(number.value), number.start
        digits = re.compile(r"(?<!\d)(\d{1,2})" + _BEFORE[lang] + "$").search(text, 0, month)
        if digits and 1 <= int(digits[1]) <= 31:
            return int(digits[1]), digits.start()
    return None, month


def _day_after(text: str, end: int, numbers: tuple[Number, ...]) -> tuple[int | None, int]:
    match = re.compile(r"[\s\u00a0](?:the )?(\d{1,2})(?:st|nd|rd|th)?(?![\d:.]\d|\d)").match(
        text, end
    )
    if match and 1 <= int(match[1]) <= 31:
        return int(match[1]), match.end()
    for number in numbers:
        if re.fullmatch(r"[\s\u00a0](?:the )?", text[end : number.start]) and _is_day(number):
            return int(number.value), number.end
    return None, end


def _is_day(number: Number) -> bool:
    return number.value.denominator == 1 and 1 <= number.value <= 31


_YEAR_WORD = {
    "ru": re.compile(r"[\s\u00a0]?(?:год(?:а|у|ом|е)?(?!\w)|г\.)"),
    "en": re.compile(r"(?!)"),
}


def _year_after(
    text: str, lang: str, end: int, numbers: tuple[Number, ...]
) -> tuple[int | None, int]:
    for number in numbers:
        gap = text[end : number.start]
        if number.start >= end and re.fullmatch(_AFTER[lang], gap) and _is_year(number):
            word = _YEAR_WORD[lang].match(text, number.end)
            return int(number.value), word.end() if word else number.end
    return None, end


def _is_year(number: Number) -> bool:
    return number.value.denominator == 1 and 1000 <= number.value <= 2199


_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|of|since|by|until|till|from|before|after|during|year|and|to|late|early|mid|for|с|по|в|до|от|и)[\s\u00a0-]|[–—/-]|[(\[])$",
    re.I,
)


def _years(text: str, lang: str, numbers: tuple[Number, ...]) -> Iterator[Date]:
    """Years alone: 1955 год, in 1955, 1955–1957."""
    for number in numbers:
        if not _is_year(number):
            continue
        words = text[number.start : number.end]
        marked = (
            lang == "ru"
            and number.unit is not None
            and number.unit.key == "year"
            and not re.search("лет", words)
        )
        if marked or _bare_year(number, text) or _spelled_year(number, lang):
            yield _date(text, number.start, number.end, int(number.value), None, None)


def _bare_year(number: Number, text: str) -> bool:
    """Four digits after a preposition, or with another year at the end of a dash."""
    if not re.fullmatch(r"1[5-9]\d\d|20\d\d", number.text):
        return False
    span = re.compile(r"[–-](?:1[5-9]|20)\d\d(?!\d)").match(text, number.end)
    return bool(span or _YEAR_BEFORE.search(text, max(0, number.start - 12), number.start))


def _spelled_year(number: Number, lang: str) -> bool:
    return (
        lang == "en"
        and number.text.lower().startswith(("nineteen ", "eighteen "))
        and number.unit is None
    )


def _with_words(date: Date, text: str, lang: str) -> Date:
    """Add the edge and the bound that stand beside the date."""
    for side, sense, pattern in _date_words(lang):
        match = (
            pattern.search(text, max(0, date.start - 40), date.start)
            if side == "before"
            else pattern.match(text, date.end)
        )
        if match is None or (sense == date.bound or sense == date.edge):
            continue
        date = _extend(date, text, sense, match)
    return date


def _extend(date: Date, text: str, sense: str, match: re.Match[str]) -> Date:
    start, end = min(date.start, match.start()), max(date.end, match.end())
    if sense.startswith("not-"):
        if date.bound:
            return date
        return replace(date, bound=sense, start=start, end=end, text=text[start:end])
    return replace(date, edge=date.edge or sense, start=start, end=end, text=text[start:end])


@cache
def _date_words(lang: str) -> list[tuple[str, str, re.Pattern[str]]]:
    return [
        (r["side"], r["sense"], _word(r)) for r in read_table("date_words") if r["lang"] == lang
    ]


def _word(row: dict[str, str]) -> re.Pattern[str]:
    if row["side"] == "after":
        return re.compile(rf"\s?(?:{row['form']})")
    if row["lang"] == "zh":
        return re.compile(rf"(?:{row['form']})$")
    article = "(?:the )?" if row["lang"] == "en" else ""
    return re.compile(rf"(?<!\w)(?:{row['form']})[\s\u00a0-]{article}$", re.IGNORECASE)
