"""Links in the source of an alignment file: read, and written anew one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parallel_texts.errors import ParseError
from parallel_texts.tei.content import fragment
from parallel_texts.tei.patches import Patch, attribute, elements, escaped, set_attribute, unescaped

__all__ = [
    "LOCKED",
    "KeptLink",
    "LinkGroup",
    "insertion",
    "lock_category",
    "person",
    "read_group",
    "read_links",
    "replaced_links",
    "responsible_people",
]

LOCKED = "#locked"
"""What ``@ana`` of a link points to that aligning again leaves alone."""


@dataclass(frozen=True, slots=True)
class KeptLink:
    """A link as its file has it.

    Attributes:
        id: Its ``xml:id``.
        sides: Ids of its passages, per language of the group.
        cert: ``high`` where a person has checked it, else the aligner's confidence.
        resp: Pointer to who is answerable.
        score: As the aligner measured it, or empty.
        moved: True where its division stands elsewhere in another version.
        locked: True where aligning again shall leave it alone.
        source: The element as the file writes it; empty for a link that is to be written.
    """

    id: str
    sides: tuple[tuple[str, ...], ...]
    cert: str = ""
    resp: str = ""
    score: str = ""
    moved: bool = False
    locked: bool = False
    source: str = ""

    @property
    def checked(self) -> bool:
        """Whether a person has checked the link."""
        return self.cert == "high"

    @property
    def confidence(self) -> float:
        """The aligner's confidence; 1 where a person has checked the link."""
        return _number(self.cert)

    @property
    def passages(self) -> tuple[str, ...]:
        """Ids of all its passages."""
        return tuple(passage for side in self.sides for passage in side)


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """What links of a file share.

    Attributes:
        languages: In the order of the group.
        files: How the file points to each version.
        omissions: How it points to what a language does not have.
        prefix: Of the TEI namespace in this file: usually empty.
    """

    languages: tuple[str, ...]
    files: tuple[str, ...]
    omissions: tuple[str, ...]
    prefix: str = ""


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0


def read_group(text: str) -> LinkGroup:
    """Return what the links of an alignment file share.

    Raises:
        ParseError: There is no group of links that names its languages and files.
    """
    tag = re.search(r"<(?P<prefix>[\w.-]+:)?linkGrp\s[^>]*>", text)
    languages = tuple(attribute(tag[0], "targFunc").split()) if tag else ()
    files = tuple(attribute(tag[0], "domains").split()) if tag else ()
    if tag is None or not languages or len(files) != len(languages):
        raise ParseError("no linkGrp that names its languages and files: align the work again")
    anchors = [m["element"] for m in elements(text, "anchor")]
    by_lang = {attribute(a, "n"): "#" + attribute(a, "xml:id") for a in anchors}
    omissions = tuple(by_lang.get(lang, f"#omission.{lang}") for lang in languages)
    return LinkGroup(languages, files, omissions, tag["prefix"] or "")


def read_links(
    text: str, group: LinkGroup, owners: Mapping[str, str], order: Mapping[str, int]
) -> list[KeptLink]:
    """Return the links of a file, or of a stretch of one, in their order.

    Args:
        text: Source.
        group: What the links share.
        owners: Language by passage id.
        order: Place in its text by passage id.
    """
    return [_read(m["element"], group, owners, order) for m in elements(text, "link")]


def _read(
    source: str, group: LinkGroup, owners: Mapping[str, str], order: Mapping[str, int]
) -> KeptLink:
    sides: dict[str, list[str]] = {lang: [] for lang in group.languages}
    for pointer in attribute(source, "target").split():
        passage = fragment(pointer)
        if not pointer.startswith("#") and passage in owners:
            sides[owners[passage]].append(passage)
    return KeptLink(
        id=attribute(source, "xml:id"),
        sides=tuple(tuple(sorted(side, key=order.__getitem__)) for side in sides.values()),
        cert=attribute(source, "cert"),
        resp=attribute(source, "resp"),
        score=attribute(source, "n"),
        moved=attribute(source, "type") == "moved",
        locked=LOCKED in attribute(source, "ana").split(),
        source=source,
    )


def _written(link: KeptLink, group: LinkGroup) -> KeptLink:
    """Return the link with its source as it has to be now: what is foreign in it stays."""
    source = link.source or f"<{group.prefix}link/>"
    others = [p for p in attribute(source, "ana").split() if p != LOCKED]
    values = {
        "xml:id": link.id,
        "target": " ".join(_targets(link, group)),
        "cert": link.cert or None,
        "resp": link.resp or None,
        "n": link.score or None,
        "type": "moved" if link.moved else None,
        "ana": " ".join([*others, *([LOCKED] if link.locked else [])]) or None,
    }
    for name, value in values.items():
        source = set_attribute(source, name, value) if attribute(source, name) != value else source
    return replace(link, source=source)


def _targets(link: KeptLink, group: LinkGroup) -> list[str]:
    """Return pointers; a link needs two, so an omission points to its anchor."""
    return [
        pointer
        for file, side, omission in zip(group.files, link.sides, group.omissions, strict=True)
        for pointer in ([f"{file}#{passage}" for passage in side] or [omission])
    ]


def replaced_links(
    text: str, group: LinkGroup, old: Sequence[KeptLink], new: Sequence[KeptLink]
) -> Patch:
    """Return the patch that puts links in the place of others that stand one after another.

    A new link with the source of an old one is written over it; comments between them stay.
    """
    start = text.find(old[0].source)
    end = text.find(old[-1].source, start) + len(old[-1].source)
    sources = [_written(link, group).source for link in new]
    gaps = _gaps(text, start, old)
    between = _space_before(text, start)
    region = sources[0]
    for number, source in enumerate(sources[1:]):
        region += (gaps[number] if number < len(gaps) else between) + source
    rest = [gap for gap in gaps[len(sources) - 1 :] if gap.strip()]
    return Patch("alignments", start, text[start:end], region + "".join(g.rstrip() for g in rest))


def _gaps(text: str, start: int, old: Sequence[KeptLink]) -> list[str]:
    """Return what stands between links."""
    gaps = []
    at = start + len(old[0].source)
    for link in old[1:]:
        place = text.find(link.source, at)
        gaps.append(text[at:place])
        at = place + len(link.source)
    return gaps


def _space_before(text: str, at: int) -> str:
    found = re.search(r"\s*\Z", text[max(0, at - 200) : at])
    return found[0] if found else ""


def insertion(text: str, closing: str, source: str, *, token: str = "") -> Patch:
    """Return the patch that puts an element of several lines before an end tag.

    Args:
        text: Source of an alignment file.
        closing: The end tag.
        source: The element, its lines indented among themselves.
        token: See :class:`~parallel_texts.tei.patches.Patch`.

    Raises:
        ParseError: There is no such end tag.
    """
    at = text.rfind(closing)
    if at < 0:
        raise ParseError(f"no {closing} in it: align the work again")
    line = text[text.rfind("\n", 0, at) + 1 : at]
    if line.strip() or "\n" not in text[:at]:
        return Patch("alignments", at, "", source, closing, token)
    ending = "\r\n" if "\r\n" in text[:200] else "\n"
    lines = [f"  {each}" for each in source.splitlines()]
    return Patch("alignments", at, "", f"{ending}{line}".join([*lines, ""]), closing, token)


_CATEGORY = """<{0}classDecl>
  <{0}taxonomy xml:id="link-states">
    <{0}category xml:id="locked">
      <{0}catDesc xml:lang="en">checked by a person and not to be aligned again</{0}catDesc>
    </{0}category>
  </{0}taxonomy>
</{0}classDecl>"""


def lock_category(text: str, group: LinkGroup) -> list[Patch]:
    """Return the patch that says what a locked link is, where the file does not say it yet."""
    if 'xml:id="locked"' in text:
        return []
    closing = f"</{group.prefix}encodingDesc>"
    return [insertion(text, closing, _CATEGORY.format(group.prefix), token=f'{LOCKED}"')]


def responsible_people(text: str) -> dict[str, str]:
    """Return the names of those who are answerable, by pointer."""
    people: dict[str, str] = {}
    header = text[: text.rfind("teiHeader>")]
    for found in elements(header, "respStmt"):
        names = [_content(m["element"]) for m in elements(found["element"], "name")]
        identifier = attribute(found["element"], "xml:id")
        if identifier:
            people[f"#{identifier}"] = "; ".join(names)
    return people


def _content(source: str) -> str:
    return " ".join(unescaped(re.sub(r"<[^>]*>", "", source)).split())


def person(text: str, name: str, group: LinkGroup) -> tuple[str, list[Patch]]:
    """Return the pointer to a person, and the patch that names them where the file does not."""
    known = {who: pointer for pointer, who in responsible_people(text).items()}
    if name in known:
        return known[name], []
    number = 1
    while f'xml:id="{(free := "editor" if number == 1 else f"editor{number}")}"' in text:
        number += 1
    p = group.prefix
    source = (
        f'<{p}respStmt xml:id="{free}">\n  <{p}resp>checked by reading</{p}resp>\n'
        f"  <{p}name>{escaped(name)}</{p}name>\n</{p}respStmt>"
    )
    return f"#{free}", [insertion(text, f"</{p}titleStmt>", source, token=f"#{free}")]
