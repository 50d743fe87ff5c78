"""The summary as a page that opens from disk: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from parallel_texts.edition.labels import CODES

__all__ = ["format_page"]

_SHOWN = 200
"""Rows of a list on the page; the rest is in ``summary.json``."""
_KINDS = 15
"""Kinds of links with a bar of their own."""


def format_page(summary: Mapping[str, Any]) -> str:
    """Return HTML for what :func:`parallel_texts.batch.report.summarise` says."""
    return _template().render(
        summary,
        kinds={languages: _bars(_few(kinds)) for languages, kinds in summary["links"].items()},
        classes=_bars(_classes(summary["confidence"])),
        codes=_bars(summary["findings"]),
        names=CODES,
        shown=_SHOWN,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("parallel_texts.batch"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("summary.html")


def _bars(counts: Mapping[str, int]) -> list[tuple[str, int, float]]:
    """Return name, count and percent of all for each row."""
    total = max(sum(counts.values()), 1)
    return [(name, count, 100 * count / total) for name, count in counts.items()]


def _few(counts: Mapping[str, int]) -> dict[str, int]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(count for _, count in ordered[_KINDS:])
    return dict(ordered[:_KINDS]) | ({"others": rest} if rest else {})


def _classes(bins: list[int]) -> dict[str, int]:
    size = len(bins)
    return {f"{n / size:.1f} to {(n + 1) / size:.1f}": count for n, count in enumerate(bins)}
