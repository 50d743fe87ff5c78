"""The index file: SQLite with full text, filled work by work.

A passage's row number says its language, work and place, so that a search can be kept to a
language, and counted by work, without looking the passage up. The full text holds no copy of the
passages: what a changed work put into it is computed again from its passages to take it out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from parallel_texts.concordance.words import LEMMATISED, fold, is_unspaced, lemma, words
from parallel_texts.model import Alignment, Finding, Work

__all__ = [
    "FORMAT",
    "PLACE_BITS",
    "VERSION_BITS",
    "add_findings",
    "add_work",
    "connect",
    "drop_work",
    "rows_of",
    "tokens",
]

FORMAT = "3"
"""Changes whenever an index that was written before can no longer be used."""

PLACE_BITS = 22
"""Bits of a row number that say the place in the version: four million passages."""
_WORK_BITS = 18
VERSION_BITS = PLACE_BITS + _WORK_BITS
"""Bits below those that say the language."""

_SCHEMA = """
CREATE TABLE meta (format TEXT);
CREATE TABLE language (no INTEGER PRIMARY KEY, lang TEXT UNIQUE);
CREATE TABLE work (no INTEGER PRIMARY KEY, id TEXT UNIQUE, hash TEXT, date TEXT, flagged INTEGER);
CREATE TABLE version (key INTEGER PRIMARY KEY, work INTEGER, lang TEXT, standing TEXT);
CREATE TABLE link (no INTEGER PRIMARY KEY, id TEXT);
CREATE TABLE passage (no INTEGER PRIMARY KEY, id TEXT, text TEXT);
CREATE TABLE place (no INTEGER PRIMARY KEY, link INTEGER);
CREATE TABLE vocabulary (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE finding (link INTEGER, code TEXT);
CREATE INDEX place_link ON place (link);
CREATE INDEX finding_code ON finding (code, link);
CREATE VIRTUAL TABLE words USING fts5(
  forms, lemmas, content='', columnsize=0, prefix=1, tokenize="unicode61 remove_diacritics 0"
);
"""


def connect(path: Path | None) -> sqlite3.Connection:
    """Open an index, or make an empty one; in memory where there is no path."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path if path is not None else ":memory:")
    if not _is_current(connection):
        if path is not None:
            connection = _afresh(connection, path)
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO meta VALUES (?)", (FORMAT,))
        connection.commit()
    return connection


def _is_current(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("SELECT format FROM meta").fetchone() == (FORMAT,))
    except sqlite3.DatabaseError:
        return False


def _afresh(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    connection.close()
    path.unlink(missing_ok=True)
    return sqlite3.connect(path)


def _version_key(lang_no: int, work_no: int) -> int:
    """Return what the row numbers of a version begin with."""
    return lang_no << _WORK_BITS | work_no


def add_work(
    connection: sqlite3.Connection,
    alignment: Alignment,
    work: Work | None,
    *,
    id: str,
    hash: str,
) -> None:
    """Put a work into the index."""
    row = (id, hash, work.date if work else "", 0)
    cursor = connection.execute("INSERT INTO work (id, hash, date, flagged) VALUES (?,?,?,?)", row)
    number = cursor.lastrowid or 0
    _add_links(connection, alignment, number)
    for lang in alignment.languages:
        standing = version.standing if work and (version := work.version(lang)) else ""
        key = _version_key(_language(connection, lang), number)
        connection.execute("INSERT INTO version VALUES (?,?,?,?)", (key, number, lang, standing))
        _add_passages(connection, alignment, lang, key, number)


def _language(connection: sqlite3.Connection, lang: str) -> int:
    connection.execute("INSERT OR IGNORE INTO language (lang) VALUES (?)", (lang,))
    found = connection.execute("SELECT no FROM language WHERE lang = ?", (lang,)).fetchone()
    return int(found[0])


def _add_links(connection: sqlite3.Connection, alignment: Alignment, work_no: int) -> None:
    base = work_no << PLACE_BITS
    rows = ((base | n, link.id) for n, link in enumerate(alignment))
    connection.executemany("INSERT INTO link VALUES (?,?)", rows)


def _add_passages(
    connection: sqlite3.Connection, alignment: Alignment, lang: str, key: int, work_no: int
) -> None:
    base = key << PLACE_BITS
    links = work_no << PLACE_BITS
    link_of = {n: links | i for i, link in enumerate(alignment) for n in link[lang]}
    passages = alignment.passages[alignment.languages.index(lang)]
    connection.executemany(
        "INSERT INTO passage VALUES (?,?,?)",
        ((base | n, p.id, p.text) for n, p in enumerate(passages)),
    )
    connection.executemany(
        "INSERT INTO place VALUES (?,?)", ((base | n, link) for n, link in link_of.items())
    )
    connection.executemany(
        "INSERT INTO words (rowid, forms, lemmas) VALUES (?,?,?)",
        ((base | n, *tokens(p.text, lang)) for n, p in enumerate(passages)),
    )
    held = {word.text for p in passages for word in words(p.text) if not is_unspaced(word.text)}
    connection.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", ((w,) for w in held))


def tokens(text: str, lang: str) -> tuple[str, str]:
    """Return what the index holds for a passage: its words, and their lemmas.

    >>> tokens("协定。", "zh")
    ('协定 定', '')
    """
    forms = [word.text for word in words(text)]
    if lang not in LEMMATISED:
        return " ".join(_pairs(forms)), ""
    reduced = [word if is_unspaced(word) else lemma(fold(word), lang) for word in forms]
    return " ".join(_pairs(forms)), " ".join(_pairs(reduced))


def _pairs(forms: list[str]) -> Iterator[str]:
    """Join each Chinese character with the one after it."""
    for word, after in pairwise([*forms, ""]):
        yield word + after if is_unspaced(word) and is_unspaced(after) else word


def drop_work(connection: sqlite3.Connection, work_no: int) -> None:
    """Take a work out of the index."""
    for key, lang in connection.execute(
        "SELECT key, lang FROM version WHERE work = ?", (work_no,)
    ).fetchall():
        _drop_version(connection, key, lang)
    ends = rows_of(work_no)
    connection.execute("DELETE FROM link WHERE no BETWEEN ? AND ?", ends)
    connection.execute("DELETE FROM finding WHERE link BETWEEN ? AND ?", ends)
    connection.execute("DELETE FROM version WHERE work = ?", (work_no,))
    connection.execute("DELETE FROM work WHERE no = ?", (work_no,))


def _drop_version(connection: sqlite3.Connection, key: int, lang: str) -> None:
    rows = connection.execute("SELECT no, text FROM passage WHERE no BETWEEN ? AND ?", rows_of(key))
    connection.executemany(
        "INSERT INTO words (words, rowid, forms, lemmas) VALUES ('delete',?,?,?)",
        [(no, *tokens(text, lang)) for no, text in rows],
    )
    for table in ("passage", "place"):
        connection.execute(f"DELETE FROM {table} WHERE no BETWEEN ? AND ?", rows_of(key))


def rows_of(key: int) -> tuple[int, int]:
    """Return the first and the last row number that begin with ``key``."""
    return key << PLACE_BITS, (key + 1 << PLACE_BITS) - 1


def add_findings(
    connection: sqlite3.Connection, work_no: int, alignment: Alignment, findings: Iterable[Finding]
) -> None:
    """Remember which links have which findings; one on the whole work is on each link."""
    base = work_no << PLACE_BITS
    place = {link.id: base | n for n, link in enumerate(alignment)}
    rows = {
        (number, finding.code)
        for finding in findings
        for number in ([place[finding.unit]] if finding.unit in place else place.values())
    }
    connection.executemany("INSERT INTO finding VALUES (?,?)", sorted(rows))
    connection.execute("UPDATE work SET flagged = 1 WHERE no = ?", (work_no,))
