"""The words of a batch: a job is one work's files, its outcome what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import parallel_texts
from parallel_texts.alignment.pieces import PIECE
from parallel_texts.batch.limits import Limits
from parallel_texts.files import read_text

__all__ = ["BINS", "Job", "Outcome", "Settings"]

BINS = 10
"""Classes of confidence that an outcome counts: 0 to 0.1, to 0.2, up to 1."""


@dataclass(frozen=True, slots=True)
class Job:
    """One work: the files that hold its versions.

    Attributes:
        id: Unique in the batch; a relative path: ``1858/aigun``.
        texts: Language and file of each version, zh, ru and en first.
        problem: Why these files are no work, or empty: two files for one language, say.
        size: Bytes of all files.
        inputs: Digest of what the files hold, once they have been looked at.
    """

    id: str
    texts: tuple[tuple[str, str], ...]
    problem: str = ""
    size: int = 0
    inputs: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the files, in their order."""
        return tuple(lang for lang, _ in self.texts)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is done with each job; results depend on all but ``out``, ``shared`` and ``limits``.

    Attributes:
        out: Folder of the results.
        encoder: Name for :func:`parallel_texts.load_encoder`.
        fast: Align quicker, a little less exact.
        piece: Passages from which a text is cut into pieces, see :mod:`.alignment.pieces`.
        flag: Look for findings.
        select: Codes, or their beginnings, to look for; all without.
        ignore: Codes to leave out.
        parties: File with parties, or empty: read from each text.
        glossary: File with terms, or empty.
        exports: What is written for each work beside its links: ``tei``, ``tmx``.
        shared: Folder of vectors that several works need, or empty.
        limits: What one document may cost.
    """

    out: str
    encoder: str = "use"
    fast: bool = False
    piece: int = PIECE
    flag: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    parties: str = ""
    glossary: str = ""
    exports: tuple[str, ...] = ()
    shared: str = ""
    limits: Limits = field(default_factory=Limits)

    def digest(self) -> str:
        """Return 16 hex digits that change when results may: settings, tables, version."""
        facts = asdict(self)
        for name in ("out", "shared", "limits"):
            del facts[name]
        for name in ("parties", "glossary"):
            facts[name] = read_text(Path(facts[name])) if facts[name] else ""
        content = json.dumps([parallel_texts.__version__, facts], sort_keys=True)
        return blake2b(content.encode(), digest_size=8).hexdigest()


Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job.

    Attributes:
        id: Of the job.
        status: ``aligned``; ``alone``, in one language only; or ``failed``.
        reason: Why it failed, in one line.
        passages: Per language.
        characters: Per language.
        links: Links of each kind: ``1:1``, ``1:0``.
        confidence: Mean confidence of the links; 1 without any.
        bins: Links in each of :data:`BINS` classes of confidence.
        findings: Findings of each code.
        notes: What a person should check of the reading.
        signatures: Per language what :mod:`parallel_texts.batch.likeness` compares.
        files: Files written under the work's own folder.
        seconds: Per stage; the only part that differs between two runs.
    """

    id: str
    status: str
    reason: str = ""
    passages: Counts = ()
    characters: Counts = ()
    links: Counts = ()
    confidence: float = 1.0
    bins: tuple[int, ...] = (0,) * BINS
    findings: Counts = ()
    notes: tuple[str, ...] = ()
    signatures: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()

    @property
    def done(self) -> bool:
        """Whether the job need not be done again."""
        return self.status != "failed"

    def record(self) -> dict[str, Any]:
        """Return plain values, as JSON holds them; see :meth:`from_record`."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Outcome:
        """Return the outcome that :meth:`record` described; unknown names are left out."""
        known = {f.name: record[f.name] for f in fields(cls) if f.name in record}
        return cls(**{name: _frozen(value) for name, value in known.items()})

    def without_times(self) -> Outcome:
        """Return the part that is the same whenever the same work is done."""
        return replace(self, seconds=())


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
