"""No export passes a reconstruction off as more than it is."""

import io
import zipfile

import pytest

from parallel_texts.corpus import installed_corpus, load_corpus
from parallel_texts.exchange.formats import WRITERS, export
from parallel_texts.pipeline import align_work

LINKS_ALONE = {"vecalign", "intertext"}  # hold numbers or ids of passages and no text


@pytest.mark.parametrize("to", sorted(set(WRITERS) - LINKS_ALONE))
def test_an_export_says_that_its_texts_are_reconstructions(to):
    for library in {
        "xlsx": "openpyxl",
        "tmx": "translate",
        "xliff": "translate",
        "xliff2": "translate",
    }.get(to, "").split():
        pytest.importorskip(library)
    corpus = load_corpus(installed_corpus())
    work = corpus.work("chita-1955")
    data = export(align_work(corpus, work, keep=False), to, languages=("ru", "zh"), work=work)
    if to == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"".join(archive.read(name) for name in archive.namelist())
    assert b"reconstruction" in data
