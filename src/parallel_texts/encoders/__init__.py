"""Encoders: text to vectors. The bundled one, others by entry point, and a cache on disk.

A package adds an encoder with an entry point in the group ``parallel_texts.encoders``; see
:class:`Encoder` for what it must offer.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from parallel_texts.encoders.averaging import AveragingEncoder, additive
from parallel_texts.encoders.base import AdditiveEncoder, Array, Encoder, Parts
from parallel_texts.encoders.cache import CachedEncoder
from parallel_texts.encoders.use import UseEncoder
from parallel_texts.errors import MissingDependencyError

__all__ = [
    "AdditiveEncoder",
    "Array",
    "AveragingEncoder",
    "CachedEncoder",
    "Encoder",
    "Parts",
    "UseEncoder",
    "additive",
    "encoder_names",
    "load_encoder",
]

_GROUP = "parallel_texts.encoders"
_OWN = {
    "use": "parallel_texts.encoders.use:UseEncoder",
    "labse": "parallel_texts.encoders.transformers:LabseEncoder",
    "lexical": "parallel_texts.encoders.lexical:LexicalEncoder",
}
"""The package's own encoders, there even where its metadata is not, as in a source tree."""


def encoder_names() -> tuple[str, ...]:
    """Return the names that :func:`load_encoder` knows."""
    return tuple(sorted({entry.name for entry in _entries()}))


def _entries() -> list[EntryPoint]:
    """Return the package's own encoders, then what others add."""
    own = [EntryPoint(name, place, _GROUP) for name, place in _OWN.items()]
    return own + [entry for entry in entry_points(group=_GROUP) if entry.name not in _OWN]


def load_encoder(name: str = "use", *, cached: bool = True) -> Encoder:
    """Return the encoder of this name.

    Args:
        name: An entry point (``use``, ``lexical``, ``labse``), or the name of any
            sentence-transformers model, with a slash in it.
        cached: Keep vectors on disk, see :class:`CachedEncoder`.

    Raises:
        MissingDependencyError: There is none, or what it needs is not installed.
    """
    encoder = _load(name)
    return CachedEncoder(additive(encoder)) if cached else encoder


def _load(name: str) -> Encoder:
    for entry in _entries():
        if entry.name == name:
            encoder: Encoder = entry.load()()
            return encoder
    if "/" in name:
        from parallel_texts.encoders.transformers import TransformerEncoder

        return TransformerEncoder(name)
    raise MissingDependencyError(
        f"no encoder {name!r}: choose one of {', '.join(encoder_names())}, a sentence-transformers "
        "model such as intfloat/multilingual-e5-base, or install the package that provides it"
    )
