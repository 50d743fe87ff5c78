"""A tiny corpus for tests: a pact in three languages, its header and its alignment."""

from __future__ import annotations

import shutil
from pathlib import Path

GOOD = Path(__file__).parent / "validation" / "good"
RU = GOOD / "ru" / "pact-1955.xml"


def copy_of_good(folder: Path) -> Path:
    """Return a copy of the good corpus that a test may spoil."""
    return Path(shutil.copytree(GOOD, folder / "corpora"))


def replaced(path: Path, *pairs: tuple[str, str]) -> Path:
    """Replace words in a file; each must be there."""
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return path
