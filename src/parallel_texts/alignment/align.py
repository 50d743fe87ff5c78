"""Texts in, alignment out: divisions as barriers, search between them, links over all languages."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence

from parallel_texts.alignment.confidence import link_scores, text_trust
from parallel_texts.alignment.joining import Ranges
from parallel_texts.alignment.moves import find_moves
from parallel_texts.alignment.nway import align_sides
from parallel_texts.alignment.sides import Side
from parallel_texts.alignment.structure import Zone, match_divisions
from parallel_texts.encoders import Encoder, additive, load_encoder
from parallel_texts.errors import AlignmentError
from parallel_texts.model import Alignment, Division, Link, Passage

__all__ = ["Texts", "align", "as_divisions", "prepare"]

Progress = Callable[[float], None]
Texts = Mapping[str, Sequence[Division] | Sequence[str]]
_Found = tuple[tuple[tuple[int, ...], ...], float, bool]
"""Passages per text, probability, moved."""
_Rated = tuple[tuple[tuple[int, ...], ...], float, float, bool]
"""Passages per text, score, confidence, moved."""


def align(
    texts: Texts,
    *,
    encoder: Encoder | None = None,
    fast: bool = False,
    work: str = "",
    progress: Progress | None = None,
) -> Alignment:
    """Align two or more texts passage by passage.

    Divisions are barriers: passages of an article meet those of the article that answers to it,
    in whatever order the articles stand. The order of ``texts`` does not change the links.

    Args:
        texts: Per language key its divisions, or its passages as strings.
        encoder: Default: the bundled one, with its cache.
        fast: Vectors of several passages are averages of theirs: quicker, a little less exact.
        work: Id of the work, kept in the alignment.
        progress: Called with the share that is done, 0 to 1, while long texts are aligned.

    Returns:
        Every passage of every text in exactly one link; the languages in the order given.

    Raises:
        AlignmentError: There are fewer than two texts.

    Example:
        >>> found = align({"zh": ["双方同意。", "签字。"], "en": ["The Parties agree.", "Signed."]})
        >>> [link.shape for link in found]
        ['1:1', '1:1']
    """
    if len(texts) < 2:
        raise AlignmentError("an alignment needs two texts or more: give another language")
    languages, order = tuple(texts), sorted(texts)
    divisions = {lang: as_divisions(lang, text) for lang, text in texts.items()}
    passages = {lang: tuple(p for d in divisions[lang] for p in d.passages) for lang in order}
    steps = _Steps(sum(map(len, passages.values())), fast, progress)
    plain = {lang: [p.text for p in passages[lang]] for lang in order}
    sides = prepare(plain, encoder, fast=fast, done=steps.read)
    zones = match_divisions([divisions[lang] for lang in order], sides)
    links = [link for zone in zones for link in steps.compared(zone, _align_zone(zone, sides))]
    found = _with_moves(links, sides)
    scores = link_scores([_ranges(numbers) for numbers, _, _ in found], sides)
    trust = text_trust(scores)
    rated = [
        (numbers, score, probability * trust, moved)
        for (numbers, probability, moved), score in zip(found, scores, strict=True)
    ]
    columns = [order.index(lang) for lang in languages]
    ordered = enumerate(_in_order(rated, columns))
    numbered = tuple(_link(n, link, languages, columns) for n, link in ordered)
    return Alignment(languages, tuple(passages[lang] for lang in languages), numbered, work)


class _Steps:
    """Counts what is done: passages read, seams between them read, passages compared."""

    def __init__(self, passages: int, fast: bool, progress: Progress | None) -> None:
        self._total, self._done = passages * (2 if fast else 3), 0
        self._progress = progress

    def read(self, passages: int) -> None:
        self._done += passages
        if self._progress is not None and self._total:
            self._progress(min(self._done / self._total, 1.0))

    def compared(self, zone: Zone, links: list[_Found]) -> list[_Found]:
        """Note that the passages of a zone are linked."""
        self.read(sum(end - start for start, end in zone.stretches))
        return links


def prepare(
    texts: Mapping[str, Sequence[str]],
    encoder: Encoder | None = None,
    *,
    fast: bool = False,
    done: Callable[[int], None] = lambda passages: None,
) -> list[Side]:
    """Encode texts, in the order given; ``done`` is told of passages and seams read."""
    vectors = additive(encoder or load_encoder())
    return [Side(text, lang, vectors, fast=fast, done=done) for lang, text in texts.items()]


def as_divisions(lang: str, text: Sequence[Division] | Sequence[str]) -> list[Division]:
    """Return a text's divisions; passages without any as one."""
    divisions = [item for item in text if isinstance(item, Division)]
    if divisions or not text:
        return divisions
    passages = tuple(
        Passage(id=f"{lang}.{n}", text=str(item), lang=lang, line=n)
        for n, item in enumerate(text, start=1)
    )
    return [Division(id="", type="section", n="", head="", passages=passages)]


def _align_zone(zone: Zone, sides: Sequence[Side]) -> list[_Found]:
    """Align what lies between barriers; a zone of one language has a link for each passage."""
    stretches = [side.stretch(*s) for side, s in zip(sides, zone.stretches, strict=True)]
    ratios = {
        (one, two): float(sides[one].lengths.sum() / sides[two].lengths.sum())
        for one, two in itertools.combinations(range(len(sides)), 2)
        if len(stretches[one]) and len(stretches[two])
    }
    return [
        (_numbers(ranges, zone), probability, zone.moved)
        for ranges, probability in align_sides(stretches, ratios)
    ]


def _numbers(ranges: Ranges, zone: Zone) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(range(start + a, start + b))
        for (a, b), (start, _) in zip(ranges, zone.stretches, strict=True)
    )


def _ranges(numbers: Sequence[Sequence[int]]) -> Ranges:
    return tuple((side[0], side[-1] + 1) if side else (0, 0) for side in numbers)


def _with_moves(found: list[_Found], sides: Sequence[Side]) -> list[_Found]:
    """Join links that answer to each other out of order."""
    replaced: dict[int, _Found] = {}
    dropped: set[int] = set()
    for one, two, likeness in find_moves([_ranges(link[0]) for link in found], sides):
        joined = tuple(a or b for a, b in zip(found[one][0], found[two][0], strict=True))
        replaced[one] = (joined, likeness, True)
        dropped.add(two)
    return [replaced.get(k, link) for k, link in enumerate(found) if k not in dropped]


def _in_order(found: Iterable[_Rated], columns: Sequence[int]) -> list[_Rated]:
    """Sort by the first language; what it lacks goes after what stands before it in another."""
    ordered: list[_Rated] = []
    rest = list(found)
    for column in columns:
        rest, mine = _split(rest, column)
        ordered = _placed(ordered, mine, column)
    return ordered


def _split(found: list[_Rated], column: int) -> tuple[list[_Rated], list[_Rated]]:
    mine = sorted((link for link in found if link[0][column]), key=lambda link: link[0][column])
    return [link for link in found if not link[0][column]], mine


def _placed(ordered: list[_Rated], mine: list[_Rated], column: int) -> list[_Rated]:
    """Put each link of ``mine`` after the nearest earlier passage of the same text."""
    known = sorted((link[0][column][0], k) for k, link in enumerate(ordered) if link[0][column])
    after: dict[int, list[_Rated]] = {}
    for link in mine:
        before = bisect_left(known, (link[0][column][0], -1))
        after.setdefault(known[before - 1][1] if before else -1, []).append(link)
    return after.get(-1, []) + [
        member for k, link in enumerate(ordered) for member in (link, *after.get(k, ()))
    ]


def _link(number: int, rated: _Rated, languages: tuple[str, ...], columns: Sequence[int]) -> Link:
    numbers, score, confidence, moved = rated
    sides = tuple(numbers[column] for column in columns)
    return Link(f"l{number + 1}", languages, sides, round(score, 4), round(confidence, 4), moved)
