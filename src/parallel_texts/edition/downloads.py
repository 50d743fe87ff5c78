"""What a site offers beside its pages: the TEI files, and exports in other formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from parallel_texts.edition.addresses import file_stem, plain_anchor
from parallel_texts.model import Alignment, Corpus, Work

__all__ = ["Download", "tei_files"]


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the site with its address and the words of its link."""

    href: str
    label: str
    data: bytes | str

    @classmethod
    def export(cls, name: str, data: bytes | str) -> Download:
        """Return an export under ``exports/``, its name made safe."""
        stem, dot, ending = name.rpartition(".")
        safe = f"{file_stem(stem)}{dot}{plain_anchor(ending)}" if stem else file_stem(name)
        return cls(f"exports/{safe}", name, data)


def tei_files(corpus: Corpus, work: Work, alignment: Alignment | None) -> Iterator[Download]:
    """Yield the work's TEI files, laid out as in the corpus so that their pointers resolve."""
    for version in work.versions:
        path = Path(version.path) if version.path else None
        if path and path.is_file():
            href = f"tei/{file_stem(version.lang)}/{file_stem(path.stem)}.xml"
            yield Download(href, f"TEI {version.lang}", path.read_bytes())
    folder = Path(corpus.path)
    kept = folder / "alignments" / f"{file_stem(work.id)}.xml"
    if kept.is_file():
        yield Download(
            f"tei/alignments/{file_stem(work.id)}.xml", "TEI alignment", kept.read_bytes()
        )
    header = folder / "corpus.xml"
    if header.is_file():
        yield Download("tei/corpus.xml", "TEI corpus", header.read_bytes())
