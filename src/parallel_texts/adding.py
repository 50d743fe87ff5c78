"""A new version into a corpus: written, aligned with what is there, nothing lost on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parallel_texts.alignment import align
from parallel_texts.corpus import (
    alignment_path,
    keep_alignment,
    kept_alignment,
    load_corpus,
    version_path,
)
from parallel_texts.errors import CorpusError
from parallel_texts.model import Alignment, Corpus, Link, Passage, Version, Work, language_order
from parallel_texts.tei import write_version

__all__ = ["Added", "add_version", "extend_alignment"]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a version made.

    Attributes:
        path: The version's file.
        alignment: Of all versions of the work; ``None`` where it is the only one.
        written: False after a dry run.
    """

    path: Path
    alignment: Alignment | None
    written: bool


def add_version(
    corpus: Corpus, version: Version, *, dry_run: bool = False, force: bool = False
) -> Added:
    """Write a version into a corpus and align it with the work's other versions.

    Links that a person has checked stay as they are: the new passages join them, and the checked
    file is kept beside the new one. Everything is worked out before anything is written.

    Args:
        corpus: As loaded; it is not changed.
        version: Of a work of the corpus, or of a new one.
        dry_run: Work everything out and write nothing.
        force: Replace a version that is there.

    Raises:
        CorpusError: The corpus has this version and ``force`` is not given, or the version it
            translates is missing.
        ParallelTextsError: A file cannot be written.
    """
    path = version_path(corpus, version.lang, version.work)
    _check(corpus, version, path, force)
    work = _with(corpus.work(version.work), version)
    alignment = _alignment(corpus, work, version)
    if not dry_run:
        write_version(version, path)
        if alignment is not None:
            _keep(path.parent.parent, work, alignment)
    return Added(path, alignment, not dry_run)


def _check(corpus: Corpus, version: Version, path: Path, force: bool) -> None:
    if path.exists() and not force:
        raise CorpusError(f"{path}: is there already: use --force to replace it")
    source = version.translation_of
    work = corpus.work(version.work)
    if source and (work is None or work.version(source) is None):
        raise CorpusError(f"{version.work} has no version in {source} to be a translation of")


def _with(work: Work | None, version: Version) -> Work:
    """Return the work with the new version among the others."""
    if work is None:
        return Work(version.work, "", ((version.lang, version.title),), (version,))
    others = {v.lang: v for v in work.versions} | {version.lang: version}
    return replace(work, versions=tuple(others[lang] for lang in language_order(others)))


def _alignment(corpus: Corpus, work: Work, version: Version) -> Alignment | None:
    if len(work.versions) < 2:
        return None
    before = corpus.work(work.id)
    kept = kept_alignment(corpus, before) if before is not None else None
    if kept is not None and kept.checked and version.lang not in kept.languages:
        return extend_alignment(kept, version)
    return align({v.lang: v.divisions for v in work.versions}, work=work.id)


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


def _keep(folder: Path, work: Work, alignment: Alignment) -> None:
    """Keep the new alignment; a checked one is set aside under the names of its languages."""
    corpus = load_corpus(folder)
    now = corpus.work(work.id)
    path = alignment_path(corpus, work.id)
    if path.exists() and b'resp="#editor"' in path.read_bytes():
        languages = _languages_of(path)
        path.replace(path.with_name(f"{work.id}.{'-'.join(languages)}.xml"))
    if now is not None:
        keep_alignment(corpus, now, _over(alignment, now))


def _languages_of(path: Path) -> tuple[str, ...]:
    found = re.search(rb'targFunc="([^"]+)"', path.read_bytes())
    return tuple(found[1].decode().split()) if found else ("checked",)


def _over(alignment: Alignment, work: Work) -> Alignment:
    """Return the alignment over the passages as they were read back."""
    read = {version.lang: version.passages for version in work.versions}
    return replace(alignment, passages=tuple(read[lang] for lang in alignment.languages))
