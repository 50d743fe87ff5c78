"""``search``: the same words as the API, in three formats."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from parallel_texts.cli.search import command


@pytest.fixture
def run(corpora, tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_CACHE", str(tmp_path))

    def call(*arguments):
        return CliRunner().invoke(command, [*arguments, "--corpus", str(corpora)])

    return call


def test_json_has_the_hit_and_the_passages_beside(run):
    result = run("соглашение", "--by", "lemma", "--work", "chita-1955", "--format", "json")
    rows = json.loads(result.stdout)
    assert rows
    assert {"left", "match", "right", "zh", "en"} <= rows[0].keys()
    assert {(r["standing"], r["origin"]) for r in rows} == {("unreported", "reconstruction")}


def test_an_unknown_work_is_an_error_and_not_an_empty_answer(run):
    result = run("соглашение", "--work", "chita-1956")
    assert "did you mean chita-1955?" in str(result.exception)


def test_csv_counts_and_translations(run):
    counts = run("协定", "--counts", "--format", "csv").stdout
    assert {row["lang"] for row in csv.DictReader(io.StringIO(counts))} == {"zh"}
    used = run("соглашение", "--translations", "--lang", "ru", "--format", "csv").stdout
    assert "协定" in {row["wording"] for row in csv.DictReader(io.StringIO(used))}


def test_the_table_names_the_passage(run):
    shown = run("协定", "--work", "chita-1955").stdout
    assert "5 passages, 5 shown" in shown


def test_bad_requests_say_how_to_ask(run):
    assert "LANG=WORDS" in run("协定", "--absent", "zh").stderr
    assert "--lang" in run("协定", "--translations").stderr
