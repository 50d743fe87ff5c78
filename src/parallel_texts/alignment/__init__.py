"""Alignment: which passages of two or more versions answer to each other."""

from __future__ import annotations

from parallel_texts.alignment.align import align
from parallel_texts.alignment.explanation import explain_link
from parallel_texts.alignment.plot import draw_alignment

__all__ = [
    "align",
    "draw_alignment",
    "explain_link",
]
