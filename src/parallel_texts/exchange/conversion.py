"""One alignment format into another, without a corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from parallel_texts.errors import ExchangeError
from parallel_texts.exchange import jsonl
from parallel_texts.exchange.formats import READERS
from parallel_texts.exchange.intertext import read_intertext_alignment
from parallel_texts.exchange.proposals import Unit, UnitFile
from parallel_texts.exchange.sources import parse_xml
from parallel_texts.exchange.vecalign import read_vecalign
from parallel_texts.model import Alignment, Link, Passage
from parallel_texts.tei import is_bundle, read_alignment, read_bundle, read_version

__all__ = ["ENDINGS", "alignment_of", "format_of", "read_aligned"]

ENDINGS = {
    ".po": "po",
    ".tmx": "tmx",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".xml": "tei",
    ".html": "html-table",
    ".vecalign": "vecalign",
    ".align": "vecalign",
}
"""File name ending to the format that is written."""

Texts = Mapping[str, Sequence[Passage]]
"""Per language the passages of a text, in the order that the user gave the languages."""


def format_of(path: Path) -> str:
    """Return the format that a file's ending stands for.

    Raises:
        ExchangeError: None; the message lists the endings.
    """
    found = ENDINGS.get(path.suffix.lower())
    if found is None:
        raise ExchangeError(f"{path}: no known ending: use --to, or one of {', '.join(ENDINGS)}")
    return found


def read_aligned(path: Path, texts: Texts | None = None) -> Alignment:
    """Read an alignment of any format, with its texts where the file has them or says where.

    Args:
        path: Vecalign, JSON lines, InterText, TEI, PO, TMX, XLIFF, CSV, TSV or XLSX.
        texts: For formats that hold passage numbers only; two for Vecalign, in its order.

    Raises:
        ExchangeError: Unknown ending, broken, or numbers beyond the texts.
        ParseError: The file is not what its ending says.
    """
    given = texts or {}
    suffix = path.suffix.lower()
    if suffix in READERS:
        return alignment_of(READERS[suffix](path))
    reader = _OTHERS.get(suffix)
    if reader is None:
        known = ", ".join((*READERS, *_OTHERS))
        raise ExchangeError(f"{path}: cannot read {suffix or 'a file without ending'}: use {known}")
    return reader(path, given)


def _read_jsonl(path: Path, texts: Texts) -> Alignment:
    units = jsonl.read_units(path)
    return alignment_of(units) if units else _with_texts(jsonl.read_jsonl(path), texts, path)


def _read_vecalign(path: Path, texts: Texts) -> Alignment:
    links = read_vecalign(path)
    if texts:
        if len(texts) != 2:
            raise ExchangeError(f"{path}: Vecalign's format links two texts: name two with --text")
        links = tuple(replace(link, languages=tuple(texts)) for link in links)
    return _with_texts(links, texts, path)


def _read_xml(path: Path, texts: Texts) -> Alignment:
    """Read TEI or InterText, whichever the root says."""
    root = parse_xml(path)
    name = etree.QName(root).localname
    if name in ("linkGrp", "cesAlign", "teiAlign"):
        return read_intertext_alignment(path, texts)
    if is_bundle(path):
        return read_bundle(path)
    return _read_standoff(path, root)


def _read_standoff(path: Path, root: etree._Element) -> Alignment:
    """Read an alignment file with the versions that it points to, beside it as in a corpus."""
    group = root.find(".//{*}linkGrp")
    domains = group.get("domains", "").split() if group is not None else []
    if not domains:
        raise ExchangeError(f"{path}: no alignment: expected a linkGrp with domains")
    base = path.parent.parent.resolve()
    files = [(path.parent / domain).resolve() for domain in domains]
    outside = [file for file in files if not file.is_relative_to(base)]
    if outside:
        raise ExchangeError(f"{path}: points to {outside[0]}, outside its corpus")
    return read_alignment(path, [read_version(file) for file in files])


_OTHERS: dict[str, Callable[[Path, Texts], Alignment]] = {
    ".jsonl": _read_jsonl,
    ".vecalign": _read_vecalign,
    ".align": _read_vecalign,
    ".path": _read_vecalign,
    ".xml": _read_xml,
}


def _with_texts(links: Sequence[Link], texts: Texts, path: Path) -> Alignment:
    """Put passages behind numbers; without texts, passages that have none."""
    if not links:
        raise ExchangeError(f"{path}: no link in it")
    languages = links[0].languages
    counts = [max((n for link in links for n in link[lang]), default=-1) + 1 for lang in languages]
    passages = []
    for lang, count in zip(languages, counts, strict=True):
        found = tuple(texts.get(lang, ())) or _nameless(lang, count)
        if len(found) < count:
            raise ExchangeError(
                f"{path}: links {lang} passage {count - 1}, but the text has {len(found)}:"
                " is it the text that was aligned? counts begin at 0"
            )
        passages.append(found)
    return Alignment(languages, tuple(passages), tuple(links))


def _nameless(lang: str, count: int) -> tuple[Passage, ...]:
    return tuple(Passage(f"{lang}.{n}", "", lang) for n in range(1, count + 1))


def alignment_of(file: UnitFile) -> Alignment:
    """Return the units of a file as links between texts.

    Passages stand in the order that was exported where the file still says it, else in that of
    its units.
    """
    orders = {lang: _order(file.units, lang) for lang in file.languages}
    ids = {lang: _ids(file.units, lang) for lang in file.languages}
    passages = {lang: _passages(file.units, lang, orders[lang], ids[lang]) for lang in orders}
    starts = {lang: _starts(file.units, lang) for lang in file.languages}
    names = [unit.id for unit in file.units]
    are_names = all(names) and len(set(names)) == len(names)
    links = []
    for i, unit in enumerate(file.units):
        sides = tuple(
            tuple(sorted(orders[lang][starts[lang][i] + n] for n in range(_count(unit, lang))))
            for lang in file.languages
        )
        name = unit.id if are_names else f"l{i + 1}"
        links.append(Link(name, file.languages, sides, confidence=unit.confidence))
    return Alignment(file.languages, tuple(passages.values()), tuple(links))


def _count(unit: Unit, lang: str) -> int:
    return len(unit.texts.get(lang, ()))


def _starts(units: Sequence[Unit], lang: str) -> list[int]:
    """Return how many passages stand before each unit."""
    starts = [0]
    for unit in units:
        starts.append(starts[-1] + _count(unit, lang))
    return starts


def _order(units: Sequence[Unit], lang: str) -> list[int]:
    """Return the place in the text of each passage, in the order of units."""
    numbers = [n for unit in units if lang in unit.facts for n in unit.facts[lang].numbers]
    total = sum(_count(unit, lang) for unit in units)
    fits = all(_count(u, lang) == len(u.facts[lang].numbers) for u in units if lang in u.facts)
    return numbers if fits and sorted(numbers) == list(range(total)) else list(range(total))


def _ids(units: Sequence[Unit], lang: str) -> list[str]:
    ids = [i for unit in units if lang in unit.facts for i in unit.facts[lang].ids]
    total = sum(_count(unit, lang) for unit in units)
    if len(ids) == total == len(set(ids)):
        return ids
    return []


def _passages(
    units: Sequence[Unit], lang: str, order: Sequence[int], ids: Sequence[str]
) -> tuple[Passage, ...]:
    texts = [text for unit in units for text in unit.texts.get(lang, ())]
    placed = sorted(zip(order, range(len(texts)), strict=True))
    return tuple(
        Passage(ids[i] if ids else f"{lang}.{place + 1}", texts[i], lang) for place, i in placed
    )
