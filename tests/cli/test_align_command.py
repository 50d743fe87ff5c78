"""`align` and `evaluate` as scripts use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parallel_texts.cli import cli
from parallel_texts.errors import AlignmentError, ExchangeError, ParseError

ZH = "双方飞机不得越过边界。\n如有越界，应立即通知对方。\n本协定自签字之日起生效。\n"
EN = (
    "Aircraft of the Parties shall not cross the border.\n"
    "The other Party shall be notified of any crossing at once.\n"
    "This Agreement enters into force on the day of signature.\n"
)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("PARALLEL_TEXTS_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.txt").write_text(ZH, "utf-8")
    (tmp_path / "b.txt").write_text(EN, "utf-8")
    return [f"zh={tmp_path / 'a.txt'}", f"en={tmp_path / 'b.txt'}"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=True)


def test_vecalign(texts: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out.align"
    assert run("align", *texts, "--lines", "--format", "vecalign", "-o", str(out)).exit_code == 0
    links = [line.rsplit(":", 1)[0] for line in out.read_text("utf-8").splitlines()]
    assert links == ["[0]:[0]", "[1]:[1]", "[2]:[2]"]
    result = run("evaluate", str(out), str(out), "--format", "json")
    assert json.loads(result.stdout)["strict"]["f1"] == 1.0


def test_jsonl_keeps_empty_lists(texts: list[str], tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("".join(EN.splitlines(keepends=True)[::2]), "utf-8")
    result = run("align", *texts, "--lines", "--format", "jsonl")
    links = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(link["zh"], link["en"]) for link in links] == [([0], [0]), ([1], []), ([2], [1])]
    assert all(0 <= link["confidence"] <= 1 for link in links)


def test_plot_and_explain(texts: list[str], tmp_path: Path) -> None:
    plot = tmp_path / "plot.svg"
    result = run("align", *texts, "--lines", "--plot", str(plot), "--explain", "l2")
    assert result.stdout.startswith("part\tvalue\tmeasure")
    assert plot.read_text("utf-8").count('class="link"') == 3


def test_a_language_named_twice(texts: list[str]) -> None:
    assert isinstance(run("align", texts[0], texts[0]).exception, AlignmentError)


@pytest.mark.parametrize("argument", ["=a.txt", "en="])
def test_a_text_without_language_or_file(texts: list[str], argument: str) -> None:
    result = run("align", texts[0], argument)
    assert isinstance(result.exception, AlignmentError)
    assert "LANG=FILE" in str(result.exception)


def test_vecalign_holds_two_texts(texts: list[str], tmp_path: Path) -> None:
    third = f"ru={tmp_path / 'b.txt'}"
    result = run("align", *texts, third, "--lines", "--format", "vecalign")
    assert isinstance(result.exception, ExchangeError)


def test_evaluate_names_file_and_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.align"
    bad.write_text("[0]:[0]\n[1]-[1]\n", "utf-8")
    error = run("evaluate", str(bad), str(bad)).exception
    assert isinstance(error, ParseError)
    assert error.line == 2


def test_the_table_cuts_no_text(texts: list[str], tmp_path: Path) -> None:
    long = "双方" * 100
    (tmp_path / "a.txt").write_text(ZH + long + "\n", "utf-8")
    printed = run("align", *texts, "--lines").stdout
    assert "…" not in printed
    assert sum(printed.count(character) for character in "双方") >= len(long)


def test_a_bar_is_drawn_on_a_terminal_only(
    texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("align", *texts, "--lines", "--format", "tsv").stderr == ""
    monkeypatch.setattr("rich.console.Console.is_terminal", property(lambda console: True))
    assert "aligning" in run("align", *texts, "--lines", "--format", "tsv").stderr
