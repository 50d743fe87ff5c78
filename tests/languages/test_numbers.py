from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.languages.numbers import find_numbers, zh_value


def values(text: str, lang: str) -> list[Fraction]:
    return [number.value for number in find_numbers(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("zh", "中方承担百分之三十，苏方承担百分之七十。", ["3/10", "7/10"]),
        ("zh", "裁减兵力六十四万人", ["640000"]),
        ("zh", "于二十四小时前通知", ["24"]),
        ("zh", "比例尺为五万分之一", ["1/50000"]),
        ("zh", "一切费用一律由双方承担", []),
        ("zh", "有效期三十年", ["30"]),
        ("zh", "廿四架", ["24"]),
        ("zh", "2.5万吨，１２天", ["25000", "12"]),
        ("zh", "三分之二多数", ["2/3"]),
        ("zh", "承担一半", ["1/2"]),
        ("ru", "шестьсот сорок тысяч человек", ["640000"]),
        ("ru", "640 тыс. человек; 640 000 человек", ["640000", "640000"]),
        ("ru", "двадцатью четырьмя часами", ["24"]),
        ("ru", "в тридцатидневный срок", ["30"]),
        ("ru", "в масштабе 1:50 000", ["1/50000"]),
        ("ru", "двумя третями голосов и 70 процентами", ["2/3", "7/10"]),
        ("ru", "две трети голосов", ["2/3"]),
        ("ru", "1,5 тонны", ["3/2"]),
        ("ru", "основывать свою семью", []),
        ("en", "thirty (30) days", ["30"]),
        ("en", "six hundred and forty thousand men", ["640000"]),
        ("en", "1,500.5 tonnes", ["3001/2"]),
        ("en", "two-thirds of the votes", ["2/3"]),
        ("en", "at a scale of 1:50,000", ["1/50000"]),
        ("en", "thirty per cent and 70%", ["3/10", "7/10"]),
        ("en", "within half a year", ["1/2"]),
        ("en", "three and five", ["3", "5"]),
        ("en", "Article IV", ["4"]),
        ("en", "under Chapters VI, VII and XII.", ["6", "7", "12"]),
        ("ru", "на основании Главы VII.", ["7"]),
        ("en", "I do; World War II ended", ["2"]),
        ("zh", "会员国之三分二", ["2/3"]),
        ("zh", "两个半小时，三年以上十年以下", ["5/2", "3", "10"]),
        ("en", "three and a half per cent", ["7/200"]),
        ("ru", "три с половиной года", ["7/2"]),
        ("en", "in triplicate", ["3"]),
        ("zh", "两度身历战祸", []),
    ],
)
def test_values(lang: str, text: str, expected: list[str]) -> None:
    assert values(text, lang) == [Fraction(value) for value in expected]


def test_units_make_periods_comparable() -> None:
    (years,) = find_numbers("двух лет", "ru")
    (months,) = find_numbers("二十四个月", "zh")
    assert years.measure == months.measure == ("months", Fraction(24))


@pytest.mark.parametrize(
    ("text", "lang"), [("одна из Сторон", "ru"), ("one of the", "en"), ("两国", "zh")]
)
def test_small_words_are_weak(text: str, lang: str) -> None:
    assert [number.weak for number in find_numbers(text, lang)] == [True]


def test_one_with_a_unit_is_not_weak() -> None:
    assert [n.weak for n in find_numbers("one year", "en")] == [False]


def test_item_marks_are_references() -> None:
    (item,) = find_numbers("3. The Parties agree.", "en")
    assert (item.kind, item.weak) == ("reference", True)


_DIGITS = "零一二三四五六七八九"


def chinese(value: int) -> str:
    """Write a number below 100,000,000 in Chinese: the slow, obvious way."""
    if value >= 10**4:
        rest = value % 10**4
        gap = "零" if 0 < rest < 1000 else ""
        return chinese(value // 10**4) + "万" + (gap + chinese(rest) if rest else "")
    out, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            out += ("零" if gap else "") + _DIGITS[digit] + name
            gap = False
        elif out:
            gap = True
    return out


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_round_trip(value: int) -> None:
    assert zh_value(chinese(value)) == value


@given(st.text(alphabet="0123456789.,:/ %一二三十百万分之半пять сто one third-()年"))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for lang in ("zh", "ru", "en"):
        for number in find_numbers(text, lang):
            assert text[number.start : number.end] == number.text != ""
