"""A version that did not exist: made from a file in which a translator filled empty entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parallel_texts.errors import ExchangeError
from parallel_texts.exchange.links import Links, clean_texts
from parallel_texts.exchange.proposals import UnitFile, proposals
from parallel_texts.model import Alignment, Division, Passage, Version, Work

__all__ = ["Translated", "translate_version"]


@dataclass(frozen=True, slots=True)
class Translated:
    """A new version from a translator's file.

    Attributes:
        version: Divided as its source is; headings are not among the entries of a file.
        missing: Links of the source that have no translation.
    """

    version: Version
    missing: tuple[str, ...]


def translate_version(
    work: Work, alignment: Alignment, file: UnitFile, lang: str, *, who: str = ""
) -> Translated:
    """Return the version that a file's translations make.

    Args:
        work: Has the source, not ``lang``.
        alignment: Of the work.
        file: What a translator brought back.
        lang: Primary subtag of the new version.
        who: The translator.

    Raises:
        ExchangeError: The work has none of the file's source languages, or nothing is translated.
    """
    source = next((v for other in file.languages if (v := work.version(other))), None)
    if source is None:
        have = ", ".join(work.languages)
        raise ExchangeError(f"translated from {', '.join(file.languages)}, but there is {have}")
    links = Links(alignment)
    found = {links.find(p): clean_texts(p.texts) for p in proposals(file, lang)}
    texts = {link: passages for link, passages in found.items() if link and passages}
    if not texts:
        raise ExchangeError(f"{work.id} has no version in {lang}, and nothing is translated yet")
    divisions = tuple(_division(links, texts, division, lang) for division in source.divisions)
    version = Version(
        work=work.id,
        lang=lang,
        language_tag="zh-Hans" if lang == "zh" else lang,
        title=work.title(lang),
        standing="editorial-translation",
        origin=source.origin,
        divisions=tuple(division for division in divisions if division.passages),
        translation_of=source.lang,
        responsible=who,
    )
    of_source = dict.fromkeys(links.owner(p.id) for p in source.passages)
    return Translated(version, tuple(link for link in of_source if link and link not in texts))


def _division(
    links: Links, texts: Mapping[str, tuple[str, ...]], source: Division, lang: str
) -> Division:
    """Return a division with the translations of the links that begin in it."""
    passages: list[Passage] = []
    for link, paragraph in _links_of(links, source).items():
        for text in texts.get(link, ()):
            name = f"{lang}.{source.id}.s{len(passages) + 1}"
            passages.append(Passage(name, text, lang, source.id, paragraph))
    return Division(source.id, source.type, source.n, "", tuple(passages))


def _links_of(links: Links, division: Division) -> dict[str, int]:
    """Return the links of a division's passages, with the paragraph in which each begins."""
    found: dict[str, int] = {}
    for passage in division.passages:
        link = links.owner(passage.id)
        if link is not None:
            found.setdefault(link, passage.paragraph)
    return found
