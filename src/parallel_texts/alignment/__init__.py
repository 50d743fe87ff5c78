"""Alignment: which passages of two or more versions answer to each other."""

from __future__ import annotations

from parallel_texts.alignment.align import align

__all__ = ["align"]
