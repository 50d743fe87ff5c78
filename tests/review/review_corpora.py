"""Corpora to review, copies of shipped works, and short ways to act."""

from pathlib import Path

import pytest

from corpus_copies import copy_of
from parallel_texts.review import Change, Review

WORK = "chita-1955"
READER = "A. Reader"


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch, work: str = WORK) -> tuple[Path, Review]:
    """Return a copy of a work's corpus and its review, with a journal of its own."""
    monkeypatch.setenv("PARALLEL_TEXTS_STATE", str(folder / "state"))
    corpus = copy_of(work, folder)
    return corpus, Review.open(corpus, work)


def act(review: Review, kind: str, *, by: str = READER, revision: int = -1, **fields) -> Change:
    """Do an action as one who sees the review as it is; ``with_`` stands for ``with``."""
    action = {"kind": kind, **{name.rstrip("_"): value for name, value in fields.items()}}
    seen = review.revision if revision < 0 else revision
    return review.act(action, reviewer=by, revision=seen)


def joined(review: Review, link: str) -> dict[str, tuple[str, ...]]:
    """Return the ids of the passages of a link, per language."""
    row = next(row for row in review.rows() if row.link == link)
    return {lang: tuple(p.id for p in side) for lang, side in row.passages.items()}
