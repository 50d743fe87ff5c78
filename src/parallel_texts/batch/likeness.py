"""Documents that are nearly the same: drafts, reprints, the same text under two names.

Each text is described by the least hashes of its runs of five characters (MinHash: Broder 1997),
in which two texts agree as often as they share such runs. Texts that agree in a whole band of
hashes are compared (locality-sensitive hashing: Indyk and Motwani 1998).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from parallel_texts.batch.jobs import Outcome
from parallel_texts.model import Version, Work

__all__ = ["LEAST_LIKENESS", "Pair", "find_near_duplicates", "signatures_of"]

LEAST_LIKENESS = 0.8
"""Share of common runs, of all runs of both texts, from which two texts are nearly the same."""
_HASHES = 128
_BANDS = 16
"""Of eight hashes each: texts of likeness 0.8 share one at 95 %, of 0.5 at 6 %."""
_BITS = "<u2"
_RUN = 5
_SEED = 1997
_MOST_RUNS = 200_000
"""Of a longer text every second, third, ... run is taken."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts in one language that are nearly the same; ``likeness`` is 0 to 1."""

    lang: str
    first: str
    second: str
    likeness: float


def signatures_of(work: Work) -> tuple[tuple[str, str], ...]:
    """Return the signature of each version in Base64; nothing where rensa is not installed.

    Of each hash 16 bits are kept: two that differ agree in them once in 65,536 times.
    """
    if find_spec("rensa") is None:
        return ()
    return tuple((version.lang, _signature(version)) for version in work.versions)


def _signature(version: Version) -> str:
    from rensa import RMinHash

    text = "".join("".join(p.text.split()) for p in version.passages).casefold()
    step = len(text) // _MOST_RUNS + 1
    hashes = RMinHash(num_perm=_HASHES, seed=_SEED)
    hashes.update([text[n : n + _RUN] for n in range(0, max(len(text) - _RUN, 0) + 1, step)])
    return b64encode(np.array(hashes.digest(), dtype="<u4").astype(_BITS).tobytes()).decode()


def find_near_duplicates(outcomes: Sequence[Outcome]) -> list[Pair]:
    """Return pairs of works whose texts in one language are nearly the same, the likest first."""
    languages = sorted({lang for outcome in outcomes for lang, _ in outcome.signatures})
    pairs = [pair for lang in languages for pair in _pairs(outcomes, lang)]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.lang, pair.first, pair.second))


def _pairs(outcomes: Sequence[Outcome], lang: str) -> Iterator[Pair]:
    signed = {o.id: dict(o.signatures)[lang] for o in outcomes if lang in dict(o.signatures)}
    works = list(signed)
    rows = np.array([np.frombuffer(b64decode(s), dtype=_BITS) for s in signed.values()])
    for first, second in sorted(_candidates(rows)):
        likeness = float((rows[first] == rows[second]).mean())
        if likeness >= LEAST_LIKENESS:
            yield Pair(lang, works[first], works[second], round(likeness, 3))


def _candidates(rows: NDArray[np.uint16]) -> set[tuple[int, int]]:
    """Return pairs of neighbours among the texts that agree in a band.

    Of many texts that are all alike, each is paired with the one before it only: a chain says as
    much as all pairs, whose number grows with the square.
    """
    found: set[tuple[int, int]] = set()
    for band in np.split(rows, _BANDS, axis=1):
        last: dict[bytes, int] = {}
        for number, hashes in enumerate(band):
            key = hashes.tobytes()
            if key in last:
                found.add((last[key], number))
            last[key] = number
    return found
