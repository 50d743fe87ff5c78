"""``list``, ``show`` and ``validate`` on the tiny corpus."""

import json

import pytest
from click.testing import CliRunner

from parallel_texts.cli import cli
from parallel_texts.errors import CorpusError
from tei_samples import GOOD, copy_of_good, replaced


def run(*arguments: object):
    result = CliRunner().invoke(cli, [str(a) for a in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_list_says_what_each_version_is():
    out = run("list", "--corpus", GOOD, "--format", "tsv").stdout
    heading, row = (line.split("\t") for line in out.splitlines())
    facts = dict(zip(heading, row, strict=True))
    assert facts["work"] == "pact-1955"
    assert facts["date"] == "1955-09-27"
    assert facts["place"] == "Chita"
    assert facts["signatories"] == "Zhou Chiping"
    assert facts["title zh"] == "航空协定"
    assert "en: editorial-translation of ru, reconstruction" in facts["versions"]
    assert (facts["reported"], facts["editorial"]) == ("3", "2")


def test_list_as_json_and_as_a_table():
    (work,) = json.loads(run("list", "--corpus", GOOD, "--format", "json").stdout)
    assert work["languages"] == ["zh", "ru", "en"]
    assert work["versions"][0]["standing"] == "authentic"
    assert work["place"]["names"]["ru"] == "Чита"
    assert work["alignment"] == {"links": 5, "checked": True, "responsible": "A Reader"}
    assert work["findings"] is None
    table = run("list", "--corpus", GOOD).stdout
    assert "pact-1955" in table
    assert "航空协定" in table


def test_list_into_a_file(tmp_path):
    run("list", "--corpus", GOOD, "-o", tmp_path / "works.tsv")
    assert (tmp_path / "works.tsv").read_text("utf-8").startswith("work\t")


def test_show_gives_the_header_facts():
    out = run("show", "pact-1955", "--corpus", GOOD, "--no-findings").stdout
    facts = dict(line.split("\t", 1) for line in out.splitlines())
    assert facts["title ru"] == "Соглашение об авиации"
    assert facts["signatories"] == "周赤萍 / Чжоу Чипин / Zhou Chiping"
    assert facts["ru"] == "authentic, reconstruction; 2 articles, 5 passages"
    assert facts["provisions"] == "reported 3, editorial 2"
    assert facts["alignment"] == "5 links, checked by A Reader"
    assert facts["note"].startswith("A reconstruction")
    assert "findings" not in facts


def test_show_as_json():
    facts = json.loads(
        run("show", "pact-1955", "--corpus", GOOD, "--no-findings", "--format", "json").stdout
    )
    assert facts["titles"]["en"] == "Agreement on Aviation"
    assert facts["signatories"][0]["id"] == "zhou"


def test_show_prints_a_text_with_article_numbers_and_ids():
    lines = run("show", "pact-1955", "--lang", "zh", "--corpus", GOOD).stdout.splitlines()
    assert lines[0] == "航空协定"
    assert lines[1] == "[zh-Hans; authentic; reconstruction]"
    assert "zh.a1\t第一条　通知" in lines
    assert "zh.a1.s2\t苏方可派三架飞机。  [source.p1]" in lines
    assert "zh.pre.s1\t中方和苏方议定如下。  [editorial]" in lines


def test_show_prints_a_text_as_json():
    text = json.loads(
        run("show", "pact-1955", "--lang", "ru", "--corpus", GOOD, "--format", "json").stdout
    )
    passage = text["divisions"][1]["passages"][1]
    assert passage["id"] == "ru.a1.s2"
    assert [m["key"] for m in passage["mentions"]] == ["su", "3"]


def test_on_a_terminal_brackets_are_text_and_no_markup(monkeypatch):
    from rich.console import Console

    from parallel_texts.cli import show

    screen = Console(width=100, record=True, force_terminal=True)
    monkeypatch.setattr(show, "console", lambda: screen)
    monkeypatch.setattr(show.sys.stdout.__class__, "isatty", lambda self: True, raising=False)
    with screen.capture() as capture:
        show._print_pairs([("a", "[zh-Hans; authentic] [red]x[/]")], None)
    assert "[zh-Hans; authentic] [red]x[/]" in capture.get()


def test_unknown_works_and_languages_say_what_there_is():
    with pytest.raises(CorpusError, match=r"did you mean pact-1955\?"):
        run("show", "pact-1956", "--corpus", GOOD)
    with pytest.raises(CorpusError, match="parallel-texts list names all"):
        run("export", "xyz", "--to", "po", "--corpus", GOOD)
    with pytest.raises(CorpusError, match="there are zh, ru, en"):
        run("show", "pact-1955", "--lang", "fr", "--corpus", GOOD)


def test_validate_prints_problems_and_exits_with_1(tmp_path):
    corpus = copy_of_good(tmp_path)
    assert run("validate", corpus).exit_code == 0
    path = replaced(corpus / "ru" / "pact-1955.xml", ('value="3"', 'value="4"'))
    result = run("validate", corpus)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}:")
    assert ": T605 " in result.stdout
    assert result.stderr.strip() == "1 error, 0 warnings"
    assert run("validate", corpus, "--ignore", "T6").exit_code == 0
    assert run("validate", corpus, "--select", "t3,T4").exit_code == 0


def test_validate_as_json_and_into_a_file(tmp_path):
    corpus = copy_of_good(tmp_path)
    replaced(corpus / "ru" / "pact-1955.xml", ('value="3"', 'value="4"'))
    (problem,) = json.loads(run("validate", corpus, "--format", "json").stdout)
    assert (problem["code"], problem["level"]) == ("T605", "error")
    assert json.loads(run("validate", GOOD, "--format", "json").stdout) == []
    run("validate", corpus, "-o", tmp_path / "problems.txt")
    assert "T605" in (tmp_path / "problems.txt").read_text("utf-8")


def test_validate_without_errors_prints_nothing_on_stdout():
    assert run("validate", GOOD / "ru", GOOD / "en" / "pact-1955.xml").stdout == ""


def test_show_and_list_count_findings_when_asked(monkeypatch):
    from parallel_texts.cli import list as listing
    from parallel_texts.cli import show

    for module in (listing, show):
        monkeypatch.setattr(module, "count_findings", lambda corpus, work: {"P204": 2, "V102": 1})
    out = run("show", "pact-1955", "--corpus", GOOD).stdout
    assert "findings\tP204 2, V102 1" in out.splitlines()
    (work,) = json.loads(run("list", "--corpus", GOOD, "--findings", "--format", "json").stdout)
    assert work["findings"] == {"P204": 2, "V102": 1}


@pytest.mark.slow
def test_findings_are_counted_by_code():
    facts = json.loads(run("show", "pact-1955", "--corpus", GOOD, "--format", "json").stdout)
    assert all(code[0] in "VPA" and count > 0 for code, count in facts["findings"].items())
