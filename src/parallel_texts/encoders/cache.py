"""Vectors kept on disk, so that a second run encodes nothing again.

One SQLite file under the user's cache folder: safe when several processes read and write it,
bounded in size (what was not used for longest goes first). A cache that is broken, locked or full
is never an error: texts are encoded again.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import numpy as np
import platformdirs

from parallel_texts.encoders.base import AdditiveEncoder, Array, Parts

__all__ = ["CachedEncoder", "VectorCache", "cache_folder"]

T = TypeVar("T")
_LIMIT_MB = 512
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS vectors "
    "(key BLOB PRIMARY KEY, columns INTEGER, used INTEGER, data BLOB)"
)
_CHUNK = 500
"""Keys in one query: SQLite allows 999 variables in older builds."""


def cache_folder() -> Path:
    """Return where vectors are kept; ``PARALLEL_TEXTS_CACHE`` names another folder."""
    chosen = os.environ.get("PARALLEL_TEXTS_CACHE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("parallel-texts"))


def _limit() -> int:
    """Return the largest size in bytes; ``PARALLEL_TEXTS_CACHE_MB`` sets it, 0 keeps nothing."""
    chosen = os.environ.get("PARALLEL_TEXTS_CACHE_MB", "")
    return (int(chosen) if chosen.isdecimal() else _LIMIT_MB) * 2**20


class VectorCache:
    """Arrays by key.

    Args:
        folder: Default: :func:`cache_folder`.
        limit: Bytes; default 512 MB.
    """

    def __init__(self, folder: Path | None = None, limit: int | None = None) -> None:
        self._path = (folder or cache_folder()) / "vectors.sqlite"
        self._limit = _limit() if limit is None else limit

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Array]:
        """Return the arrays that are there, rows as they were put, and note their use."""
        if not self._path.exists():
            return {}
        return self._attempt(lambda connection: _select(connection, keys)) or {}

    def put(self, arrays: Mapping[bytes, Array]) -> None:
        """Keep arrays of two dimensions, dropping the longest unused ones beyond the limit."""
        if not arrays or self._limit <= 0:
            return
        day = _today()
        rows = [(k, a.shape[1], day, a.astype("<f4").tobytes()) for k, a in arrays.items()]

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(_SCHEMA)
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)
            self._shrink(connection)

        self._attempt(write)

    def _shrink(self, connection: sqlite3.Connection) -> None:
        """Drop the oldest fifth while the file's pages in use hold more than the limit."""
        while _size(connection) > self._limit:
            count = connection.execute("SELECT COUNT(*) FROM vectors").fetchone()[0]
            if not count:
                return
            connection.execute(
                "DELETE FROM vectors WHERE rowid IN "
                "(SELECT rowid FROM vectors ORDER BY used, rowid LIMIT ?)",
                (count // 5 + 1,),
            )

    def _attempt(self, action: Callable[[sqlite3.Connection], T]) -> T | None:
        """Run ``action`` in one transaction; trouble with the file ends it, not the program."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=10)) as connection, connection:
                # A cache may be lost in a power cut; waiting for the disk costs more.
                connection.execute("PRAGMA synchronous = OFF")
                return action(connection)
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            self._path.unlink(missing_ok=True)
            return None
        except (OSError, ValueError):
            return None


def _select(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Array]:
    found: dict[bytes, Array] = {}
    for start in range(0, len(keys), _CHUNK):
        some = list(keys[start : start + _CHUNK])
        marks = ",".join("?" * len(some))
        query = f"SELECT key, columns, data FROM vectors WHERE key IN ({marks})"
        for key, columns, data in connection.execute(query, some):
            found[key] = np.frombuffer(data, dtype="<f4").reshape(-1, columns).astype(np.float32)
    day = _today()
    connection.executemany(
        "UPDATE vectors SET used = ? WHERE key = ? AND used <> ?", [(day, k, day) for k in found]
    )
    return found


def _today() -> int:
    """Return the day: use is noted once a day, so that reading seldom writes."""
    return int(time.time() // 86400)


def _size(connection: sqlite3.Connection) -> int:
    pragmas = ("page_count", "freelist_count", "page_size")
    pages, free, size = (connection.execute(f"PRAGMA {p}").fetchone()[0] for p in pragmas)
    return int((pages - free) * size)


class CachedEncoder:
    """An additive encoder that asks the cache first. Results are those of the encoder itself."""

    def __init__(self, encoder: AdditiveEncoder, cache: VectorCache | None = None) -> None:
        self._encoder = encoder
        self._cache = cache or VectorCache()
        self.name = encoder.name
        self.dimensions = encoder.dimensions
        self.weigh = encoder.weigh
        self.pool = encoder.pool

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (len(texts), dimensions)."""
        return self.pool(self.encode_parts(texts).totals())

    def encode_parts(self, texts: Sequence[str]) -> Parts:
        """Return the states of each text's clauses."""

        def compute(missing: Sequence[int]) -> list[Array]:
            parts = self._encoder.encode_parts([texts[i] for i in missing])
            return np.split(parts.states, parts.bounds[1:-1])

        arrays = self._recall([self._key("parts", text) for text in texts], compute)
        if not arrays:
            return self._encoder.encode_parts(texts)
        bounds = np.concatenate([[0], np.cumsum([len(a) for a in arrays])])
        return Parts(np.concatenate(arrays), bounds)

    def junctions(self, pairs: Sequence[tuple[str, str]], glue: str) -> Array:
        """Return what to add to the states of each two neighbours."""

        def compute(missing: Sequence[int]) -> list[Array]:
            return list(self._encoder.junctions([pairs[i] for i in missing], glue)[:, None])

        keys = [self._key("seam", glue.join((str(len(a)), a, b))) for a, b in pairs]
        arrays = self._recall(keys, compute)
        return np.concatenate(arrays) if arrays else self._encoder.junctions(pairs, glue)

    def _key(self, kind: str, text: str) -> bytes:
        content = "\0".join((self.name, kind, text)).encode("utf-8", "surrogatepass")
        return blake2b(content, digest_size=16).digest()

    def _recall(
        self, keys: Sequence[bytes], compute: Callable[[Sequence[int]], list[Array]]
    ) -> list[Array]:
        """Return an array for each key, from the cache or computed and then kept."""
        known = self._cache.get(list(dict.fromkeys(keys)))
        missing = {key: i for i, key in enumerate(keys) if key not in known}
        fresh = dict(zip(missing, compute(list(missing.values())), strict=True)) if missing else {}
        self._cache.put(fresh)
        known |= fresh
        return [known[key] for key in keys]
