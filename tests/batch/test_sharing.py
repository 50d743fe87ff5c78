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

from parallel_texts.batch import Job, Settings
from parallel_texts.batch.sharing import (
    SharingEncoder,
    find_repeated,
    name_part,
    passage_keys,
    write_index,
)
from parallel_texts.batch.survey import encode_shared
from parallel_texts.encoders import AdditiveEncoder, UseEncoder
from parallel_texts.encoders.base import Array, Parts

TEXTS = [
    "双方同意。",
    "Стороны согласились, и подписали.",
    "The Parties agree.",
    "",
    "The Parties agree.",
]


SENTENCES = ["The Parties agree.", "The treaty is signed.", "It enters into force today."]


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
    return set(passage_keys(texts, " ").tolist())


def share(place: Path, *texts: str) -> str:
    """Encode a work of these English passages for all; return where that is kept."""
    (place / "a.en.txt").write_text("\n\n".join(texts), "utf-8")
    job = Job("a", (("en", str(place / "a.en.txt")),))
    shared = str(place / "shared")
    keys = passage_keys(texts, " ")
    name = name_part(keys)
    write_index(shared, {name: keys})
    encode_shared(job, Settings(str(place), shared=shared), name, [(job, keys)])
    return shared


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
    assert len(passage_keys([], "")) == 0
    assert set(passage_keys(["a", "b"], "").tolist()) != keys_of("a", "b")


@pytest.mark.parametrize("repeated", [[], TEXTS[2:3], SENTENCES])
def test_vectors_are_those_of_the_encoder_to_the_last_bit(
    tmp_path: Path, repeated: list[str]
) -> None:
    place = share(tmp_path, *repeated) if repeated else str(tmp_path / "shared")
    plain: AdditiveEncoder = UseEncoder()
    texts = TEXTS + SENTENCES
    expected = plain.encode_parts(texts)
    pairs = list(pairwise(texts))
    sharing = SharingEncoder(UseEncoder(), place)
    parts = sharing.encode_parts(texts)
    assert np.array_equal(parts.states, expected.states)
    assert np.array_equal(parts.bounds, expected.bounds)
    assert np.array_equal(sharing.junctions(pairs, " "), plain.junctions(pairs, " "))
    assert np.array_equal(sharing.encode(texts), plain.pool(expected.totals()))


def test_what_is_shared_is_not_encoded_again(tmp_path: Path) -> None:
    place = share(tmp_path, *SENTENCES)
    worker = Counting()
    sharing = SharingEncoder(worker, place)
    sharing.encode_parts([*TEXTS, *SENTENCES])
    sharing.junctions([(SENTENCES[0], SENTENCES[1]), (TEXTS[0], TEXTS[1])], " ")
    assert worker.seen == Counter({*TEXTS, " ".join(TEXTS[:2])} - {*SENTENCES})


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 no zip", None])
def test_a_part_that_is_lost_is_encoded_again(tmp_path: Path, damage: bytes | None) -> None:
    place = share(tmp_path, *SENTENCES)
    (part,) = Path(place).glob("part-*")
    part.unlink() if damage is None else part.write_bytes(damage)
    worker = Counting()
    parts = SharingEncoder(worker, place).encode_parts(SENTENCES)
    assert np.array_equal(parts.states, UseEncoder().encode_parts(SENTENCES).states)
    assert worker.seen == Counter(SENTENCES)


def test_a_part_is_not_made_twice(tmp_path: Path) -> None:
    place = share(tmp_path, *SENTENCES)
    (part,) = Path(place).glob("part-*")
    before = part.stat().st_mtime_ns
    share(tmp_path, *SENTENCES)
    assert part.stat().st_mtime_ns == before


def test_a_work_that_is_gone_costs_its_part_only(tmp_path: Path) -> None:
    job = Job("a", (("en", str(tmp_path / "absent.txt")),))
    settings = Settings(str(tmp_path), shared=str(tmp_path / "shared"))
    keys = passage_keys(SENTENCES, " ")
    assert encode_shared(job, settings, "part-0.npz", [(job, keys)])[0] == 0
