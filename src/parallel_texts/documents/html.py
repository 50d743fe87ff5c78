"""HTML, and Markdown by way of HTML, to paragraphs of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from parallel_texts.documents.encoding import decode
from parallel_texts.errors import ParseError

__all__ = ["html_to_text", "markdown_to_text", "read_html_bytes"]

_BLOCKS = frozenset(
    "address article aside blockquote body caption dd div dl dt figcaption figure footer form hr"
    " h1 h2 h3 h4 h5 h6 header li main ol p pre section table tbody td tfoot th thead tr ul".split()
)
_UNSEEN = frozenset("script style noscript template head nav svg math iframe object del".split())
_XML_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*>")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{1,40})", re.I)


def read_html_bytes(data: bytes, path: Path) -> tuple[str, str]:
    """Return HTML as text: the declared encoding if it fits, else the likeliest."""
    declared = _DECLARED.search(data[:4096])
    if declared:
        name = declared[1].decode("ascii")
        try:
            return data.decode("gb18030" if name.lower() in ("gb2312", "gbk") else name), name
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, path)


def html_to_text(source: str, path: Path) -> str:
    """Return the text of an HTML page, paragraphs apart by an empty line; no script, no menu.

    Raises:
        ParseError: There is no element in it.
    """
    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(_XML_DECLARATION.sub("", source), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"no HTML: {error}", path=path) from error
    return "\n\n".join(_paragraphs(tree))


def _paragraphs(tree: html.HtmlElement) -> Iterator[str]:
    """Walk without recursion: a page may be nested deeper than Python's stack."""
    current: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _BLOCKS or tag == "br":
            yield from _flush(current)
        if event == "start" and _is_seen(element):
            current.append(element.text or "")
        elif event == "end" and (element.getparent() is None or _is_seen(element.getparent())):
            current.append(element.tail or "")
    yield from _flush(current)


def _is_seen(element: html.HtmlElement) -> bool:
    chain = [element, *element.iterancestors()]
    return not any(e.tag in _UNSEEN or e.get("hidden") is not None for e in chain)


def _flush(current: list[str]) -> Iterator[str]:
    text = " ".join("".join(current).split())
    current.clear()
    if text:
        yield text


def markdown_to_text(source: str) -> str:
    """Return the text of Markdown without its marks; raw HTML in it is read as HTML."""
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark").enable("table").render(source)
    return html_to_text(rendered or "<p></p>", Path("markdown")) if rendered.strip() else ""
