"""Texts in, alignment out: divisions as barriers, then search, then links over all languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parallel_texts.alignment.joining import join
from parallel_texts.alignment.search import search
from parallel_texts.alignment.spans import Spans
from parallel_texts.encoders import Encoder, load_encoder
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
        AlignmentError: There are fewer than two texts, or two with the same key.

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
    encoder = encoder or load_encoder()
    order = sorted(languages)
    links: list[Link] = []
    for blocks in _blocks(order, divisions):
        spans = {
            lang: Spans([p.text for p in passages[lang][slice(*blocks[lang])]], encoder)
            for lang in order
        }
        pairs = {
            (one, two): search(spans[one], spans[two])
            for i, one in enumerate(order)
            for two in order[i + 1 :]
        }
        for sides, score in join(order, {lang: len(spans[lang]) for lang in order}, pairs):
            shifted = {
                lang: tuple(n + blocks[lang][0] for n in side)
                for lang, side in zip(order, sides, strict=True)
            }
            links.append(
                Link("", languages, tuple(shifted[lang] for lang in languages), round(score, 4))
            )
    return Alignment(
        languages, tuple(tuple(passages[lang]) for lang in languages), _number(links), work
    )


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


def _number(links: Sequence[Link]) -> tuple[Link, ...]:
    return tuple(
        Link(f"l{n}", link.languages, link.sides, link.score, link.confidence, link.moved)
        for n, link in enumerate(links, start=1)
    )
