"""Tables that grow: the same rows in memory and in a file, nothing left behind, trouble named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.alignment.moves import _ROWS, _reach, _sure
from parallel_texts.alignment.rows import Rows, release_pages, scratch_folder
from parallel_texts.alignment.sides import Side, unit
from parallel_texts.encoders import UseEncoder
from parallel_texts.errors import AlignmentError


@given(st.lists(st.integers(0, 5), min_size=1), st.sampled_from([0, 20, 10**6]))
def test_rows_are_the_same_in_memory_and_in_a_file(counts: list[int], in_memory: int) -> None:
    parts = [np.full((n, 3), k, dtype=np.float32) for k, n in enumerate(counts)]
    rows = Rows(in_memory)
    for part in parts:
        rows.add(part)
    assert np.array_equal(rows.table(), np.concatenate(parts))


def test_a_file_is_gone_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLEL_TEXTS_SCRATCH", str(tmp_path))
    rows = Rows(0)
    rows.add(np.ones((4, 2), np.float32))
    table = rows.table()
    assert not list(tmp_path.iterdir())
    assert table.sum() == 8
    assert not table.flags.writeable


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="the system does not say")
def test_pages_of_a_file_are_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLEL_TEXTS_SCRATCH", str(tmp_path))
    rows = Rows(0)
    for _ in range(16):
        rows.add(np.ones((2**10, 2**10), np.float32))
    table = rows.table()
    assert table.sum() == 2**24
    read = file_pages()
    release_pages()
    assert file_pages() < read - 40
    assert table.sum() == 2**24


def file_pages() -> float:
    """Return megabytes of files' pages in this process."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(r.split()[1]) / 1024 for r in status.splitlines() if r.startswith("RssFile"))


def test_a_folder_that_cannot_be_written_to_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARALLEL_TEXTS_SCRATCH", str(tmp_path / "absent"))
    with pytest.raises(AlignmentError, match="PARALLEL_TEXTS_SCRATCH"):
        Rows(0).add(np.ones((1, 1), np.float32))


def test_the_folder_is_the_users_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARALLEL_TEXTS_SCRATCH", raising=False)
    monkeypatch.setenv("TMPDIR", "/scratch")
    assert scratch_folder() == Path("/scratch")


def test_portions_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Article {n}: the Parties agree, and sign it." for n in range(7)]
    whole = Side(texts, "en", UseEncoder())
    monkeypatch.setattr("parallel_texts.alignment.sides._PORTION", 3)
    portions = Side(texts, "en", UseEncoder())
    assert np.array_equal(whole.bounds, portions.bounds)
    for name in ("clauses", "seams", "vectors", "clause_mean"):
        assert np.allclose(getattr(whole, name), getattr(portions, name), atol=1e-3), name


@given(st.integers(0, 10**6), st.integers(1, 40), st.integers(1, 40))
def test_moves_found_in_portions_are_those_of_the_whole_table(seed: int, n: int, m: int) -> None:
    chance = np.random.default_rng(seed)
    first = unit(chance.normal(size=(n, 8)).astype(np.float32))
    second = unit(chance.normal(size=(m, 8)).astype(np.float32))
    second[: min(n, m) : 2] = first[chance.permutation(n)[: min(n, m)]][::2]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("parallel_texts.alignment.moves._ROWS", 7)
        found = [(i, j) for i, j, _ in _sure(first, second)]
    assert found == plain_moves(first @ second.T)


@given(st.integers(1, 2000), st.integers(1, 60_000))
def test_some_passages_are_always_within_reach(rows: int, columns: int) -> None:
    for start in range(0, rows, _ROWS):
        low, high = _reach(start, rows, columns)
        assert 0 <= low < high <= columns


def plain_moves(cosines: np.ndarray) -> list[tuple[int, int]]:
    """Return pairs that lead their row and column by .15."""
    out = []
    for i, j in np.argwhere(cosines >= 0.5):
        rivals = [*np.delete(cosines[i], j), *np.delete(cosines[:, j], i), -1.0]
        if cosines[i, j] - max(rivals) >= 0.15:
            out.append((i, j))
    return out
