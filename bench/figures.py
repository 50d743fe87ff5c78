"""The page of figures: what the benches printed last, each with date, machine and versions.

A figure that the README quotes is named here once, with the place in a bench's output where it
stands; the table is made from the page, in the page and in the README, so neither can differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

START, END = "<!-- figures -->", "<!-- end of figures -->"
MISSING = "not measured"

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_ABOUT = """# Figures

What `make bench` printed last. Every part says when it ran, on what machine, and from which version
of the code. `make bench` writes this page anew, and the table below into the README;
`python -m bench NAME -o docs/figures.md` writes one part. Peers ran in the same run. Times are of
that machine, under the load that is named: compare rows, not seconds.
"""


class Figure(NamedTuple):
    """A line of ``figures.tsv``.

    Attributes:
        what: What is measured: the row of the table.
        bench: Name of the bench.
        who: Another program in the same output, or empty for this package.
        found: Expression that finds the figures in the bench's output; its groups are shown.
        shown: How, with ``{}`` for each group.
    """

    what: str
    bench: str
    who: str
    found: str
    shown: str

    def value(self, sections: Mapping[str, str]) -> str:
        """Return the figures that stand in the bench's output, as they are shown."""
        match = re.search(self.found, sections.get(self.bench, ""), re.MULTILINE)
        return self.shown.format(*match.groups()) if match else MISSING


def read_figures() -> list[Figure]:
    """Return the lines of ``figures.tsv``."""
    lines = Path(__file__).with_suffix(".tsv").read_text("utf-8").splitlines()
    return [Figure(*line.split("\t")) for line in lines[2:]]


def page(sections: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Return the page: the table, then each bench's part in the order of ``titles`` by name."""
    known = {name: sections[title] for name, title in titles.items() if title in sections}
    parts = (f"## {titles[name]}\n\n{text.strip()}\n" for name, text in known.items())
    return "\n".join([_ABOUT, "## In short\n", table(known), "", *parts])


def sections_of(page: str) -> dict[str, str]:
    """Return the parts of a page by title; without the table."""
    pieces = _HEADING.split(page)[1:]
    found = dict(zip(pieces[::2], pieces[1::2], strict=True))
    found.pop("In short", None)
    return found


def table(sections: Mapping[str, str]) -> str:
    """Return the table in Markdown, from the benches' output by name."""
    return "\n".join(["| measured | here | others, same run |", "|---|---|---|", *_rows(sections)])


def _rows(sections: Mapping[str, str]) -> Iterator[str]:
    for what, group in groupby(read_figures(), lambda figure: figure.what):
        values = {figure.who: figure.value(sections) for figure in group}
        here = values.pop("")
        others = "; ".join(f"{who} {value}" for who, value in values.items())
        yield f"| {what} | {here} | {others} |"


def quote(readme: str, page: str) -> str:
    """Return the README with the page's table between the marks."""
    made = re.search(r"^\| measured .*(?:\n\|.*)*", page, re.MULTILINE)
    lines: Sequence[str] = (START, "", made.group() if made else "", "", END)
    return re.sub(f"{START}.*?{END}", lambda _: "\n".join(lines), readme, flags=re.DOTALL)
