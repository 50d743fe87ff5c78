"""Search: words in context with the aligned passages beside them, over a corpus or alignments."""

from __future__ import annotations

from parallel_texts.concordance.index import Index
from parallel_texts.concordance.renderings import translations
from parallel_texts.concordance.results import Concordance, Count, Hit, Rendering
from parallel_texts.concordance.searching import search

__all__ = ["Concordance", "Count", "Hit", "Index", "Rendering", "search", "translations"]
