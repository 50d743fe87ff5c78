"""The words of the field as frozen dataclasses: what all stages share.

No input or output happens here, and only the view as table is used of the package. Languages are
keyed by their primary subtag (``zh``, ``ru``, ``en``); the full BCP 47 tag of a version
(``zh-Hans``) is :attr:`Version.language_tag`. Offsets count characters of :attr:`Passage.text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from parallel_texts.frames import Tabular

__all__ = [
    "Alignment",
    "Authority",
    "Corpus",
    "Division",
    "Evidence",
    "Finding",
    "Link",
    "Mention",
    "Passage",
    "Version",
    "Witness",
    "Work",
]

Kind = Literal["version", "party", "authenticity"]
Names = tuple[tuple[str, tuple[str, ...]], ...]
"""Names per language, the preferred one first: ``(("zh", ("中国", "中方")), ("ru", (...,)))``."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A tagged name, date, number or measure inside a passage.

    Attributes:
        kind: ``party``, ``person``, ``place``, ``date``, ``number``, ``measure`` or ``term``.
        key: Authority id (``cn``), ISO date (``1955-09-27``), number (``640000``) or
            quantity and unit (``70 percent``).
        start: Offset of the first character in the passage's text.
        end: Offset after the last character.
    """

    kind: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is aligned: a sentence, ``seg`` in TEI.

    Attributes:
        id: Unique in the version, language first: ``zh.a1.s1``.
        text: Text without markup, white space collapsed.
        lang: Primary language subtag.
        division: Id of the division without language: ``a1``; empty for loose lines.
        paragraph: 0-based number of the paragraph inside the division.
        sources: Pointers to what reports this provision: ``shen.p31``, ``shen.n12``.
        editorial: True where form demands the clause and no source reports it.
        mentions: Tagged names, dates, numbers and measures.
        line: 1-based line in the file the passage came from, if any.
    """

    id: str
    text: str
    lang: str
    division: str = ""
    paragraph: int = 0
    sources: tuple[str, ...] = ()
    editorial: bool = False
    mentions: tuple[Mention, ...] = ()
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Division:
    """A preamble, article, section or closing with its passages.

    Attributes:
        id: The same in every language, by position and kind: ``pre``, ``a1``, ``s2``, ``closing``.
        type: ``preamble``, ``article``, ``section`` or ``closing``.
        n: The number as the text counts it, or empty.
        head: The heading's text, or empty.
        passages: In text order.
    """

    id: str
    type: str
    n: str
    head: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A work in one language: one TEI file.

    Attributes:
        work: Id of the work.
        lang: Primary subtag; ``language_tag`` is the full one.
        standing: ``authentic``, ``official-translation``, ``editorial-translation``, or
            ``unreported`` where no source says which text is authentic.
        origin: ``transcription``, ``regest`` or ``reconstruction``.
        translation_of: Language of the version this one translates, or ``None``.
        responsible: Who made this version, as its header says.
        note: The header's plain statement of what this text is.
    """

    work: str
    lang: str
    language_tag: str
    title: str
    standing: str
    origin: str
    divisions: tuple[Division, ...]
    translation_of: str | None = None
    responsible: str = ""
    note: str = ""
    path: str | None = field(default=None, compare=False)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages in text order."""
        return tuple(p for division in self.divisions for p in division.passages)


@dataclass(frozen=True, slots=True)
class Witness:
    """A text that exists, or is reported, in one language: what the header lists.

    Attributes:
        lang: Primary language subtag.
        standing: As in :class:`Version`.
        issued: False for a text that was never issued in this language.
    """

    lang: str
    standing: str
    issued: bool = True


@dataclass(frozen=True, slots=True)
class Authority:
    """An entry of the corpus's lists: a party, organ, person, place or source.

    Attributes:
        id: The id that ``@ref`` points to.
        kind: ``party``, ``organ``, ``person``, ``place`` or ``source``; ``role`` for an organ or
            a kind of State in a text that has no parties of its own.
        names: Names per language, the preferred one first.
        part_of: Id of the party an organ belongs to, or ``None``.
        facts: Label and value: dates, rank, post, names of 1955 and of today.
    """

    id: str
    kind: str
    names: Names
    part_of: str | None = None
    facts: tuple[tuple[str, str], ...] = ()

    def name(self, lang: str) -> str:
        """Return the preferred name in ``lang``, else the first name there is, else the id."""
        by_lang = dict(self.names)
        found = by_lang.get(lang) or next(iter(by_lang.values()), ())
        return found[0] if found else self.id


@dataclass(frozen=True, slots=True)
class Work:
    """One agreement or memoir, whatever its languages.

    Attributes:
        id: NCName: ``chita-1955``.
        kind: ``agreement`` or ``memoir``.
        titles: Title per language.
        date: ISO date, possibly without day or month, or empty.
        place: Id of a place, or empty.
        parties: Ids of the parties, in the order of the corpus.
        signatories: Ids of persons.
        witnesses: Which texts exist or were never issued, with their standing.
        versions: In the order zh, ru, en, then others.
        related: Ids of works this one refers to.
    """

    id: str
    kind: str
    titles: tuple[tuple[str, str], ...]
    versions: tuple[Version, ...]
    date: str = ""
    place: str = ""
    parties: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the versions, in their order."""
        return tuple(version.lang for version in self.versions)

    def version(self, lang: str) -> Version | None:
        """Return the version in ``lang``, or ``None``."""
        return next((v for v in self.versions if v.lang == lang), None)

    def title(self, lang: str) -> str:
        """Return the title in ``lang``, else the first there is, else the id."""
        by_lang = dict(self.titles)
        return by_lang.get(lang) or next(iter(by_lang.values()), self.id)


@dataclass(frozen=True, slots=True)
class Corpus(Tabular):
    """Works and authority lists found under one folder."""

    path: str
    works: tuple[Work, ...]
    authorities: tuple[Authority, ...] = ()

    def work(self, work_id: str) -> Work | None:
        """Return the work with this id, or ``None``."""
        return next((w for w in self.works if w.id == work_id), None)

    def authority(self, authority_id: str) -> Authority | None:
        """Return the authority entry with this id, or ``None``."""
        return next((a for a in self.authorities if a.id == authority_id), None)

    def parties(self) -> tuple[Authority, ...]:
        """Return the parties and the organs that belong to them."""
        return tuple(a for a in self.authorities if a.kind in ("party", "organ"))

    def __iter__(self) -> Iterator[Work]:
        return iter(self.works)

    def __len__(self) -> int:
        return len(self.works)

    def records(self) -> list[dict[str, Any]]:
        """Return a row a version: work, kind, date, title, language, standing, origin, passages."""
        return [
            {"work": work.id, "kind": work.kind, "date": work.date, "title": version.title}
            | {"lang": version.lang, "standing": version.standing, "origin": version.origin}
            | {"passages": len(version.passages)}
            for work in self.works
            for version in work.versions
        ]


@dataclass(frozen=True, slots=True)
class Link:
    """Passages of several versions that answer to each other, m:n(:k), or to nothing.

    Attributes:
        id: Unique in the alignment: ``l1``, or a table row's own id.
        languages: Languages of the alignment, in its order.
        sides: Per language the 0-based passage numbers, ascending; empty for an omission.
        score: Similarity of the sides as the aligner measured it.
        confidence: Probability, 0 to 1, that exactly these passages belong together.
        moved: True where the link's division stands elsewhere in another version.
    """

    id: str
    languages: tuple[str, ...]
    sides: tuple[tuple[int, ...], ...]
    score: float = 1.0
    confidence: float = 1.0
    moved: bool = False

    def __getitem__(self, lang: str) -> tuple[int, ...]:
        return self.sides[self.languages.index(lang)]

    @property
    def missing(self) -> tuple[str, ...]:
        """Languages that have no passage in this link."""
        return tuple(
            lang for lang, side in zip(self.languages, self.sides, strict=True) if not side
        )

    @property
    def shape(self) -> str:
        """Passages per language: ``2:1:1``."""
        return ":".join(str(len(side)) for side in self.sides)


@dataclass(frozen=True, slots=True)
class Alignment(Tabular):
    """All links of a work: every passage of every version in exactly one link.

    Attributes:
        languages: Two to n language keys.
        passages: Per language the passages, in text order, that links number from 0.
        links: In the order of the first language that has each.
        work: Id of the work, or empty for texts that belong to none.
        responsible: ``parallel-texts`` or the person who checked it.
        checked: True where a person has checked every link.
    """

    languages: tuple[str, ...]
    passages: tuple[tuple[Passage, ...], ...]
    links: tuple[Link, ...]
    work: str = ""
    responsible: str = "parallel-texts"
    checked: bool = False

    def __iter__(self) -> Iterator[Link]:
        return iter(self.links)

    def __len__(self) -> int:
        return len(self.links)

    def of(self, link: Link, lang: str) -> tuple[Passage, ...]:
        """Return the passages of one side of ``link``."""
        texts = self.passages[self.languages.index(lang)]
        return tuple(texts[number] for number in link[lang])

    def text(self, link: Link, lang: str) -> str:
        """Return the text of one side of ``link``, joined as its language joins sentences."""
        glue = "" if lang == "zh" else " "
        return glue.join(passage.text for passage in self.of(link, lang))

    def records(self) -> list[dict[str, Any]]:
        """Return a row a link: id, text per language, score, confidence, whether it moved."""
        return [
            {"link": link.id, **{lang: self.text(link, lang) for lang in self.languages}}
            | {"score": link.score, "confidence": link.confidence, "moved": link.moved}
            for link in self.links
        ]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Quoted words: where a finding can be seen.

    Attributes:
        lang: Primary language subtag.
        passage: Id of the passage.
        start: Offset of the first quoted character in the passage's text.
        end: Offset after the last.
        text: The quoted words themselves.
    """

    lang: str
    passage: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference, asymmetry or question of authenticity, with what shows it.

    Attributes:
        code: ``V102``, ``P204``, ``A301``...
        kind: ``version``, ``party`` or ``authenticity``.
        work: Id of the work, or empty.
        unit: Id of the link or table row; the work's id for findings on a whole work.
        languages: Languages concerned.
        message: A sentence a historian understands.
        confidence: 0 to 1, comparable across codes.
        rule: Name of the rule that fired.
        evidence: Quoted spans, in every language that has the passage.
        status: ``open``, ``confirmed`` or ``refused``.
    """

    code: str
    kind: Kind
    work: str
    unit: str
    languages: tuple[str, ...]
    message: str
    confidence: float
    rule: str
    evidence: tuple[Evidence, ...] = ()
    status: str = "open"

    def record(self) -> dict[str, Any]:
        """Return the finding as a row of plain values; evidence as quoted words per language."""
        names = "code kind work unit message confidence rule status".split()
        quoted = "; ".join(f"{e.lang}: {e.text}" for e in self.evidence)
        languages = " ".join(self.languages)
        facts = {name: getattr(self, name) for name in names}
        return facts | {"languages": languages, "evidence": quoted}


def language_order(languages: Sequence[str] | Mapping[str, object]) -> tuple[str, ...]:
    """Return ``languages`` with zh, ru and en first in this order, the rest as they came."""
    rank = {"zh": 0, "ru": 1, "en": 2}
    return tuple(sorted(languages, key=lambda lang: rank.get(lang, 3)))
