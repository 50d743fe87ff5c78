"""InterText's alignment files: ``link`` with ``xtargets`` and ``type``, two texts beside it.

``xtargets`` names elements of both texts, ``;`` between the sides; InterText puts the text that
``toDoc`` names first, ``cesAlign`` files of OPUS the one of ``fromDoc``. The attributes are not
valid TEI, so they live only here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from parallel_texts.errors import ExchangeError
from parallel_texts.exchange.sources import parse_xml
from parallel_texts.model import Alignment, Link, Passage, Work

__all__ = [
    "document_name",
    "read_intertext",
    "read_intertext_alignment",
    "write_intertext",
    "write_text",
]

_STATUS = {True: "man", False: "auto"}
_SPACE = re.compile(r"\s+")
_NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def write_intertext(alignment: Alignment, work: Work | None = None) -> str:
    """Return the links of two texts; documents are named as InterText names files.

    Raises:
        ExchangeError: The alignment has not two languages.
    """
    if len(alignment.languages) != 2:
        raise ExchangeError("InterText links two texts: give --source-lang and --target-lang")
    root = etree.Element("linkGrp")
    for key, lang in zip(("toDoc", "fromDoc"), alignment.languages, strict=True):
        root.set(key, document_name(alignment, lang, work))
    for link in alignment:
        element = etree.SubElement(root, "link")
        element.set("type", "-".join(str(len(side)) for side in link.sides))
        element.set("xtargets", ";".join(_ids(alignment, link, lang) for lang in link.languages))
        element.set("status", _STATUS[alignment.checked])
    return _formatted(root)


def document_name(alignment: Alignment, lang: str, work: Work | None = None) -> str:
    """Return the name of the file of a text, as the alignment names it."""
    return f"{work.id if work else alignment.work or 'texts'}.{lang}.xml"


def write_text(alignment: Alignment, lang: str) -> str:
    """Return a text that InterText imports: a paragraph a paragraph, ``s`` with the ids linked."""
    root = etree.Element("text")
    root.set("lang", lang)
    passages = alignment.passages[alignment.languages.index(lang)]
    before: tuple[str, int] | None = None
    for passage in passages:
        here = (passage.division, passage.paragraph)
        paragraph = etree.SubElement(root, "p") if here != before else root[-1]
        before = here
        sentence = etree.SubElement(paragraph, "s")
        sentence.set("id", _fit(passage.id))
        sentence.text = _NOT_XML.sub("", passage.text)
    return _formatted(root)


def _formatted(root: etree._Element) -> str:
    etree.indent(root)
    body: str = etree.tostring(root, encoding="unicode")
    return f"{_DECLARATION}{body}\n"


def _ids(alignment: Alignment, link: Link, lang: str) -> str:
    return " ".join(_fit(passage.id) for passage in alignment.of(link, lang))


def _fit(identifier: str) -> str:
    """Return an id without what parts ids in ``xtargets``."""
    return re.sub(r"[\s;]", "_", identifier)


def read_intertext(path: Path) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the ids of both sides of each link.

    Raises:
        ExchangeError: No InterText alignment, or broken XML.
    """
    root = parse_xml(path)
    links = [e for e in root.iter() if isinstance(e.tag, str) and e.get("xtargets") is not None]
    if not links:
        raise ExchangeError(f"{path}: no link with xtargets: is it an InterText alignment?")
    return tuple(_sides(element, path) for element in links)


def _sides(element: etree._Element, path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sides = element.get("xtargets", "").split(";")
    if len(sides) != 2:
        raise ExchangeError(f"{path}:{element.sourceline}: xtargets needs two sides apart by ;")
    return tuple(sides[0].split()), tuple(sides[1].split())


def read_intertext_alignment(
    path: Path, texts: Mapping[str, Sequence[Passage]] | None = None
) -> Alignment:
    """Read an alignment with the two texts that it names, where they lie beside it.

    Args:
        path: An alignment of InterText, or a ``cesAlign`` file.
        texts: The two texts, in the order of ``xtargets``, instead of those beside it.

    Raises:
        ExchangeError: No such alignment, or an id that its text does not have.
    """
    sides = read_intertext(path)
    names = _documents(parse_xml(path))
    given = list((texts or {}).items())
    read = [
        given[i] if len(given) == 2 else _read_side(path, name, i, [s[i] for s in sides])
        for i, name in enumerate(names)
    ]
    languages = _languages([lang for lang, _ in read])
    numbers = [{p.id: n for n, p in enumerate(passages)} for _, passages in read]
    links = tuple(
        Link(f"l{n}", languages, tuple(_numbers(s, numbers[i], path) for i, s in enumerate(pair)))
        for n, pair in enumerate(sides, start=1)
    )
    return Alignment(languages, tuple(tuple(passages) for _, passages in read), links)


def _documents(root: etree._Element) -> tuple[str, str]:
    """Return the names of the documents, in the order of the sides of ``xtargets``."""
    group = root if root.get("toDoc") is not None else root.find(".//{*}linkGrp")
    if group is None:
        return "", ""
    names = group.get("toDoc", ""), group.get("fromDoc", "")
    is_ces = etree.QName(root).localname == "cesAlign"
    return (names[1], names[0]) if is_ces else names


def _languages(found: Sequence[str]) -> tuple[str, ...]:
    """Return two languages; those of files that do not say are ``source`` and ``target``."""
    defaults = ("source", "target")
    named = tuple(lang or other for lang, other in zip(found, defaults, strict=True))
    return named if len(set(named)) == len(named) else defaults


def _read_side(
    path: Path, name: str, side: int, linked: Sequence[Sequence[str]]
) -> tuple[str, Sequence[Passage]]:
    """Read the text beside the alignment; without it, passages that have an id and no text."""
    parts = Path(name).name.removesuffix(".gz").removesuffix(".xml").split(".")
    lang = parts[-1].split("-")[0] if len(parts) > 1 else ""
    document = path.parent / Path(name).name
    if name and document.is_file() and document.suffix == ".xml":
        return lang, _passages(document, lang, {i for ids in linked for i in ids})
    return lang, [Passage(i, "", lang) for ids in linked for i in ids]


def _passages(document: Path, lang: str, linked: set[str]) -> list[Passage]:
    """Return the elements that links name, and those of the same kind, as passages."""
    root = parse_xml(document)
    elements = [(e, _id(e)) for e in root.iter() if isinstance(e.tag, str) and _id(e)]
    kinds = {e.tag for e, i in elements if i in linked}
    return [
        Passage(i, _SPACE.sub(" ", "".join(map(str, e.itertext()))).strip(), lang)
        for e, i in elements
        if e.tag in kinds
    ]


def _id(element: etree._Element) -> str:
    xml_id = "{http://www.w3.org/XML/1998/namespace}id"
    return element.get("id") or element.get(xml_id) or ""


def _numbers(ids: Sequence[str], numbers: Mapping[str, int], path: Path) -> tuple[int, ...]:
    missing = [i for i in ids if i not in numbers]
    if missing:
        raise ExchangeError(f"{path}: links {missing[0]}, which its text does not have")
    return tuple(sorted(numbers[i] for i in ids))
