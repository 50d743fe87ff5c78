"""Other engines over the same passages as the index of search: what they take and how they answer.

Each gets the passages, answers the same four questions (how many passages, and the texts of the
first 20), and replaces one work. What an engine cannot ask is ``None``. DuckDB works with one
thread here, as the others do.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from parallel_texts.concordance import Index, search
from parallel_texts.concordance.storage import tokens
from parallel_texts.model import Alignment

QUESTIONS = ("苏方", "соглашен*", "of the", r"соглашени[ея]\w*")
SHOWN = 20

Ask = Callable[[], int]


class Row(NamedTuple):
    """A passage: its number, its work, its text, and its words as the index of search has them."""

    number: int
    work: int
    text: str
    words: str


class Engine(Protocol):
    """What is compared."""

    name: str
    note: str

    def build(self, alignments: Sequence[Alignment]) -> None: ...
    def change(self, alignments: Sequence[Alignment]) -> None: ...
    def asks(self) -> Sequence[Ask | None]: ...


def rows(alignments: Iterable[Alignment]) -> Iterator[Row]:
    """Yield the passages of works that are numbered through."""
    for work, alignment in enumerate(alignments):
        for lang, side in zip(alignment.languages, alignment.passages, strict=True):
            base = (work * 8 + alignment.languages.index(lang)) << 20
            for number, passage in enumerate(side):
                yield Row(base + number, work, passage.text, tokens(passage.text, lang)[0])


class Own:
    """The index of search, asked as users ask: with counts by version and the passages beside."""

    name = "this index (SQLite FTS5, own words)"
    note = "lemmas, counts by work, passages beside"

    def __init__(self, folder: Path) -> None:
        self.index = Index(folder / "own.sqlite")

    def build(self, alignments: Sequence[Alignment]) -> None:
        self.index.update(alignments)

    change = build

    def asks(self) -> Sequence[Ask | None]:
        ways = ("form", "form", "form", "regex")
        return [self._ask(query, by) for query, by in zip(QUESTIONS, ways, strict=True)]

    def _ask(self, query: str, by: str) -> Ask:
        return lambda: search(query, self.index, by=by, limit=SHOWN).total


class Trigrams:
    """SQLite FTS5 with its own trigrams, which needs three characters to look anything up."""

    name = "SQLite FTS5, trigrams"
    note = "two Chinese characters are looked for in every passage; no expressions"

    def __init__(self, folder: Path) -> None:
        self.connection = sqlite3.connect(folder / "trigrams.sqlite")
        self.connection.execute(
            "CREATE VIRTUAL TABLE passage USING fts5(work UNINDEXED, text, tokenize='trigram')"
        )

    def build(self, alignments: Sequence[Alignment]) -> None:
        self._insert(rows(alignments))

    def _insert(self, new: Iterable[Row]) -> None:
        sql = "INSERT INTO passage (rowid, work, text) VALUES (?,?,?)"
        with self.connection:
            self.connection.executemany(sql, ((row.number, row.work, row.text) for row in new))

    def change(self, alignments: Sequence[Alignment]) -> None:
        self.connection.execute("DELETE FROM passage WHERE rowid < ?", (8 << 20,))
        self._insert(rows(alignments[:1]))

    def asks(self) -> Sequence[Ask | None]:
        return [
            self._ask("+text LIKE ?", "%苏方%"),
            self._ask("passage MATCH ?", '"соглашен"'),
            self._ask("passage MATCH ?", '"of the"'),
            None,
        ]

    def _ask(self, test: str, value: str) -> Ask:
        return lambda: counted(self.connection.execute, test, value)


class Duck:
    """DuckDB without an index: its full text is an extension, downloaded at run time."""

    name = "DuckDB, no index"
    note = "any expression of RE2; no lemmas"

    def __init__(self, folder: Path) -> None:
        self.connection = import_module("duckdb").connect(str(folder / "duck.db"))
        self.connection.execute("SET threads = 1")
        self.connection.execute("CREATE TABLE passage (no BIGINT, work INTEGER, text VARCHAR)")

    def build(self, alignments: Sequence[Alignment]) -> None:
        self._insert(rows(alignments))

    def _insert(self, new: Iterable[Row]) -> None:
        pandas = import_module("pandas")
        frame = pandas.DataFrame([row[:3] for row in new], columns=["no", "work", "text"])
        self.connection.register("frame", frame)
        self.connection.execute("INSERT INTO passage SELECT * FROM frame")
        self.connection.unregister("frame")
        self.connection.execute("CHECKPOINT")

    def change(self, alignments: Sequence[Alignment]) -> None:
        self.connection.execute("DELETE FROM passage WHERE work = 0")
        self._insert(rows(alignments[:1]))

    def asks(self) -> Sequence[Ask | None]:
        return [
            self._ask("contains(text, ?)", "苏方"),
            self._ask("regexp_matches(text, ?, 'i')", r"(^|[^\pL])соглашен"),
            self._ask("regexp_matches(text, ?, 'i')", r"\bof the\b"),
            self._ask("regexp_matches(text, ?, 'i')", "соглашени[ея]"),
        ]

    def _ask(self, test: str, value: str) -> Ask:
        return lambda: counted(self.connection.execute, test, value)


def counted(execute: Callable[..., Any], test: str, value: str) -> int:
    """Count passages and read the first of them, by SQL."""
    (number,) = execute(f"SELECT count(*) FROM passage WHERE {test}", (value,)).fetchone()
    execute(f"SELECT text FROM passage WHERE {test} LIMIT {SHOWN}", (value,)).fetchall()
    return int(number)


class Tantivy:
    """Tantivy, given the same words as the index of search."""

    name = "tantivy, the same words"
    note = "expressions on single words; no lemmas"

    def __init__(self, folder: Path) -> None:
        self.library = import_module("tantivy")
        build = self.library.SchemaBuilder()
        build.add_integer_field("work", indexed=True)
        build.add_bytes_field("text", stored=True, indexed=False)
        build.add_text_field("words", tokenizer_name="spaced", index_option="position")
        self.schema = build.build()
        (folder / "tantivy").mkdir()
        self.index = self.library.Index(self.schema, path=str(folder / "tantivy"))
        spaced = self.library.TextAnalyzerBuilder(self.library.Tokenizer.whitespace()).build()
        self.index.register_tokenizer("spaced", spaced)

    def build(self, alignments: Sequence[Alignment]) -> None:
        self._write(rows(alignments))

    def _write(self, new: Iterable[Row], dropped: int | None = None) -> None:
        writer = self.index.writer(heap_size=256 << 20, num_threads=1)
        if dropped is not None:
            writer.delete_documents("work", dropped)
        for row in new:
            document = self.library.Document(work=row.work, text=row.text.encode(), words=row.words)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def change(self, alignments: Sequence[Alignment]) -> None:
        self._write(rows(alignments[:1]), dropped=0)

    def asks(self) -> Sequence[Ask | None]:
        query = self.library.Query
        return [
            self._ask(query.term_query(self.schema, "words", "苏方")),
            self._ask(query.regex_query(self.schema, "words", "соглашен.*")),
            self._ask(query.phrase_query(self.schema, "words", ["of", "the"])),
            self._ask(query.regex_query(self.schema, "words", "соглашени[ея].*")),
        ]

    def _ask(self, query: Any) -> Ask:
        def ask() -> int:
            searcher = self.index.searcher()
            found = searcher.search(query, limit=SHOWN)
            for _, address in found.hits:
                searcher.doc(address)
            return int(found.count)

        return ask


class Memory:
    """A list in memory and Python's ``re``."""

    name = "a list in memory, re"
    note = "all text in memory; nothing kept between runs"

    def __init__(self, folder: Path) -> None:
        self.texts: list[str] = []

    def build(self, alignments: Sequence[Alignment]) -> None:
        sides = (side for alignment in alignments for side in alignment.passages)
        self.texts = [passage.text for side in sides for passage in side]

    change = build

    def asks(self) -> Sequence[Ask | None]:
        patterns = ("苏方", r"\bсоглашен", r"\bof the\b", QUESTIONS[3])
        return [self._ask(re.compile(pattern, re.IGNORECASE)) for pattern in patterns]

    def _ask(self, pattern: re.Pattern[str]) -> Ask:
        return lambda: sum(1 for text in self.texts if pattern.search(text))


ENGINES: tuple[tuple[Callable[[Path], Engine], str], ...] = (
    (Own, ""), (Trigrams, ""), (Duck, "duckdb"), (Tantivy, "tantivy"), (Memory, ""),
)  # fmt: skip
"""Each with the package it needs."""
