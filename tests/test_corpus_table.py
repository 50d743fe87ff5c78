"""docs/corpus.md is made from the corpus: every provision with what reports it, nothing out of date."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from parallel_texts.corpus import kept_alignment, load_corpus
from parallel_texts.model import Corpus

ROOT = Path(__file__).parent.parent
UNEVEN_AT_LEAST = 60


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "corpus_table", ROOT / "tools" / "corpus_table.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(ROOT / "corpora")


def test_the_page_is_what_the_files_say(tool, corpus):
    told = (ROOT / "docs" / "corpus.md").read_text("utf-8")
    assert told == tool.page(corpus), "run: python tools/corpus_table.py"


def test_every_passage_names_a_source_or_is_editorial(corpus):
    for work in corpus.works:
        for version in work.versions:
            for passage in version.passages:
                assert passage.sources or passage.editorial, f"{work.id} {passage.id}"


def test_every_source_named_is_listed(corpus):
    listed = {a.id for a in corpus.authorities if a.kind == "source"}
    for work in corpus.works:
        for version in work.versions:
            named = {source for passage in version.passages for source in passage.sources}
            assert named <= listed, f"{work.id}: {sorted(named - listed)}"


def test_every_work_in_two_languages_has_links_that_a_person_checked(corpus):
    for work in corpus.works:
        if len(work.versions) > 1:
            alignment = kept_alignment(corpus, work)
            assert alignment is not None and alignment.checked, work.id


def test_the_corpus_is_a_gold_of_uneven_links(corpus):
    works = [work for work in corpus.works if len(work.versions) > 1]
    links = [link for work in works for link in kept_alignment(corpus, work)]
    assert sum(any(len(side) != 1 for side in link.sides) for link in links) >= UNEVEN_AT_LEAST


def test_agreements_have_articles_and_memoirs_their_length(corpus):
    """8 to 20 articles, but for the treaty of 1950, which has six; else 15 to 60 sentences."""
    for work in corpus.works:
        for version in work.versions:
            articles = [d for d in version.divisions if d.type == "article"]
            if articles:
                assert 8 <= len(articles) <= 20 or work.id == "alliance-1950", work.id
            else:
                assert 15 <= len(version.passages) <= 60, f"{work.id} {version.lang}"
