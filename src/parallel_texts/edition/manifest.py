"""Which files a site has and what each was made from, so that only changes are written again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from parallel_texts.errors import ParallelTextsError
from parallel_texts.files import contained, write_atomic

__all__ = ["MANIFEST", "SiteWriter"]

MANIFEST = ".edition.json"


class SiteWriter:
    """Writes a site's files; one whose key and bytes are as before is kept as it is.

    Attributes:
        written: Files written, in order.
        kept: Files left alone because nothing they show has changed.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.written: list[Path] = []
        self.kept: list[Path] = []
        self._before = _read(out / MANIFEST)
        self._now: dict[str, tuple[str, str]] = {}

    def put(self, name: str, key: str, make: Callable[[], str | bytes]) -> None:
        """Write ``make()`` as ``name`` unless the file was made from ``key`` and is untouched."""
        path = contained(self.out, *name.split("/"))
        before = self._before.get(name)
        if before and before[0] == key and _digest_of(path) == before[1]:
            self._now[name] = before
            self.kept.append(path)
            return
        made = make()
        data = made.encode("utf-8", "replace") if isinstance(made, str) else made
        write_atomic(path, data)
        self._now[name] = (key, _digest(data))
        self.written.append(path)

    def is_current(self, name: str, key: str) -> bool:
        """Return whether :meth:`put` would keep the file."""
        before = self._before.get(name)
        return bool(before and before[0] == key and _digest_of(self.out / name) == before[1])

    def finish(self) -> None:
        """Remove what an earlier run wrote and this one did not; remember what there is now."""
        for name in self._before.keys() - self._now.keys():
            _remove(self.out, name, self._before[name][1])
        text = json.dumps({"files": self._now}, indent=0, sort_keys=True)
        write_atomic(self.out / MANIFEST, text + "\n")


def _read(path: Path) -> dict[str, tuple[str, str]]:
    """Return the manifest; a missing or broken one counts as empty: all is written anew."""
    try:
        files = json.loads(path.read_text("utf-8"))["files"]
        return {str(name): (str(key), str(digest)) for name, (key, digest) in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of(path: Path) -> str:
    try:
        return _digest(path.read_bytes())
    except OSError:
        return ""


def _remove(out: Path, name: str, digest: str) -> None:
    """Remove a stale file, unless someone has changed it since it was written."""
    try:
        path = contained(out, *name.split("/"))
    except ParallelTextsError:
        return
    if _digest_of(path) == digest:
        path.unlink(missing_ok=True)
