"""PO: a source and a target language, one entry a link, for Poedit, Weblate and their kin.

``msgid`` and ``msgstr`` hold one passage a line. Extracted comments carry what merging needs:
the passages' ids and a fingerprint of the target as it was exported.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_texts.errors import ExchangeError
from parallel_texts.exchange.proposals import Proposal
from parallel_texts.exchange.rows import Cell, Row, fingerprint
from parallel_texts.files import read_text
from parallel_texts.model import Work

if TYPE_CHECKING:
    import polib

__all__ = ["NO_SOURCE", "language_of", "read_po", "write_po"]

NO_SOURCE = "∅"
"""Stands for the source of an omission, since an empty ``msgid`` is the header."""

_PLURALS = {
    "zh": "nplurals=1; plural=0;",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 &&"
    " (n%100<12 || n%100>14) ? 1 : 2);",
    "en": "nplurals=2; plural=(n != 1);",
}
_DEFAULT_PLURALS = "nplurals=2; plural=(n != 1);"


def write_po(
    rows: Sequence[Row], source_lang: str, target_lang: str, *, work: Work | None = None
) -> str:
    """Return a PO file's text: the same work gives the same bytes, so the date is a fixed one.

    Args:
        rows: Links of an alignment that has both languages.
        source_lang: Language of ``msgid``.
        target_lang: Language of ``msgstr``.
        work: Gives titles, standing and origin for the header and comments.
    """
    import polib

    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = _metadata(source_lang, target_lang, work)
    catalogue.header = _header(work, source_lang, target_lang)
    catalogue.extend(
        _entry(row, row.cell(source_lang), row.cell(target_lang))
        for row in rows
        if row.cell(source_lang).texts or row.cell(target_lang).texts
    )
    return str(catalogue)


def _metadata(source_lang: str, target_lang: str, work: Work | None) -> dict[str, str]:
    return {
        "Project-Id-Version": work.id if work else "parallel-texts",
        "PO-Revision-Date": "1970-01-01 00:00+0000",
        "Last-Translator": "none yet",
        "Language-Team": "none",
        "Language": target_lang,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": _PLURALS.get(target_lang, _DEFAULT_PLURALS),
        "X-Source-Language": source_lang,
    }


def _header(work: Work | None, *languages: str) -> str:
    """Standing and origin of both versions, so that no one takes a reconstruction for more."""
    versions = [work.version(lang) for lang in languages] if work else []
    lines = [f"{v.lang}: {v.title} ({v.standing}, {v.origin})" for v in versions if v is not None]
    return "\n".join(lines)


def _entry(row: Row, source: Cell, target: Cell) -> polib.POEntry:
    import polib

    return polib.POEntry(
        msgctxt=row.id,
        msgid=source.lines or NO_SOURCE,
        msgstr=target.lines,
        comment=_comment(row, target),
        occurrences=[(passage, "") for passage in source.ids],
        flags=["fuzzy"] if row.doubtful and target.texts else [],
    )


def _comment(row: Row, target: Cell) -> str:
    facts = [
        f"passages: {' '.join(target.ids)}".rstrip(),
        f"exported: {fingerprint(target.texts)}",
        f"confidence: {row.confidence:.2f}",
    ]
    said = [f"{f.code} ({f.status}, {f.confidence:.2f}): {f.message}" for f in row.findings]
    return "\n".join(facts + [" ".join(line.split()) for line in said])


def read_po(path: Path, *, lang: str | None = None) -> tuple[Proposal, ...]:
    """Return what a PO file proposes; obsolete entries say nothing.

    Args:
        path: A file that :func:`write_po` made and a translator changed.
        lang: Target language; the header's ``Language`` by default.

    Raises:
        ExchangeError: No PO file, or no language known.
    """
    catalogue = _catalogue(path)
    target = lang or _language(catalogue, path)
    return tuple(_proposal(entry, target) for entry in catalogue if not entry.obsolete)


def language_of(path: Path) -> str:
    """Return the target language that a PO file's header names.

    Raises:
        ExchangeError: It is no PO file, or names none.
    """
    if path.suffix.lower() != ".po":
        raise ExchangeError(f"{path}: which language does it bring? give --lang")
    return _language(_catalogue(path), path)


def _catalogue(path: Path) -> polib.POFile:
    import polib

    try:
        return polib.pofile(read_text(path))
    except (OSError, ValueError) as error:
        raise ExchangeError(f"{path}: no PO file: {error}") from error


def _language(catalogue: polib.POFile, path: Path) -> str:
    named = str(catalogue.metadata.get("Language", "")).replace("_", "-").split("-")[0]
    if not named:
        raise ExchangeError(f"{path}: the header names no Language: give --lang")
    return named


def _proposal(entry: polib.POEntry, lang: str) -> Proposal:
    facts = dict(line.split(": ", 1) for line in entry.comment.splitlines() if ": " in line)
    texts = tuple(line.strip() for line in entry.msgstr.split("\n") if line.strip())
    return Proposal(
        link=entry.msgctxt or "",
        lang=lang,
        ids=tuple(facts.get("passages", "").split()),
        texts=texts,
        exported=facts.get("exported", ""),
        comment=entry.tcomment,
        unfinished="fuzzy" in entry.flags,
    )
