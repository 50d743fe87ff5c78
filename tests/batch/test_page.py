"""The summary page in each language of the interface."""

from __future__ import annotations

import ast
import re
from importlib.resources import files
from typing import Any

import jinja2
import polib
import pytest

from parallel_texts.batch import Outcome, summarise
from parallel_texts.batch.page import format_page
from parallel_texts.errors import ParallelTextsError

BATCH = files("parallel_texts.batch")
SCRIPTS = {"ru": r"[а-яё]", "zh": r"[\u4e00-\u9fff]"}


def messages() -> set[str]:
    """Return what the template and the page's module have translated."""
    template = (BATCH / "templates" / "summary.html").read_text("utf-8")
    calls = jinja2.Environment().parse(template).find_all(jinja2.nodes.Call)
    found = {c.args[0].as_const() for c in calls if getattr(c.node, "name", "") == "_"}
    for node in ast.walk(ast.parse((BATCH / "page.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "translate":
            found |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    return found


def catalogue(lang: str) -> dict[str, str]:
    path = files("parallel_texts") / "locales" / f"batch.{lang}.po"
    return {entry.msgid: entry.msgstr for entry in polib.pofile(path.read_text("utf-8"))}


@pytest.mark.parametrize("lang", SCRIPTS)
def test_catalogue_is_complete_and_nothing_in_it_is_stale(lang: str) -> None:
    found = catalogue(lang)
    assert set(found) == messages()
    assert "Summary of a batch" in found
    assert [m for m in found.values() if not re.search(SCRIPTS[lang], m.lower())] == []


def outcomes() -> list[Outcome]:
    """Return works for every part of the page."""
    links = tuple((f"{n}:1", n) for n in range(1, 20))
    long = [
        Outcome(f"w{n}", "aligned", passages=(("ru", 9), ("zh", 9)), links=links, notes=("zh: x",),
                characters=(("ru", 100), ("zh", 100 if n else 900)), findings=(("V102", 2),))
        for n in range(9)
    ]  # fmt: skip
    alone = [Outcome(f"a{n:03}", "alone", passages=(("en", 3),)) for n in range(201)]
    return [*long, *alone, Outcome("f", "failed", "<b>no</b>")]


def page(lang: str) -> str:
    summary: dict[str, Any] = summarise(outcomes())
    summary["near_duplicates"] = [{"first": "a", "second": "b", "lang": "ru", "likeness": 0.9}]
    return format_page(summary, lang)


def test_english_page() -> None:
    found = page("en")
    assert '<html lang="en">' in found
    assert "V102 number differs" in found
    assert "And 1 more, in summary.json." in found
    assert "&lt;b&gt;no&lt;/b&gt;" in found
    assert "Chinese beside Russian" in found


@pytest.mark.parametrize(("lang", "words"), [("ru", "расходятся числа"), ("zh", "数字")])
def test_other_languages_leave_no_english_words(lang: str, words: str) -> None:
    found = page(lang)
    assert f'<html lang="{lang}">' in found
    assert words in found.lower()
    body = re.sub(r"<style>.*?</style>|<[^>]+>|summary\.json|&\w+;", " ", found, flags=re.DOTALL)
    known = {"A301", "V102", "no", "b", "x", "zh", "ru", "en", "a", "f"}
    left = set(re.findall(r"[A-Za-z]\w*", body)) - known
    assert {word for word in left if not re.fullmatch(r"[aw]\d+", word)} == set()


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ParallelTextsError, match="choose one of"):
        page("xx")
