"""What is written is read back as it was: any text, m:n links, omissions, crossing links."""

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange_samples import ANY_TEXT, XML_TEXT, alignments, content
from parallel_texts.exchange.conversion import read_aligned
from parallel_texts.exchange.formats import companions, export
from parallel_texts.exchange.lines import join_lines, split_lines, split_source, write_source

NEEDS = {"tmx": "translate", "xliff": "translate", "xliff2": "translate", "xlsx": "openpyxl"}
ENDING = {"xliff2": "xliff", "tei": "xml", "intertext": "xml"}
quick = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def _needs(form):
    if form in NEEDS and find_spec(NEEDS[form]) is None:
        pytest.skip(f"{form} needs {NEEDS[form]}: pip install 'parallel-texts[exchange]'")


def _again(alignment, form):
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{ENDING.get(form, form)}"
        path.write_bytes(export(alignment, form))
        for companion, data in companions(alignment, form, path).items():
            companion.write_bytes(data)
        return read_aligned(path)


@pytest.mark.parametrize("form", ["po", "tmx", "xliff", "xliff2", "csv", "xlsx", "jsonl"])
def test_any_text_comes_back(form):
    _needs(form)

    @quick
    @given(alignments())
    def check(alignment):
        assert content(_again(alignment, form)) == content(alignment)

    check()


@pytest.mark.parametrize("form", ["tmx", "csv", "xlsx", "jsonl"])
def test_three_languages_come_back(form):
    _needs(form)

    @quick
    @given(alignments(languages=("ru", "zh", "en")))
    def check(alignment):
        again = _again(alignment, form)
        texts = {
            lang: side for lang, side in zip(again.languages, again.passages, strict=True) if side
        }
        for lang, side in zip(alignment.languages, alignment.passages, strict=True):
            assert [p.text for p in texts.get(lang, ())] == [p.text for p in side]
        assert [{lang: link[lang] for lang in texts} for link in again] == [
            {lang: link[lang] for lang in texts} for link in alignment
        ]

    check()


@quick
@given(alignments(texts=XML_TEXT, languages=("ru", "zh", "en")))
def test_tei_holds_texts_and_links(alignment):
    assert content(_again(alignment, "tei")) == content(alignment)


@quick
@given(alignments(texts=st.sampled_from(["a b", "<c> & d", "文", "𠀀"])))
def test_intertext_links_the_texts_beside_it(alignment):
    _, texts, links = content(_again(alignment, "intertext"))
    assert texts == content(alignment)[1]
    assert [sides for _, sides in links] == [link.sides for link in alignment]


@quick
@given(alignments())
def test_vecalign_holds_the_links(alignment):
    assert [link.sides for link in _again(alignment, "vecalign")] == [
        link.sides for link in alignment
    ]


@given(st.lists(ANY_TEXT, max_size=4))
def test_passages_as_lines(texts):
    assert split_lines(join_lines(texts)) == tuple(texts)
    assert split_source(write_source(texts)) == tuple(texts)


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="no gettext installed")
@settings(max_examples=15, deadline=None)
@given(alignments())
def test_msgfmt_takes_every_po(alignment):
    done = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", "-"],
        input=export(alignment, "po"), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
