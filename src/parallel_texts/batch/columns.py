"""Records as Parquet: one column a field, per language the text, the numbers and the ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parallel_texts.errors import MissingDependencyError

__all__ = ["format_parquet", "load_pyarrow"]

Record = dict[str, Any]


def load_pyarrow() -> tuple[Any, Any]:
    """Return pyarrow and its module for Parquet.

    Raises:
        MissingDependencyError: It is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingDependencyError(
            "Parquet needs pyarrow: pip install 'parallel-texts[parquet]'"
        ) from error
    return pyarrow, parquet


def format_parquet(kind: str, records: Sequence[Record], languages: Sequence[str]) -> bytes:
    """Return a Parquet file of records of one kind: ``links``, ``findings`` or ``works``.

    Args:
        kind: Which schema.
        records: As :mod:`parallel_texts.batch.records` makes them, or outcomes.
        languages: All languages of the batch: each has its columns, null where a work lacks it.

    Raises:
        MissingDependencyError: pyarrow is not installed.
    """
    pyarrow, parquet = load_pyarrow()
    schema = _schema(kind, languages, pyarrow)
    rows = [_row(kind, record, languages) for record in records]
    table = pyarrow.Table.from_pylist(rows, schema=schema)
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())


def _schema(kind: str, languages: Sequence[str], pa: Any) -> Any:
    fields = {"links": _link_fields, "findings": _finding_fields, "works": _work_fields}[kind](pa)
    if kind == "links":
        for lang in languages:
            fields[lang] = pa.string()
            fields[f"{lang}_numbers"] = pa.list_(pa.int32())
            fields[f"{lang}_passages"] = pa.list_(pa.string())
    return pa.schema(list(fields.items()))


def _link_fields(pa: Any) -> dict[str, Any]:
    words = {name: pa.string() for name in ("work", "id", "shape")}
    measures = {name: pa.float32() for name in ("score", "confidence")}
    return (
        words
        | measures
        | {
            "moved": pa.bool_(),
            "languages": pa.list_(pa.string()),
            "findings": pa.list_(pa.string()),
        }
    )


def _finding_fields(pa: Any) -> dict[str, Any]:
    names = ("work", "unit", "code", "message", "rule")
    quoted = {name: pa.string() for name in ("lang", "passage", "text")}
    places = {name: pa.int32() for name in ("start", "end")}
    return {name: pa.string() for name in names} | {
        "languages": pa.list_(pa.string()),
        "confidence": pa.float32(),
        "evidence": pa.list_(pa.struct(list((quoted | places).items()))),
    }


def _work_fields(pa: Any) -> dict[str, Any]:
    counts = pa.map_(pa.string(), pa.int64())
    return {
        "id": pa.string(),
        "status": pa.string(),
        "reason": pa.string(),
        "confidence": pa.float32(),
        "bins": pa.list_(pa.int64()),
        "notes": pa.list_(pa.string()),
    } | dict.fromkeys(("passages", "characters", "links", "findings"), counts)


def _row(kind: str, record: Record, languages: Sequence[str]) -> Record:
    shaped = _link_row(record, languages) if kind == "links" else record
    return {name: _writable(value) for name, value in shaped.items()}


def _link_row(record: Record, languages: Sequence[str]) -> Record:
    row = dict(record)
    for lang in languages:
        texts = record["texts"].get(lang)
        row[lang] = None if texts is None else ("" if lang == "zh" else " ").join(texts)
        row[f"{lang}_numbers"] = record.get(lang)
        row[f"{lang}_passages"] = record["passages"].get(lang)
    return row


def _writable(value: Any) -> Any:
    """Replace lone surrogates, which UTF-8 cannot hold; counts become pairs."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict) and not {"lang", "passage"} <= value.keys():
        return [(key, item) for key, item in value.items()]
    if isinstance(value, dict):
        return {key: _writable(item) for key, item in value.items()}
    return [_writable(item) for item in value] if isinstance(value, list) else value
