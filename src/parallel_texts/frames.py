"""Results as tables: data frames of pandas or polars, and HTML for notebooks.

A result names its rows once, as :meth:`Tabular.records`; the frame and the HTML follow from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib import import_module
from typing import Any, Protocol, TypeVar

from parallel_texts.errors import MissingDependencyError, ParallelTextsError

__all__ = ["Records", "Results", "Tabular", "as_html", "to_dataframe"]

Record = dict[str, Any]
T = TypeVar("T", bound="Records")

_SHOWN = 50
"""Rows of a result that a notebook shows."""
_LIBRARIES = ("pandas", "polars")


class Records(Protocol):
    """What can be a row: it says itself as names and plain values."""

    def record(self) -> Record:
        """Return names and plain values of one row."""


class Tabular:
    """Gives a result with :meth:`records` a data frame and a view in notebooks."""

    __slots__ = ()

    def records(self) -> list[Record]:
        """Return the rows as dictionaries of plain values."""
        raise NotImplementedError

    def to_dataframe(self, library: str | None = None) -> Any:
        """Return the rows as a data frame; see :func:`to_dataframe`."""
        return to_dataframe(self.records(), library)

    def _repr_html_(self) -> str:
        return as_html(self.records())


class Results(Tabular, tuple[T, ...]):
    """A tuple of findings, norms or counts that is also a table.

    >>> from parallel_texts.model import Evidence, Finding
    >>> found = Results([Finding("V102", "version", "", "l1", ("ru",), "5, not 6", 0.9, "numbers")])
    >>> found.records()[0]["code"]
    'V102'
    """

    __slots__ = ()

    def records(self) -> list[Record]:
        """Return a dictionary of plain values for each."""
        return [item.record() for item in self]

    def __repr__(self) -> str:
        return f"Results({tuple.__repr__(self)})"


def to_dataframe(records: Sequence[Mapping[str, Any]], library: str | None = None) -> Any:
    """Return rows as a data frame.

    Args:
        records: Rows with names; a name that a row lacks is empty there.
        library: ``pandas`` or ``polars``; without it the first of the two that is installed.

    Raises:
        ParallelTextsError: There is no such library.
        MissingDependencyError: It is not installed; says what to install.
    """
    names = list(dict.fromkeys(name for record in records for name in record))
    columns = {name: [record.get(name) for record in records] for name in names}
    return _library(library).DataFrame(columns)


def _library(name: str | None) -> Any:
    if name is not None and name not in _LIBRARIES:
        raise ParallelTextsError(f"no data frames of {name!r}: choose {' or '.join(_LIBRARIES)}")
    for module in [name] if name else _LIBRARIES:
        try:
            return import_module(module)
        except ModuleNotFoundError:
            continue
    what = name or "'parallel-texts[frames]'"
    raise MissingDependencyError(f"no library for data frames: pip install {what}")


def as_html(records: Sequence[Mapping[str, Any]]) -> str:
    """Return the first rows as an HTML table, escaped, and how many there are."""
    shown = records[:_SHOWN]
    names = list(dict.fromkeys(name for record in shown for name in record))
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join(f"<tr>{_cells(record, names)}</tr>" for record in shown)
    more = f"<p>{len(shown)} of {len(records)} rows</p>" if len(records) > len(shown) else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cells(record: Mapping[str, Any], names: Iterable[str]) -> str:
    return "".join(f"<td>{escape(_shown(record.get(name, '')))}</td>" for name in names)


def _shown(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)
