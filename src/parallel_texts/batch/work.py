"""One document from files to results: what a worker does, on one machine or on many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import perf_counter

from parallel_texts.alignment import align
from parallel_texts.alignment.pieces import align_pieces
from parallel_texts.batch.jobs import BINS, Job, Outcome, Settings
from parallel_texts.batch.kept import kept_work, work_of
from parallel_texts.batch.likeness import signatures_of
from parallel_texts.batch.limits import check_passages, check_size, spent
from parallel_texts.batch.places import fetched, size_of
from parallel_texts.batch.records import finding_records, link_records, pack
from parallel_texts.batch.sharing import SharingEncoder
from parallel_texts.batch.storage import Storage, folder_of, open_storage
from parallel_texts.batch.timing import TimedEncoder
from parallel_texts.encoders import AdditiveEncoder, additive, load_encoder
from parallel_texts.errors import ParallelTextsError
from parallel_texts.exchange.formats import export
from parallel_texts.exchange.memories import storage
from parallel_texts.findings import check_codes, flag
from parallel_texts.findings.glossary import read_glossary
from parallel_texts.importing import import_version
from parallel_texts.model import Alignment, Authority, Finding, Link, Version, Work
from parallel_texts.parties import read_parties
from parallel_texts.party_detection import detect_parties

__all__ = [
    "FINDINGS",
    "LINKS",
    "Clock",
    "check_settings",
    "complete",
    "encoder_for",
    "encoder_named",
    "failure",
    "guarded",
    "process",
    "read_work",
    "ready",
    "timed",
]

LINKS = "links.jsonl.gz"
FINDINGS = "findings.jsonl.gz"
"""Names of the files of a work, in its folder."""
Clock = dict[str, float]
"""Seconds of each stage."""
_LONGEST_REASON = 500
"""Characters of the reason of a failure."""
_EXPORTS = {"tei": "alignment.tei.xml", "tmx": "memory.tmx"}


def ready(settings: Settings) -> None:
    """Load encoder and dictionaries, so that the first document does not wait for them."""
    found = align(_SAMPLE, encoder=encoder_named(settings.encoder))
    if settings.flag:
        flag(found)


def check_settings(settings: Settings) -> None:
    """Make sure that what every document needs is there, before the first is read.

    Raises:
        ParallelTextsError: No such encoder, party table, glossary or code, or a library is missing.
    """
    load_encoder(settings.encoder, cached=False)
    check_codes([*settings.select, *settings.ignore])
    _parties(settings.parties)
    _glossary(settings.glossary)
    if "tmx" in settings.exports:
        storage("tmx")


_SAMPLE = {
    "zh": ["双方应于1955年9月前签字。"],
    "ru": ["Стороны должны подписать договор до сентября 1955 г."],
    "en": ["The Parties shall sign the treaty before September 1955."],
}
"""Wakes up what reads numbers, dates, verbs and names in each language that has tables."""


def process(job: Job, settings: Settings) -> Outcome:
    """Import, align, flag and export one work.

    Deterministic but for ``seconds``. Writes nothing but files in the work's own folder, each
    whole or not at all. Whatever is wrong with a document ends in a failed outcome with a reason.
    """
    return guarded(job, settings, lambda: _process(job, settings))


def guarded(job: Job, settings: Settings, action: Callable[[], Outcome]) -> Outcome:
    """Return what ``action`` returns, or a failed outcome with the reason."""
    try:
        return action()
    except Exception as error:  # whatever is wrong with one document must not stop the others
        return failure(job, settings, error)


def failure(job: Job, settings: Settings, error: Exception) -> Outcome:
    """Return the outcome of a job that an error ended: its reason is one line."""
    if isinstance(error, MemoryError):
        reason = spent("memory", settings.limits)
    elif isinstance(error, ParallelTextsError):
        reason = str(error)
    else:  # a fault of ours or of a library
        reason = f"{type(error).__name__}: {error}"
    return Outcome(job.id, "failed", " ".join(reason.split())[:_LONGEST_REASON])


def _process(job: Job, settings: Settings) -> Outcome:
    clock: Clock = defaultdict(float)
    with timed(clock, "import"):
        work, notes = kept_work(job, settings) or read_work(job, settings)
    encoder = TimedEncoder(encoder_for(settings))
    with timed(clock, "align"):
        alignment = _align(work, encoder, settings)
    clock["encode"] = encoder.seconds
    clock["align"] -= encoder.seconds
    return complete(work, notes, alignment, settings, clock)


def complete(
    work: Work, notes: tuple[str, ...], alignment: Alignment, settings: Settings, clock: Clock
) -> Outcome:
    """Flag and write an aligned work, and say what became of it."""
    with timed(clock, "flag"):
        findings = _flag(work, alignment, settings)
    with timed(clock, "write"):
        files = _write(work, alignment, findings, settings)
    return _outcome(work, alignment, findings, notes, files, clock)


@contextmanager
def timed(clock: Clock, stage: str) -> Iterator[None]:
    """Add the seconds that pass inside to a stage."""
    start = perf_counter()
    yield
    clock[stage] += perf_counter() - start


@cache
def encoder_named(name: str) -> AdditiveEncoder:
    """Return an encoder, loaded once in a process."""
    return additive(load_encoder(name, cached=False))


def encoder_for(settings: Settings) -> AdditiveEncoder:
    """Return the encoder of a batch, with the vectors that its works share."""
    encoder = encoder_named(settings.encoder)
    return SharingEncoder(encoder, settings.shared) if settings.shared else encoder


def read_work(job: Job, settings: Settings) -> tuple[Work, tuple[str, ...]]:
    """Import a job's files; return the work, and what a person should check of the reading.

    Raises:
        ParallelTextsError: A file cannot be read, or is larger than allowed.
    """
    if job.problem:
        raise ParallelTextsError(job.problem)
    versions, notes = list[Version](), list[str]()
    for lang, file in job.texts:
        check_size(file, size_of(file), settings.limits)
        with fetched(file) as path:
            imported = import_version(path, job.id, lang, standing="unreported")
        check_passages(lang, len(imported.version.passages), settings.limits)
        versions.append(imported.version)
        notes += [f"{lang}: {note}" for note in imported.notes]
    return work_of(job.id, tuple(versions)), tuple(notes)


def _align(work: Work, encoder: AdditiveEncoder, settings: Settings) -> Alignment:
    if len(work.versions) == 1:
        return _alone(work.versions[0])
    texts = {version.lang: version.divisions for version in work.versions}
    return align_pieces(
        texts, encoder=encoder, fast=settings.fast, work=work.id, size=settings.piece
    )


def _alone(version: Version) -> Alignment:
    """A work in one language: a link for each passage."""
    links = tuple(
        Link(f"l{number + 1}", (version.lang,), ((number,),))
        for number in range(len(version.passages))
    )
    return Alignment((version.lang,), (version.passages,), links, version.work)


def _flag(work: Work, alignment: Alignment, settings: Settings) -> Sequence[Finding]:
    if not settings.flag:
        return ()
    return flag(
        alignment,
        parties=_parties(settings.parties) or detect_parties(alignment),
        work=work,
        select=settings.select,
        ignore=settings.ignore,
        glossary=_glossary(settings.glossary),
    )


@cache
def _parties(path: str) -> tuple[Authority, ...]:
    return read_parties(Path(path)) if path else ()


@cache
def _glossary(path: str) -> tuple[Authority, ...]:
    return read_glossary(Path(path)) if path else ()


def _write(
    work: Work, alignment: Alignment, findings: Sequence[Finding], settings: Settings
) -> tuple[str, ...]:
    """Write the work's files and return their names."""
    storage = open_storage(settings.out)
    written = {
        LINKS: pack(link_records(alignment, findings)),
        FINDINGS: pack(finding_records(work.id, findings)),
    }
    for form in settings.exports:
        written[_EXPORTS[form]] = export(alignment, form, findings=findings, work=work)
    return tuple(_put(storage, work.id, name, data) for name, data in written.items())


def _put(storage: Storage, work: str, name: str, data: bytes) -> str:
    storage.write(f"{folder_of(work)}/{name}", data)
    return name


def _outcome(
    work: Work,
    alignment: Alignment,
    findings: Sequence[Finding],
    notes: tuple[str, ...],
    files: tuple[str, ...],
    clock: Clock,
) -> Outcome:
    confidences = [link.confidence for link in alignment]
    sizes = tuple((v.lang, len(v.passages)) for v in work.versions)
    lengths = tuple((v.lang, sum(len(p.text) for p in v.passages)) for v in work.versions)
    return Outcome(
        id=work.id,
        status="aligned" if len(work.versions) > 1 else "alone",
        passages=sizes,
        characters=lengths,
        links=_counts(link.shape for link in alignment),
        confidence=round(sum(confidences) / len(confidences), 4),
        bins=_histogram(confidences),
        findings=_counts(finding.code for finding in findings),
        notes=notes,
        signatures=signatures_of(work),
        files=files,
        seconds=tuple((stage, round(value, 3)) for stage, value in sorted(clock.items())),
    )


def _counts(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items()))


def _histogram(confidences: Sequence[float]) -> tuple[int, ...]:
    counts = Counter(min(int(c * BINS), BINS - 1) for c in confidences)
    return tuple(counts[n] for n in range(BINS))
