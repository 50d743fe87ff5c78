"""Compare documents that exist, or are missing, in several languages.

The public names are loaded when they are first used, so that importing the package takes
milliseconds and loads no model. They are the words of the command line.

>>> import parallel_texts as pt
>>> alignment = pt.align({"zh": ["双方同意。"], "en": "The Parties agree."})
>>> [link.shape for link in alignment]
['1:1']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from parallel_texts import norms
    from parallel_texts.concordance import Concordance, Index, search, translations
    from parallel_texts.corpus import load_corpus
    from parallel_texts.edition import render_site, render_work
    from parallel_texts.encoders import Encoder, load_encoder
    from parallel_texts.errors import ParallelTextsError
    from parallel_texts.evaluation import evaluate
    from parallel_texts.exchange.formats import export
    from parallel_texts.findings import flag
    from parallel_texts.model import (
        Alignment,
        Authority,
        Corpus,
        Division,
        Evidence,
        Finding,
        Link,
        Passage,
        Version,
        Work,
    )
    from parallel_texts.norms import Balance, Norm, balance
    from parallel_texts.pipeline import align_work, build, flag_work
    from parallel_texts.plain import read_plain
    from parallel_texts.segmentation import segment
    from parallel_texts.texts import align
    from parallel_texts.validation import validate

_HOMES = {
    "concordance": ("Concordance", "Index", "search", "translations"),
    "corpus": ("load_corpus",),
    "edition": ("render_site", "render_work"),
    "encoders": ("Encoder", "load_encoder"),
    "errors": ("ParallelTextsError",),
    "evaluation": ("evaluate",),
    "exchange.formats": ("export",),
    "findings": ("flag",),
    "model": (
        "Alignment",
        "Authority",
        "Corpus",
        "Division",
        "Evidence",
        "Finding",
        "Link",
        "Passage",
        "Version",
        "Work",
    ),
    "norms": ("Balance", "Norm", "balance"),
    "pipeline": ("align_work", "build", "flag_work"),
    "plain": ("read_plain",),
    "segmentation": ("segment",),
    "texts": ("align",),
    "validation": ("validate",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Alignment",
    "Authority",
    "Balance",
    "Concordance",
    "Corpus",
    "Division",
    "Encoder",
    "Evidence",
    "Finding",
    "Index",
    "Link",
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
    "export",
    "flag",
    "flag_work",
    "load_corpus",
    "load_encoder",
    "norms",
    "read_plain",
    "render_site",
    "render_work",
    "search",
    "segment",
    "translations",
    "validate",
]


def __getattr__(name: str) -> object:
    """Load a public name from the module it lives in; ``norms`` is a module itself."""
    if name == "norms":
        return import_module(f"{__name__}.norms")
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
