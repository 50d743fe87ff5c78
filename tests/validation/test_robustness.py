"""Whatever a file holds, it is checked and read without a crash and without a hang."""

import os
import random

import pytest

from parallel_texts.errors import ParseError
from parallel_texts.tei import read_alignment, read_corpus_header, read_judgements, read_version
from parallel_texts.tei.parsing import parse_bytes
from parallel_texts.validation import validate
from tei_samples import GOOD, copy_of_good, spoil

FILES = sorted(path.relative_to(GOOD) for path in GOOD.rglob("*.xml"))


@pytest.mark.parametrize("name", FILES, ids=str)
def test_files_spoiled_at_random_are_checked_and_read(name, tmp_path):
    corpus = copy_of_good(tmp_path)
    versions = [read_version(corpus / lang / "pact-1955.xml") for lang in ("zh", "ru", "en")]
    rng = random.Random(str(name))
    for _ in range(120):
        tree = parse_bytes((GOOD / name).read_bytes())
        for _ in range(rng.choice([1, 2, 5])):
            spoil(tree.getroot(), rng)
        tree.write(corpus / name, encoding="UTF-8", xml_declaration=True)
        problems = validate([corpus / name])
        assert all(problem.line >= 1 and problem.message for problem in problems)
        for read in (
            read_version,
            read_corpus_header,
            lambda path: read_alignment(path, versions),
            lambda path: read_judgements(path, versions),
        ):
            try:
                read(corpus / name)
            except ParseError as error:
                assert error.line is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_a_folder_in_place_of_a_file_does_not_hang(tmp_path):
    corpus = copy_of_good(tmp_path)
    os.mkfifo(corpus / "ru" / "pipe.xml")
    (corpus / "ru" / "folder.xml").mkdir()
    problems = validate([corpus])
    assert [(p.path.name, p.code) for p in problems] == [
        ("folder.xml", "T101"),
        ("pipe.xml", "T101"),
    ]
    with pytest.raises(ParseError, match="not a file"):
        read_version(corpus / "ru" / "pipe.xml")


def test_a_link_out_of_the_corpus_is_not_followed(tmp_path):
    from parallel_texts.corpus import load_corpus

    corpus = copy_of_good(tmp_path)
    outside = tmp_path / "secret.xml"
    outside.write_text("secret", "utf-8")
    (corpus / "ru" / "evil.xml").symlink_to(outside)
    (problem,) = validate([corpus])
    assert (problem.code, problem.path.name) == ("T101", "evil.xml")
    assert "leads out" in problem.message
    with pytest.raises(ParseError, match="leads out"):
        load_corpus(corpus)


def test_an_excerpt_shows_no_control_characters(tmp_path):
    path = tmp_path / "x.xml"
    path.write_bytes(b"<a>\x1b[31mred")
    with pytest.raises(ParseError) as caught:
        read_version(path)
    assert "\x1b" not in str(caught.value)
