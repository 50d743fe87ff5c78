from dataclasses import replace

import pytest

from parallel_texts.errors import AlignmentError
from parallel_texts.judgements import Judgement
from parallel_texts.model import Evidence, Finding
from parallel_texts.tei import read_judgements, read_version, write_judgements
from parallel_texts.validation import validate
from tei_samples import copy_of_good

OPEN = Finding(
    code="P204", kind="party", work="pact-1955", unit="l2", languages=("zh", "ru"),
    message="One with notice, one without.", confidence=0.75, rule="unequal_condition",
    evidence=(Evidence("ru", "ru.a1.s1", 0, 17, "Китайская Сторона"),),
)  # fmt: skip
REFUSED = Judgement(replace(OPEN, status="refused"), "B Reader", "2026-11-25", "both may land")
WHOLE = Judgement(replace(OPEN, unit="pact-1955", rule="another", evidence=()))


@pytest.fixture
def corpus(tmp_path):
    return copy_of_good(tmp_path)


@pytest.fixture
def versions(corpus):
    return [read_version(corpus / lang / "pact-1955.xml") for lang in ("zh", "ru", "en")]


@pytest.fixture
def path(corpus):
    return corpus / "alignments" / "pact-1955.xml"


def test_a_judgement_is_read_with_who_when_and_why(path, versions):
    (judgement,) = read_judgements(path, versions)
    assert judgement.who == "A Reader"
    assert (judgement.when, judgement.note) == ("2026-11-24", "as the source says")
    assert judgement.finding.status == "confirmed"
    assert judgement.finding.evidence == (Evidence("ru", "ru.a2.s1", 0, 18, "Советские самолеты"),)
    assert (judgement.finding.unit, judgement.finding.rule) == ("l3", "unequal_condition")


def test_what_was_written_is_read_back(path, versions, corpus):
    write_judgements([REFUSED, WHOLE], versions, path)
    assert read_judgements(path, versions) == (REFUSED, WHOLE)
    assert validate([corpus]) == ()


def test_judgements_that_stay_keep_their_element(path, versions):
    before = path.read_text("utf-8").split("\n")
    write_judgements([*read_judgements(path, versions), REFUSED], versions, path)
    after = path.read_text("utf-8")
    assert len(read_judgements(path, versions)) == 2
    assert all(line in after for line in before)


def test_an_earlier_verdict_stays_in_the_history(path, versions, corpus):
    write_judgements([REFUSED], versions, path)
    later = replace(REFUSED, note="no", finding=replace(OPEN, status="confirmed"))
    write_judgements([later], versions, path)
    assert read_judgements(path, versions) == (later,)
    text = path.read_text("utf-8")
    assert text.index("no</change>") < text.index("both may land</change>")
    assert validate([corpus]) == ()


def test_a_finding_on_which_two_people_disagree_is_open_and_both_are_kept(path, versions, corpus):
    write_judgements([REFUSED], versions, path)
    other = replace(REFUSED, who="C Reader", note="no", finding=replace(OPEN, status="confirmed"))
    write_judgements([other], versions, path)
    (judgement,) = read_judgements(path, versions)
    assert judgement.finding.status == "open"
    said = [(v.who, v.verdict) for v in judgement.verdicts]
    assert said == [("C Reader", "confirmed"), (REFUSED.who, "refused")]
    write_judgements([judgement], versions, path)
    assert [(v.who, v.verdict) for v in read_judgements(path, versions)[0].verdicts] == said
    assert validate([corpus]) == ()


def test_without_judgements_the_list_goes(path, versions):
    write_judgements([], versions, path)
    assert "listAnnotation" not in path.read_text("utf-8")
    write_judgements([WHOLE], versions, path)
    assert read_judgements(path, versions) == (WHOLE,)


def test_a_verdict_needs_a_judge_and_a_file(path, versions, tmp_path):
    with pytest.raises(AlignmentError, match="say who"):
        write_judgements([replace(REFUSED, who="")], versions, path)
    with pytest.raises(AlignmentError, match="align the work first"):
        write_judgements([REFUSED], versions, tmp_path / "none.xml")


def test_links_outlive_judgements(path, versions):
    links = [line for line in path.read_text("utf-8").split("\n") if "<link " in line]
    write_judgements([REFUSED, WHOLE], versions, path)
    assert [line for line in path.read_text("utf-8").split("\n") if "<link " in line] == links
