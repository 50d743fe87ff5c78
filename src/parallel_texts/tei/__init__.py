"""TEI to the model and back: the only place that knows TEI."""

from parallel_texts.tei.alignments import format_alignment, read_alignment, write_alignment
from parallel_texts.tei.header import CorpusHeader, read_corpus_header
from parallel_texts.tei.reader import VersionFile, read_version, read_version_file

__all__ = [
    "CorpusHeader",
    "VersionFile",
    "format_alignment",
    "read_alignment",
    "read_corpus_header",
    "read_version",
    "read_version_file",
    "write_alignment",
]
