"""PO: a source and a target language, one entry a link, for Poedit, Weblate and their kin.

``msgid`` and ``msgstr`` hold one passage a line. Extracted comments carry what merging needs:
the passages' ids and a fingerprint of the target as it was exported.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_texts.errors import ExchangeError
from parallel_texts.exchange.lines import split_lines, split_source, write_source
from parallel_texts.exchange.notes import (
    read_confidence,
    read_facts,
    write_notes,
)
from parallel_texts.exchange.proposals import Unit, UnitFile
from parallel_texts.exchange.rows import Row
from parallel_texts.exchange.sources import read_limited
from parallel_texts.model import Work

if TYPE_CHECKING:
    import polib

__all__ = ["read_po", "write_po"]

_PLURALS = {
    "zh": "nplurals=1; plural=0;",
    "ja": "nplurals=1; plural=0;",
    "ko": "nplurals=1; plural=0;",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 &&"
    " (n%100<12 || n%100>14) ? 1 : 2);",
    "fr": "nplurals=2; plural=(n > 1);",
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
        _entry(row, source_lang, target_lang, work)
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


def _entry(row: Row, source_lang: str, target_lang: str, work: Work | None) -> polib.POEntry:
    import polib

    source, target = row.cell(source_lang), row.cell(target_lang)
    return polib.POEntry(
        msgctxt=row.id,
        msgid=write_source(source.texts),
        msgstr=target.lines,
        comment=write_notes(row, (source_lang, target_lang), work),
        tcomment=target.comment,
        occurrences=[(passage, "") for passage in source.ids if " " not in passage],
        flags=["fuzzy"] if row.needs_work(target_lang) else [],
    )


def read_po(path: Path) -> UnitFile:
    """Return the units of a PO file; obsolete entries say nothing.

    Raises:
        ExchangeError: No PO file, or its header names no language.
    """
    catalogue = _catalogue(path)
    target = _language(catalogue, "Language") or ""
    source = _language(catalogue, "X-Source-Language") or ("en" if target != "en" else "und")
    if not target:
        raise ExchangeError(f"{path}: the header names no Language: add one, such as Language: zh")
    units = tuple(_unit(e, source, target) for e in catalogue if not e.obsolete)
    return UnitFile((source, target), (target,), units)


def _catalogue(path: Path) -> polib.POFile:
    import polib

    read_limited(path)
    try:
        return polib.pofile(str(path))
    except (OSError, ValueError, LookupError) as error:
        reason = str(error).removeprefix(f"{path} ")
        raise ExchangeError(f"{path}: no PO file: {reason}") from error


def _language(catalogue: polib.POFile, field: str) -> str:
    named = str(catalogue.metadata.get(field, ""))
    return named.replace("_", "-").split("-")[0].split("@")[0].lower()


def _unit(entry: polib.POEntry, source: str, target: str) -> Unit:
    notes = entry.comment
    texts = {source: split_source(entry.msgid), target: split_lines(_translation(entry))}
    return Unit(
        id=entry.msgctxt or "",
        texts={lang: passages for lang, passages in texts.items() if passages},
        facts=read_facts(notes),
        comments={target: entry.tcomment} if entry.tcomment else {},
        needs_work=frozenset([target] if "fuzzy" in entry.flags else []),
        confidence=read_confidence(notes),
    )


def _translation(entry: polib.POEntry) -> str:
    """Return the translation; of plural forms the last, which is the general one."""
    if entry.msgid_plural and entry.msgstr_plural:
        return str(entry.msgstr_plural[max(entry.msgstr_plural)])
    return str(entry.msgstr)
