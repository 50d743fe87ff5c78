"""Formats of other tools: what leaves the package, and what translators bring back.

>>> {"po", "tmx", "xliff"} <= set(WRITERS)
True
"""

from __future__ import annotations

from parallel_texts.exchange.carrying import carry_out, edit_versions
from parallel_texts.exchange.conversion import format_of, read_aligned
from parallel_texts.exchange.formats import (
    WITHOUT_TEXT,
    WRITERS,
    companions,
    export,
    read_unit_file,
)
from parallel_texts.exchange.jsonl import format_jsonl, read_jsonl
from parallel_texts.exchange.merging import Change, Conflict, MergePlan, Said
from parallel_texts.exchange.plans import new_target, plan_file, total, work_remarks
from parallel_texts.exchange.translation import Translated, translate_version
from parallel_texts.exchange.vecalign import format_vecalign, read_vecalign

__all__ = [
    "WITHOUT_TEXT",
    "WRITERS",
    "Change",
    "Conflict",
    "MergePlan",
    "Said",
    "Translated",
    "carry_out",
    "companions",
    "edit_versions",
    "export",
    "format_jsonl",
    "format_of",
    "format_vecalign",
    "new_target",
    "plan_file",
    "read_aligned",
    "read_jsonl",
    "read_unit_file",
    "read_vecalign",
    "total",
    "translate_version",
    "work_remarks",
]
