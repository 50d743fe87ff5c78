"""The commands ``norms`` and ``balance``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from parallel_texts.cli import cli
from paths import ROOT

TEXT = (
    "The Licensor grants You a right to use the program. You must pay. You may not sell copies.\n"
)


@pytest.fixture
def contract(tmp_path: Path) -> str:
    path = tmp_path / "contract.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_norms_as_json(contract: str) -> None:
    found = json.loads(run("norms", contract, "--format", "json"))
    assert [(n["bearer"], n["modality"]) for n in found] == [
        ("licensee", "right"),
        ("licensee", "obligation"),
        ("licensee", "prohibition"),
    ]


def test_norms_as_csv_and_table(contract: str) -> None:
    assert run("norms", contract, "--format", "csv").startswith(
        "work,lang,standing,origin,division"
    )
    assert "licensee" in run("norms", f"en={contract}")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_norms_of_a_work_say_what_its_texts_are(form: str) -> None:
    corpus = str(ROOT / "corpora")
    out = run("norms", "chita-1955", "--lang", "ru", "--corpus", corpus, "--format", form)
    rows = json.loads(out) if form == "json" else list(csv.DictReader(io.StringIO(out)))
    assert {(r["work"], r["standing"], r["origin"]) for r in rows} == {
        ("chita-1955", "unreported", "reconstruction")
    }


def test_balance_as_json_svg_and_table(contract: str) -> None:
    found = json.loads(run("balance", contract, "--format", "json"))
    assert {item["code"] for item in found["balances"][0]["items"]} == {"P201", "P202", "P203"}
    assert run("balance", contract, "--format", "svg").startswith("<svg")
    assert "P202" in run("balance", contract)


def test_unknown_work_says_what_there_is() -> None:
    result = CliRunner().invoke(cli, ["norms", "no-such-work"])
    assert "no-such-work" in str(result.exception)


def test_language_is_told_by_the_script(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(
        "甲方应于三十日内向乙方支付全部设备的价款。乙方不得将设备转让给第三人。\n", "utf-8"
    )
    found = json.loads(run("norms", str(path), "--format", "json"))
    assert [(n["bearer"], n["modality"]) for n in found] == [
        ("party_a", "obligation"),
        ("party_b", "prohibition"),
    ]


def test_table_and_version_files(tmp_path: Path) -> None:
    table = tmp_path / "rows.tsv"
    table.write_text("id\ten\tzh\n1\tYou must pay.\t您必须付款。\n", "utf-8")
    found = json.loads(run("norms", str(table), "--format", "json"))
    assert [(n["lang"], n["bearer"]) for n in found] == [("zh", "licensee"), ("en", "licensee")]
    version = Path(__file__).parents[2] / "corpora" / "en" / "chita-1955.xml"
    assert "land" in run("norms", str(version), "--format", "csv")
