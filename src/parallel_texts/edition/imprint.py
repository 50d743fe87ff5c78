"""Which edition a page is: date, fingerprint of its content, and how it is cited."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass

import parallel_texts
from parallel_texts.edition.dates import day
from parallel_texts.edition.labels import ORIGINS, Translate, label
from parallel_texts.edition.views import Column
from parallel_texts.model import Work

__all__ = ["Citation", "Imprint", "cite", "today"]

_UNSURE = ("reconstruction", "regest")
"""Origins that a citation must name: what is cited is not the document itself."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """Date of an edition (ISO) and fingerprint of what it shows."""

    date: str
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A ready citation of the work, and the pattern for a place in it.

    Attributes:
        text: Citation of the whole work.
        pattern: The same with ``{where}`` and ``{url}`` for script to fill in.
        imprint: The edition's own line.
    """

    text: str
    pattern: str
    imprint: str


def today() -> str:
    """Return the ISO date, or that of ``SOURCE_DATE_EPOCH`` for builds that repeat exactly."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    return datetime.datetime.now().date().isoformat()


def cite(
    work: Work, columns: Sequence[Column], imprint: Imprint, ui_lang: str, translate: Translate
) -> Citation:
    """Return how the work is cited: title, versions with standing, what it is not, edition."""
    line = translate("Parallel texts {version}, edition of {date}, content {content}").format(
        version=parallel_texts.__version__,
        date=day(imprint.date, translate),
        content=imprint.content,
    )
    standings = ", ".join(f"{column.label} ({column.standing})" for column in columns)
    origins = dict.fromkeys(v.origin for v in work.versions if v.origin in _UNSURE)
    warning = "; ".join(label(ORIGINS, origin, translate) for origin in origins)
    parts = [_titled(work, ui_lang, translate), standings, warning]
    start = "; ".join(part for part in parts if part)
    stem = f"{work.id}, {start}".replace("{", "(").replace("}", ")")
    return Citation(f"{stem}. {line}.", f"{stem}. {{where}}. {line}. {{url}}", line)


def _titled(work: Work, ui_lang: str, translate: Translate) -> str:
    title = translate("“{title}”").format(title=work.title(ui_lang))
    return f"{title} ({day(work.date, translate)})" if work.date else title
