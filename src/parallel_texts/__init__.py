"""Compare documents that exist, or are missing, in several languages.

The public names are loaded when they are first used, so that importing the package takes
milliseconds and loads no model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from parallel_texts.alignment import align
    from parallel_texts.corpus import load_corpus
    from parallel_texts.edition import render_site
    from parallel_texts.encoders import Encoder, load_encoder
    from parallel_texts.errors import ParallelTextsError
    from parallel_texts.evaluation import evaluate
    from parallel_texts.findings import flag
    from parallel_texts.model import (
        Alignment,
        Authority,
        Corpus,
        Division,
        Evidence,
        Finding,
        Link,
        Mention,
        Passage,
        Version,
        Work,
    )
    from parallel_texts.norms import Norm, balance
    from parallel_texts.pipeline import align_work, build, flag_work
    from parallel_texts.plain import read_plain
    from parallel_texts.segmentation import segment
    from parallel_texts.validation import validate

_HOMES = {
    "alignment": ("align",),
    "corpus": ("load_corpus",),
    "edition": ("render_site",),
    "encoders": ("Encoder", "load_encoder"),
    "errors": ("ParallelTextsError",),
    "evaluation": ("evaluate",),
    "findings": ("flag",),
    "model": (
        "Alignment",
        "Authority",
        "Corpus",
        "Division",
        "Evidence",
        "Finding",
        "Link",
        "Mention",
        "Passage",
        "Version",
        "Work",
    ),
    "norms": ("Norm", "balance"),
    "pipeline": ("align_work", "build", "flag_work"),
    "plain": ("read_plain",),
    "segmentation": ("segment",),
    "validation": ("validate",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Alignment",
    "Authority",
    "Corpus",
    "Division",
    "Encoder",
    "Evidence",
    "Finding",
    "Link",
    "Mention",
    "Norm",
    "ParallelTextsError",
    "Passage",
    "Version",
    "Work",
    "__version__",
    "align",
    "align_work",
    "balance",
    "build",
    "evaluate",
    "flag",
    "flag_work",
    "load_corpus",
    "load_encoder",
    "read_plain",
    "render_site",
    "segment",
    "validate",
]


def __getattr__(name: str) -> object:
    """Load a public name from the module it lives in."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
