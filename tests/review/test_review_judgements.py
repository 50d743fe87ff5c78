"""What people say of findings: kept, respected, exported, compared."""

import json

import pytest
from review_corpora import READER, WORK, act, opened

from corpus_copies import errors, run
from parallel_texts import align_work, export, flag_work, load_corpus
from parallel_texts.corpus import kept_judgements
from parallel_texts.evaluation import agreement
from parallel_texts.judgements import Judgement, Verdict
from parallel_texts.model import Finding

KEY = "P204:l3:unequal:entitled"


@pytest.fixture
def reviewed(tmp_path, monkeypatch):
    return opened(tmp_path, monkeypatch)


def flagged(corpus):
    loaded = load_corpus(corpus)
    work = loaded.work(WORK)
    found = flag_work(loaded, work, align_work(loaded, work))
    return {f"{f.code}:{f.unit}:{f.rule}": f.status for f in found}


def test_a_verdict_is_kept_with_who_when_why(reviewed):
    _, review = reviewed
    act(review, "judge", finding=KEY, verdict="confirmed", reason="source", note="see p. 31")
    (verdict,) = next(f for f in review.findings() if f.key == KEY).judgements
    assert (verdict.verdict, verdict.who, verdict.reason) == ("confirmed", READER, "source")
    assert verdict.note == "see p. 31"
    assert review.progress().judged == 1


def test_flag_respects_what_people_agree_on(reviewed):
    corpus, review = reviewed
    act(review, "judge", finding=KEY, verdict="refused")
    assert KEY not in flagged(corpus)
    act(review, "judge", finding=KEY, verdict="confirmed", by="B. Reader")
    assert flagged(corpus)[KEY] == "open"
    act(review, "judge", finding=KEY, verdict="confirmed")
    assert flagged(corpus)[KEY] == "confirmed"
    act(review, "judge", finding=KEY, verdict="open")
    assert flagged(corpus)[KEY] == "confirmed"
    act(review, "judge", finding=KEY, verdict="open", by="B. Reader")
    assert flagged(corpus)[KEY] == "open"
    assert errors(corpus) == []


def test_a_finding_of_one_s_own_is_flagged_and_shown(reviewed):
    corpus, review = reviewed
    quoted = [
        {"passage": "zh.a2.s1", "start": 0, "end": 2},
        {"passage": "ru.a2.s1", "start": 0, "end": 9},
    ]
    change = act(review, "find", code="V108", selections=quoted, note="another name")
    assert change.findings == ("V108:l3:by-hand",)
    found = next(f for f in review.findings() if f.own)
    assert (found.link, found.finding.languages) == ("l3", ("zh", "ru"))
    assert flagged(corpus)["V108:l3:by-hand"] == "confirmed"
    shown = json.loads(run("flag", WORK, "--corpus", corpus, "--format", "json").stdout)
    assert [f["message"] for f in shown if f["rule"] == "by-hand"] == ["another name"]
    shown = json.loads(
        run("flag", WORK, "--corpus", corpus, "--format", "json", "--ignore", "V108").stdout
    )
    assert not [f for f in shown if f["rule"] == "by-hand"]
    act(review, "judge", finding="V108:l3:by-hand", verdict="refused")
    assert "V108:l3:by-hand" not in flagged(corpus)
    assert errors(corpus) == []


def test_writing_findings_anew_keeps_all_verdicts(reviewed):
    corpus, review = reviewed
    act(review, "judge", finding=KEY, verdict="refused")
    act(review, "judge", finding=KEY, verdict="confirmed", by="B. Reader")
    run("flag", WORK, "--corpus", corpus, "--write")
    loaded = load_corpus(corpus)
    kept = kept_judgements(loaded, loaded.work(WORK))
    said = {f"{j.finding.code}:{j.finding.unit}:{j.finding.rule}": j.verdicts for j in kept}
    assert [v.who for v in said[KEY]] == ["B. Reader", READER]
    assert errors(corpus) == []


@pytest.mark.parametrize("to", ["po", "csv", "xliff"])
def test_judgements_are_in_exports(reviewed, to):
    corpus, review = reviewed
    act(review, "judge", finding=KEY, verdict="refused", reason="source", note="as reported")
    act(review, "judge", finding=KEY, verdict="confirmed", by="B. Reader")
    loaded = load_corpus(corpus)
    work = loaded.work(WORK)
    alignment = align_work(loaded, work)
    data = export(
        alignment, to, languages=("zh", "ru"), work=work,
        findings=flag_work(loaded, work, alignment), judgements=kept_judgements(loaded, work),
    ).decode()  # fmt: skip
    text = " ".join(data.replace('"\n"', "").replace("#. ", "").split())
    assert f"refused by {READER}, " in text
    assert "(source): as reported" in text
    assert "confirmed by B. Reader, " in text


def test_an_export_with_judgements_can_be_merged_back(reviewed, tmp_path):
    corpus, review = reviewed
    act(review, "judge", finding=KEY, verdict="refused", note="[zh] passages: no")
    for name in ("w.po", "w.csv"):
        options = ["--source-lang", "zh", "--target-lang", "ru"] if name == "w.po" else []
        run("export", WORK, "--corpus", corpus, "--to", name[2:], *options, "-o", tmp_path / name)
        before = (corpus / "ru" / f"{WORK}.xml").read_bytes()
        run("merge", WORK, tmp_path / name, "--corpus", corpus, "--by", "B")
        assert (corpus / "ru" / f"{WORK}.xml").read_bytes() == before


def judged(*verdicts):
    finding = Finding("V102", "version", "w", "l1", ("zh", "ru"), "", 1.0, "number")
    said = tuple(Verdict(v, who) for who, v in zip("AB", verdicts, strict=True) if v)
    return Judgement(finding, verdicts=said)


def test_kappa_is_that_of_the_textbook():
    table = [("confirmed", "confirmed")] * 20 + [("confirmed", "refused")] * 5
    table += [("refused", "confirmed")] * 10 + [("refused", "refused")] * 15
    (found,) = agreement([judged(*pair) for pair in table])
    assert (found.people, found.judged, found.agreed) == (("A", "B"), 50, 35)
    assert found.kappa == pytest.approx(0.4)


def test_one_verdict_only_gives_no_kappa():
    (found,) = agreement([judged("confirmed", "confirmed")] * 3)
    assert found.kappa is None


def test_what_was_taken_back_does_not_count():
    assert agreement([judged("confirmed", "open"), judged("confirmed", "")]) == ()


def test_evaluate_tells_how_far_people_agree(reviewed):
    corpus, review = reviewed
    keys = [f.key for f in review.findings() if f.link][:4]
    for number, key in enumerate(keys):
        act(review, "judge", finding=key, verdict="confirmed" if number < 2 else "refused")
        verdict = "confirmed" if number < 3 else "refused"
        act(review, "judge", finding=key, verdict=verdict, by="B. Reader")
    told = json.loads(
        run("evaluate", "--judges", WORK, "--corpus", corpus, "--format", "json").stdout
    )
    assert told == [{"people": [READER, "B. Reader"], "judged": 4, "agreed": 3, "kappa": 0.5}]
    assert "0.5000" in run("evaluate", "--judges", WORK, "--corpus", corpus).stdout
    run("evaluate", "--corpus", corpus, expect=1)
