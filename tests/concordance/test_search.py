"""Search: what each way of asking finds, and that an index kept up to date is one made anew."""

import pickle
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallel_texts.concordance import Index, renderings, search, translations
from parallel_texts.concordance.patterns import regex
from parallel_texts.concordance.queries import Query, phrases
from parallel_texts.concordance.restrictions import Restriction
from parallel_texts.concordance.terms import read_terms
from parallel_texts.errors import ParallelTextsError
from parallel_texts.model import Alignment, Link, Passage

ROWS = [
    ("本协定自签字之日起生效。", "Соглашение вступает в силу со дня подписания.", "It enters into force."),
    ("苏方应通知中方。", "Советская сторона уведомляет китайскую.", "The Soviet Side shall notify."),
    ("双方签订议定书。", "Стороны заключат соглашения.", "The Parties conclude agreements."),
    ("", "Самолёты летают.", "Aircraft fly."),
]  # fmt: skip


def aligned(rows=ROWS, work=""):
    languages = ("zh", "ru", "en")
    sides, passages = [], [[], [], []]
    for row in rows:
        sides.append(tuple((len(p),) if t else () for p, t in zip(passages, row, strict=True)))
        for lang, texts, text in zip(languages, passages, row, strict=True):
            if text:
                texts.append(Passage(f"{lang}.{len(texts)}", text, lang))
    links = tuple(Link(f"l{n}", languages, side) for n, side in enumerate(sides, 1))
    return Alignment(languages, tuple(map(tuple, passages)), links, work=work)


def matches(query, **how):
    return [(hit.link, hit.match) for hit in search(query, aligned(), **how)]


@pytest.mark.parametrize(
    ("query", "how", "expected"),
    [
        ("соглашение", {}, [("l1", "Соглашение")]),
        ("соглашение", {"by": "lemma"}, [("l1", "Соглашение"), ("l3", "соглашения")]),
        ("agreement", {"by": "lemma"}, [("l3", "agreements")]),
        ("agreement", {}, []),
        ("соглашен*", {}, [("l1", "Соглашение"), ("l3", "соглашения")]),
        ("самолеты", {}, [("l4", "Самолёты")]),
        ("协定", {}, [("l1", "协定")]),
        ("定", {}, [("l1", "定"), ("l3", "定")]),
        ("签定", {}, []),
        ("议定书", {}, [("l3", "议定书")]),
        ("soviet side", {}, [("l2", "Soviet Side")]),
        ("side soviet", {}, []),
        ("вступ* в силу", {}, [("l1", "вступает в силу")]),
        ("[苏中]方", {"by": "regex"}, [("l2", "苏方")]),
        ("通知|签订", {"by": "regex"}, [("l2", "通知"), ("l3", "签订")]),
        ("签字", {"by": "regex"}, [("l1", "签字")]),
        (r"соглашени[ея]", {"by": "regex"}, [("l1", "Соглашение"), ("l3", "соглашения")]),
        (r"самол[её]т\w*", {"by": "regex"}, [("l4", "Самолёты")]),
        (r"agreementsx?\b", {"by": "regex"}, [("l3", "agreements")]),
        (r"(agree|notify)", {"by": "regex"}, [("l2", "notify"), ("l3", "agree")]),
        (r"nowhere", {"by": "regex"}, []),
        ("agreement", {"by": "term", "lang": "ru"}, [("l1", "Соглашение"), ("l3", "соглашения")]),
        ("соглашение", {"by": "lemma", "absent": {"zh": "协定"}}, [("l3", "соглашения")]),
        ("agreement", {"by": "term", "lang": "ru", "absent": {"zh": "agreement"}},
         [("l3", "соглашения")]),
        ("самолет", {"by": "lemma", "absent": {"zh": "协定"}}, []),
        ("fly", {"lang": "ru"}, []),
    ],
)  # fmt: skip
def test_hits(query, how, expected):
    assert matches(query, **how) == expected


def test_every_place_in_a_passage_is_found():
    (hit,) = search("方", aligned(ROWS[1:2]), works="text-1")
    assert [hit.text[slice(*span)] for span in hit.spans] == ["方", "方"]


def test_the_passages_beside_are_shown_and_missing_ones_are_empty():
    (hit,) = search("aircraft", aligned())
    assert hit.beside == (("zh", ""), ("ru", "Самолёты летают."))


def test_counts_are_of_all_hits_whatever_the_limit():
    found = search("соглашение", aligned(), by="lemma", limit=1)
    assert (len(found), found.total) == (1, 2)


def test_results_are_comparable_and_can_be_pickled():
    found = search("方", aligned())
    assert pickle.loads(pickle.dumps(found)) == found == search("方", aligned())


@pytest.mark.parametrize(
    ("query", "by", "message"),
    [("...", "form", "no word"), ("(", "regex", "position"), ("xyz", "term", "no term"),
     ("a", "sound", "choose from")],
)  # fmt: skip
def test_what_cannot_be_asked_is_an_error(query, by, message):
    with pytest.raises(ParallelTextsError, match=message):
        search(query, aligned(), by=by)


def test_only_changed_works_are_read_again(tmp_path):
    one, two = aligned(work="one"), aligned(work="two")
    with Index(tmp_path / "i.sqlite") as index:
        assert index.update([one, two]) == 2
    with Index(tmp_path / "i.sqlite") as index:
        assert index.update([one, aligned(ROWS[1:], work="two")]) == 1
        assert [(c.work, c.passages) for c in search("协定", index).counts] == [("one", 1)]
        assert index.update([one]) == 0
        assert {count.work for count in search("方", index).counts} == {"one"}


def test_a_broken_index_is_made_anew(tmp_path):
    path = tmp_path / "i.sqlite"
    path.write_bytes(b"no database " * 1000)
    with Index(path) as index:
        index.update([aligned()])
        assert search("协定", index).total == 1


letters = st.text(alphabet="协定方a b,", max_size=12)


@given(st.lists(letters, min_size=1, max_size=6), letters.filter(lambda t: t.strip(" ,")))
def test_the_index_finds_what_reading_every_passage_finds(texts, asked):
    query = Query({"": phrases(asked)})
    links = tuple(Link(f"l{n}", ("zh",), ((n,),)) for n in range(len(texts)))
    passages = tuple(Passage(f"zh.{n}", text, "zh") for n, text in enumerate(texts))
    with Index() as index:
        index.update(Alignment(("zh",), (passages,), links))
        found = {hit.passage for hit in index.search(query, Restriction(), limit=None)}
    assert found == {p.id for p in passages if any(query.find(p.text, "zh"))}


pieces = st.sampled_from(
    ["协", "定", "方", "[协方]", "[协a]", "a", "b", "ё", "é", "1", "_", " ", ",", ".", "B", r"\w", r"\d",
     r"\b", r"\W", r"\s+", "[ab]", "[^a]", "[a-b1]", "(?:ab|b)", "(a|协)", "(方|定协)", "(?:a b|,)", "a+",
     "协+", r"\w*", "b?", "(?:ab)*", "(?-i:B)", "(?=a)", "(?!a)", "^", "$", "[b协]?", "(?a:\\w)", "(?i:b)"]
)  # fmt: skip
patterns = st.lists(pieces, min_size=1, max_size=5).map("".join)
written = st.text(alphabet="协定方aéBbё1 _,", max_size=12)


@given(st.lists(written, min_size=1, max_size=6), st.lists(patterns, min_size=1, max_size=8))
@settings(max_examples=300)
def test_a_pattern_finds_in_the_index_what_it_finds_in_every_passage(texts, asked):
    links = tuple(Link(f"l{n}", ("zh",), ((n,),)) for n in range(len(texts)))
    passages = tuple(Passage(f"zh.{n}", text, "zh") for n, text in enumerate(texts))
    with Index() as index:
        index.update(Alignment(("zh",), (passages,), links))
        for query in map(regex, asked):
            found = {hit.passage for hit in index.search(query, Restriction(), limit=None)}
            assert found == {p.id for p in passages if any(query.find(p.text, "zh"))}, query


@pytest.mark.parametrize(
    ("pattern", "is_exact"),
    [(r"соглашени[ея]\w*", True), (r"(agree|notif(y|ies))", True), ("[苏中]方", True),
     ("协定|条约", True), (r"\d{4}", True), (r"\bthe\b", True), (r"苏方.*不得", False),
     ("of the", False), ("agree(?=s)", False), ("(?-i:Side)", False)],
)  # fmt: skip
def test_which_patterns_the_index_answers_alone(pattern, is_exact):
    assert (regex(pattern).exact is not None) == is_exact


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("苏，方", "苏方", False),
        ("苏，方", "苏 方", True),
        ("苏方", "苏 方", True),
        ("苏方", "苏方", True),
    ],
)
def test_characters_follow_each_other_at_once_unless_asked_apart(text, query, found):
    assert bool(search(query, aligned([(text, "a", "b")])).total) == found


def test_the_corpus_is_searched_by_date_standing_and_finding(corpora, tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_CACHE", str(tmp_path))
    found = search("соглашение", corpora, by="lemma", date="1955..1956", limit=None)
    assert found.total == len(found)
    assert all("1955" <= hit.date < "1957" for hit in found)
    assert {hit.standing for hit in search("苏方", corpora, standing="unreported")} == {
        "unreported"
    }
    assert {hit.standing for hit in search("苏方", corpora, standing="authentic")} == {"authentic"}
    assert search("соглашение", corpora, date="1970").total == 0


def test_renderings_of_a_term_by_work(corpora, tmp_path, monkeypatch):
    monkeypatch.setenv("PARALLEL_TEXTS_CACHE", str(tmp_path))
    used = translations("соглашение", corpora, lang="ru", works="chita-1955")
    assert {(r.target, r.wording) for r in used} >= {("zh", "协定"), ("en", "agreement")}


TERM = "id\tzh\tru\nt\t协定|停战协定\tсоглашение\n"


@given(st.lists(st.tuples(*[st.sampled_from(["", "协定。", "停战协定。", "协定，停战协定", "约"]),
                            st.sampled_from(["", "Соглашения.", "Мир.", "Соглашение и соглашения."]),
                            st.just("")]), min_size=1, max_size=8))  # fmt: skip
def test_renderings_are_what_reading_every_hit_gives(tmp_path_factory, rows):
    glossary = tmp_path_factory.mktemp("glossary") / "terms.tsv"
    glossary.write_text(TERM, "utf-8")
    rows = [row for row in rows if any(row)] or [("约", "Мир.", "")]
    texts = aligned(rows, work="w")
    (entry,) = read_terms(glossary)
    for lang, target in (("ru", "zh"), ("zh", "ru")):
        read = Counter(
            wording
            for hit in search("t", texts, lang=lang, by="term", limit=None, glossary=glossary)
            if dict(hit.beside)[target]
            for wording in renderings._used(entry, target, dict(hit.beside)[target]) or [""]
        )
        found = translations("t", texts, lang=lang, glossary=glossary)
        assert {r.wording: r.passages for r in found} == dict(read)


def test_findings_narrow_a_search(monkeypatch):
    rows = [
        ("", "", "The Parties pay 5 per cent."),
        ("付百分之五。", "5 процентов.", "Pay 6 per cent."),
    ]
    found = search("per cent", aligned(rows), finding="V102")
    assert [hit.link for hit in found] == ["l2"]
