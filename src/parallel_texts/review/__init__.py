"""Correcting alignments and judging findings: every action is saved at once to the TEI files."""

from parallel_texts.review.errors import Conflict, ReviewError
from parallel_texts.review.session import Review
from parallel_texts.review.sheet import Change, Progress, ReviewFinding, Row
from parallel_texts.review.web.serving import serve

__all__ = [
    "Change",
    "Conflict",
    "Progress",
    "Review",
    "ReviewError",
    "ReviewFinding",
    "Row",
    "serve",
]
