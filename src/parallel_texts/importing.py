"""A user's file to a version of a work: title, divisions, passages, and what was noticed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from parallel_texts.documents import Document, read_document
from parallel_texts.errors import ParseError
from parallel_texts.languages.scripts import likely_language, script_shares
from parallel_texts.model import Division, Version
from parallel_texts.plain import Builder, divide, read_heading
from parallel_texts.tei import (
    ForeignDivision,
    ForeignText,
    is_own_version,
    read_foreign,
    read_version,
)

__all__ = ["TEI_SUFFIXES", "Imported", "import_version"]

TEI_SUFFIXES = (".xml", ".tei")
"""Endings of files that are read as TEI."""

_LATIN_AND_CYRILLIC = {"uk": "ru", "be": "ru", "bg": "ru", "sr": "ru", "de": "en", "fr": "en"}
"""Languages that share a script with one that has tables."""
_TITLE_CHARACTERS = 200
_TITLE_LINES = 4
_FINAL = re.compile(r"[.。!?！？;；:：,，][\"”’»」』)）]*$")


@dataclass(frozen=True, slots=True)
class Imported:
    """A version made from a file.

    Attributes:
        version: Ready to be written.
        notes: What a person should check, one sentence each.
        data: The file itself where it is a version of this work already, tags and all.
    """

    version: Version
    notes: tuple[str, ...]
    data: bytes | None = None


def import_version(
    path: Path,
    work: str,
    lang: str,
    *,
    standing: str,
    origin: str = "transcription",
    by: str = "",
    title: str = "",
    translation_of: str | None = None,
) -> Imported:
    """Read a document as a version of ``work``.

    Args:
        path: TEI (``.xml``), txt, Markdown, HTML, DOCX or PDF; see
            :func:`parallel_texts.documents.read_document`.
        work: Id of the work.
        lang: Language key or tag; ``zh`` means ``zh-Hans``.
        standing: What the text is in law; see :class:`parallel_texts.model.Version`.
        origin: What the file is: ``transcription``, ``regest`` or ``reconstruction``.
        by: Who is responsible for it.
        title: The document's own first line by default.
        translation_of: Language it was translated from.

    Raises:
        ParseError: The file cannot be read, or holds no sentence.
    """
    key, tag = _language(lang)
    own = _own_version(path, work, key)
    if own is not None:
        return own
    read = _read_tei if path.suffix.lower() in TEI_SUFFIXES else _read_document
    found, divisions, document = read(path, key)
    if not any(division.passages for division in divisions):
        raise ParseError("no sentence found", path=path)
    version = Version(
        work=work,
        lang=key,
        language_tag=tag,
        title=title or found or work,
        standing=standing,
        origin=origin,
        divisions=divisions,
        translation_of=translation_of,
        responsible=by,
        path=str(path),
    )
    return Imported(version, _notes(document, version))


def _own_version(path: Path, work: str, lang: str) -> Imported | None:
    """Return a file that is a version of this work as it stands, with its tags and sources."""
    if path.suffix.lower() not in TEI_SUFFIXES or not is_own_version(path):
        return None
    version = read_version(path)
    if (version.work, version.lang) != (work, lang):
        return None
    note = f"taken as it is: {version.standing}, {version.origin}"
    return Imported(version, (note,), path.read_bytes())


_Read = tuple[str, tuple[Division, ...], Document]


def _read_document(path: Path, lang: str) -> _Read:
    document = read_document(path)
    return *_take_title(divide(document.text, lang)), document


def _read_tei(path: Path, lang: str) -> _Read:
    """Read TEI that others wrote: their divisions, and their sentences where they marked them."""
    foreign = read_foreign(path)
    text = "\n\n".join(p for d in foreign.divisions for p in map(" ".join, d.paragraphs))
    notes = _language_note(foreign.language, lang)
    return foreign.title, _foreign_divisions(foreign, lang), Document(text, "tei", notes=notes)


def _language_note(stated: str, lang: str) -> tuple[str, ...]:
    if not stated or stated.split("-")[0].lower() == lang:
        return ()
    return (f"the file itself says xml:lang={stated!r}, not {lang}; is --lang right?",)


def _foreign_divisions(foreign: ForeignText, lang: str) -> tuple[Division, ...]:
    """Number divisions and passages as ours are; plain paragraphs are divided as plain text."""
    if len(foreign.divisions) == 1 and not foreign.divisions[0].sentences:
        only = foreign.divisions[0]
        lines = [only.head, *(p[0] for p in only.paragraphs)]
        return divide("\n\n".join(line for line in lines if line), lang)
    builder = Builder(lang)
    for number, division in enumerate(foreign.divisions, start=1):
        kind, n = _kind(division, lang, number)
        builder.open(kind, n, division.head)
        for paragraph in division.paragraphs:
            builder.add_paragraph(paragraph, segmented=division.sentences)
    return builder.finish()


_KINDS = {
    "article": "article",
    "preamble": "preamble",
    "introduction": "preamble",
    "closing": "closing",
    "closer": "closing",
    "signatures": "closing",
    "testimonium": "closing",
}
"""Types that encoders of treaties give to divisions; any other is a section."""


def _kind(division: ForeignDivision, lang: str, number: int) -> tuple[str, str]:
    """Return type and number of a division: as its heading says, else as its encoder did."""
    said = read_heading(division.head, lang) if division.head else None
    if said is not None:
        return said[0], said[1]
    kind = _KINDS.get(division.type.lower(), "section")
    counted = kind in ("article", "section")
    return kind, (division.n or str(number)) if counted else ""


def _language(lang: str) -> tuple[str, str]:
    """Return the primary subtag and the full tag."""
    return lang.split("-")[0], "zh-Hans" if lang == "zh" else lang


def _take_title(divisions: tuple[Division, ...]) -> tuple[str, tuple[Division, ...]]:
    """Take the short lines without a final mark that open the text as its title."""
    if not divisions or divisions[0].type == "article":
        return "", divisions
    first, lines = divisions[0], list[str]()
    while len(lines) < _TITLE_LINES and _opens_with_title_line(first):
        lines.append(first.passages[0].text)
        first = _without_first(first)
    kept = (first,) if first.passages else ()
    return " ".join(lines), (*kept, *divisions[1:])


def _opens_with_title_line(division: Division) -> bool:
    if not division.passages:
        return False
    line, *others = division.passages
    alone = all(p.paragraph != line.paragraph for p in others)
    return alone and len(line.text) <= _TITLE_CHARACTERS and not _FINAL.search(line.text)


def _without_first(division: Division) -> Division:
    passages = tuple(
        replace(later, id=earlier.id) for earlier, later in pairwise(division.passages)
    )
    return replace(division, passages=passages)


def _notes(document: Document, version: Version) -> tuple[str, ...]:
    notes = list(document.notes)
    likely = likely_language(document.text)
    stated = _LATIN_AND_CYRILLIC.get(version.lang, version.lang)
    if likely and likely != stated:
        share = script_shares(document.text)[likely]
        notes.append(
            f"looks {likely} ({share:.0%} of its letters), not {version.lang}; is --lang right?"
        )
    if document.encoding and document.encoding not in ("utf-8", "utf-8-sig"):
        notes.append(f"read as {document.encoding}: check the first lines")
    if not any(division.type == "article" for division in version.divisions):
        notes.append("no article headings found: the text is one section")
    return tuple(notes)
