"""What the sources report of the works, found in each language of the corpus taken alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from parallel_texts.corpus import load_corpus
from parallel_texts.findings import flag
from parallel_texts.model import Alignment, Corpus, Finding, Link
from parallel_texts.norms import balance, is_narrative, norms

CORPUS = Path(__file__).parents[2] / "corpora"

ASYMMETRIES = [
    ("chita-1955", "P204", "su", "land"),
    ("chita-1955", "P204", "su", "enter_airspace"),
    ("chita-1955", "P202", "cn", "report_intelligence"),
    ("chita-1955", "P202", "cn", "build"),
    ("khabarovsk-1955-intercept", "P206", "cn", ""),
    ("khabarovsk-1955-exercises", "P206", "cn", "report_intelligence"),
    ("khabarovsk-1955-wartime", "P206", "cn", "report_intelligence"),
    ("mapping-1950s", "P202", "cn", "deliver_documents"),
    ("lushun-dalian-1955", "P202", "su", "transfer"),
    ("new-technology-1957", "P202", "su", "assist"),
    ("new-technology-1957", "P202", "su", "supply"),
    ("long-wave-1958", "P205", "", "pay"),
]


@cache
def corpus() -> Corpus:
    return load_corpus(CORPUS)


def languages(work_id: str) -> tuple[str, ...]:
    work = corpus().work(work_id)
    return work.languages if work else ()


CASES = [(lang, *case) for case in ASYMMETRIES for lang in ("zh", "ru", "en")]


@pytest.mark.parametrize(("lang", "work_id", "code", "party", "action"), CASES)
def test_reported_asymmetry(lang: str, work_id: str, code: str, party: str, action: str) -> None:
    work = corpus().work(work_id)
    if work is None or (version := work.version(lang)) is None:
        pytest.skip(f"{work_id} has no text in {lang}")
    parties = corpus().parties()
    told = is_narrative(work, lang)
    read = norms(version.passages, parties, only=work.parties, narrative=told)
    found = [
        (item.norms[0].bearer, item.action)
        for item in balance(read, parties, only=work.parties).items
        if item.code == code
    ]
    assert any(p.startswith(party) and action in ("", a) for p, a in found)


@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
def test_alliance_is_mutual_in_every_article(lang: str) -> None:
    assert party_findings("alliance-1950", lang) == ()


@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
@pytest.mark.parametrize("work_id", ["chita-1955", "peng-objection-1955"])
def test_asserted_inequality(work_id: str, lang: str) -> None:
    if lang not in languages(work_id):
        pytest.skip(f"{work_id} has no text in {lang}")
    assert "P207" in {f.code for f in party_findings(work_id, lang)}


def party_findings(work_id: str, lang: str) -> tuple[Finding, ...]:
    work = corpus().work(work_id)
    assert work is not None
    version = work.version(lang)
    assert version is not None
    links = tuple(Link(f"l{n}", (lang,), ((n,),)) for n in range(len(version.passages)))
    alignment = Alignment((lang,), (version.passages,), links, work=work_id)
    return flag(alignment, parties=corpus().parties(), work=work, select=["P"])
