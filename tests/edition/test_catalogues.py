"""Every message of templates and labels has a translation, with the same placeholders."""

from __future__ import annotations

import ast
import re
from importlib.resources import files

import jinja2
import polib
import pytest

from parallel_texts.edition import dates, labels
from parallel_texts.i18n import UI_LANGUAGES

EDITION = files("parallel_texts.edition")
LOCALES = files("parallel_texts") / "locales"


def template_messages() -> set[str]:
    found = set()
    for item in (EDITION / "templates").iterdir():
        tree = jinja2.Environment().parse(item.read_text("utf-8"))
        for call in tree.find_all(jinja2.nodes.Call):
            if isinstance(call.node, jinja2.nodes.Name) and call.node.name == "_":
                found.add(call.args[0].as_const())
    return found


def called(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def code_messages() -> set[str]:
    found = set()
    for item in EDITION.iterdir():
        if not item.name.endswith(".py"):
            continue
        for node in ast.walk(ast.parse(item.read_text("utf-8"))):
            if isinstance(node, ast.Call) and called(node.func) == "translate":
                found |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    return found


def label_messages() -> set[str]:
    tables = [
        value for name, value in vars(labels).items() if name.isupper() and isinstance(value, dict)
    ]
    return {text for table in tables for text in table.values()} | set(
        dates.MONTHS + dates.MONTHS_OF_YEARS
    )


MESSAGES = template_messages() | code_messages() | label_messages()
SCRIPTS = {"ru": r"[а-яё]", "zh": r"[\u4e00-\u9fff]|^\d+$"}


def catalogue(lang: str) -> dict[str, str]:
    text = (LOCALES / f"edition.{lang}.po").read_text("utf-8")
    return {entry.msgid: entry.msgstr for entry in polib.pofile(text)}


def test_messages_are_found_in_templates_code_and_labels():
    assert {"Copy citation", "several passages", "never issued", "September"} <= MESSAGES


@pytest.mark.parametrize("lang", [lang for lang in UI_LANGUAGES if lang != "en"])
def test_catalogue_is_complete_and_nothing_in_it_is_stale(lang):
    assert set(catalogue(lang)) == MESSAGES


@pytest.mark.parametrize("lang", [lang for lang in UI_LANGUAGES if lang != "en"])
def test_translations_keep_placeholders_and_are_in_their_script(lang):
    for msgid, msgstr in catalogue(lang).items():
        assert re.findall(r"{\w+}", msgid) == [] or set(re.findall(r"{\w+}", msgstr)) == set(
            re.findall(r"{\w+}", msgid)
        ), msgid
        assert re.search(SCRIPTS[lang], msgstr.lower()) or not re.sub(r"{\w+}|\W", "", msgid), msgid


def test_every_code_of_findings_has_its_words():
    from parallel_texts.findings import CODES

    assert set(labels.CODES) == set(CODES)
