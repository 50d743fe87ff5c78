"""The table of formats: what ``export --to`` writes and what ``merge`` reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parallel_texts.errors import ExchangeError
from parallel_texts.exchange import jsonl, memories, sheets, xliff
from parallel_texts.exchange.intertext import document_name, write_intertext, write_text
from parallel_texts.exchange.pages import write_html_table
from parallel_texts.exchange.po import read_po, write_po
from parallel_texts.exchange.proposals import UnitFile
from parallel_texts.exchange.rows import Row, rows
from parallel_texts.exchange.vecalign import format_vecalign
from parallel_texts.judgements import Judgement
from parallel_texts.model import Alignment, Finding, Work
from parallel_texts.tei import Remark, format_bundle

__all__ = ["READERS", "WITHOUT_TEXT", "WRITERS", "Job", "companions", "export", "read_unit_file"]


@dataclass(frozen=True, slots=True)
class Job:
    """What a writer works on.

    Attributes:
        alignment: Of two to n languages.
        languages: Those to write, source first.
        rows: One a link.
        work: Header facts, where the texts belong to a corpus.
    """

    alignment: Alignment
    languages: tuple[str, ...]
    rows: tuple[Row, ...]
    work: Work | None = None

    @property
    def labels(self) -> dict[str, str]:
        """Standing and origin per language: no one shall take a reconstruction for more."""
        versions = self.work.versions if self.work else ()
        return {v.lang: f"{v.standing}, {v.origin}" for v in versions if v.lang in self.languages}

    @property
    def pair(self) -> tuple[str, str]:
        """Source and target language.

        Raises:
            ExchangeError: Not exactly two languages were chosen.
        """
        if len(set(self.languages)) != 2:
            raise ExchangeError(
                "this format holds two languages: give --source-lang and --target-lang"
            )
        return self.languages[0], self.languages[1]


def _po(job: Job) -> str:
    return write_po(job.rows, *job.pair, work=job.work)


def _tmx(job: Job) -> bytes:
    return memories.write_tmx(job.rows, job.languages, work=job.work)


def _xliff(job: Job) -> bytes:
    return xliff.write_xliff(job.rows, *job.pair, work=job.work)


def _xliff2(job: Job) -> bytes:
    return xliff.write_xliff2(job.rows, *job.pair, work=job.work)


def _csv(job: Job) -> str:
    return sheets.write_csv(job.rows, job.languages, job.labels)


def _xlsx(job: Job) -> bytes:
    return sheets.write_xlsx(job.rows, job.languages, job.labels)


def _jsonl(job: Job) -> str:
    return jsonl.write_jsonl(job.rows, job.languages, job.labels)


def _tei(job: Job) -> bytes:
    return format_bundle(
        _chosen(job.alignment, job.languages),
        job.work.title("en") if job.work else "",
        statement="; ".join(f"{lang}: {label}" for lang, label in job.labels.items()),
    )


def _vecalign(job: Job) -> str:
    return format_vecalign(_chosen(job.alignment, job.pair))


def _intertext(job: Job) -> str:
    return write_intertext(_chosen(job.alignment, job.pair), job.work)


def _html_table(job: Job) -> str:
    return write_html_table(job.rows, job.languages, job.work)


WRITERS: dict[str, Callable[[Job], str | bytes]] = {
    "po": _po,
    "tmx": _tmx,
    "xliff": _xliff,
    "xliff2": _xliff2,
    "csv": _csv,
    "xlsx": _xlsx,
    "jsonl": _jsonl,
    "tei": _tei,
    "intertext": _intertext,
    "vecalign": _vecalign,
    "html-table": _html_table,
}
"""Format to writer, in the order of the help."""

READERS: dict[str, Callable[[Path], UnitFile]] = {
    ".po": read_po,
    ".pot": read_po,
    ".tmx": memories.read_tmx,
    ".xlf": xliff.read_xliff,
    ".xliff": xliff.read_xliff,
    ".sdlxliff": xliff.read_xliff,
    ".csv": sheets.read_csv,
    ".tsv": sheets.read_csv,
    ".xlsx": sheets.read_xlsx,
}
"""File name ending to reader of what a translator brings back."""


def export(
    alignment: Alignment,
    to: str,
    *,
    languages: Sequence[str] = (),
    findings: Sequence[Finding] = (),
    remarks: Mapping[str, Sequence[Remark]] | None = None,
    work: Work | None = None,
    judgements: Sequence[Judgement] = (),
) -> bytes:
    """Return an alignment in another format.

    Args:
        alignment: Of two to n languages.
        to: A key of :data:`WRITERS`.
        languages: Those to write, source first; all of the alignment by default.
        findings: Become comments, and mark entries that need work.
        remarks: Per language what people said of passages: become comments and states.
        work: Gives titles, standing and origin.
        judgements: What people said of findings: become comments.

    Raises:
        ExchangeError: Unknown format or language, or more languages than the format holds.
        MissingDependencyError: The format's library is not installed.
    """
    if to not in WRITERS:
        raise ExchangeError(f"no format {to!r}: choose one of {', '.join(WRITERS)}")
    chosen = tuple(languages) or alignment.languages
    _check_languages(alignment, chosen, to)
    filled = rows(alignment, findings, remarks, judgements)
    written = WRITERS[to](Job(alignment, chosen, filled, work))
    return written.encode("utf-8") if isinstance(written, str) else written


_FILLED = ("po", "xliff", "xliff2", "csv", "xlsx")
"""Formats whose empty entries a translator fills: they may hold a language without a version."""


def _check_languages(alignment: Alignment, chosen: Sequence[str], to: str) -> None:
    unknown = [lang for lang in chosen if lang not in alignment.languages]
    may_be_new = to in _FILLED and len(unknown) == 1 and chosen[-1] == unknown[0] != chosen[0]
    if unknown and not may_be_new:
        have = ", ".join(alignment.languages)
        raise ExchangeError(f"no version in {', '.join(unknown)}: there are {have}")


def read_unit_file(path: Path) -> UnitFile:
    """Read what a translator's file says, by the file's ending.

    Raises:
        ExchangeError: Unknown ending, or a broken file.
        MissingDependencyError: The format's library is not installed.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ExchangeError(f"{path}: cannot merge {path.suffix}: use {', '.join(READERS)}")
    return reader(path)


WITHOUT_TEXT = ("vecalign", "intertext")
"""Formats that link passages and do not hold them."""


def companions(
    alignment: Alignment,
    to: str,
    path: Path,
    *,
    languages: Sequence[str] = (),
    work: Work | None = None,
) -> dict[Path, bytes]:
    """Return the files that belong beside an export: the texts that InterText's links name."""
    if to != "intertext":
        return {}
    return {
        path.parent / document_name(alignment, lang, work): write_text(alignment, lang).encode()
        for lang in languages or alignment.languages
    }


def _chosen(alignment: Alignment, pair: Sequence[str]) -> Alignment:
    """Return the alignment of some of its languages; links empty in all are left out."""
    order = [alignment.languages.index(lang) for lang in pair]
    links = [
        replace(link, languages=tuple(pair), sides=tuple(link.sides[i] for i in order))
        for link in alignment
    ]
    return Alignment(
        tuple(pair),
        tuple(alignment.passages[i] for i in order),
        tuple(link for link in links if any(link.sides)),
        work=alignment.work,
        responsible=alignment.responsible,
        checked=alignment.checked,
    )
