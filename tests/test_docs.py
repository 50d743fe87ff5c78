"""The documentation: its commands parse, its examples run, it names everything, and it builds."""

import doctest
import re
import shlex
import subprocess
import sys

import click
import pytest

import parallel_texts as pt
from parallel_texts.cli import COMMANDS, cli
from parallel_texts.findings import CODES
from paths import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import cli_reference

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
FENCES = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)
BROAD = [ROOT / "README.md", *PAGES]


def blocks(page, *kinds):
    return [body for kind, body in FENCES.findall(page.read_text("utf-8")) if kind in kinds]


def command_lines(page):
    text = "\n".join(blocks(page, "", "sh", "bash", "console", "shell"))
    lines = text.replace("\\\n", " ").splitlines()
    return [line.removeprefix("$ ") for line in lines if re.match(r"(\$ )?parallel-texts ", line)]


COMMANDS_SHOWN = [(page.name, line) for page in BROAD for line in command_lines(page)]


def test_commands_are_shown():
    assert len(COMMANDS_SHOWN) > 10


@pytest.mark.parametrize(("page", "line"), COMMANDS_SHOWN)
def test_commands_of_the_documentation_are_understood(page, line, monkeypatch, tmp_path):
    words = shlex.split(line.split("|")[0].split(">")[0], comments=True)[1:]
    if not words or words[0].startswith("-"):
        return
    parent = click.Context(cli, info_name="parallel-texts", **cli.context_settings)
    command = cli.get_command(parent, words[0])
    assert command is not None, f"{page}: no command {words[0]}"
    command.make_context(words[0], words[1:], parent=parent)


@pytest.mark.parametrize(
    "page", [p for p in PAGES if ">>>" in p.read_text("utf-8")], ids=lambda p: p.name
)
def test_python_sessions_of_the_documentation_run(page, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PARALLEL_TEXTS_CACHE", str(tmp_path))
    session = "\n".join(b for b in blocks(page, "python", "pycon") if ">>>" in b)
    test = doctest.DocTestParser().get_doctest(session, {}, page.name, page.name, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test)
    assert test.examples
    assert runner.failures == 0


PROGRAMS = [
    (page.name, code)
    for page in BROAD
    for code in blocks(page, "python", "py")
    if ">>>" not in code
]


@pytest.mark.parametrize(("page", "code"), PROGRAMS)
def test_python_programs_of_the_documentation_run(page, code, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PARALLEL_TEXTS_CACHE", str(tmp_path))
    exec(compile(code, page, "exec"), {"__name__": "example"})


def test_the_reference_of_the_command_line_is_current():
    tool = [sys.executable, str(ROOT / "tools" / "cli_reference.py"), "--check"]
    assert subprocess.run(tool).returncode == 0, "run tools/cli_reference.py"


def test_every_command_has_an_example():
    text = cli_reference.PAGE.read_text("utf-8")
    assert [n for n in COMMANDS if f"Example: parallel-texts {n} " not in text] == []


def test_every_public_name_is_on_the_page_of_the_api():
    page = (DOCS / "api.md").read_text("utf-8")
    named = {line.rsplit(".", 1)[-1] for line in re.findall(r"^::: (\S+)", page, re.M)}
    assert {name for name in pt.__all__ if name != "__version__"} - named == set()


def test_every_code_of_findings_is_documented():
    text = "".join((DOCS / name).read_text("utf-8") for name in ("flags.md", "norms.md"))
    assert [code for code in CODES if code not in text] == []


def test_the_design_names_every_room():
    package = ROOT / "src" / "parallel_texts"
    page = (DOCS / "design.md").read_text("utf-8")
    modules = [f"`{p.name}`" for p in package.glob("*.py") if not p.name.startswith("_")]
    folders = [f"`{p.parent.name}/`" for p in package.glob("*/__init__.py")]
    assert [room for room in modules + folders if room not in page] == []


def test_every_page_is_in_the_navigation():
    nav = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert [page.name for page in PAGES if f": {page.name}\n" not in nav] == []


@pytest.mark.slow
def test_the_site_builds_without_warnings_and_fetches_nothing(tmp_path):
    pytest.importorskip("mkdocs")
    pytest.importorskip("mkdocstrings")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for page in tmp_path.rglob("*.html"):
        loaded = re.findall(
            r"<(?:script|img|link rel=\"(?:stylesheet|preload|icon)\")[^>]* (?:src|href)=\"(\w+://|//)",
            page.read_text("utf-8"),
        )
        assert loaded == [], page
