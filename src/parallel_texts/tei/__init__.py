"""TEI to the model and back: the only place that knows TEI."""

from parallel_texts.tei.alignments import read_alignment
from parallel_texts.tei.bundle import format_bundle, is_bundle, read_bundle
from parallel_texts.tei.editing import Edited, PassageEdit, edit_version
from parallel_texts.tei.foreign import ForeignDivision, ForeignText, is_own_version, read_foreign
from parallel_texts.tei.founding import empty_header, list_work
from parallel_texts.tei.header import CorpusHeader, read_corpus_header
from parallel_texts.tei.judgement_source import (
    KeptJudgement,
    add_annotation,
    add_verdict,
    read_annotations,
    repoint,
)
from parallel_texts.tei.judgements import read_judgements, write_judgements
from parallel_texts.tei.link_source import (
    KeptLink,
    LinkGroup,
    lock_category,
    person,
    read_group,
    read_links,
    replaced_links,
    responsible_people,
)
from parallel_texts.tei.linking import format_alignment, update_alignment, write_alignment
from parallel_texts.tei.patches import Patch, PatchError, apply_patch
from parallel_texts.tei.reader import (
    VersionFile,
    read_version,
    read_version_bytes,
    read_version_file,
)
from parallel_texts.tei.remarks import APPROVED, DRAFT, Remark, latest_status, read_remarks
from parallel_texts.tei.segment_source import (
    Moved,
    SegmentError,
    correct,
    cut,
    join,
    placed,
    read_passages,
    recorded,
    segment_ids,
)
from parallel_texts.tei.writer import format_version, write_version

__all__ = [
    "APPROVED",
    "DRAFT",
    "CorpusHeader",
    "Edited",
    "ForeignDivision",
    "ForeignText",
    "KeptJudgement",
    "KeptLink",
    "LinkGroup",
    "Moved",
    "PassageEdit",
    "Patch",
    "PatchError",
    "Remark",
    "SegmentError",
    "VersionFile",
    "add_annotation",
    "add_verdict",
    "apply_patch",
    "correct",
    "cut",
    "edit_version",
    "empty_header",
    "format_alignment",
    "format_bundle",
    "format_version",
    "is_bundle",
    "is_own_version",
    "join",
    "latest_status",
    "list_work",
    "lock_category",
    "person",
    "placed",
    "read_alignment",
    "read_annotations",
    "read_bundle",
    "read_corpus_header",
    "read_foreign",
    "read_group",
    "read_judgements",
    "read_links",
    "read_passages",
    "read_remarks",
    "read_version",
    "read_version_bytes",
    "read_version_file",
    "recorded",
    "replaced_links",
    "repoint",
    "responsible_people",
    "segment_ids",
    "update_alignment",
    "write_alignment",
    "write_judgements",
    "write_version",
]
