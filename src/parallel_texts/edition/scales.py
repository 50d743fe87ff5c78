"""Rights and duties per party as a small chart: how many, of which kind, and where the first is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from parallel_texts.edition.labels import BALANCES, NORMS, Translate, label, language_name
from parallel_texts.model import Corpus, Version, Work
from parallel_texts.norms import ALL, UNRESOLVED, Balance, Norm, balance, norms

__all__ = ["Scale", "ScaleCell", "ScaleRow", "weigh"]

_LIMIT = 600
"""Passages: the norms of longer texts take seconds, see the ``balance`` command for those."""
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class ScaleCell:
    """How many norms of a kind one party has: a number, a bar (0 to 100) and where to look."""

    count: int
    width: int
    anchor: str


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """A kind of norm with a cell per column."""

    label: str
    cells: tuple[ScaleCell, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """The chart: columns are the parties, then all of them together.

    Attributes:
        columns: Names of the columns.
        rows: Kinds of norm that the text has.
        verdicts: How many actions are mutual, mirrored, unequal, one-sided, with their words.
        language: Name of the language that was read.
    """

    columns: tuple[str, ...]
    rows: tuple[ScaleRow, ...]
    verdicts: tuple[tuple[str, int], ...]
    language: str


def weigh(
    corpus: Corpus,
    work: Work,
    anchor: Callable[[str, str], str],
    ui_lang: str,
    translate: Translate,
) -> Scale | None:
    """Return the chart of an agreement, or ``None`` where there is nothing to compare.

    Args:
        corpus: Names of the parties.
        work: The text read is the first authentic one, else the first that is no translation.
        anchor: Anchor of a passage, given language and id.
        ui_lang: Language of names.
        translate: The interface's catalogue.
    """
    version = _leading(work)
    if version is None or not _is_weighable(work, version):
        return None
    parties = corpus.parties()
    found = balance(norms(version.passages, parties), parties, only=work.parties)
    rows = tuple(_rows(found, lambda norm: anchor(version.lang, norm.passage), translate))
    if not rows:
        return None
    named = [corpus.authority(key) for key in found.parties]
    names = [a.name(ui_lang) if a else key for a, key in zip(named, found.parties, strict=True)]
    return Scale(
        columns=(*names, translate("all together")),
        rows=rows,
        verdicts=tuple(_verdicts(found, translate)),
        language=language_name(version.lang, translate),
    )


def _is_weighable(work: Work, version: Version) -> bool:
    """Memoirs tell of duties and lay down none."""
    few = len(version.passages) <= _LIMIT
    return work.kind == "agreement" and len(work.parties) > 1 and few


def _leading(work: Work) -> Version | None:
    authentic = [v for v in work.versions if v.standing == "authentic"]
    own = [v for v in work.versions if v.translation_of is None]
    return next(iter([*authentic, *own, *work.versions]), None)


def _rows(
    found: Balance, anchor: Callable[[Norm], str], translate: Translate
) -> Iterator[ScaleRow]:
    bearers = (*found.parties, ALL)
    most = max(Counter((n.bearer, n.modality) for n in found.norms).values(), default=1)
    for modality, name in NORMS.items():
        sets = [
            [n for n in found.norms if (n.bearer, n.modality) == (b, modality)] for b in bearers
        ]
        if any(sets):
            yield ScaleRow(translate(name), tuple(_cell(norms, most, anchor) for norms in sets))


def _cell(norms: Sequence[Norm], most: int, anchor: Callable[[Norm], str]) -> ScaleCell:
    first = anchor(norms[0]) if norms else ""
    return ScaleCell(len(norms), round(len(norms) / most * _WIDTH), first)


def _verdicts(found: Balance, translate: Translate) -> Iterator[tuple[str, int]]:
    counts = Counter(item.status for item in found.items)
    for status in BALANCES:
        if counts[status]:
            yield label(BALANCES, status, translate), counts[status]
    unresolved = sum(norm.bearer == UNRESOLVED for norm in found.norms)
    if unresolved:
        yield translate("bearer left open by the text"), unresolved
