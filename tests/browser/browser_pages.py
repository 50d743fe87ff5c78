"""What browser tests do to a page."""

from __future__ import annotations


def lay_out_everything(page) -> None:
    """Make the browser lay out what is below the fold as well, for checks that look at it all."""
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync(".division, .entries { content-visibility: visible !important; }");
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
    )
