"""Files to works: by a code in the name, a folder a language, a document's id, or a table."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath

from parallel_texts.batch.jobs import Job
from parallel_texts.batch.places import is_remote, on_disk, walk_remote
from parallel_texts.documents import SUFFIXES
from parallel_texts.errors import ParseError
from parallel_texts.files import contained, read_text
from parallel_texts.importing import TEI_SUFFIXES
from parallel_texts.languages.tables import read_table
from parallel_texts.model import language_order

__all__ = ["Naming", "find_jobs"]

_READABLE = (*SUFFIXES, *TEI_SUFFIXES)
_NO_LANGUAGE = (
    "no language in its name: name it like treaty.zh.txt, put it into a folder zh, list it in a "
    "TSV manifest, or give --alias"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """How names of files say which work in which language they hold.

    Attributes:
        id: What in a path names the work: its first group, else the whole match. Without it, the
            path less its language and ending.
        aliases: Other names of languages: ``{"E": "en"}``.
        languages: The only languages there are; all codes of ISO 639-1 without.
    """

    id: re.Pattern[str] | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def language(self, code: str) -> str | None:
        """Return the language that ``code`` names, or ``None``."""
        primary, *rest = code.split("-")
        plain = all(len(part) in (2, 4) and part.isalpha() for part in rest)
        lang = self.aliases.get(code) or (_codes().get(primary.lower()) if plain else None)
        return lang if not self.languages or lang in self.languages else None


@cache
def _codes() -> dict[str, str]:
    rows = read_table("language_codes")
    return {code: row["code"] for row in rows for code in (row["code"], *row["others"].split())}


def find_jobs(
    place: Path | str, *, naming: Naming | None = None, leave_out: Path | str | None = None
) -> tuple[Job, ...]:
    """Pair the files under a folder, or those that a manifest lists, into works.

    A name's language is a code between dots, hyphens or underscores at its end
    (``treaty.zh.txt``, ``treaty_zh-Hans.txt``) or at its beginning (``zh_treaty.txt``), else the
    nearest folder that is named like a language (``zh/treaty.txt``). Files of other formats, hidden
    ones and links that lead out of the folder are passed over. A readable file without a language
    is a job with a ``problem``, and so is a work that has two files for one language.

    Args:
        place: A folder, or a TSV file with the columns ``id`` and one per language, its paths
            relative to its own folder and inside it; an empty cell is no version. Or the address
            of a folder in object storage: ``s3://bucket/texts``.
        naming: How names are understood.
        leave_out: A folder that is not searched: the results may stand among the texts.

    Returns:
        Jobs sorted by id.

    Raises:
        ParseError: The manifest or the folder cannot be read; with the line.
    """
    naming = naming or Naming()
    if is_remote(str(place)):
        return _jobs_of(_walk_address(str(place), str(leave_out or "")), naming)
    place = on_disk(str(place))
    if place.is_dir():
        return _jobs_of(_walk(place, on_disk(str(leave_out)) if leave_out else None), naming)
    return read_manifest(place, naming)


_File = tuple[PurePosixPath, str, int]
"""A file's path inside the folder that is searched, its path or address, and its bytes."""


def _walk_address(place: str, leave_out: str) -> Iterator[_File]:
    """Yield readable files below an address; none under another, or in a hidden folder."""
    for inside, address, size in walk_remote(place):
        path = PurePosixPath(inside)
        apart = leave_out and address.startswith(leave_out.rstrip("/") + "/")
        hidden = any(part.startswith(".") for part in path.parts)
        if not apart and not hidden and _is_text(path.name):
            yield path, address, size


def _walk(folder: Path, leave_out: Path | None) -> Iterator[_File]:
    """Yield readable files in a fixed order; links that lead out of the folder are passed over."""
    for path in _walk_folder(folder, leave_out):
        inside = PurePosixPath(path.relative_to(folder).as_posix())
        if not path.is_symlink() or path.resolve().is_relative_to(folder.resolve()):
            yield inside, str(path), path.lstat().st_size


def _walk_folder(folder: Path, leave_out: Path | None) -> Iterator[Path]:
    apart = leave_out.resolve() if leave_out else None
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and (here / f).resolve() != apart
        )
        yield from (here / name for name in sorted(names) if _is_text(name))


def _is_text(name: str) -> bool:
    return not name.startswith(("~", ".")) and name.lower().endswith(_READABLE)


def _jobs_of(files: Iterator[_File], naming: Naming) -> tuple[Job, ...]:
    works: dict[str, list[tuple[str, str]]] = {}
    sizes: Counter[str] = Counter()
    for path, file, size in files:
        work, lang = _named(path, naming)
        works.setdefault(work, []).append((lang, file))
        sizes[work] += size
    return tuple(_job(work, texts, sizes[work]) for work, texts in sorted(works.items()))


def _job(work: str, texts: Sequence[tuple[str, str]], size: int) -> Job:
    by_lang: dict[str, list[str]] = {}
    for lang, file in texts:
        by_lang.setdefault(lang, []).append(file)
    if "" in by_lang:
        return Job(work, (), f"{by_lang[''][0]}: {_NO_LANGUAGE}", size)
    twice = [f"{lang}: {', '.join(files)}" for lang, files in by_lang.items() if len(files) > 1]
    order = language_order(sorted(by_lang))
    problem = f"two files for one language: {'; '.join(twice)}: keep one" if twice else ""
    return Job(work, tuple((lang, by_lang[lang][0]) for lang in order), problem, size)


def _named(path: PurePosixPath, naming: Naming) -> tuple[str, str]:
    """Return the work's id and the language of a path; no language is the empty string."""
    for rest, code in _candidates(path):
        lang = naming.language(code)
        if lang is not None and rest:
            return _work_id(rest, path, naming), lang
    return str(path), ""


def _candidates(path: PurePosixPath) -> Iterator[tuple[str, str]]:
    """Yield each part of a path that may be its language, with the path without it."""
    stem = path.name[: -len(path.suffix)]
    for pattern in _PLACES:
        found = pattern.fullmatch(stem)
        if found:
            yield str(path.with_name(found["rest"])), found["code"]
    for number in reversed(range(len(path.parts) - 1)):
        rest = (*path.parts[:number], *path.parts[number + 1 : -1], stem)
        yield "/".join(rest), path.parts[number]


_CODE = r"(?P<code>[A-Za-z]{1,8}(?:-[A-Za-z]{2,4})?)"
_PLACES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<rest>.+)\.{_CODE}",
        rf"(?P<rest>.+?)[ _-]*[(\[]{_CODE}[)\]]",
        rf"(?P<rest>.+)[ _-]{_CODE}",
        rf"{_CODE}[ ._-](?P<rest>.+)",
    )
)
"""Where in a name a language may stand: ``x.zh``, ``x (zh)``, ``x_zh``, ``zh_x``."""


def _work_id(rest: str, path: PurePosixPath, naming: Naming) -> str:
    found = naming.id.search(str(path)) if naming.id else None
    if found is None:
        return rest
    return str(found[1] if found.re.groups and found[1] else found[0])


def read_manifest(path: Path, naming: Naming) -> tuple[Job, ...]:
    """Read a table of works: ``id`` and a column per language; other columns are passed over.

    Raises:
        ParseError: No such table; an id that is missing, twice there or no plain name; a path that
            leads out of the manifest's folder.
    """
    lines = [(n, line) for n, line in enumerate(read_text(path).split("\n"), 1) if line.strip()]
    rows = [(n, line.split("\t")) for n, line in lines if not line.startswith("#")]
    header = [_column(name.strip(), naming) for name in rows[0][1]] if rows else []
    if "id" not in header or not set(header) - {"id", ""}:
        raise ParseError("the first line names the columns id, zh, ru, ...", path=path)
    jobs: dict[str, Job] = {}
    for line, cells in rows[1:]:
        job = _listed(dict(zip(header, map(str.strip, cells), strict=False)), path, line)
        if job.id in jobs:
            raise ParseError(f"{job.id} is there twice", path=path, line=line)
        jobs[job.id] = job
    return tuple(jobs[work] for work in sorted(jobs))


def _column(name: str, naming: Naming) -> str:
    """Return ``id``, a language, or the empty string."""
    return name if name == "id" else naming.language(name) or ""


def _listed(row: Mapping[str, str], path: Path, line: int) -> Job:
    work = row.get("id", "")
    if not work or not _is_plain(work):
        raise ParseError(f"{work!r} is no id: use a name without .. and :", path=path, line=line)
    languages = language_order(
        [lang for lang, name in row.items() if lang not in ("id", "") and name]
    )
    texts = tuple((lang, str(_inside(path, row[lang], line))) for lang in languages)
    size = sum(Path(file).stat().st_size for _, file in texts if Path(file).exists())
    return Job(work, texts, "" if texts else "no file in any language", size)


def _is_plain(work: str) -> bool:
    parts = PurePosixPath(work).parts
    return not {"..", "/"} & set(parts) and not set(work) & set('\\:\0"')


def _inside(path: Path, name: str, line: int) -> Path:
    try:
        return contained(path.parent, name)
    except Exception as error:
        raise ParseError(str(error), path=path, line=line) from error
