"""What a site offers beside its pages: the TEI files, and exports in other formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from parallel_texts.edition.addresses import file_stem
from parallel_texts.edition.fingerprints import fingerprint
from parallel_texts.model import Alignment, Corpus, Finding, Work

__all__ = ["Download", "offer"]

Make = Callable[[], bytes | str]

_EXPORTS = {"tmx": "TMX", "csv": "CSV", "xlsx": "XLSX", "jsonl": "JSON Lines"}
_LIBRARIES = {"tmx": "translate", "xlsx": "openpyxl"}
"""Formats written by a library that comes with an extra: not offered without it."""
_XLSX_ROWS = 200
"""Workbooks are offered up to this size: writing one takes about 7 ms a row."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the site: its address, the words of its link, and how it is made.

    ``key`` changes when the content does; the file is made only then.
    """

    href: str
    label: str
    key: str
    make: Make = field(compare=False, repr=False)


def offer(
    corpus: Corpus, work: Work, alignment: Alignment | None, findings: Sequence[Finding]
) -> Iterator[Download]:
    """Yield the work's downloads: TEI as in the corpus, then exports of the alignment."""
    yield from _versions(work)
    if alignment is not None and len(alignment.languages) > 1:
        yield _links(corpus, work, alignment)
    header = Path(corpus.path) / "corpus.xml"
    if header.is_file():
        yield _copy(header, "tei/corpus.xml", "TEI corpus")
    if alignment is not None and len(alignment.languages) > 1:
        yield from _exports(work, alignment, findings)


def _copy(path: Path, href: str, label: str) -> Download:
    data = path.read_bytes()
    return Download(href, label, fingerprint(data), lambda: data)


def _versions(work: Work) -> Iterator[Download]:
    """Yield the version files, laid out as in the corpus so that their pointers resolve."""
    for version in work.versions:
        path = Path(version.path) if version.path else None
        if path and path.is_file():
            href = f"tei/{file_stem(version.lang)}/{file_stem(path.stem)}.xml"
            yield _copy(path, href, f"TEI {version.lang}")


def _links(corpus: Corpus, work: Work, alignment: Alignment) -> Download:
    """Return the kept alignment file, which may carry an editor's notes, else one made now."""
    href, label = f"tei/alignments/{file_stem(work.id)}.xml", "TEI alignment"
    kept = Path(corpus.path) / "alignments" / f"{file_stem(work.id)}.xml"
    if kept.is_file():
        return _copy(kept, href, label)
    return Download(
        href, label, fingerprint(alignment), partial(_export, work, alignment, (), "tei")
    )


def _exports(work: Work, alignment: Alignment, findings: Sequence[Finding]) -> Iterator[Download]:
    key = fingerprint(work, alignment, findings)
    for name, label in _EXPORTS.items():
        if not _can_write(name) or (name == "xlsx" and len(alignment) > _XLSX_ROWS):
            continue
        make = partial(_export, work, alignment, findings, name)
        yield Download(f"exports/{file_stem(work.id)}.{name}", label, key, make)


def _can_write(name: str) -> bool:
    library = _LIBRARIES.get(name)
    return library is None or find_spec(library) is not None


def _export(work: Work, alignment: Alignment, findings: Sequence[Finding], name: str) -> bytes:
    from parallel_texts.exchange.formats import export

    return export(alignment, name, findings=findings, work=work)
