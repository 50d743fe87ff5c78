import os
import stat

import pytest

from parallel_texts.errors import ParallelTextsError, ParseError
from parallel_texts.files import contained, read_text, write_atomic


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "kept.txt"
    write_atomic(target, "old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ParallelTextsError, match="No space left"):
        write_atomic(target, "new")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["kept.txt"]


def test_mode_of_a_replaced_file_stays(tmp_path):
    target = tmp_path / "f"
    write_atomic(target, b"1")
    target.chmod(0o640)
    write_atomic(target, b"2")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_read_text_drops_bom_and_normalises_line_ends(tmp_path):
    target = tmp_path / "f"
    target.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_text(target) == "a\nb\nc\n"


def test_huge_text_is_refused_without_reading_it(tmp_path):
    target = tmp_path / "f"
    with target.open("wb") as stream:
        stream.truncate(5 * 2**30)
    with pytest.raises(ParseError, match="larger than 64 MB"):
        read_text(target)


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x"])
def test_paths_stay_inside(tmp_path, name):
    with pytest.raises(ParallelTextsError, match="leads out of"):
        contained(tmp_path / "in", name)


def test_contained_path_is_given(tmp_path):
    assert contained(tmp_path, "a", "b") == (tmp_path / "a" / "b").resolve()
