"""Works, versions and kept alignments under a ``corpora/`` folder."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from parallel_texts.errors import CorpusError, ParseError
from parallel_texts.files import contained
from parallel_texts.judgements import Judgement
from parallel_texts.model import Alignment, Corpus, Work, language_order
from parallel_texts.tei import (
    CorpusHeader,
    VersionFile,
    read_alignment,
    read_corpus_header,
    read_judgements,
    read_version_file,
    write_alignment,
    write_judgements,
)
from parallel_texts.transactions import recover

__all__ = [
    "alignment_path",
    "corpus_path",
    "find_work",
    "installed_corpus",
    "keep_alignment",
    "keep_judgements",
    "kept_alignment",
    "kept_judgements",
    "kept_part",
    "load_corpus",
    "version_path",
]

_HEADER = "corpus.xml"
_LANGUAGE_FOLDER = re.compile(r"[a-z]{2,3}")
_NEAR = 75
"""Likeness, of 100, from which a work is one that may have been meant."""


def corpus_path(path: Path | None = None) -> Path:
    """Return the corpus folder: ``path``, else ``corpora/`` here, else the installed one.

    Raises:
        CorpusError: There is no such folder.
    """
    if path is None:
        path = Path("corpora") if Path("corpora", _HEADER).is_file() else installed_corpus()
    if not path.is_dir():
        raise CorpusError(f"{path}: no such folder: name one that holds zh/, ru/ or en/ with TEI")
    return path


def installed_corpus() -> Path:
    """Return the corpus that comes with the package: in the wheel, or beside the sources."""
    package = Path(str(files("parallel_texts")))
    shipped = package / "_corpora"
    return shipped if shipped.is_dir() else package.parent.parent / "corpora"


def load_corpus(path: Path | str | None = None) -> Corpus:
    """Read every work of a corpus folder.

    Args:
        path: As in :func:`corpus_path`.

    Raises:
        CorpusError: No folder, or no text in it.
        ParseError: A file cannot be read; with file and line.
    """
    folder = corpus_path(Path(path) if path is not None else None)
    recover(folder)
    header = _header(folder)
    found = _version_files(folder)
    if not found and not header.works:
        raise CorpusError(f"{folder}: no TEI text in it: expected files such as ru/WORK.xml")
    listed = {work.id: work for work in header.works}
    extra = [_unlisted(work_id) for work_id in sorted(found) if work_id not in listed]
    works = tuple(
        _with_versions(work, found.get(work.id, [])) for work in (*listed.values(), *extra)
    )
    return Corpus(str(folder), works, header.authorities)


def find_work(corpus: Corpus, name: str, *, or_file: bool = False) -> Work:
    """Return the work of this id.

    Args:
        corpus: Where to look.
        name: The id.
        or_file: Say that there is no such file either.

    Raises:
        CorpusError: There is none; names works that may have been meant.
    """
    work = corpus.work(name)
    if work is None:
        what = "no file and no work" if or_file else "no work"
        raise CorpusError(f"{what} {name!r} in {corpus.path}: {_meant(corpus, name)}")
    return work


def _meant(corpus: Corpus, name: str) -> str:
    from rapidfuzz import fuzz, process

    ids = [work.id for work in corpus.works]
    near = process.extract(name, ids, scorer=fuzz.WRatio, limit=3, score_cutoff=_NEAR)
    found = " or ".join(id for id, _, _ in near)
    return f"did you mean {found}?" if found else "parallel-texts list names all"


def _header(folder: Path) -> CorpusHeader:
    path = folder / _HEADER
    return read_corpus_header(path) if path.is_file() else CorpusHeader((), ())


def _version_files(folder: Path) -> dict[str, list[VersionFile]]:
    """Return version files by work id; a folder with a language's name holds them."""
    found: dict[str, list[VersionFile]] = {}
    for path in sorted(folder.glob("*/*.xml")):
        if _LANGUAGE_FOLDER.fullmatch(path.parent.name):
            found.setdefault(path.stem, []).append(_checked(path, folder))
    return found


def _checked(path: Path, folder: Path) -> VersionFile:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ParseError("a link that leads out of the corpus: copy the file", path=path, line=1)
    file = read_version_file(path)
    if file.version.lang != path.parent.name:
        message = f"xml:lang says {file.version.lang}, the folder {path.parent.name}"
        raise ParseError(f"{message}: correct one of them", path=path, line=file.line)
    return file


def _unlisted(work_id: str) -> Work:
    return Work(id=work_id, kind="", titles=(), versions=())


def _with_versions(work: Work, found: list[VersionFile]) -> Work:
    by_lang = {file.version.lang: file for file in found}
    ordered = [by_lang[lang] for lang in language_order(by_lang)]
    versions = tuple(replace(file.version, work=work.id) for file in ordered)
    own = dict(work.titles)
    titles = work.titles + tuple((v.lang, v.title) for v in versions if v.lang not in own)
    witnesses = tuple(dict.fromkeys(w for file in ordered for w in file.witnesses))
    return replace(work, versions=versions, titles=titles, witnesses=witnesses)


def version_path(corpus: Corpus | Path, lang: str, work_id: str) -> Path:
    """Return where a version lies, or would lie, inside the corpus.

    Raises:
        ParallelTextsError: The names lead out of the corpus.
    """
    folder = Path(corpus.path) if isinstance(corpus, Corpus) else corpus
    return contained(folder, lang, f"{work_id}.xml")


def alignment_path(corpus: Corpus | Path, work_id: str) -> Path:
    """Return where a work's alignment lies, or would lie; see :func:`version_path`."""
    return version_path(corpus, "alignments", work_id)


def kept_alignment(corpus: Corpus, work: Work) -> Alignment | None:
    """Return the kept alignment, or ``None`` where none covers exactly the passages there are."""
    alignment = kept_part(corpus, work)
    return alignment if alignment and set(alignment.languages) == set(work.languages) else None


def kept_part(corpus: Corpus, work: Work) -> Alignment | None:
    """Return the kept alignment of all versions or of some, each covered exactly; else ``None``.

    A version that was put into its folder since then is not in it.
    """
    path = alignment_path(corpus, work.id)
    if not path.is_file():
        return None
    try:
        alignment = read_alignment(path, work.versions)
    except ParseError:
        return None
    return alignment if _is_current(alignment) else None


def _is_current(alignment: Alignment) -> bool:
    """Tell whether each passage of each aligned version is in exactly one link."""
    return all(
        sorted(n for link in alignment for n in link[lang]) == list(range(len(passages)))
        for lang, passages in zip(alignment.languages, alignment.passages, strict=True)
    )


def kept_judgements(corpus: Corpus, work: Work) -> tuple[Judgement, ...]:
    """Return the findings that people have judged, kept beside the links; none without a file."""
    path = alignment_path(corpus, work.id)
    try:
        return read_judgements(path, work.versions) if path.is_file() else ()
    except ParseError:
        return ()


def keep_judgements(corpus: Corpus, work: Work, judgements: Sequence[Judgement]) -> Path:
    """Write judged findings beside the links of a work; return the file.

    Raises:
        AlignmentError: The work has no alignment file yet, or a verdict has no judge.
    """
    path = alignment_path(corpus, work.id)
    write_judgements(judgements, work.versions, path)
    return path


def keep_alignment(
    corpus: Corpus, work: Work, alignment: Alignment, *, force: bool = False
) -> Path | None:
    """Write an alignment beside the texts; return its path, or ``None`` where it must not be.

    The installed corpus is never written to, nor a folder without permission. An alignment
    that a person has checked is kept unless ``force`` is given.

    Raises:
        CorpusError: A checked alignment is there, and no ``force``.
    """
    folder = Path(corpus.path)
    if folder.resolve() == installed_corpus().resolve() and "site-packages" in folder.parts:
        return None
    if not os.access(folder, os.W_OK):
        return None
    path = alignment_path(corpus, work.id)
    if path.is_file() and not force and _is_checked(path, work):
        raise CorpusError(f"{path}: holds links that a person has checked: use --force to replace")
    write_alignment(alignment, work.versions, path)
    return path


def _is_checked(path: Path, work: Work) -> bool:
    """Tell whether any link of the file is a person's; an unreadable file counts as one."""
    try:
        return 'cert="high"' in path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return True
