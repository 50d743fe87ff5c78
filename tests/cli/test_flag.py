import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parallel_texts.cli.flag import command

ROWS = (
    "id\tzh\tru\ten\n"
    "same\t三十日内通知。\tУведомить в течение 30 дней.\tNotify within thirty days.\n"
    "other\t三十日内通知。\tУведомить в течение 60 дней.\tNotify within thirty days.\n"
)
KEYS = ["code", "kind", "work", "unit", "languages", "message", "confidence", "rule", "evidence"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "rows.tsv"
    path.write_text(ROWS, "utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments])


def test_json_has_the_stable_keys(table: Path) -> None:
    result = run(table, "--format", "json")
    assert result.exit_code == 0
    (found,) = json.loads(result.stdout)
    assert list(found) == KEYS
    assert (found["code"], found["kind"], found["unit"]) == ("V102", "version", "other")
    assert list(found["evidence"][0]) == ["lang", "passage", "start", "end", "text"]


def test_nothing_found_is_an_empty_list(table: Path) -> None:
    assert json.loads(run(table, "--format", "json", "--select", "V106").stdout) == []


def test_fail_on_sets_the_exit_code(table: Path) -> None:
    assert run(table, "--fail-on", "V102").exit_code == 1
    assert run(table, "--fail-on", "V103").exit_code == 0


def test_an_unknown_code_is_an_error(table: Path) -> None:
    assert run(table, "--select", "V999").exception is not None


def test_output_file_and_interface_language(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "found.tsv"
    assert run(table, "--format", "tsv", "--ui-lang", "ru", "-o", out).exit_code == 0
    assert "разные числа" in out.read_text("utf-8")


def test_one_language_gives_no_version_findings(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("The Buyer shall pay the Seller.\nThe Seller may inform the Buyer.\n", "utf-8")
    result = run(f"en={text}", "--lines", "--format", "json")
    assert result.exit_code == 0
    assert all(f["kind"] == "party" for f in json.loads(result.stdout))
    assert "Buyer" in result.stderr  # parties read from the text are reported


def test_parties_and_glossary_from_files(tmp_path: Path) -> None:
    (tmp_path / "rows.tsv").write_text(
        "zh\ten\n甲国应通知乙国。附件\tArcadia shall notify Bohemia. Schedule\n", "utf-8"
    )
    (tmp_path / "p.tsv").write_text("id\tzh\ten\na\t乙国\tArcadia\nb\t甲国\tBohemia\n", "utf-8")
    (tmp_path / "g.tsv").write_text("id\tzh\ten\nannex\t附件\tannex\n", "utf-8")
    result = run(
        tmp_path / "rows.tsv",
        "--parties",
        tmp_path / "p.tsv",
        "--glossary",
        tmp_path / "g.tsv",
        "--format",
        "json",
    )
    assert {"V105", "V109"} <= {f["code"] for f in json.loads(result.stdout)}


def test_a_refused_finding_stays_away(tmp_path: Path) -> None:
    import shutil

    from paths import ROOT

    corpus = tmp_path / "corpora"
    shutil.copytree(ROOT / "corpora", corpus)
    listed = json.loads(
        run("chita-1955", "--corpus", corpus, "--select", "P204", "--format", "json").stdout
    )
    target = f"{listed[0]['unit']}:P204"
    run(
        "chita-1955",
        "--corpus",
        corpus,
        "--select",
        "P204",
        "--refuse",
        target,
        "--by",
        "A reader",
        "--format",
        "json",
    )
    units = [
        f["unit"]
        for f in json.loads(
            run("chita-1955", "--corpus", corpus, "--select", "P204", "--format", "json").stdout
        )
    ]
    assert units == [f["unit"] for f in listed[1:]]


def test_judging_needs_a_name(tmp_path: Path) -> None:
    import shutil

    from paths import ROOT

    shutil.copytree(ROOT / "corpora", tmp_path / "corpora")
    result = run("chita-1955", "--corpus", tmp_path / "corpora", "--refuse", "l3:P204")
    assert "--by" in str(result.exception)


def test_broken_xml_is_no_alignment(tmp_path: Path) -> None:
    path = tmp_path / "broken.xml"
    path.write_text("<TEI", "utf-8")
    result = run(path)
    assert "broken.xml:1: not well-formed XML" in str(result.exception)


PAIRS = {
    "zh": ["卖方应在三十日内交货。", "买方应付款。"],
    "en": ["The Seller shall deliver within sixty days.", "The Buyer shall pay."],
}


def exchanged(folder: Path, ending: str) -> Path:
    """Write two linked clauses, the first with another number, in a format of the exchange."""
    from parallel_texts.exchange import export
    from parallel_texts.tables import alignment_of

    pairs = enumerate(zip(PAIRS["zh"], PAIRS["en"], strict=True))
    table = alignment_of([(f"l{n}", n, {"zh": zh, "en": en}) for n, (zh, en) in pairs])
    path = folder / f"pairs{ending}"
    path.write_bytes(export(table, {".xlf": "xliff"}.get(ending, ending[1:])))
    return path


@pytest.mark.parametrize("ending", [".jsonl", ".tmx", ".po", ".xlf", ".xlsx", ".csv"])
def test_takes_alignments_of_any_format(tmp_path: Path, ending: str) -> None:
    result = run(exchanged(tmp_path, ending), "--select", "V102", "--format", "json")
    assert [found["code"] for found in json.loads(result.stdout)] == ["V102"], result.output


def test_numbers_of_passages_want_their_texts(tmp_path: Path) -> None:
    links = tmp_path / "links.jsonl"
    links.write_text('{"zh": [0], "en": [0]}\n{"zh": [1], "en": [1]}\n', "utf-8")
    texts = []
    for lang, lines in PAIRS.items():
        (tmp_path / f"{lang}.txt").write_text("\n".join(lines), "utf-8")
        texts.append(f"{lang}={tmp_path / lang}.txt")
    alone = run(links)
    assert "LANG=FILE" in str(alone.exception)
    result = run(links, *texts, "--lines", "--select", "V102", "--format", "json")
    assert [found["code"] for found in json.loads(result.stdout)] == ["V102"], result.output


def test_one_sided_duties_of_table_rows_are_asked_for(tmp_path: Path) -> None:
    table, parties = tmp_path / "rows.tsv", tmp_path / "parties.tsv"
    parties.write_text("id\ten\nseller\tSeller\nbuyer\tBuyer\nowner\tOwner\n", "utf-8")
    table.write_text("en\nThe Seller shall deliver the goods. The Buyer may rest.\n", "utf-8")
    codes = ["--parties", parties, "--format", "json"]
    assert json.loads(run(table, *codes).stdout) == []
    asked = json.loads(run(table, *codes, "--select", "P202").stdout)
    assert [found["code"] for found in asked] == ["P202"]
    assert "Buyer" in asked[0]["message"] and "Owner" not in asked[0]["message"]
