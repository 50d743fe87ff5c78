"""The main job: corpus to validated, aligned, flagged works and their side-by-side edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from parallel_texts.adding import extend_alignment
from parallel_texts.alignment import align
from parallel_texts.corpus import (
    corpus_path,
    keep_alignment,
    kept_judgements,
    kept_part,
    load_corpus,
)
from parallel_texts.edition import render_site
from parallel_texts.errors import CorpusError
from parallel_texts.findings import flag
from parallel_texts.findings.glossary import read_glossary
from parallel_texts.findings.judged import with_judgements
from parallel_texts.frames import Results
from parallel_texts.i18n import UI_LANGUAGES
from parallel_texts.model import Alignment, Authority, Corpus, Finding, Link, Version, Work
from parallel_texts.validation import Problem, validate

__all__ = ["Built", "InvalidCorpusError", "align_work", "build", "flag_work"]


class InvalidCorpusError(CorpusError):
    """The corpus has errors; ``problems`` lists them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = "1 error" if len(problems) == 1 else f"{len(problems)} errors"
        super().__init__(f"{count} in the corpus: correct what is named and build again")


@dataclass(frozen=True, slots=True)
class Built:
    """What :func:`build` made.

    Attributes:
        corpus: The corpus as it was read.
        alignments: Per work id.
        findings: Per work id.
        index: The page to open.
    """

    corpus: Corpus
    alignments: dict[str, Alignment]
    findings: dict[str, tuple[Finding, ...]]
    index: Path


def build(
    corpus: Path | None,
    out: Path,
    *,
    ui_lang: str = "en",
    theme: Path | None = None,
    track: Callable[[Iterable[Work], str], Iterable[Work]] = lambda works, _: works,
) -> Built:
    """Validate a corpus, align and flag each work and write the editions.

    Args:
        corpus: Folder; ``None`` as in :func:`parallel_texts.corpus.load_corpus`.
        out: Folder of the site, made if need be.
        ui_lang: Language of the interface and of findings: ``en``, ``ru``, ``zh`` or ``all``.
        theme: Folder whose templates and style replace or add to the package's own.
        track: Wraps the works of a stage, given its name, to show progress.

    Raises:
        InvalidCorpusError: ``validate`` finds an error.
        ParallelTextsError: A file cannot be read or written.
    """
    problems = [p for p in validate([corpus_path(corpus)]) if p.is_error]
    if problems:
        raise InvalidCorpusError(problems)
    loaded = _with_texts(load_corpus(corpus))
    alignments = {work.id: align_work(loaded, work) for work in track(loaded.works, "aligning")}
    translated: dict[str, dict[str, tuple[Finding, ...]]] = {
        lang: {
            work.id: flag_work(loaded, work, alignments[work.id], ui_lang=lang)
            for work in track(loaded.works, f"flagging ({lang})")
        }
        for lang in (UI_LANGUAGES if ui_lang == "all" else (ui_lang,))
    }
    findings = next(iter(translated.values()))
    render_site(
        loaded, alignments, findings, out, ui_lang=ui_lang, theme=theme, translated=translated
    )
    return Built(loaded, alignments, findings, out / "index.html")


def _with_texts(corpus: Corpus) -> Corpus:
    """Return the corpus without works that have no version yet."""
    return replace(corpus, works=tuple(work for work in corpus.works if work.versions))


def align_work(corpus: Corpus, work: Work, *, keep: bool = True) -> Alignment:
    """Return the kept alignment of a work if it is current, else align anew and keep that.

    Where a person has checked the links of some versions, the others join them and nothing is kept.
    """
    kept = kept_part(corpus, work)
    if kept is not None and set(kept.languages) == set(work.languages):
        return kept
    if len(work.versions) == 1:
        return _alone(work.versions[0])
    if kept is not None and kept.checked:
        new = (version for version in work.versions if version.lang not in kept.languages)
        return reduce(extend_alignment, new, kept)
    alignment = align({v.lang: v.divisions for v in work.versions}, work=work.id)
    if keep:
        keep_alignment(corpus, work, alignment)
    return alignment


def flag_work(
    corpus: Corpus, work: Work, alignment: Alignment, *, ui_lang: str = "en"
) -> Results[Finding]:
    """Return the findings of a work of the corpus, with its parties, names and glossary.

    What a person refused stays away while its passages are unchanged; what was confirmed says so.
    """
    found = flag(
        alignment,
        parties=corpus.parties(),
        work=work,
        ui_lang=ui_lang,
        names=tuple(a for a in corpus.authorities if a.kind in ("person", "place")),
        glossary=_glossary(Path(corpus.path)),
    )
    return Results(with_judgements(found, kept_judgements(corpus, work), alignment))


def _glossary(folder: Path) -> tuple[Authority, ...]:
    path = folder / "glossary.tsv"
    return read_glossary(path) if path.is_file() else ()


def _alone(version: Version) -> Alignment:
    """A work in one language: a link for each passage."""
    links = tuple(
        Link(id=f"l{number + 1}", languages=(version.lang,), sides=((number,),))
        for number in range(len(version.passages))
    )
    return Alignment((version.lang,), (version.passages,), links, work=version.work)
