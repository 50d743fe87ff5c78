"""TEI to the model and back: the only place that knows TEI."""

from parallel_texts.tei.alignments import format_alignment, read_alignment, write_alignment
from parallel_texts.tei.editing import Edited, PassageEdit, edit_version
from parallel_texts.tei.header import CorpusHeader, read_corpus_header
from parallel_texts.tei.reader import VersionFile, read_version, read_version_file
from parallel_texts.tei.writer import format_version, write_version

__all__ = [
    "CorpusHeader",
    "Edited",
    "PassageEdit",
    "VersionFile",
    "edit_version",
    "format_alignment",
    "format_version",
    "read_alignment",
    "read_corpus_header",
    "read_version",
    "read_version_file",
    "write_alignment",
    "write_version",
]
