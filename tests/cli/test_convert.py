import json

import pytest

from corpus_copies import copy_of, run
from parallel_texts.exchange.conversion import read_aligned


@pytest.fixture
def texts(tmp_path):
    (tmp_path / "a.txt").write_text("一。\n二。\n三。\n", "utf-8")
    (tmp_path / "b.txt").write_text("One and two.\nFour.\n", "utf-8")
    (tmp_path / "a.vecalign").write_text("[0, 1]:[0]:0.9\n[2]:[]:0.1\n[]:[1]:0.1\n", "utf-8")
    return ("--text", f"zh={tmp_path / 'a.txt'}", "--text", f"en={tmp_path / 'b.txt'}", "--lines")


@pytest.mark.parametrize("ending", ["po", "csv", "jsonl", "xml", "tmx", "xlf", "xlsx"])
def test_vecalign_to_everything_and_on_to_csv(tmp_path, texts, ending):
    if ending in ("tmx", "xlf"):
        pytest.importorskip("translate")
    if ending == "xlsx":
        pytest.importorskip("openpyxl")
    there, back = tmp_path / f"b.{ending}", tmp_path / "c.csv"
    run("convert", tmp_path / "a.vecalign", there, *texts)
    run("convert", there, back)
    alignment = read_aligned(back)
    assert alignment.languages == ("zh", "en")
    assert [[p.text for p in side] for side in alignment.passages] == [
        ["一。", "二。", "三。"],
        ["One and two.", "Four."],
    ]
    assert [link.sides for link in alignment] == [((0, 1), (0,)), ((2,), ()), ((), (1,))]


def test_numbers_go_to_numbers_without_texts(tmp_path, texts):
    run("convert", tmp_path / "a.vecalign", tmp_path / "b.jsonl", "--to", "vecalign")
    assert (tmp_path / "b.jsonl").read_text("utf-8").startswith("[0, 1]:[0]:0.9000\n")


def test_a_format_that_holds_texts_needs_them(tmp_path, texts):
    result = run("convert", tmp_path / "a.vecalign", tmp_path / "b.tmx", expect=1)
    assert "--text" in str(result.exception)
    assert not (tmp_path / "b.tmx").exists()


def test_a_kept_alignment_of_a_corpus(tmp_path):
    corpus = copy_of("chita-1955", tmp_path)
    run("convert", corpus / "alignments" / "chita-1955.xml", tmp_path / "b.jsonl")
    lines = (tmp_path / "b.jsonl").read_text("utf-8").splitlines()
    first = json.loads(lines[0])
    assert {"zh", "ru", "en", "texts", "passages", "id", "confidence"} <= first.keys()


def test_intertext_gets_its_texts(tmp_path, texts):
    run("convert", tmp_path / "a.vecalign", tmp_path / "p.xml", "--to", "intertext", *texts)
    assert (tmp_path / "p.zh.xml").exists()
    run("convert", tmp_path / "p.xml", tmp_path / "c.csv")
    assert [link.sides for link in read_aligned(tmp_path / "c.csv")] == [
        ((0, 1), (0,)),
        ((2,), ()),
        ((), (1,)),
    ]
