"""What ``norms`` and ``balance`` can be given: a work, a file, or texts as LANG=FILE."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from parallel_texts import Alignment, Authority, Norm, ParallelTextsError, Passage, Work
from parallel_texts.cli.completion import complete_works
from parallel_texts.errors import CorpusError
from parallel_texts.norms import Taxonomy, is_narrative, norms
from parallel_texts.parties import read_parties
from parallel_texts.tables import is_table, read_tables

__all__ = ["Text", "Texts", "open_texts", "read_norms", "text_options"]

F = TypeVar("F", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path, dir_okay=False)
_OPTIONS = (
    click.argument(
        "inputs",
        nargs=-1,
        required=True,
        metavar="WORK | FILE | LANG=FILE...",
        shell_complete=complete_works,
    ),
    click.option(
        "--lang", "languages", multiple=True, help="Only this language; of FILE, its own."
    ),
    click.option("--lines", is_flag=True, help="A line of a text file is a passage."),
    click.option(
        "--parties",
        type=_FILE,
        help="Parties: TSV with id and a column per language, | between names; or TOML.",
    ),
    click.option(
        "--actions",
        type=_FILE,
        help="More classes of actions: TSV with action, family, lang, regex.",
    ),
)
_LANGUAGE_FILE = re.compile(r"(?P<lang>[A-Za-z]{2,3})(?:-[A-Za-z]+)?=(?P<file>.+)")
_SCRIPTS = (("zh", re.compile(r"[\u4e00-\u9fff]")), ("ru", re.compile(r"[А-Яа-яЁё]")))


def text_options(command: F) -> F:
    """Add the arguments that say which texts to read, and with which parties and actions."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Text:
    """One language of what is read."""

    lang: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts with what the corpus knows of them.

    Attributes:
        texts: One per language.
        parties: Parties and organs with their names.
        work: The work, where the texts are one's versions.
        alignment: Its links, where there are any.
    """

    texts: tuple[Text, ...]
    parties: tuple[Authority, ...] = ()
    work: Work | None = None
    alignment: Alignment | None = None

    @property
    def only(self) -> tuple[str, ...]:
        """Ids of the work's parties; empty without a work."""
        return self.work.parties if self.work else ()

    def names(self, ui_lang: str) -> dict[str, str]:
        """Return what each party is called in a language."""
        return {party.id: party.name(ui_lang) for party in self.parties if party.kind == "party"}


def open_texts(
    inputs: Sequence[str], *, corpus: Path | None, parties: Path | None, languages: Sequence[str],
    lines: bool,
) -> Texts:  # fmt: skip
    """Return what the arguments of the command name.

    Raises:
        ParallelTextsError: Nothing of that name, or no text in the language asked for.
    """
    given = read_parties(parties) if parties else ()
    pairs = [_LANGUAGE_FILE.fullmatch(argument) for argument in inputs]
    files = [(pair["lang"].lower(), Path(pair["file"])) for pair in pairs if pair]
    if len(files) == len(inputs):
        return Texts(tuple(_read(lang, path, lines) for lang, path in files), given)
    if len(inputs) > 1:
        raise ParallelTextsError("one work or file at a time, or LANG=FILE for several texts")
    path = Path(inputs[0])
    if path.is_file():
        return Texts(_file(path, languages, lines), given)
    return _work(inputs[0], corpus, given, languages)


def _file(path: Path, languages: Sequence[str], lines: bool) -> tuple[Text, ...]:
    """Read a table with a column per language, a version in TEI, or plain text."""
    if is_table(path):
        return _table(path, languages)
    if path.suffix.lower() == ".xml":
        from parallel_texts.tei import read_version

        version = read_version(path)
        return (Text(version.lang, version.passages),)
    lang = languages[0] if languages else guess_language(path.read_text("utf-8", "replace"))
    return (_read(lang, path, lines),)


def _table(path: Path, languages: Sequence[str]) -> tuple[Text, ...]:
    columns: dict[str, list[Passage]] = {}
    for alignment in read_tables(path):
        for lang, passages in zip(alignment.languages, alignment.passages, strict=True):
            columns.setdefault(lang, []).extend(passages)
    wanted = languages or tuple(columns)
    return tuple(Text(lang, tuple(columns[lang])) for lang in columns if lang in wanted)


def guess_language(text: str) -> str:
    """Return zh, ru or en by the script that the text is written in."""
    return next((lang for lang, script in _SCRIPTS if len(script.findall(text)) > 20), "en")


def _read(lang: str, path: Path, lines: bool) -> Text:
    from parallel_texts import read_plain

    divisions = read_plain(path, lang, lines=lines)
    return Text(lang, tuple(p for division in divisions for p in division.passages))


def _work(
    name: str, corpus: Path | None, given: tuple[Authority, ...], languages: Sequence[str]
) -> Texts:
    from parallel_texts import load_corpus
    from parallel_texts.corpus import find_work, kept_alignment

    loaded = load_corpus(corpus)
    work = find_work(loaded, name, or_file=True)
    texts = [
        Text(v.lang, v.passages) for v in work.versions if v.lang in (languages or work.languages)
    ]
    if not texts:
        raise CorpusError(
            f"{name} has no version in {', '.join(languages)}: it has {', '.join(work.languages)}"
        )
    return Texts(tuple(texts), given or loaded.parties(), work, kept_alignment(loaded, work))


def read_norms(source: Texts, text: Text, actions: Path | None) -> tuple[Norm, ...]:
    """Return the norms of one of the texts, with the user's action classes if there are any."""
    return norms(
        text.passages,
        source.parties,
        only=source.only,
        taxonomy=Taxonomy.read(actions) if actions else None,
        narrative=source.work is not None and is_narrative(source.work, text.lang),
    )
