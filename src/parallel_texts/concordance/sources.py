"""What can be searched: works of a corpus or alignments; a hash tells when one has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

from parallel_texts import __version__
from parallel_texts.corpus import kept_part
from parallel_texts.findings import flag
from parallel_texts.model import Alignment, Corpus, Finding, Link, Passage, Work
from parallel_texts.pipeline import align_work, flag_work

__all__ = ["Source", "Texts", "of_alignments", "of_corpus", "sources_of"]

Texts = Corpus | Alignment | Iterable[Alignment]
"""What an index can hold."""


@dataclass(frozen=True, slots=True)
class Source:
    """One work to be searched; aligned and flagged when that is first needed."""

    id: str
    hash: str
    work: Work | None
    align: Callable[[], Alignment]
    flag: Callable[[Alignment], tuple[Finding, ...]]


def sources_of(texts: Texts) -> Iterator[Source]:
    """Yield the works of a corpus, or alignments."""
    if isinstance(texts, Corpus):
        return of_corpus(texts)
    return of_alignments([texts] if isinstance(texts, Alignment) else texts)


def of_corpus(corpus: Corpus) -> Iterator[Source]:
    """Yield the works of a corpus that have a text."""
    for work in corpus.works:
        if work.versions:
            kept = kept_part(corpus, work)
            facts = (work.date, *((v.lang, v.standing, v.origin) for v in work.versions))
            passages = (p for version in work.versions for p in version.passages)
            yield Source(
                id=work.id,
                hash=_hash(facts, passages, kept.links if kept else ()),
                work=work,
                align=partial(align_work, corpus, work, keep=False),
                flag=partial(flag_work, corpus, work),
            )


def of_alignments(alignments: Iterable[Alignment]) -> Iterator[Source]:
    """Yield alignments; those of no work are numbered."""
    for number, alignment in enumerate(alignments, 1):
        passages = (passage for side in alignment.passages for passage in side)
        yield Source(
            id=alignment.work or f"text-{number}",
            hash=_hash(alignment.languages, passages, alignment.links),
            work=None,
            align=partial(_same, alignment),
            flag=flag,
        )


def _same(alignment: Alignment) -> Alignment:
    return alignment


def _hash(facts: tuple[object, ...], passages: Iterable[Passage], links: Iterable[Link]) -> str:
    digest = blake2b(repr((__version__, facts)).encode(), digest_size=16)
    for passage in passages:
        digest.update(f"{passage.id}\t{passage.text}\n".encode())
    for link in links:
        digest.update(repr((link.id, link.sides)).encode())
    return digest.hexdigest()
