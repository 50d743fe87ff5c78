"""Every word of the review's pages has a translation, its own or the edition's."""

from __future__ import annotations

import re
from importlib.resources import files

import jinja2
import polib
import pytest

from parallel_texts.i18n import UI_LANGUAGES, translator
from parallel_texts.review.actions import REASONS as ALLOWED
from parallel_texts.review.web import words

LOCALES = files("parallel_texts") / "locales"
TEMPLATES = files("parallel_texts.review.web") / "templates"
STATIC = files("parallel_texts.review.web") / "static"


def catalogue(domain: str, lang: str) -> dict[str, str]:
    text = (LOCALES / f"{domain}.{lang}.po").read_text("utf-8")
    return {entry.msgid: entry.msgstr for entry in polib.pofile(text)}


def messages() -> set[str]:
    found = {*words.REASONS.values(), *words.SHOWN.values(), *words.WORDS.values()}
    found |= {*words.REFUSALS, *words.KEYS}
    found |= {text for lines in words.KEYS.values() for text in lines.values()}
    for item in TEMPLATES.iterdir():
        for call in jinja2.Environment().parse(item.read_text("utf-8")).find_all(jinja2.nodes.Call):
            if isinstance(call.node, jinja2.nodes.Name) and call.node.name == "_":
                found |= {a.value for a in call.args if isinstance(a, jinja2.nodes.Const)}
    return found


@pytest.mark.parametrize("lang", [lang for lang in UI_LANGUAGES if lang != "en"])
def test_the_catalogue_is_complete_and_nothing_in_it_is_stale(lang):
    assert set(catalogue("review", lang)) == messages() - set(catalogue("edition", lang))


def test_every_reason_that_can_be_given_has_its_words():
    assert tuple(words.REASONS) == ALLOWED


def test_the_script_uses_only_words_that_it_is_given():
    script = "".join(
        item.read_text("utf-8") for item in STATIC.iterdir() if item.name.endswith(".js")
    )
    used = set(re.findall(r"\bwords\.(\w+)", script))
    assert used <= set(words.WORDS)
    kinds = {"merge", "split", "move", "omit", "cut", "join", "lock", "unlock", "realign"}
    kinds |= {"correct", "judge", "find", "undo", "redo"}
    assert set(words.WORDS) == used | kinds


def test_refusals_are_said_in_the_language_of_the_page():
    say = translator("review", "ru")
    assert words.refusal("l2 and l3 is locked: unlock it first", say).startswith("l2 and l3: связь")
    assert words.refusal("something else", say) == "something else"
    assert words.refusal("there is no next link", str) == "there is no next link"
