"""Alignments against a gold one: strict and lax precision, recall, F1, and omissions apart.

A *strict* hit is a predicted link whose passages are exactly those of a gold link; a *lax* one
shares at least one passage with a gold link on two sides. Links with an empty side count in
precision and not in recall, as in the field's published figures; omissions are scored by
themselves, passage by passage.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from parallel_texts.judgements import Judgement, latest
from parallel_texts.model import Alignment, Link

__all__ = ["Agreement", "Evaluation", "Rates", "Sides", "agreement", "evaluate"]

Sides = tuple[tuple[int, ...], ...]
"""Passage numbers per language."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts and what follows from them; 1 where there is nothing to find and nothing found.

    Attributes:
        right: Predictions that are right.
        predicted: All predictions.
        found: Gold items that were found.
        wanted: All gold items.
    """

    right: int = 0
    predicted: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Rates) -> Rates:
        return Rates(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """Share of predictions that are right."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What :func:`evaluate` found; evaluations of several texts add up.

    Attributes:
        strict: Links with exactly the gold's passages.
        lax: Links that share a passage with a gold link on two sides at least.
        omissions: Passages without counterpart, counted once per language that lacks them.
    """

    strict: Rates = Rates()
    lax: Rates = Rates()
    omissions: Rates = Rates()

    def __add__(self, other: Evaluation) -> Evaluation:
        return Evaluation(
            self.strict + other.strict, self.lax + other.lax, self.omissions + other.omissions
        )


def evaluate(
    gold: Alignment | Iterable[Link | Sides], hypothesis: Alignment | Iterable[Link | Sides]
) -> Evaluation:
    """Score ``hypothesis`` against ``gold``.

    Args:
        gold: Links, or tuples of passage numbers per language, in the same order of languages.
        hypothesis: The same. Links may be n-way; then every side counts.

    Example:
        >>> gold = [((0,), (0,)), ((1, 2), (1,))]
        >>> evaluate(gold, [((0,), (0,)), ((1,), (1,)), ((2,), ())]).strict.recall
        0.5
    """
    wanted, found = _links(gold), _links(hypothesis)
    return Evaluation(
        _rates(found, set(wanted).__contains__, wanted, set(found).__contains__),
        _rates(found, _Touching(wanted), wanted, _Touching(found)),
        _omissions(wanted, found),
    )


def _links(alignment: Alignment | Iterable[Link | Sides]) -> list[Sides]:
    sides = (link.sides if isinstance(link, Link) else link for link in alignment)
    return [tuple(tuple(sorted(side)) for side in link) for link in sides if any(link)]


def _rates(
    found: Sequence[Sides],
    is_right: Callable[[Sides], bool],
    wanted: Sequence[Sides],
    is_found: Callable[[Sides], bool],
) -> Rates:
    """Count; gold links with one side alone are left out of recall."""
    pairs = [link for link in wanted if sum(map(bool, link)) >= 2]
    return Rates(sum(map(is_right, found)), len(found), sum(map(is_found, pairs)), len(pairs))


_Pair = tuple[int, int, int, int]


class _Touching:
    """Tells whether a link is among ``links`` or shares a passage on two sides with one."""

    def __init__(self, links: Sequence[Sides]) -> None:
        self._links = set(links)
        self._pairs = {pair for link in links for pair in _pairs(link)}

    def __call__(self, link: Sides) -> bool:
        return link in self._links or any(pair in self._pairs for pair in _pairs(link))


def _pairs(link: Sides) -> Iterator[_Pair]:
    """Yield (language, passage, other language, passage) for every two sides."""
    for (one, first), (two, second) in itertools.combinations(enumerate(link), 2):
        yield from ((one, p, two, q) for p in first for q in second)


def _omissions(gold: Sequence[Sides], found: Sequence[Sides]) -> Rates:
    wanted, predicted = _omitted(gold), _omitted(found)
    hits = len(wanted & predicted)
    return Rates(hits, len(predicted), hits, len(wanted))


def _omitted(links: Sequence[Sides]) -> set[tuple[int, int, int]]:
    """Return (language, passage, language that lacks it)."""
    return {
        (lang, passage, other)
        for link in links
        for lang, side in enumerate(link)
        for passage in side
        for other, there in enumerate(link)
        if not there
    }


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people judge findings alike.

    Attributes:
        people: Their names, in the order of the alphabet.
        judged: Findings that both confirmed or refused.
        agreed: Those of them on which they agree.
        kappa: Cohen's kappa (1960): agreement beyond chance, 1 at most. ``None`` where chance alone
            would make them agree always, because each gave one verdict only.
    """

    people: tuple[str, str]
    judged: int
    agreed: int
    kappa: float | None


def agreement(judgements: Iterable[Judgement]) -> tuple[Agreement, ...]:
    """Compare the last verdicts of each two people who judged the same findings.

    Args:
        judgements: Of one work, or of several. A verdict that was taken back does not count.

    Example:
        >>> from parallel_texts.judgements import Verdict
        >>> from parallel_texts.model import Finding
        >>> finding = Finding("V102", "version", "w", "l1", ("zh", "ru"), "", 1.0, "number")
        >>> both = (Verdict("refused", "B"), Verdict("confirmed", "A"))
        >>> agreement([Judgement(finding, verdicts=both)])[0].agreed
        0
    """
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for judgement in judgements:
        said = sorted((v.who, v.verdict) for v in latest(judgement.verdicts) if v.verdict != "open")
        for (one, first), (two, second) in itertools.combinations(said, 2):
            pairs.setdefault((one, two), []).append((first, second))
    return tuple(_agreement(people, said) for people, said in sorted(pairs.items()))


def _agreement(people: tuple[str, str], said: Sequence[tuple[str, str]]) -> Agreement:
    total = len(said)
    agreed = sum(first == second for first, second in said)
    ones, twos = (Counter(verdicts) for verdicts in zip(*said, strict=True))
    chance = sum(ones[verdict] * twos[verdict] for verdict in ones) / total**2
    kappa = None if chance == 1 else (agreed / total - chance) / (1 - chance)
    return Agreement(people, total, agreed, kappa)
