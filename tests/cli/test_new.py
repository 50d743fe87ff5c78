import pytest

from corpus_copies import copy_of, errors, run, state
from parallel_texts.corpus import kept_alignment, load_corpus

RU = "Пакт\n\nСтатья 1\nСтороны согласны. Они платят.\n\nСтатья 2\nКонец.\n"
ZH = "公约\n\n第一条\n双方同意。双方付费。\n\n第二条\n终止。\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.txt").write_text(ZH, "utf-8")
    (tmp_path / "b.txt").write_bytes(RU.encode("koi8-r"))
    return f"zh={tmp_path / 'a.txt'}", f"ru={tmp_path / 'b.txt'}"


def test_a_work_where_there_is_no_corpus(tmp_path, files):
    corpus = tmp_path / "corpora"
    run("new", "pact-1956", *files, "--title", "Pact", "--date", "1956-01", "--corpus", corpus)
    assert errors(corpus) == []
    loaded = load_corpus(corpus)
    work = loaded.work("pact-1956")
    assert (work.kind, work.date, work.languages) == ("agreement", "1956-01", ("zh", "ru"))
    assert dict(work.titles) == {"zh": "公约", "ru": "Пакт", "en": "Pact"}
    assert len(kept_alignment(loaded, work)) == 3
    assert {v.standing for v in work.versions} == {"unreported"}


def test_the_rest_of_the_corpus_is_not_touched(tmp_path, files):
    corpus = copy_of("chita-1955", tmp_path)
    before = state(corpus)
    run(
        "new", "pact-1956", *files, "--party", "cn", "--party", "su", "--standing",
        "zh=editorial-translation", "--standing", "authentic", "--corpus", corpus,
    )  # fmt: skip
    after = state(corpus)
    assert {n for n in before if before[n] != after[n]} == {"corpus.xml"}
    old, new = before["corpus.xml"].split(b"\n"), after["corpus.xml"].split(b"\n")
    assert [line for line in new if line not in old] != []
    assert [line for line in old if line not in new] == []
    work = load_corpus(corpus).work("pact-1956")
    assert work.parties == ("cn", "su")
    assert {v.lang: v.standing for v in work.versions} == {
        "zh": "editorial-translation",
        "ru": "authentic",
    }
    assert errors(corpus) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("chita-1955",), "already"),
        (("a/b",), "no id"),
        (("pact", "--party", "nobody"), "has no nobody"),
        (("pact", "--date", "yesterday"), "no date"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, files, arguments, message):
    corpus = copy_of("chita-1955", tmp_path)
    before = state(corpus)
    result = run("new", arguments[0], *files, *arguments[1:], "--corpus", corpus, expect=1)
    assert message in str(result.exception)
    assert state(corpus) == before


def test_a_dry_run_makes_no_corpus(tmp_path, files):
    run("new", "pact", *files, "--corpus", tmp_path / "corpora", "--dry-run")
    assert not (tmp_path / "corpora").exists()


@pytest.mark.parametrize("files", [("a.txt",), ("zh=",), ("zh=a.txt", "zh-Hant=b.txt")])
def test_files_are_named_by_language(tmp_path, files):
    run("new", "pact", *files, "--corpus", tmp_path / "corpora", expect=2)
