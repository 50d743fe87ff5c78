"""A new version into a corpus: aligned, valid, all or nothing."""

import errno
import os
import re
import signal
import subprocess
import sys

import pytest

from corpus_copies import copy_of, errors, run, state
from parallel_texts.corpus import kept_alignment, load_corpus
from parallel_texts.tei import read_version
from paths import ROOT

WORK = "khabarovsk-1955-exercises"
EXAMPLE = ROOT / "examples" / f"{WORK}.zh.txt"


@pytest.fixture
def corpus(tmp_path):
    return copy_of(WORK, tmp_path, "ru en alignments")


def _add(corpus, *options, file=EXAMPLE, work=WORK, lang="zh", expect=0):
    return run(
        "add", work, file, "--corpus", corpus, "--lang", lang, "--standing",
        "editorial-translation", *options, expect=expect,
    )  # fmt: skip


def test_the_example_is_added_aligned_and_valid(corpus):
    before = state(corpus)
    result = _add(corpus, "--by", "A. Name")
    assert errors(corpus) == []
    version = read_version(corpus / "zh" / f"{WORK}.xml")
    assert version.responsible == "A. Name"
    assert [d.id for d in version.divisions] == ["pre", *(f"a{n}" for n in range(1, 13)), "closing"]
    loaded = load_corpus(corpus)
    alignment = kept_alignment(loaded, loaded.work(WORK))
    assert alignment is not None
    assert alignment.languages == ("zh", "ru", "en")
    assert all(len(link.missing) == 0 for link in alignment)
    assert "14 divisions, 28 passages" in result.output
    after = state(corpus)
    assert {name for name in after if after[name] != before.get(name)} == {
        f"zh/{WORK}.xml",
        f"alignments/{WORK}.xml",
        f"alignments/{WORK}.ru-en.xml",
    }, "the checked links of the other two are set aside"


def test_a_dry_run_shows_and_writes_nothing(corpus):
    before = state(corpus)
    result = _add(corpus, "--dry-run")
    assert "第三条" in result.output
    assert "nothing was written" in result.output
    assert state(corpus) == before


def test_a_version_that_is_there_needs_force(corpus):
    _add(corpus)
    before = state(corpus)
    assert "--force" in str(_add(corpus, expect=1).exception)
    assert state(corpus) == before
    _add(corpus, "--force")
    assert errors(corpus) == []


def test_tags_of_a_version_file_are_kept(corpus, tmp_path):
    source = corpus / "en" / f"{WORK}.xml"
    copy = tmp_path / "en.xml"
    source.rename(copy)
    (corpus / "alignments" / f"{WORK}.xml").unlink()
    _add(corpus, file=copy, lang="en")
    assert source.read_bytes() == copy.read_bytes()


@pytest.mark.parametrize(
    ("work", "lang", "message"),
    [
        ("../evil", "zh", "no id"),
        ("a/b", "zh", "no id"),
        ("", "zh", "no id"),
        ("/etc/passwd", "zh", "no id"),
        ("khabarovsk-1955-exercise", "zh", "is it khabarovsk-1955-exercises"),
        (WORK, "../zh", "no language"),
        (WORK, "alignments", "no language"),
        (WORK, "", "no language"),
    ],
)
def test_names_that_lead_elsewhere(corpus, work, lang, message):
    before = state(corpus)
    assert message in str(_add(corpus, work=work, lang=lang, expect=1).exception)
    assert state(corpus) == before


BAD = {
    "truncated.docx": (b"PK\x03\x04" + b"\x00" * 50, "broken .docx"),
    "broken.pdf": (b"%PDF-1.7\nnothing", "PDF"),
    "old.docx": (b"\xd0\xcf\x11\xe0" + b"\x00" * 50, "without a password"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "save it as UTF-8|binary"),
    "empty.txt": (b"", "no text"),
    "other.xml": (b"<root/>", "not TEI"),
    "bomb.xml": (b"<!DOCTYPE a [<!ENTITY b 'c'>]><TEI>&b;</TEI>", "DOCTYPE"),
    "text.odt": (b"PK\x03\x04", "cannot read .odt"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_leave_no_trace(corpus, tmp_path, name):
    data, message = BAD[name]
    if name == "broken.pdf":
        pytest.importorskip("pdfminer")
    before = state(corpus)
    path = tmp_path / name
    path.write_bytes(data)
    error = str(_add(corpus, file=path, expect=1).exception)
    assert re.search(message, error), error
    assert name in error
    assert state(corpus) == before


def test_an_error_is_a_message_and_no_traceback(corpus, tmp_path):
    command = [sys.executable, "-m", "parallel_texts", "add", WORK, str(tmp_path / "none.txt")]
    done = subprocess.run(
        [*command, "--corpus", str(corpus), "--lang", "zh"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("module", "suffix", "data", "extra"),
    [
        ("pdfminer.high_level", ".pdf", b"%PDF-1.4", "documents"),
        ("openpyxl", ".xlsx", b"PK\x03\x04", "exchange"),
    ],
)
def test_a_missing_library_is_named(corpus, tmp_path, monkeypatch, module, suffix, data, extra):
    monkeypatch.setitem(sys.modules, module, None)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    verb = ("merge", WORK, path) if extra == "exchange" else ("add", WORK, path, "--lang", "zh")
    result = run(*verb, "--corpus", corpus, expect=1)
    assert f"pip install 'parallel-texts[{extra}]'" in str(result.exception)


def test_no_corpus(tmp_path):
    assert "--corpus" in str(_add(tmp_path / "none", expect=1).exception)


def test_a_translation_of_what_is_not_there(corpus):
    assert "no version in fr" in str(_add(corpus, "--translation-of", "fr", expect=1).exception)


def test_a_full_disk_changes_nothing(corpus, monkeypatch):
    def full(handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = state(corpus)
    monkeypatch.setattr(os, "fsync", full)
    assert "No space left" in str(_add(corpus, expect=1).exception)
    assert state(corpus) == before


def test_no_permission_changes_nothing(corpus, monkeypatch):
    before = state(corpus)
    monkeypatch.setattr(os, "access", lambda path, mode, **_: not mode & os.W_OK)
    assert "Permission denied" in str(_add(corpus, expect=1).exception)
    assert state(corpus) == before


KILLED = """
import os, signal, sys
limit, count = int(sys.argv[1]), 0
def tick(event, arguments):
    global count
    path = str(arguments[0]) if arguments else ""
    writes = event in ("os.rename", "os.mkdir", "shutil.rmtree", "os.chmod") or (
        event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT
    )
    if writes and sys.argv[2] in path:
        count += 1
        if count == limit:
            os.kill(os.getpid(), signal.SIGKILL)
from click.testing import CliRunner
import parallel_texts.adding
from parallel_texts.cli import cli
from parallel_texts.model import Alignment, Link
def align_quickly(texts, **_):
    sizes = [len(side) for side in texts.values()]
    sides = [tuple((n,) if n < size else () for size in sizes) for n in range(max(sizes))]
    links = tuple(Link(f"l{n}", tuple(texts), side) for n, side in enumerate(sides))
    return Alignment(tuple(texts), ((),) * len(texts), links)
parallel_texts.adding.align = align_quickly
sys.addaudithook(tick)
result = CliRunner().invoke(cli, sys.argv[3:])
sys.exit(result.exit_code)
"""


def _killed(limit, corpus):
    command = [
        "add", WORK, str(EXAMPLE), "--corpus", str(corpus), "--lang", "zh", "--standing",
        "editorial-translation",
    ]  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(limit), str(corpus), *command],
        check=False, capture_output=True,
    ).returncode  # fmt: skip


def _settled(corpus):
    """Return the corpus as the next command finds it."""
    for staging in corpus.glob(".parallel-texts-staging-*"):
        os.utime(staging, (0, 0))
    load_corpus(corpus)
    return state(corpus)


def test_killed_in_the_middle_the_corpus_is_as_before_or_as_after(tmp_path):
    whole = copy_of(WORK, tmp_path / "whole", "ru en alignments")
    before = state(whole)
    assert _killed(10_000, whole) == 0
    after = state(whole)
    assert before != after
    seen = set()
    for limit in (1, 3, 5, 7, 8, 9, 10):
        corpus = copy_of(WORK, tmp_path / str(limit), "ru en alignments")
        code = _killed(limit, corpus)
        found = _settled(corpus)
        assert found in (before, after), limit
        seen.add((code == -signal.SIGKILL, found == after))
    assert (True, False) in seen
    assert (True, True) in seen
