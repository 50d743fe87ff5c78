"""docs/findings.md: every reported asymmetry has its passages, and the tool finds those it should."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from parallel_texts.corpus import load_corpus
from parallel_texts.model import Corpus, Finding, Work
from parallel_texts.pipeline import align_work, flag_work

ROOT = Path(__file__).parent.parent
LANGUAGES = ("zh", "ru", "en")
# Languages in which a work has no version on purpose.
NO_VERSION = {
    "khabarovsk-1955-exercises": {"zh"},
    "khabarovsk-1955-wartime": {"zh"},
}


@dataclass(frozen=True)
class Shown:
    work: str
    what: str
    code: str
    ids: tuple[tuple[str, ...], ...]

    def passages(self) -> Iterator[tuple[str, str]]:
        return (
            (f"{lang}.{i}", lang)
            for lang, ids in zip(LANGUAGES, self.ids, strict=True)
            for i in ids
        )


def rows() -> list[Shown]:
    lines = (ROOT / "docs" / "findings.md").read_text("utf-8").splitlines()
    cells = [
        [c.strip() for c in line.strip("|").split("|")] for line in lines if line.startswith("| ")
    ]
    return [
        Shown(work, what, code, tuple(tuple(re.findall(r"`([^`]+)`", c)) for c in ids))
        for work, what, code, *ids in cells
        if work != "work" and not work.startswith("---")
    ]


@cache
def corpus() -> Corpus:
    return load_corpus(ROOT / "corpora")


@cache
def findings(work_id: str) -> tuple[Finding, ...]:
    work = work_of(work_id)
    return flag_work(corpus(), work, align_work(corpus(), work, keep=False))


def work_of(work_id: str) -> Work:
    work = corpus().work(work_id)
    assert work is not None, f"no work {work_id}"
    return work


def test_every_work_is_in_the_table():
    assert {row.work for row in rows()} == {work.id for work in corpus().works if work.versions}


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.work}: {row.what[:40]}")
def test_every_passage_named_exists(row):
    work = work_of(row.work)
    have = {p.id for version in work.versions for p in version.passages}
    named = [passage for passage, _ in row.passages()]
    assert named
    assert set(named) <= have


def test_every_version_of_a_work_is_pointed_into():
    for work in corpus().works:
        pointed = {lang for row in rows() if row.work == work.id for _, lang in row.passages()}
        assert pointed == set(work.languages), work.id


def test_versions_are_missing_only_where_none_was_made():
    for work in corpus().works:
        if work.kind == "agreement":
            assert set(LANGUAGES) - set(work.languages) == NO_VERSION.get(work.id, set()), work.id


def test_the_table_matches_the_passages_that_are_reported():
    """What a reader must be shown rests on a source, not on an editorial clause."""
    for row in rows():
        passages = {p.id: p for v in work_of(row.work).versions for p in v.passages}
        for passage, _ in row.passages():
            assert passages[passage].sources, f"{row.work} {passage} names no source"


@pytest.mark.parametrize(
    "row", [r for r in rows() if r.code != "none"], ids=lambda row: f"{row.work}: {row.code}"
)
def test_the_tool_finds_it(row):
    """The code is reported, for the whole work or with evidence in one of the passages."""
    named = {passage for passage, _ in row.passages()}
    found = [f for f in findings(row.work) if f.code == row.code]
    assert any(f.unit == row.work or named & {e.passage for e in f.evidence} for f in found), [
        (f.unit, [e.passage for e in f.evidence]) for f in found
    ]


def test_the_treaty_of_1950_binds_both_parties_alike():
    assert not [f for f in findings("alliance-1950") if f.code.startswith("P")]


def test_no_finding_on_one_party_rests_on_editorial_clauses_alone():
    """What the editors had to add binds both parties alike; what is one-sided is reported."""
    for work in corpus().works:
        passages = {p.id: p for version in work.versions for p in version.passages}
        for finding in findings(work.id):
            if finding.code.startswith("P") and finding.evidence:
                quoted = [passages[evidence.passage] for evidence in finding.evidence]
                assert any(p.sources for p in quoted), (
                    f"{work.id} {finding.unit}: {finding.message}"
                )
