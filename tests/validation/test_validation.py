import shutil
from pathlib import Path

import pytest

from parallel_texts import validation
from parallel_texts.errors import CorpusError, ParallelTextsError
from parallel_texts.validation import CODES, RULES, Problem, validate
from tei_samples import GOOD, RU, copy_of_good, replaced

BAD = Path(__file__).parent / "bad"
FIXTURES = sorted(path.name for path in BAD.iterdir())


def _spoiled(name: str, folder: Path) -> Path:
    """The good corpus with the files of one bad fixture laid over it."""
    corpus = copy_of_good(folder)
    shutil.copytree(BAD / name, corpus, dirs_exist_ok=True)
    return corpus


def test_the_good_fixture_is_clean():
    assert validate([GOOD]) == ()


@pytest.mark.parametrize("name", FIXTURES)
def test_each_rule_fires_on_the_fixture_named_after_it_and_no_other(name, tmp_path):
    problems = validate([_spoiled(name, tmp_path)])
    errors = [problem for problem in problems if problem.is_error] or problems
    assert {problem.code for problem in errors} == {name[:4]}


@pytest.mark.parametrize("name", FIXTURES)
def test_a_problem_names_the_spoiled_file_and_a_line_of_it(name, tmp_path):
    spoiled = next(path for path in (BAD / name).rglob("*.xml"))
    good = GOOD / spoiled.relative_to(BAD / name)
    problem = validate([_spoiled(name, tmp_path)])[0]
    lines = (tmp_path / "corpora" / problem.path.relative_to(tmp_path / "corpora")).read_text(
        "utf-8"
    )
    assert 1 <= problem.line <= lines.count("\n") + 1
    if good.exists():
        assert problem.path.name == good.name


def test_every_code_has_a_fixture_and_a_line_in_the_table():
    assert {name[:4] for name in FIXTURES} == set(CODES)
    assert all(f"\n{code}  " in (validation.__doc__ or "") for code in CODES)


def test_every_rule_says_its_code_first():
    assert all((rule.__doc__ or "").startswith(f"{code}: ") for code, rule in RULES.items())


@pytest.mark.parametrize("name", FIXTURES)
def test_every_message_says_what_to_do_or_what_differs(name, tmp_path):
    message = validate([_spoiled(name, tmp_path)])[0].message
    assert ":" in message or "say" in message or "should" in message or "no " in message


def test_yo_and_ye_are_left_alone():
    assert "самолёта" in RU.read_text("utf-8")
    assert "самолеты" in RU.read_text("utf-8")
    assert validate([RU]) == ()


def test_a_single_file_is_checked_against_the_corpus_around_it(tmp_path):
    corpus = copy_of_good(tmp_path)
    (corpus / "zh" / "pact-1955.xml").write_text("<broken", "utf-8")
    path = replaced(corpus / "ru" / "pact-1955.xml", ("corpus.xml#cn", "corpus.xml#jp"))
    assert [p.code for p in validate([path])] == ["T302"]


def test_a_pointer_to_a_file_that_cannot_be_read_is_not_followed(tmp_path):
    corpus = copy_of_good(tmp_path)
    (corpus / "corpus.xml").write_text("<broken", "utf-8")
    assert {p.code for p in validate([corpus])} == {"T101"}


def test_a_folder_without_corpus_header_gets_a_warning_only(tmp_path):
    corpus = copy_of_good(tmp_path)
    (corpus / "corpus.xml").unlink()
    problems = validate([corpus])
    assert {p.code for p in problems} == {"T301"}
    assert not any(p.is_error for p in problems)


def test_what_aligning_again_mends_is_a_warning(tmp_path):
    corpus = copy_of_good(tmp_path)
    path = corpus / "alignments" / "pact-1955.xml"
    text = path.read_text("utf-8").replace('cert="high"', 'cert="0.9"')
    path.write_text(text.replace(" ../ru/pact-1955.xml#ru.a1.s2", ""), "utf-8")
    problems = validate([corpus])
    assert [(p.code, p.is_error) for p in problems] == [("T801", False)]


def test_codes_are_selected_and_ignored_by_their_beginning(tmp_path):
    corpus = copy_of_good(tmp_path)
    replaced(
        corpus / "ru" / "pact-1955.xml", ("corpus.xml#cn", "corpus.xml#jp"), ("Полёты", "Пoлёты")
    )
    assert [p.code for p in validate([corpus])] == ["T302", "T702"]
    assert [p.code for p in validate([corpus], select=["T3"])] == ["T302"]
    assert [p.code for p in validate([corpus], ignore=["T302"])] == ["T702"]
    with pytest.raises(ParallelTextsError, match="T999"):
        validate([corpus], select=["T999"])


def test_what_is_not_there_is_an_error(tmp_path):
    with pytest.raises(CorpusError, match="no such file"):
        validate([tmp_path / "nothing"])
    with pytest.raises(CorpusError, match=r"no \.xml file"):
        validate([tmp_path])


def test_the_line_is_the_character_s_own(tmp_path):
    corpus = copy_of_good(tmp_path)
    path = corpus / "zh" / "pact-1955.xml"
    replaced(path, ("无须通知", "\n\n无須通知"))
    line = next(n for n, t in enumerate(path.read_text("utf-8").split("\n"), 1) if "須" in t)
    assert [(p.code, p.line) for p in validate([path])] == [("T701", line)]


@pytest.mark.parametrize(
    ("tagged", "fires"),
    [
        ('<date when="1955-09-27">27 сентября</date>', False),
        ('<date when="1955-09">в сентябре 1955 года</date>', False),
        ('<date when="1955">27 сентября 1955 года</date>', True),
        ('<date from="1955-09-01" to="1955-09-27">с 1 по 27 сентября 1955 года</date>', False),
        ('<date from="1955-10-01" to="1955-10-27">27 сентября 1955 года</date>', True),
        ('<date notAfter="1955-12-31">до конца 1955 года</date>', False),
        ('<date when="1955-09-27">в тот же день</date>', False),
    ],
)
def test_dates_of_words_and_tags(tagged, fires, tmp_path):
    corpus = copy_of_good(tmp_path)
    old = '<date when="1955-09-27">27 сентября 1955 года</date>'
    path = replaced(corpus / "ru" / "pact-1955.xml", (old, tagged))
    assert [p.code for p in validate([path])] == ["T604"] * fires


@pytest.mark.parametrize(
    ("tagged", "fires"),
    [
        ('<num value="640000">шестьсот сорок тысяч</num>', False),
        ('<num value="640">шестьсот сорок тысяч</num>', True),
        ('<num value="3">3</num>', False),
        ('<num value="12">несколько</num>', False),
        ('<measure quantity="2" unit="year">двадцать четыре месяца</measure>', False),
        ('<measure quantity="24" unit="month">два года</measure>', False),
        ('<measure quantity="30" unit="month">два года</measure>', True),
    ],
)
def test_numbers_of_words_and_tags(tagged, fires, tmp_path):
    corpus = copy_of_good(tmp_path)
    path = replaced(corpus / "ru" / "pact-1955.xml", ('<num value="3">три</num>', tagged))
    assert bool(validate([path])) == fires


def test_quoted_russian_and_roman_numerals_are_no_homoglyphs(tmp_path):
    corpus = copy_of_good(tmp_path)
    replaced(corpus / "en" / "pact-1955.xml", ("All else", "All else (СССР)"))
    replaced(
        corpus / "ru" / "pact-1955.xml",
        ("и всё прочее", "и всё прочее в XX веке, CIX, МиГ-15, NATO"),
    )
    assert validate([corpus]) == ()


def test_a_problem_prints_as_file_line_code_message():
    assert str(Problem(Path("a.xml"), 3, "T601", "wrong")) == "a.xml:3: T601 wrong"
    assert "(warning)" in str(Problem(Path("a.xml"), 3, "T301", "wrong", is_error=False))


def test_the_shipped_corpus_is_clean(corpora):
    assert validate([corpora]) == ()


def test_the_documentation_tells_of_every_code():
    text = (Path(__file__).parents[2] / "docs" / "validation.md").read_text("utf-8")
    assert [code for code in CODES if f"| {code} |" not in text] == []
