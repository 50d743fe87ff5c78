"""Shared vectors change nothing but how often a passage is encoded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.batch.sharing import (
    SharingEncoder,
    find_repeated,
    passage_keys,
    write_repeated,
)
from parallel_texts.encoders import AdditiveEncoder, UseEncoder
from parallel_texts.encoders.base import Array, Parts

TEXTS = [
    "双方同意。",
    "Стороны согласились, и подписали.",
    "The Parties agree.",
    "",
    "The Parties agree.",
]


class Counting(UseEncoder):
    """Counts how often each text is encoded."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def encode_parts(self, texts: Sequence[str]) -> Parts:
        self.seen.update(texts)
        return super().encode_parts(texts)

    def junctions(self, pairs: Sequence[tuple[str, str]], glue: str) -> Array:
        self.seen.update(a + glue + b for a, b in pairs)
        return super().junctions(pairs, glue)


def keys_of(*texts: str) -> set[int]:
    return set(passage_keys(texts).tolist())


@given(st.lists(st.lists(st.integers(0, 30), max_size=12), max_size=8))
def test_repeated_keys_have_the_first_work_for_owner(works: list[list[int]]) -> None:
    arrays = [np.unique(np.array(keys, dtype=np.uint64)) for keys in works]
    counts = Counter(key for keys in works for key in set(keys))
    expected = [
        {k for k in keys if counts[k] > 1 and not any(k in earlier for earlier in works[:n])}
        for n, keys in enumerate(works)
    ]
    assert [set(keys.tolist()) for keys in find_repeated(arrays)] == expected


def test_keys_hold_passages_and_their_seams() -> None:
    assert keys_of("a", "b") > keys_of("a") | keys_of("b")
    assert keys_of("a", "bc") - keys_of("a") - keys_of("bc") != keys_of("ab", "c")
    assert keys_of("a", "bc") != keys_of("ab", "c")
    assert len(passage_keys([])) == 0


@pytest.mark.parametrize("repeated", [[], TEXTS[:2], TEXTS])
def test_vectors_are_those_of_the_encoder_to_the_last_bit(
    tmp_path: Path, repeated: list[str]
) -> None:
    write_repeated(tmp_path, [passage_keys(repeated)])
    plain: AdditiveEncoder = UseEncoder()
    expected = plain.encode_parts(TEXTS)
    pairs = list(pairwise(TEXTS))
    for _ in range(2):
        sharing = SharingEncoder(UseEncoder(), tmp_path)
        parts = sharing.encode_parts(TEXTS)
        assert np.array_equal(parts.states, expected.states)
        assert np.array_equal(parts.bounds, expected.bounds)
        assert np.array_equal(sharing.junctions(pairs, " "), plain.junctions(pairs, " "))
        assert np.array_equal(sharing.encode(TEXTS), plain.pool(expected.totals()))


def test_what_is_repeated_is_encoded_once_by_all(tmp_path: Path) -> None:
    write_repeated(tmp_path, [passage_keys(TEXTS[:2])])
    workers = [Counting(), Counting()]
    for worker in workers:
        sharing = SharingEncoder(worker, tmp_path)
        sharing.encode_parts(TEXTS)
        sharing.junctions([(TEXTS[0], TEXTS[1])], " ")
    seen = workers[0].seen + workers[1].seen
    assert {text: seen[text] for text in TEXTS} == dict(zip(TEXTS, (1, 1, 2, 2, 2), strict=True))
    assert seen[" ".join(TEXTS[:2])] == 1


def test_keys_add_up(tmp_path: Path) -> None:
    write_repeated(tmp_path, [passage_keys(["a"])])
    write_repeated(tmp_path, [passage_keys(["b"])])
    assert set(np.load(tmp_path / "repeated.npy").tolist()) == keys_of("a") | keys_of("b")
