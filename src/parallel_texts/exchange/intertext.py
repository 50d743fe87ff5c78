"""InterText's alignment files: ``link`` with ``xtargets`` and ``type``, two texts.

``xtargets`` names elements of both texts, ``;`` between the sides. InterText's attributes are not
valid TEI, so they live only here.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from parallel_texts.errors import ExchangeError
from parallel_texts.model import Alignment, Link, Work

__all__ = ["read_intertext", "write_intertext"]

_STATUS = {True: "man", False: "auto"}


def write_intertext(alignment: Alignment, work: Work | None = None) -> str:
    """Return the links of two texts; documents are named as InterText names files.

    Raises:
        ExchangeError: The alignment has not two languages.
    """
    if len(alignment.languages) != 2:
        raise ExchangeError("InterText links two texts: give --source-lang and --target-lang")
    name = work.id if work else alignment.work or "texts"
    root = etree.Element("linkGrp")
    for key, lang in zip(("toDoc", "fromDoc"), alignment.languages, strict=True):
        root.set(key, f"{name}.{lang}.xml")
    for link in alignment:
        element = etree.SubElement(root, "link")
        element.set("type", "-".join(str(len(side)) for side in link.sides))
        element.set("xtargets", ";".join(_ids(alignment, link, lang) for lang in link.languages))
        element.set("status", _STATUS[alignment.checked])
    etree.indent(root)
    body: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def _ids(alignment: Alignment, link: Link, lang: str) -> str:
    return " ".join(passage.id for passage in alignment.of(link, lang))


def read_intertext(path: Path) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the ids of both sides of each link.

    Raises:
        ExchangeError: No InterText alignment, or broken XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except OSError as error:
        raise ExchangeError(f"{path}: cannot read: {error.strerror or error}") from error
    except etree.XMLSyntaxError as error:
        raise ExchangeError(f"{path}:{error.lineno}: not well-formed XML: {error.msg}") from error
    links = [e for e in root.iter() if isinstance(e.tag, str) and e.get("xtargets") is not None]
    if not links:
        raise ExchangeError(f"{path}: no link with xtargets: is it an InterText alignment?")
    return tuple(_sides(element, path) for element in links)


def _sides(element: etree._Element, path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    sides = element.get("xtargets", "").split(";")
    if len(sides) != 2:
        raise ExchangeError(f"{path}:{element.sourceline}: xtargets needs two sides apart by ;")
    return tuple(sides[0].split()), tuple(sides[1].split())
