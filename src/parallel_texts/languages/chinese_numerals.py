"""Chinese numerals: 三十, 廿四, 〇, 一九五五, 一万二千, 百分之三十, 三分之二, 两."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from parallel_texts.languages.tables import read_table

__all__ = ["ZH_NUMERAL", "zh_integer", "zh_numbers"]

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    c: n for n, c in enumerate("〇壹贰叁肆伍陆柒捌玖")
} | {c: n for n, c in enumerate("○壹貳參肆伍陸柒捌玖")} | {"两": 2, "兩": 2, "弌": 1}  # fmt: skip
_TEN = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCORE = {"廿": 20, "卅": 30, "卌": 40}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_ALL = "".join((*_DIGIT, *_TEN, *_SCORE, *_BIG))

ZH_NUMERAL = re.compile(f"[{_ALL}半]")
_RUN = f"[{_ALL}]+"
_PATTERN = re.compile(
    rf"(?P<moiety>一半|半数)|(?P<per>[百千万])分之(?P<part>{_RUN}|\d+(?:\.\d+)?)(?:点(?P<tail>[{''.join(_DIGIT)}]+))?"
    rf"|(?P<under>{_RUN}|\d+)分之(?P<over>{_RUN}|\d+)|(?P<few>[三四五])分(?P<some>[一二三四])(?!秒)"
    rf"|(?P<tenths>[一二三四五六七八九])成(?P<half>半)?(?![立员为果就长分份功效])"
    rf"|(?P<run>{_RUN})(?:点(?P<point>[{''.join(_DIGIT)}]+)(?!钟))?(?P<halfof>个?[年月日天周]?半(?![数途径岛])(?=[，。、；年月日天小]|$))?"
    r"|(?P<only>半)(?=[年月天]|个月|小时|数)"
)


def zh_numbers(text: str) -> Iterator[tuple[Fraction, int, int, str]]:
    """Yield value, start, end and kind of each numeral; words like 一切 hold none."""
    masked = _idioms().sub(lambda match: "＊" * len(match[0]), text)
    for match in _PATTERN.finditer(masked):
        value = _value(match)
        if value is not None:
            kind = (
                "fraction"
                if match["per"] or match["under"] or match["few"] or match["tenths"]
                else "cardinal"
            )
            end = match.end("point") if match["point"] else match.end()
            end = match.end("run") if match["run"] and not match["point"] else end
            end = match.end("halfof") if match["halfof"] == "个半" else end
            yield value, match.start(), end, kind


@cache
def _idioms() -> re.Pattern[str]:
    forms = sorted((row["form"] for row in read_table("zh_number_words")), key=len, reverse=True)
    return re.compile(rf"(?<![{_ALL}])(?:{'|'.join(forms)})")


def _value(match: re.Match[str]) -> Fraction | None:
    if match["per"]:
        part = _integer(match["part"]) + _decimals(match["tail"])
        return part / {"百": 100, "千": 1000, "万": 10**4}[match["per"]]
    if match["under"]:
        under = _integer(match["under"])
        return _integer(match["over"]) / under if under else None
    if match["few"]:
        return Fraction(_DIGIT[match["some"]], _DIGIT[match["few"]])
    if match["tenths"]:
        return Fraction(_DIGIT[match["tenths"]], 10) + (Fraction(1, 20) if match["half"] else 0)
    if match["only"] or match["moiety"]:
        return Fraction(1, 2)
    half = Fraction(1, 2) if match["halfof"] else 0
    return _integer(match["run"]) + _decimals(match["point"]) + half


def _decimals(digits: str | None) -> Fraction:
    if not digits:
        return Fraction(0)
    return Fraction(int("".join(str(_DIGIT[c]) for c in digits)), 10 ** len(digits))


def _integer(numeral: str) -> Fraction:
    return (
        Fraction(numeral)
        if numeral[0].isdigit() and numeral[0].isascii()
        else Fraction(zh_integer(numeral))
    )


def zh_integer(numeral: str) -> int:
    """Return the value of a run of numeral characters.

    >>> [zh_integer(n) for n in ("三十", "廿四", "一九五五", "一千零二十", "六十四万", "十")]
    [30, 24, 1955, 1020, 640000, 10]
    """
    if all(c in _DIGIT for c in numeral):
        return int("".join(str(_DIGIT[c]) for c in numeral))
    total = section = digit = 0
    for character in numeral:
        if character in _DIGIT:
            digit = _DIGIT[character]
        elif character in _SCORE:
            section += _SCORE[character]
        elif character in _TEN:
            section += max(digit, 1) * _TEN[character]
            digit = 0
        else:
            total = (
                (total + max(section + digit, 1)) * _BIG[character]
                if total < 10**4 or _BIG[character] == 10**8
                else total + (section + digit) * _BIG[character]
            )
            section = digit = 0
    return total + section + _short_tail(numeral, digit)


def _short_tail(numeral: str, digit: int) -> int:
    """Read 三万五 as 35,000: a last digit without 零 counts the next magnitude down."""
    if len(numeral) > 2 and numeral[-1] in _DIGIT and numeral[-2] in ("百", "千", "万", "亿"):
        return digit * {"百": 10, "千": 100, "万": 1000, "亿": 10**7}[numeral[-2]]
    return digit
