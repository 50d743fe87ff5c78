"""Expressions sought together are found where each would find itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.languages.deontic import expand
from parallel_texts.languages.phrases import Phrases, beginnings
from parallel_texts.languages.tables import read_table

_TABLES = [("marks", "form"), ("deontic", "regex"), ("actions", "regex"), ("numerals", "form")]
_TEXTS = {
    "en": "1. Neither Party shall be required to notify, nor may it (ſhall) fly\nTwenty-five days. ",
    "ru": "Стороны ОБЯЗУЮТСЯ не уведомлять; каждая из них вправе летать, двадцать пять дней. ",
    "zh": "双方不得事先通知对方，各方均有权飞行，非经同意不应当进入；二十五天。",
}


@pytest.mark.parametrize(
    ("regex", "expected"),
    [
        ("(?:shall|must) not", {"shall not", "must not"}),
        ("(?:also )?may", {"also may", "may"}),
        (r"\w+ may", {""}),
        ("(?=x)[Mm]ay|(?:x )*is", {"may", "x ", "is"}),
        ("(?:not )+to", {"not "}),
        ("из(?:вещ|умл)[а-я]+", {"извещ", "изумл"}),
    ],
)
def test_beginnings(regex: str, expected: set[str]) -> None:
    assert beginnings(regex) == expected


@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
@pytest.mark.parametrize(("table", "column"), _TABLES)
def test_tables_find_what_each_expression_finds(table: str, column: str, lang: str) -> None:
    forms = [expand(r[column], lang) for r in read_table(table) if r["lang"] == lang]
    phrases = Phrases(forms, lang)
    text = _TEXTS[lang] + _TEXTS[lang].upper() + _TEXTS["en"]
    edge = ("", "") if lang == "zh" else (r"(?<!\w)", r"(?!\w)")
    patterns = [re.compile(f"{edge[0]}(?:{f}){edge[1]}", re.IGNORECASE) for f in forms]
    expected = [(n, m.span()) for n, p in enumerate(patterns) for m in p.finditer(text)]
    assert [(n, m.span()) for n, m in phrases.find_each(text)] == expected


_WORDS = st.lists(st.sampled_from(["shall", "not", "NOT", "may", "ſhall", "İ", ",", "-", "x"]))
_FORMS = ["shall not", "not", "[xy]", r"(?:may |x )*shall", r"\w+ may", "may|sha"]


@given(_WORDS, st.sampled_from(["zh", "en"]))
def test_one_search_is_an_alternation(words: list[str], lang: str) -> None:
    text = " ".join(words)
    branches = "|".join(f"({form})" for form in _FORMS)
    edge = ("", "") if lang == "zh" else (r"(?<!\w)", r"(?!\w)")
    whole = re.compile(f"{edge[0]}(?:{branches}){edge[1]}", re.IGNORECASE)
    expected = [((m.lastindex or 1) - 1, m.span()) for m in whole.finditer(text)]
    assert [(n, m.span()) for n, m in Phrases(_FORMS, lang).find(text)] == expected
