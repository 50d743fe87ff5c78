"""New versions into a corpus: written, aligned with what is there, nothing lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from parallel_texts.alignment import align
from parallel_texts.corpus import alignment_path, kept_alignment, version_path
from parallel_texts.errors import CorpusError
from parallel_texts.model import Alignment, Corpus, Link, Passage, Version, Work, language_order
from parallel_texts.tei import format_alignment, format_version, read_version_bytes
from parallel_texts.transactions import write_together

__all__ = ["Added", "add_version", "add_versions", "check_id", "extend_alignment"]

_ID = re.compile(r"[A-Za-z_][\w.-]{0,99}")
_LANG = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Added:
    """What adding versions made.

    Attributes:
        paths: The versions' files.
        alignment: Of all versions of the work; ``None`` where there is only one.
        written: False after a dry run.
    """

    paths: tuple[Path, ...]
    alignment: Alignment | None
    written: bool


def add_version(
    corpus: Corpus,
    version: Version,
    *,
    dry_run: bool = False,
    force: bool = False,
    data: bytes | None = None,
) -> Added:
    """Write one version into a corpus; see :func:`add_versions`.

    Raises:
        CorpusError: As there, or the corpus has no such work.
    """
    check_id(version.work)
    if corpus.work(version.work) is None:
        raise CorpusError(f"no work {version.work!r} in {corpus.path}: {_advice(corpus, version)}")
    given = {version.lang: data} if data is not None else {}
    return add_versions(corpus, [version], dry_run=dry_run, force=force, data=given)


def _advice(corpus: Corpus, version: Version) -> str:
    near = get_close_matches(version.work, [work.id for work in corpus.works], n=1)
    make = f"parallel-texts new {version.work} makes one"
    return f"is it {near[0]}? else {make}" if near else make


def add_versions(
    corpus: Corpus,
    versions: Sequence[Version],
    *,
    dry_run: bool = False,
    force: bool = False,
    data: Mapping[str, bytes] | None = None,
    extra: Mapping[Path, bytes] | None = None,
) -> Added:
    """Write versions of one work into a corpus and align them with the work's others.

    Links that a person has checked stay as they are: a new version's passages join them, and the
    checked file is kept beside the new one. Everything is worked out before anything is written,
    and then all files are written as one.

    Args:
        corpus: As loaded; it is not changed.
        versions: Of one work.
        dry_run: Work everything out and write nothing.
        force: Replace versions that are there.
        data: Per language a version file's bytes, written as they are.
        extra: Further files of the corpus to write with them.

    Raises:
        CorpusError: The corpus has such a version and ``force`` is not given, the version one
            translates is missing, or an id cannot be a file's name.
        ParallelTextsError: A file cannot be written.
    """
    folder, work_id = Path(corpus.path), versions[0].work
    paths = tuple(version_path(corpus, check_lang(v.lang), check_id(v.work)) for v in versions)
    work = _with(corpus.work(work_id), versions)
    _check(versions, paths, work, force)
    given = data or {}
    contents = {
        p: given.get(v.lang) or format_version(v) for p, v in zip(paths, versions, strict=True)
    }
    work = _with(work, [read_version_bytes(data, p) for p, data in contents.items()])
    alignment = _alignment(corpus, work, versions)
    if alignment is not None:
        contents |= _alignment_files(folder, work, alignment)
    if not dry_run:
        write_together(folder, {**contents, **(extra or {})})
    return Added(paths, alignment, not dry_run)


def check_id(work_id: str) -> str:
    """Return a work's id if it can be an XML id and a file's name.

    Raises:
        CorpusError: It cannot.
    """
    if not _ID.fullmatch(work_id):
        raise CorpusError(
            f"{work_id!r} is no id of a work: use letters, digits, - and _, such as chita-1955"
        )
    return work_id


def check_lang(lang: str) -> str:
    """Return a language key if it is one.

    Raises:
        CorpusError: It is not two or three small letters.
    """
    if not _LANG.fullmatch(lang):
        raise CorpusError(f"{lang!r} is no language: use a tag such as zh, ru, en or zh-Hant")
    return lang


def _check(versions: Sequence[Version], paths: Sequence[Path], work: Work, force: bool) -> None:
    for version, path in zip(versions, paths, strict=True):
        if path.exists() and not force:
            raise CorpusError(f"{path}: is there already: use --force to replace it")
        source = version.translation_of
        if source and (source == version.lang or work.version(source) is None):
            raise CorpusError(f"{version.work} has no version in {source} to be a translation of")


def _with(work: Work | None, versions: Sequence[Version]) -> Work:
    """Return the work with new versions among the others."""
    first = versions[0]
    if work is None:
        work = Work(first.work, "", tuple((v.lang, v.title) for v in versions), ())
    others = {v.lang: v for v in (*work.versions, *versions)}
    return replace(work, versions=tuple(others[lang] for lang in language_order(others)))


def _alignment(corpus: Corpus, work: Work, versions: Sequence[Version]) -> Alignment | None:
    if len(work.versions) < 2:
        return None
    before = corpus.work(work.id)
    kept = kept_alignment(corpus, before) if before is not None and before.versions else None
    new = [v.lang for v in versions]
    if kept is None or not kept.checked or any(lang in kept.languages for lang in new):
        return align({v.lang: v.divisions for v in work.versions}, work=work.id)
    for lang in new:
        version = work.version(lang)
        assert version is not None
        kept = extend_alignment(kept, version)
    return kept


def extend_alignment(checked: Alignment, version: Version) -> Alignment:
    """Join a version's passages to links that stay as they are.

    The version is aligned with the text it translates, else with the first. What answers to
    passages of two links joins the one that holds more of them, with its confidence halved.

    Args:
        checked: Links of the other versions.
        version: In a language that ``checked`` does not have.
    """
    anchor = version.translation_of or checked.languages[0]
    side = checked.passages[checked.languages.index(anchor)]
    pairs = align({anchor: _texts(side), version.lang: _texts(version.passages)})
    home = {n: i for i, link in enumerate(checked.links) for n in link[anchor]}
    joined: dict[int, list[int]] = {}
    doubt: dict[int, float] = {}
    loose: dict[int, list[int]] = {}
    last = -1
    for pair in pairs:
        owners = Counter(home[n] for n in pair[anchor])
        if not owners:
            loose.setdefault(last, []).extend(pair[version.lang])
            continue
        last = owners.most_common(1)[0][0]
        joined.setdefault(last, []).extend(pair[version.lang])
        doubt[last] = min(doubt.get(last, 1.0), pair.confidence / (1 if len(owners) == 1 else 2))
    return _extended(checked, version, joined, doubt, loose)


def _texts(passages: Sequence[Passage]) -> list[str]:
    return [passage.text for passage in passages]


def _extended(
    checked: Alignment,
    version: Version,
    joined: dict[int, list[int]],
    doubt: dict[int, float],
    loose: dict[int, list[int]],
) -> Alignment:
    languages = language_order([*checked.languages, version.lang])
    by_lang = dict(zip(checked.languages, checked.passages, strict=True))
    by_lang[version.lang] = version.passages

    def link(sides: dict[str, tuple[int, ...]], confidence: float, moved: bool = False) -> Link:
        ordered = tuple(sides.get(lang, ()) for lang in languages)
        return Link("", languages, ordered, confidence=confidence, moved=moved)

    links = [link({version.lang: (n,)}, 0.5) for n in loose.get(-1, [])]
    for i, old in enumerate(checked.links):
        sides = {lang: old[lang] for lang in checked.languages}
        sides[version.lang] = tuple(sorted(joined.get(i, [])))
        links.append(link(sides, doubt.get(i, old.confidence), old.moved))
        links.extend(link({version.lang: (n,)}, 0.5) for n in loose.get(i, []))
    numbered = tuple(replace(item, id=f"l{n}") for n, item in enumerate(links, start=1))
    return Alignment(
        languages, tuple(by_lang[lang] for lang in languages), numbered, work=checked.work
    )


def _alignment_files(folder: Path, work: Work, alignment: Alignment) -> dict[Path, bytes]:
    """Return the new alignment's file, and the one that a person worked on set aside."""
    path = alignment_path(folder, work.id)
    new = {path: format_alignment(alignment, work.versions)}
    before = path.read_bytes() if path.exists() else b""
    if b'cert="high"' not in before and b"<annotation" not in before:
        return new
    languages = "-".join(_languages_of(before))
    aside = path.with_name(f"{work.id}.{languages}.xml")
    own = f'xml:id="alignment.{work.id}'.encode()
    return new | {aside: before.replace(own + b'"', own + f'.{languages}"'.encode(), 1)}


def _languages_of(alignment_file: bytes) -> tuple[str, ...]:
    found = re.search(rb'targFunc="([^"]+)"', alignment_file)
    return tuple(found[1].decode().split()) if found else ("checked",)
