"""Texts in, alignment out: divisions as barriers, then search, then links over all languages."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from parallel_texts.alignment.joining import Ranges, join
from parallel_texts.alignment.pairwise import Pair, compare
from parallel_texts.alignment.sides import Side
from parallel_texts.encoders import AdditiveEncoder, Encoder, additive, load_encoder
from parallel_texts.errors import AlignmentError
from parallel_texts.model import Alignment, Division, Link, Passage

__all__ = ["align"]

Texts = Mapping[str, Sequence[Division] | Sequence[str]]


def align(
    texts: Texts, *, encoder: Encoder | None = None, fast: bool = False, work: str = ""
) -> Alignment:
    """Align two or more texts passage by passage.

    Args:
        texts: Per language key its divisions, or its passages as strings.
        encoder: Default: the bundled one.
        fast: Rougher and quicker.
        work: Id of the work, kept in the alignment.

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
    languages = tuple(texts)
    divisions = {lang: _divisions(lang, text) for lang, text in texts.items()}
    passages = {lang: [p for d in divisions[lang] for p in d.passages] for lang in languages}
    vectors = additive(encoder or load_encoder())
    order = sorted(languages)
    links: list[Link] = []
    for block in _blocks(order, divisions):
        sides = [
            _side(lang, [p.text for p in passages[lang][slice(*block[lang])]], vectors, fast)
            for lang in order
        ]
        for ranges, score in _align_block(sides):
            found = {
                lang: tuple(range(block[lang][0] + start, block[lang][0] + end))
                for lang, (start, end) in zip(order, ranges, strict=True)
            }
            numbers = tuple(found[lang] for lang in languages)
            links.append(Link(f"l{len(links) + 1}", languages, numbers, round(score, 4), score))
    return Alignment(
        languages, tuple(tuple(passages[lang]) for lang in languages), tuple(links), work
    )


def _side(lang: str, texts: Sequence[str], encoder: AdditiveEncoder, fast: bool) -> Side:
    return Side(texts, lang, encoder, fast=fast)


def _align_block(sides: Sequence[Side]) -> list[tuple[Ranges, float]]:
    """Align stretches of text between two barriers."""
    pairs: dict[tuple[int, int], Pair] = {
        (one, two): compare(sides[one], sides[two])
        for one, two in itertools.combinations(range(len(sides)), 2)
        if len(sides[one]) and len(sides[two])
    }
    found = {pair: compared.links() for pair, compared in pairs.items()}
    if len(sides) == 2 and found:
        return [(((a, b), (c, d)), score) for (a, b, c, d), score in found[0, 1]]
    beads = [(one, two, [bead for bead, _ in links]) for (one, two), links in found.items()]
    sizes = [len(side) for side in sides]
    return [(link, _confidence(link, found)) for link in join(sizes, beads)]


def _confidence(
    link: Ranges, found: Mapping[tuple[int, int], list[tuple[tuple[int, int, int, int], float]]]
) -> float:
    """Return the mean probability of the pairwise links inside."""
    inside = [
        score
        for (one, two), links in found.items()
        for (a, b, c, d), score in links
        if link[one][0] <= a <= b <= link[one][1] and link[two][0] <= c <= d <= link[two][1]
    ]
    return sum(inside) / len(inside) if inside else 0.0


def _divisions(lang: str, text: Sequence[Division] | Sequence[str]) -> list[Division]:
    divisions = [item for item in text if isinstance(item, Division)]
    if divisions or not text:
        return divisions
    passages = tuple(
        Passage(id=f"{lang}.{n}", text=str(item), lang=lang, line=n)
        for n, item in enumerate(text, start=1)
    )
    return [Division(id="", type="section", n="", head="", passages=passages)]


def _blocks(
    order: Sequence[str], divisions: Mapping[str, list[Division]]
) -> list[dict[str, tuple[int, int]]]:
    """Return ranges of passages that answer to each other: divisions with the same id."""
    ids = {lang: [d.id for d in divisions[lang]] for lang in order}
    first = ids[order[0]]
    if any(ids[lang] != first for lang in order) or len(set(first)) != len(first):
        return [{lang: (0, sum(len(d.passages) for d in divisions[lang])) for lang in order}]
    blocks = []
    at = dict.fromkeys(order, 0)
    for number in range(len(first)):
        block = {}
        for lang in order:
            end = at[lang] + len(divisions[lang][number].passages)
            block[lang] = (at[lang], end)
            at[lang] = end
        blocks.append(block)
    return blocks
