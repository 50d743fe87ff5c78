"""Who is answerable: ``respStmt`` entries that ``@resp`` and ``@who`` point to."""

from __future__ import annotations

from lxml import etree

from parallel_texts.tei.content import plain_text
from parallel_texts.tei.parsing import TEI, XML_ID, tei

__all__ = ["responsible_id", "responsible_names"]


def responsible_id(root: etree._Element, name: str) -> str:
    """Return the id of a person's ``respStmt``, which is made if it is not there."""
    titles = root.find(f"{tei('teiHeader')}/{tei('fileDesc')}/{tei('titleStmt')}")
    if titles is None:
        return "editor"
    for statement in titles.findall(tei("respStmt")):
        if name in [plain_text(e) for e in statement.findall(tei("name"))]:
            return statement.get(XML_ID) or _named(statement, root)
    statement = etree.Element(TEI + "respStmt")
    _add(statement, "resp", "checked by reading")
    _add(statement, "name", name)
    if len(titles):
        statement.tail, titles[-1].tail = titles[-1].tail, titles.text
    titles.append(statement)
    return _named(statement, root)


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, TEI + name).text = text


def _named(statement: etree._Element, root: etree._Element) -> str:
    """Give a statement a free id: editor, editor2, ..."""
    taken = {element.get(XML_ID) for element in root.iter(etree.Element)}
    number = 1
    while (free := f"editor{number if number > 1 else ''}") in taken:
        number += 1
    statement.set(XML_ID, free)
    return free


def responsible_names(root: etree._Element) -> dict[str, str]:
    """Return the names of those who are answerable, by the pointer that means them."""
    return {
        f"#{statement.get(XML_ID)}": "; ".join(
            plain_text(n) for n in statement.findall(tei("name"))
        )
        for statement in root.iter(tei("respStmt"))
    }
