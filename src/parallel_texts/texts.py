"""Texts as they come, lists, strings or files, aligned without a corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from parallel_texts.alignment import align as align_divisions
from parallel_texts.encoders import Encoder
from parallel_texts.model import Alignment, Division
from parallel_texts.plain import divide, read_plain

__all__ = ["Text", "align"]

Text = str | Path | Sequence[str] | Sequence[Division]
"""Running text, a file, passages, or divisions with passages."""


def align(
    texts: Mapping[str, Text],
    *,
    encoder: Encoder | None = None,
    fast: bool = False,
    work: str = "",
    progress: Callable[[float], None] | None = None,
) -> Alignment:
    """Align two or more texts passage by passage, however they come.

    Args:
        texts: Per language key a string (running text, divided at its headings and split into
            sentences), a :class:`~pathlib.Path` to a plain text file (likewise), a list of
            strings (each is a passage), or divisions.
        encoder: From :func:`parallel_texts.load_encoder`; default: the bundled one.
        fast: Quicker, a little less exact.
        work: Id of the work, kept in the alignment.
        progress: Called with the share that is done, 0 to 1, while long texts are aligned.

    Returns:
        Every passage of every text in exactly one link; the languages in the order given.

    Raises:
        AlignmentError: There are fewer than two texts.
        ParseError: A file cannot be read.

    Example:
        >>> found = align({"zh": ["双方同意。", "签字。"], "en": "The Parties agree. Signed."})
        >>> [(found.text(link, "zh"), found.text(link, "en")) for link in found]
        [('双方同意。', 'The Parties agree.'), ('签字。', 'Signed.')]
    """
    read = {lang: _divided(text, lang) for lang, text in texts.items()}
    return align_divisions(read, encoder=encoder, fast=fast, work=work, progress=progress)


def _divided(text: Text, lang: str) -> Sequence[str] | Sequence[Division]:
    if isinstance(text, str):
        return divide(text, lang)
    return read_plain(text, lang) if isinstance(text, Path) else text
