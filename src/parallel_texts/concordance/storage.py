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

import numpy as np

from parallel_texts.concordance.rows import PLACE_BITS, ends_of
from parallel_texts.concordance.words import LEMMATISED, Word, lemma, words
from parallel_texts.languages.words import is_unspaced
from parallel_texts.model import Alignment, Finding, Passage, Work

__all__ = [
    "FORMAT",
    "MIXED",
    "VERSION_BITS",
    "add_findings",
    "add_work",
    "connect",
    "drop_work",
    "tokens",
]

FORMAT = "4"
"""Changes whenever an index that was written before can no longer be used."""

MIXED = "\ue000"
"""Stands among the words of a passage where a word touches a Chinese character or ``_``."""

_WORK_BITS = 18
VERSION_BITS = PLACE_BITS + _WORK_BITS
"""Bits below those that say the language."""

_SCHEMA = """
CREATE TABLE meta (format TEXT);
CREATE TABLE language (no INTEGER PRIMARY KEY, lang TEXT UNIQUE);
CREATE TABLE work (no INTEGER PRIMARY KEY, id TEXT UNIQUE, hash TEXT, date TEXT, flagged INTEGER);
CREATE TABLE version (
  key INTEGER PRIMARY KEY, work INTEGER, lang TEXT, standing TEXT, origin TEXT, links BLOB
);
CREATE TABLE link (no INTEGER PRIMARY KEY, id TEXT);
CREATE TABLE passage (no INTEGER PRIMARY KEY, id TEXT, text TEXT);
CREATE TABLE vocabulary (written TEXT PRIMARY KEY, word TEXT) WITHOUT ROWID;
CREATE TABLE finding (link INTEGER, code TEXT);
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
        _add_version(connection, alignment, work, lang, number)


def _add_version(
    connection: sqlite3.Connection, alignment: Alignment, work: Work | None, lang: str, number: int
) -> None:
    version = work.version(lang) if work else None
    facts = (version.standing, version.origin) if version else ("", "")
    key = _version_key(_language(connection, lang), number)
    passages = alignment.passages[alignment.languages.index(lang)]
    row = (key, number, lang, *facts, _links_of(alignment, lang, len(passages)))
    connection.execute("INSERT INTO version VALUES (?,?,?,?,?,?)", row)
    _add_passages(connection, passages, lang, key)


def _links_of(alignment: Alignment, lang: str, size: int) -> bytes:
    """Return the number of each passage's link in the alignment, -1 for none."""
    numbers = np.full(size, -1, np.int32)
    for number, link in enumerate(alignment):
        numbers[list(link[lang])] = number
    return numbers.tobytes()


def _language(connection: sqlite3.Connection, lang: str) -> int:
    connection.execute("INSERT OR IGNORE INTO language (lang) VALUES (?)", (lang,))
    found = connection.execute("SELECT no FROM language WHERE lang = ?", (lang,)).fetchone()
    return int(found[0])


def _add_links(connection: sqlite3.Connection, alignment: Alignment, work_no: int) -> None:
    base = work_no << PLACE_BITS
    rows = ((base | n, link.id) for n, link in enumerate(alignment))
    connection.executemany("INSERT INTO link VALUES (?,?)", rows)


def _add_passages(
    connection: sqlite3.Connection, passages: tuple[Passage, ...], lang: str, key: int
) -> None:
    base = key << PLACE_BITS
    connection.executemany(
        "INSERT INTO passage VALUES (?,?,?)",
        ((base | n, p.id, p.text) for n, p in enumerate(passages)),
    )
    vocabulary: set[tuple[str, str]] = set()
    connection.executemany(
        "INSERT INTO words (rowid, forms, lemmas) VALUES (?,?,?)",
        ((base | n, *_tokens(p.text, lang, vocabulary)) for n, p in enumerate(passages)),
    )
    connection.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?,?)", vocabulary)


def _tokens(text: str, lang: str, vocabulary: set[tuple[str, str]]) -> tuple[str, str]:
    """Return the tokens of a passage; note its words as they are written and folded."""
    found = list(words(text))
    vocabulary.update((text[w.start : w.end], w.text) for w in found if not is_unspaced(w.text))
    return _joined(text, found, lang)


def tokens(text: str, lang: str) -> tuple[str, str]:
    """Return what the index holds for a passage: its words, and their lemmas.

    >>> tokens("协定。", "zh")
    ('协定 定', '')
    """
    return _joined(text, list(words(text)), lang)


def _joined(text: str, found: list[Word], lang: str) -> tuple[str, str]:
    forms = [*_pairs(found), *([MIXED] if "_" in text or _is_mixed(found) else [])]
    lemmas = _pairs([_reduced(word, lang) for word in found]) if lang in LEMMATISED else ()
    return " ".join(forms), " ".join(lemmas)


def _reduced(word: Word, lang: str) -> Word:
    return word if is_unspaced(word.text) else word._replace(text=lemma(word.text, lang))


def _is_mixed(found: list[Word]) -> bool:
    return any(
        one.end == after.start and is_unspaced(one.text) != is_unspaced(after.text)
        for one, after in pairwise(found)
    )


def _pairs(found: list[Word]) -> Iterator[str]:
    """Yield each word, a Chinese character joined with the one that follows it at once."""
    for word, after in pairwise([*found, Word("", -1, -1)]):
        is_run = word.end == after.start and is_unspaced(word.text) and is_unspaced(after.text)
        yield word.text + after.text if is_run else word.text


def drop_work(connection: sqlite3.Connection, work_no: int) -> None:
    """Take a work out of the index."""
    for key, lang in connection.execute(
        "SELECT key, lang FROM version WHERE work = ?", (work_no,)
    ).fetchall():
        _drop_version(connection, key, lang)
    ends = ends_of(work_no)
    connection.execute("DELETE FROM link WHERE no BETWEEN ? AND ?", ends)
    connection.execute("DELETE FROM finding WHERE link BETWEEN ? AND ?", ends)
    connection.execute("DELETE FROM version WHERE work = ?", (work_no,))
    connection.execute("DELETE FROM work WHERE no = ?", (work_no,))


def _drop_version(connection: sqlite3.Connection, key: int, lang: str) -> None:
    rows = connection.execute("SELECT no, text FROM passage WHERE no BETWEEN ? AND ?", ends_of(key))
    connection.executemany(
        "INSERT INTO words (words, rowid, forms, lemmas) VALUES ('delete',?,?,?)",
        [(no, *tokens(text, lang)) for no, text in rows],
    )
    connection.execute("DELETE FROM passage WHERE no BETWEEN ? AND ?", ends_of(key))


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
