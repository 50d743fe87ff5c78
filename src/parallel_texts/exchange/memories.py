"""TMX and XLIFF through translate-toolkit: translation memories and jobs of OmegaT, Trados, memoQ.

TMX holds all languages of a link in one unit; XLIFF a source and a target. A passage is a line of
a segment, as in PO.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from parallel_texts.errors import ExchangeError, MissingDependencyError
from parallel_texts.exchange.proposals import Proposal
from parallel_texts.exchange.rows import Row, fingerprint
from parallel_texts.model import Work

__all__ = ["MAX_MEMORY_BYTES", "read_tmx", "read_xliff", "write_tmx", "write_xliff"]

MAX_MEMORY_BYTES = 128 * 1024 * 1024
"""Larger TMX and XLIFF files are refused unread: bytes."""


def _storage(name: str) -> Any:
    """Import a module of translate-toolkit, or say what to install."""
    from importlib import import_module

    try:
        return import_module(f"translate.storage.{name}")
    except ImportError as error:
        raise MissingDependencyError(
            "TMX and XLIFF need translate-toolkit: pip install 'parallel-texts[exchange]'"
        ) from error


def write_tmx(rows: Sequence[Row], languages: Sequence[str], *, work: Work | None = None) -> bytes:
    """Return TMX 1.4 with one unit a link and one variant a language that has text.

    Args:
        rows: Links of an alignment.
        languages: The first is the source language of units that have it.
        work: Gives standing and origin for the notes.
    """
    tmx = _storage("tmx")
    store = tmx.tmxfile(sourcelanguage=languages[0], targetlanguage=languages[-1])
    for row in rows:
        cells = [row.cell(lang) for lang in languages if row.cell(lang).texts]
        if not cells:
            continue
        unit = tmx.tmxunit(None)
        store.addunit(unit)
        for cell in cells:
            unit.xmlelement.append(unit.createlanguageNode(_tag(cell.lang), cell.lines, None))
        unit.xmlelement.set("tuid", row.id)
        unit.xmlelement.set("srclang", _tag(cells[0].lang))
        unit.addnote("\n".join(_notes(row, languages, work)))
    return bytes(store)


def _tag(lang: str) -> str:
    return "zh-CN" if lang == "zh" else lang


def _notes(row: Row, languages: Sequence[str], work: Work | None) -> Iterator[str]:
    """What merging needs and what a translator should know, one fact a line."""
    for cell in (row.cell(lang) for lang in languages):
        yield f"{cell.lang}: passages: {' '.join(cell.ids)} exported: {fingerprint(cell.texts)}"
    for version in work.versions if work else ():
        if version.lang in languages:
            yield f"{version.lang}: {version.standing}, {version.origin}"
    for finding in row.findings:
        yield f"{finding.code} ({finding.status}): {' '.join(finding.message.split())}"


def write_xliff(
    rows: Sequence[Row], source_lang: str, target_lang: str, *, work: Work | None = None
) -> bytes:
    """Return XLIFF 1.2 with one unit a link that has a source."""
    xliff = _storage("xliff")
    store = xliff.Xliff12File() if hasattr(xliff, "Xliff12File") else xliff.xlifffile()
    store.setsourcelanguage(_tag(source_lang))
    store.settargetlanguage(_tag(target_lang))
    for row in rows:
        source, target = row.cell(source_lang), row.cell(target_lang)
        if not source.texts:
            continue
        unit = store.UnitClass(source.lines)
        store.addunit(unit)
        unit.setid(row.id)
        if target.texts:
            unit.target = target.lines
            unit.markfuzzy(row.doubtful)
        unit.addnote("\n".join(_notes(row, (source_lang, target_lang), work)), origin="developer")
    return bytes(store)


def read_tmx(path: Path, lang: str) -> tuple[Proposal, ...]:
    """Return what a TMX file proposes for one language.

    Raises:
        ExchangeError: No TMX, too large, or with entities of its own.
        MissingDependencyError: translate-toolkit is not installed.
    """
    store = _parse(_storage("tmx").tmxfile, path)
    return tuple(proposal for unit in store.units for proposal in _tmx_proposals(unit, lang))


def _tmx_proposals(unit: Any, lang: str) -> Iterator[Proposal]:
    for node in unit.getlanguageNodes():
        tag = node.get("{http://www.w3.org/XML/1998/namespace}lang") or node.get("lang") or ""
        if tag.replace("_", "-").split("-")[0].lower() == lang:
            text = unit.getNodeText(node) or ""
            yield _proposal(unit.getid() or "", lang, text, unit.getnotes())


def read_xliff(path: Path, lang: str) -> tuple[Proposal, ...]:
    """Return what an XLIFF 1.2 or 2.0 file proposes for its target language.

    Raises:
        ExchangeError: No XLIFF, too large, or with entities of its own.
        MissingDependencyError: translate-toolkit is not installed.
    """
    is_second = b"urn:oasis:names:tc:xliff:document:2" in _bytes(path)[:4096]
    factory = _storage("xliff2").Xliff2File if is_second else _storage("xliff").xlifffile
    store = _parse(factory, path)
    return tuple(
        _proposal(_unit_id(unit), lang, unit.target or "", unit.getnotes(), unit.isfuzzy())
        for unit in store.units
        if unit.source
    )


def _unit_id(unit: Any) -> str:
    """Return the unit's own id: the toolkit puts the file's name before it."""
    return str(unit.getid() or "").rsplit("\x04", 1)[-1]


def _proposal(link: str, lang: str, text: str, notes: str, unfinished: bool = False) -> Proposal:
    ids, exported, comments = _facts(notes, lang)
    lines = tuple(line.strip() for line in text.split("\n") if line.strip())
    return Proposal(link, lang, ids, lines, exported, comments, unfinished)


def _facts(notes: str, lang: str) -> tuple[tuple[str, ...], str, str]:
    """Take our own facts from notes; what is left is the translator's comment."""
    ids: tuple[str, ...] = ()
    exported, comments = "", list[str]()
    for line in notes.splitlines():
        if line.startswith(f"{lang}: passages:"):
            before, _, exported = line.partition("exported:")
            ids = tuple(before.split(":", 2)[2].split())
        elif not _is_ours(line):
            comments.append(line)
    return ids, exported.strip(), "\n".join(comments)


def _is_ours(line: str) -> bool:
    head, _, rest = line.partition(": ")
    return rest.startswith("passages:") or (len(head) == 2 and "," in rest) or "(open)" in head


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_MEMORY_BYTES:
            raise ExchangeError(f"{path}: larger than {MAX_MEMORY_BYTES // 2**20} MB: split it")
        return path.read_bytes()
    except OSError as error:
        raise ExchangeError(f"{path}: cannot read: {error.strerror or error}") from error


def _parse(factory: Callable[[], Any], path: Path) -> Any:
    data = _bytes(path)
    _refuse_entities(data, path)
    store = factory()
    try:
        store.parse(data)
    except (etree.XMLSyntaxError, AssertionError, ValueError, AttributeError) as error:
        raise ExchangeError(f"{path}: not in the expected format: {error}") from error
    return store


def _refuse_entities(data: bytes, path: Path) -> None:
    head = data[:65536].replace(b"\x00", b"")
    if b"<!ENTITY" in head:
        raise ExchangeError(f"{path}: declares XML entities, which are not read")
