"""What the historian reports of each agreement is found in each of its languages taken alone."""

import pytest

from parallel_texts.corpus import installed_corpus, load_corpus
from parallel_texts.findings import flag
from parallel_texts.model import Alignment, Link

CORPUS = load_corpus(installed_corpus())


def _codes_by_division(work_id, lang):
    work = CORPUS.work(work_id)
    passages = work.version(lang).passages
    links = tuple(Link(p.id, (lang,), ((n,),)) for n, p in enumerate(passages))
    alone = Alignment((lang,), (passages,), links, work=work_id)
    division = {p.id: p.division for p in passages}
    found = flag(alone, parties=CORPUS.parties(), work=work, select=("P",))
    china = CORPUS.authority("cn").name("en")
    return {
        (
            f.code,
            division[f.unit],
            *(("cn",) if f.message.casefold().startswith(china.casefold()) else ()),
        )
        for f in found
        if f.unit in division
    }


@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
def test_chita(lang):
    found = _codes_by_division("chita-1955", lang)
    assert ("P204", "a2") in found  # entering airspace: without notice, with notice
    assert ("P204", "a3") in found  # landing
    assert ("P202", "a5", "cn") in found  # one district reports, nobody reports back
    assert ("P202", "a6", "cn") in found  # one side builds airfields
    assert ("P207", "a7") in found  # unequal terms, not given


@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
def test_khabarovsk(lang):
    codes = {code for code, *_ in _codes_by_division("khabarovsk-1955-intercept", lang)}
    assert {"P202", "P206"} <= codes


@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
def test_the_alliance_is_mutual_in_every_article(lang):
    assert _codes_by_division("alliance-1950", lang) == set()
