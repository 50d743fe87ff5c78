"""Whether two norms say the same with the parties' names exchanged."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from parallel_texts.model import Authority
from parallel_texts.norms.actors import find_actors
from parallel_texts.norms.schema import Norm

__all__ = ["likeness"]

_STEM = re.compile(r"(\w{4})\w+")


def likeness(a: Norm, b: Norm, parties: tuple[Authority, ...]) -> float:
    """Return 0 to 100: how alike the wordings are once names are exchanged for places.

    The bearer's own name becomes one sign and every other party's another, which is the same as
    swapping the names of two parties before comparing (token set ratio of rapidfuzz).
    """
    return _score(
        _neutral(a.object, a.lang, a.bearer, parties),
        _neutral(b.object, b.lang, b.bearer, parties),
        a.lang,
    )


def _score(a: str, b: str, lang: str) -> float:
    return fuzz.ratio(a, b) if lang == "zh" else fuzz.token_sort_ratio(a, b)


@lru_cache(maxsize=20_000)
def _neutral(text: str, lang: str, bearer: str, parties: tuple[Authority, ...]) -> str:
    """Return ``text`` with actors as A (the bearer) or B, words cut to their stems."""
    parts, end = [], 0
    for actor in find_actors(text, lang, parties):
        parts += [text[end : actor.start], "A" if actor.key == bearer else "B"]
        end = actor.end
    neutral = "".join([*parts, text[end:]])
    return neutral if lang == "zh" else _STEM.sub(r"\1", neutral.lower())
