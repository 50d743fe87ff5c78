"""What ``flag`` can be given: a work, a table, an alignment file, or texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parallel_texts import Alignment, Authority, Corpus, Division, Link, ParallelTextsError, Work
from parallel_texts.errors import CorpusError
from parallel_texts.findings import read_glossary
from parallel_texts.tables import is_table, read_tables

__all__ = ["Input", "open_input"]

_LANGUAGE_FILE = re.compile(r"(?P<lang>[A-Za-z]{2,3})(?:-[A-Za-z]+)?=(?P<file>.+)")


@dataclass(frozen=True, slots=True)
class Input:
    """Alignments to look at, one after another, with what the corpus knows of them.

    Rows of a table stand alone (``rows_alone``): they may have nothing to do with one another.
    """

    alignments: Iterable[Alignment]
    work: Work | None = None
    parties: tuple[Authority, ...] = ()
    names: tuple[Authority, ...] = ()
    glossary: tuple[Authority, ...] = ()
    title: str = ""
    path: Path | None = None
    rows_alone: bool = False


def open_input(
    inputs: Sequence[str], *, corpus: Path | None, lines: bool, glossary: Path | None = None
) -> Input:
    """Return what the arguments of the command name, with names and terms to compare.

    Terms come from ``glossary``, else from the corpus where the input is a work of it.

    Raises:
        ParallelTextsError: Nothing of that name, or arguments that do not go together.
    """
    source = _source(inputs, corpus, lines)
    terms = read_glossary(glossary) if glossary else source.glossary
    return replace(source, glossary=terms, names=source.names or _names(corpus))


def _source(inputs: Sequence[str], corpus: Path | None, lines: bool) -> Input:
    pairs = [_LANGUAGE_FILE.fullmatch(argument) for argument in inputs]
    if all(pairs[1:]) and not pairs[0] and len(pairs) > 1 and Path(inputs[0]).is_file():
        return _exchanged(Path(inputs[0]), _read_texts(inputs[1:], pairs[1:], lines))
    if any(pairs):
        return Input([_aligned(_read_texts(inputs, pairs, lines))])
    if len(inputs) > 1:
        raise ParallelTextsError("one work, table or alignment at a time, or LANG=FILE for texts")
    path = Path(inputs[0])
    if is_table(path):
        return Input(read_tables(path), rows_alone=True)
    if path.is_file() and path.suffix.lower() == ".xml" and _is_of_corpus(path, corpus):
        return _alignment_file(path, corpus)
    if path.is_file() and path.suffix:
        return _exchanged(path, {})
    return _corpus_work(inputs[0], corpus)


def _names(corpus: Path | None) -> tuple[Authority, ...]:
    """Return people and places of the corpus: other texts may name them too."""
    from parallel_texts.corpus import corpus_path
    from parallel_texts.tei import read_corpus_header

    try:
        header = read_corpus_header(corpus_path(corpus) / "corpus.xml")
    except ParallelTextsError:
        if corpus is not None:
            raise
        return ()
    return _people_and_places(header.authorities)


def _people_and_places(authorities: Iterable[Authority]) -> tuple[Authority, ...]:
    return tuple(a for a in authorities if a.kind in ("person", "place"))


def _terms(folder: Path) -> tuple[Authority, ...]:
    path = folder / "glossary.tsv"
    return read_glossary(path) if path.is_file() else ()


def _read_texts(
    inputs: Sequence[str], pairs: Sequence[re.Match[str] | None], lines: bool
) -> dict[str, tuple[Division, ...]]:
    from parallel_texts import read_plain

    texts: dict[str, tuple[Division, ...]] = {}
    for argument, pair in zip(inputs, pairs, strict=True):
        if pair is None:
            raise ParallelTextsError(f"{argument!r}: give every text as LANG=FILE")
        lang = pair["lang"].lower()
        if lang in texts:
            raise ParallelTextsError(f"{lang} is given twice: one file a language")
        texts[lang] = read_plain(Path(pair["file"]), lang, lines=lines)
    return texts


def _exchanged(path: Path, texts: dict[str, tuple[Division, ...]]) -> Input:
    """Read an alignment that another program or ``export`` wrote, with its texts or those given."""
    from parallel_texts.exchange import read_aligned

    passages = {
        lang: [p for division in divisions for p in division.passages]
        for lang, divisions in texts.items()
    }
    alignment = read_aligned(path, passages)
    if not any(p.text.strip() for side in alignment.passages for p in side):
        raise ParallelTextsError(
            f"{path}: holds passage numbers and no text: name the texts after it as LANG=FILE"
        )
    return Input([alignment], title=alignment.work)


def _aligned(texts: dict[str, tuple[Division, ...]], work: str = "") -> Alignment:
    if len(texts) == 1:
        return _alone(texts, work)
    from parallel_texts import align

    return align(texts, work=work)


def _alone(texts: dict[str, tuple[Division, ...]], work: str) -> Alignment:
    ((lang, divisions),) = texts.items()
    passages = tuple(p for division in divisions for p in division.passages)
    links = tuple(Link(p.id, (lang,), ((n,),)) for n, p in enumerate(passages))
    return Alignment((lang,), (passages,), links, work=work)


def _corpus_work(name: str, corpus: Path | None) -> Input:
    from parallel_texts import align_work, load_corpus
    from parallel_texts.corpus import find_work

    loaded = load_corpus(corpus)
    work = find_work(loaded, name, or_file=True)
    alignment = align_work(loaded, work, keep=False)
    path = Path(loaded.path) / "alignments" / f"{work.id}.xml"
    return _of_corpus(loaded, work, alignment, path)


def _of_corpus(loaded: Corpus, work: Work, alignment: Alignment, path: Path) -> Input:
    return Input(
        [alignment],
        work,
        loaded.parties(),
        _people_and_places(loaded.authorities),
        _terms(Path(loaded.path)),
        work.title("en"),
        path,
    )


def _is_of_corpus(path: Path, corpus: Path | None) -> bool:
    return corpus is not None or (
        path.resolve().parent.name == "alignments"
        and (path.resolve().parent.parent / "corpus.xml").is_file()
    )


def _alignment_file(path: Path, corpus: Path | None) -> Input:
    """Read an alignment of the corpus with the versions that it points to."""
    from parallel_texts import load_corpus
    from parallel_texts.tei import read_alignment

    folder = path.resolve().parent
    loaded = load_corpus(corpus if corpus is not None else folder.parent)
    work = loaded.work(path.stem)
    if work is None:
        raise CorpusError(f"{path}: no work {path.stem!r} in {loaded.path}; give --corpus DIR")
    return _of_corpus(loaded, work, read_alignment(path, work.versions), path)
