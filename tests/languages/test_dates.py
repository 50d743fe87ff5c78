from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.languages.dates import find_dates


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("zh", "1955年9月27日签订", [("1955-09-27", "", "")]),
        ("zh", "一九五二年末以前", [("1952", "end", "not-after")]),
        ("zh", "不迟于1952年年底", [("1952", "end", "not-after")]),
        ("zh", "民国四十四年九月", [("1955-09", "", "")]),
        ("zh", "九月二十七日", [("--09-27", "", "")]),
        ("zh", "三个月内", []),
        ("zh", "有效期三十年", []),
        ("ru", "не позднее конца 1952 года", [("1952", "end", "not-after")]),
        ("ru", "27 сентября 1955 г.", [("1955-09-27", "", "")]),
        ("ru", "27.09.1955", [("1955-09-27", "", "")]),
        (
            "ru",
            "двадцать седьмого сентября тысяча девятьсот пятьдесят пятого года",
            [("1955-09-27", "", "")],
        ),
        ("ru", "в сентябре 1955 г.", [("1955-09", "", "")]),
        ("ru", "до 1 января 1956 года", [("1956-01-01", "", "not-after")]),
        ("ru", "в течение 30 лет", []),
        ("ru", "в 1950-1953 гг.", [("1950", "", ""), ("1953", "", "")]),
        ("en", "27 September 1955", [("1955-09-27", "", "")]),
        ("en", "September 27, 1955", [("1955-09-27", "", "")]),
        ("en", "on the twenty-seventh day of September 1955", [("1955-09-27", "", "")]),
        ("en", "by the end of 1952", [("1952", "end", "not-after")]),
        ("en", "each Party may, in its discretion, act", []),
        ("en", "nineteen hundred and fifty-five", [("1955", "", "")]),
        ("en", "since February 1955", [("1955-02", "", "not-before")]),
    ],
)
def test_dates(lang: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(d.value, d.edge, d.bound) for d in find_dates(text, lang)] == expected


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_the_same_day_in_three_languages(day: date) -> None:
    ru = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
    texts = {
        "zh": f"{day.year}年{day.month}月{day.day}日",
        "ru": f"{day.day} {ru[day.month - 1]} {day.year} года",
        "en": day.strftime("%B ") + f"{day.day}, {day.year}",
    }
    for lang, text in texts.items():
        assert [found.value for found in find_dates(text, lang)] == [day.isoformat()]


@given(st.text(alphabet="0123456789.-/年月日初末一二三十 мая May of to года"))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for lang in ("zh", "ru", "en"):
        for found in find_dates(text, lang):
            assert text[found.start : found.end] == found.text != ""
