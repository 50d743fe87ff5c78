"""Encoders from sentence-transformers: LaBSE and any other model by its name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from parallel_texts.encoders.base import Array
from parallel_texts.errors import MissingDependencyError

__all__ = ["LabseEncoder", "TransformerEncoder"]


class TransformerEncoder:
    """A sentence-transformers model, loaded when it is first used.

    Args:
        model: Its name on the hub, or a folder.

    Raises:
        MissingDependencyError: sentence-transformers is not installed.
    """

    def __init__(self, model: str) -> None:
        try:
            import sentence_transformers  # noqa: F401
        except ImportError as error:
            raise MissingDependencyError(
                f"the encoder {model!r} needs sentence-transformers: "
                "pip install 'parallel-texts[transformers]'"
            ) from error
        self.name = model

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(self.name)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._model.get_sentence_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Array:
        """Return unit vectors, shape (len(texts), dimensions)."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


class LabseEncoder(TransformerEncoder):
    """LaBSE: 109 languages, 1.9 GB."""

    def __init__(self) -> None:
        super().__init__("sentence-transformers/LaBSE")
