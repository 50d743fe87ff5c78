"""The summary as a page that opens from disk: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from parallel_texts.edition.labels import CODES, language_name
from parallel_texts.i18n import translator

__all__ = ["format_page"]

_SHOWN = 200
"""Rows of a list on the page; the rest is in ``summary.json``."""
_KINDS = 15
"""Kinds of links with a bar of their own."""


def format_page(summary: Mapping[str, Any], ui: str = "en") -> str:
    """Return HTML for what :func:`parallel_texts.batch.report.summarise` says.

    Args:
        summary: The numbers.
        ui: Language of the words around them: ``en``, ``ru`` or ``zh``.

    Raises:
        ParallelTextsError: There is no interface in that language.
    """
    translate, labels = translator("batch", ui), translator("edition", ui)
    return _template().render(
        summary,
        kinds={
            languages: _bars(_few(kinds, translate("others")))
            for languages, kinds in summary["links"].items()
        },
        classes=_bars(_classes(summary["confidence"])),
        codes=_bars(summary["findings"]),
        names={code: labels(name) for code, name in CODES.items()},
        language=lambda lang: language_name(lang, labels),
        shown=_SHOWN,
        ui=ui,
        _=translate,
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


def _few(counts: Mapping[str, int], others: str) -> dict[str, int]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(count for _, count in ordered[_KINDS:])
    return dict(ordered[:_KINDS]) | ({others: rest} if rest else {})


def _classes(bins: list[int]) -> dict[str, int]:
    size = len(bins)
    return {f"{n / size:.1f}–{(n + 1) / size:.1f}": count for n, count in enumerate(bins)}
