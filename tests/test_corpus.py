from dataclasses import replace
from pathlib import Path

import pytest

from parallel_texts.corpus import (
    alignment_path,
    corpus_path,
    installed_corpus,
    keep_alignment,
    keep_judgements,
    kept_alignment,
    kept_judgements,
    kept_part,
    load_corpus,
    version_path,
)
from parallel_texts.errors import CorpusError, ParallelTextsError, ParseError
from parallel_texts.tei import read_version, write_version
from parallel_texts.validation import validate
from tei_samples import GOOD, copy_of_good, replaced


@pytest.fixture
def folder(tmp_path):
    return copy_of_good(tmp_path)


def test_a_corpus_is_works_with_versions_and_authorities():
    corpus = load_corpus(GOOD)
    (work,) = corpus.works
    assert (work.id, work.kind, work.date, work.place) == (
        "pact-1955",
        "agreement",
        "1955-09-27",
        "place.chita",
    )
    assert work.languages == ("zh", "ru", "en")
    assert work.parties == ("cn", "su")
    assert work.signatories == ("zhou",)
    assert dict(work.titles)["zh"] == "航空协定"
    assert [a.id for a in corpus.parties()] == ["cn", "su", "su.air-force"]
    organ = corpus.authority("su.air-force")
    assert organ is not None
    assert organ.part_of == "su"


def test_a_version_knows_what_it_is():
    version = read_version(GOOD / "en" / "pact-1955.xml")
    assert (version.work, version.lang, version.language_tag) == ("pact-1955", "en", "en")
    assert (version.standing, version.origin) == ("editorial-translation", "reconstruction")
    assert version.translation_of == "ru"
    assert version.responsible == "The testers"
    assert version.note == "A reconstruction, not an authentic document."


def test_passages_know_their_division_source_and_mentions():
    version = read_version(GOOD / "ru" / "pact-1955.xml")
    assert [d.id for d in version.divisions] == ["pre", "a1", "a2", "closing"]
    assert version.divisions[1].head == "Статья 1. Уведомление"
    passage = version.divisions[1].passages[0]
    assert (passage.id, passage.division, passage.sources) == ("ru.a1.s1", "a1", ("source.p1",))
    assert [(m.kind, m.key, passage.text[m.start : m.end]) for m in passage.mentions] == [
        ("party", "cn", "Китайская Сторона"),
        ("measure", "24 hour", "двадцать четыре часа"),
    ]
    assert version.divisions[0].passages[0].editorial


def test_a_version_without_entry_in_the_header_is_a_work(folder):
    text = (folder / "ru" / "pact-1955.xml").read_text("utf-8").replace("pact-1955", "treaty-1950")
    (folder / "ru" / "treaty-1950.xml").write_text(text, "utf-8")
    work = load_corpus(folder).work("treaty-1950")
    assert work is not None
    assert work.title("ru") == "Соглашение об авиации"


def test_a_corpus_without_header_is_read(folder):
    (folder / "corpus.xml").unlink()
    assert [w.id for w in load_corpus(folder).works] == ["pact-1955"]


def test_other_folders_and_hidden_ones_are_no_languages(folder):
    for name in ("drafts", ".staging", "alignments"):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "other.xml").write_text("<broken", "utf-8")
    assert load_corpus(folder).works[0].languages == ("zh", "ru", "en")


def test_a_text_in_another_language_than_its_folder_is_an_error_with_its_line(folder):
    path = replaced(
        folder / "ru" / "pact-1955.xml", ('<text xml:lang="ru">', '<text xml:lang="en">')
    )
    with pytest.raises(ParseError, match="xml:lang says en, the folder ru") as caught:
        load_corpus(folder)
    assert "<text" in path.read_text("utf-8").split("\n")[(caught.value.line or 0) - 1]


def test_no_folder_and_an_empty_one_are_errors(tmp_path):
    with pytest.raises(CorpusError, match="no such folder"):
        load_corpus(tmp_path / "none")
    with pytest.raises(CorpusError, match="no TEI text"):
        load_corpus(tmp_path)


def test_the_corpus_here_comes_before_the_installed_one(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    assert corpus_path() == Path("corpora")
    monkeypatch.chdir(folder)
    assert corpus_path() == installed_corpus()


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../../b"])
def test_paths_stay_inside_the_corpus(folder, name):
    with pytest.raises(ParallelTextsError, match="leads out"):
        version_path(folder, "ru", name)
    with pytest.raises(ParallelTextsError, match="leads out"):
        alignment_path(folder, name)


def test_the_kept_alignment_is_used_while_it_covers_the_passages(folder):
    corpus = load_corpus(folder)
    kept = kept_alignment(corpus, corpus.works[0])
    assert kept is not None
    assert kept.checked
    replaced(folder / "alignments" / "pact-1955.xml", (" ../ru/pact-1955.xml#ru.a1.s2", ""))
    assert kept_alignment(corpus, corpus.works[0]) is None
    (folder / "alignments" / "pact-1955.xml").unlink()
    assert kept_alignment(corpus, corpus.works[0]) is None


def test_a_checked_alignment_is_not_replaced_without_force(folder):
    corpus = load_corpus(folder)
    work = corpus.works[0]
    kept = kept_alignment(corpus, work)
    assert kept is not None
    machine = replace(kept, checked=False, responsible="parallel-texts")
    with pytest.raises(CorpusError, match="--force"):
        keep_alignment(corpus, work, machine)
    assert (
        keep_alignment(corpus, work, machine, force=True) == folder / "alignments" / "pact-1955.xml"
    )


@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
def test_a_version_that_was_written_is_read_back_the_same(lang, folder):
    """All but tags inside sentences, which a writer of plain versions does not have."""
    path = folder / lang / "pact-1955.xml"
    version = read_version(path)
    write_version(version, path)
    again = read_version(path)
    assert [(p.id, p.text, p.sources, p.editorial, p.paragraph) for p in again.passages] == [
        (p.id, p.text, p.sources, p.editorial, p.paragraph) for p in version.passages
    ]
    assert (again.standing, again.origin, again.title, again.translation_of, again.note) == (
        version.standing, version.origin, version.title, version.translation_of, version.note,
    )  # fmt: skip
    assert [(d.id, d.type, d.n, d.head) for d in again.divisions] == [
        (d.id, d.type, d.n, d.head) for d in version.divisions
    ]


def test_what_is_written_passes_validation(folder):
    for lang in ("zh", "ru", "en"):
        write_version(
            read_version(folder / lang / "pact-1955.xml"), folder / lang / "pact-1955.xml"
        )
    assert validate([folder]) == ()


def test_a_version_put_beside_checked_links_joins_them(folder):
    from parallel_texts.pipeline import align_work

    path = folder / "alignments" / "pact-1955.xml"
    corpus = load_corpus(folder)
    work = corpus.works[0]
    kept = kept_alignment(corpus, work)
    assert kept is not None
    pair = replace(
        kept, languages=("ru", "en"), passages=kept.passages[1:],
        links=tuple(replace(k, languages=("ru", "en"), sides=k.sides[1:]) for k in kept),
    )  # fmt: skip
    path.unlink()
    keep_alignment(corpus, work, pair)
    before = path.read_bytes()
    assert kept_alignment(corpus, work) is None
    assert kept_part(corpus, work) == pair
    joined = align_work(corpus, work)
    assert joined.languages == ("zh", "ru", "en")
    assert [k.sides[1:] for k in joined if any(k.sides[1:])] == [k.sides for k in pair]
    assert path.read_bytes() == before


def test_the_corpus_keeps_verdicts_on_findings(folder):
    corpus = load_corpus(folder)
    work = corpus.works[0]
    kept = kept_judgements(corpus, work)
    assert [j.finding.status for j in kept] == ["confirmed"]
    keep_judgements(corpus, work, [replace(kept[0], who="B Reader", note="seen again")])
    assert [j.who for j in kept_judgements(corpus, work)] == ["B Reader"]
    assert validate([folder]) == ()
    (folder / "alignments" / "pact-1955.xml").unlink()
    assert kept_judgements(corpus, work) == ()
