"""The quick search: its measures are those of the default, and its second look keeps to doubts."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from parallel_texts.alignment import align
from parallel_texts.alignment.block import Block
from parallel_texts.alignment.evidence import MEASURES, SHAPES, name_of
from parallel_texts.alignment.lattice import Band
from parallel_texts.alignment.pairwise import choose
from parallel_texts.alignment.quick import CLAUSE_MEASURES, measured, quick_frames
from parallel_texts.alignment.second_look import Doubts, in_doubt
from parallel_texts.alignment.sides import Side
from parallel_texts.encoders import UseEncoder

EN = [
    'He said: "The ships left in May," and nobody believed him.',
    "It rained.",
    "The captain, who had never seen the port before, asked for a map; there was none.",
    "Three days later they reached the river.",
    "The horses were tired, the men hungry.",
    "Nobody spoke.",
    "At dawn a boat came across the water, and the old man waved.",
    "They were saved.",
]
RU = [
    "Он сказал: «Корабли ушли в мае», и никто ему не поверил.",
    "Шёл дождь.",
    "Капитан, никогда прежде не видевший порта, попросил карту.",
    "Карты не было.",
    "Через три дня они вышли к реке. Лошади устали, люди проголодались.",
    "На рассвете по воде подошла лодка, и старик помахал рукой.",
    "Они были спасены.",
]


def sides() -> tuple[Side, Side]:
    encoder = UseEncoder()
    one, two = (Side(t, lang, encoder, fast=True) for t, lang in ((EN, "en"), (RU, "ru")))
    one.clause_mean, two.clause_mean = one.mean, two.mean
    return one, two


def test_measures_are_those_of_the_default() -> None:
    one, two = sides()
    band = Band(len(EN), len(RU), np.zeros(len(EN) + 1, dtype=np.int64), len(RU) + 1)
    block = Block(one.part(0, len(EN)), two.part(0, len(RU)), 1.1)
    plain = {name_of(measure): measure for measure in MEASURES}
    [frame] = quick_frames(one, two, band, 1.1, clauses=True)
    compared = 0
    for number, name, values in measured(frame, CLAUSE_MEASURES):
        if name in plain:
            a, b = SHAPES[number]
            wanted = np.broadcast_to(plain[name](block, a, b), (len(EN) + 1 - a, len(RU) + 1 - b))
            got = np.broadcast_to(values, (len(EN) + 1, len(RU) + 1))[a:, b:]
            assert np.allclose(got, wanted, atol=1e-4), (name, a, b)
            compared += 1
    assert compared == len(CLAUSE_MEASURES) * (len(SHAPES) - 2)


def path(probabilities: list[float]) -> list[tuple[tuple[int, int, int, int], float]]:
    """Return links of one passage each, the last two of the second text alone."""
    beads = [(n, n + 1, n, n + 1) for n in range(7)] + [(7, 8, 7, 7)]
    return list(zip(beads, probabilities, strict=True))


def test_second_look_changes_stretches_only_and_keeps_every_passage() -> None:
    one, two = sides()
    links = path([0.99, 0.99, 0.5, 0.6, 0.99, 0.99, 0.99, 0.3])
    stretches = in_doubt(links)
    assert stretches == [(1, 5), (6, 8)]
    doubts = Doubts(one, two, links, stretches, 1.1)
    settled = doubts.settle(choose(doubts.lattice()))
    assert links[0] in settled
    assert links[5] in settled
    corners = [(0, 0), *((b, d) for (_, b, _, d), _ in settled)]
    assert corners == [*((a, c) for (a, _, c, _), _ in settled), (len(EN), len(RU))]
    for (start, end), side in itertools.product(stretches, (0, 1)):
        assert {links[start][0][2 * side], links[end - 1][0][2 * side + 1]} <= {
            corner[side] for corner in corners
        }


def test_long_gaps_are_not_looked_at_again() -> None:
    gap = [((1, 1, 1 + n, 2 + n), 0.5) for n in range(30)]
    assert in_doubt([((0, 1, 0, 1), 0.99), *gap, ((1, 2, 31, 32), 0.99)]) == []
    assert in_doubt([((0, 1, 0, 1), 0.99), *gap[:5], ((1, 2, 6, 7), 0.99)]) == [(0, 7)]


@pytest.mark.parametrize("left_out", [0, 12, 40])
def test_fast_where_much_is_left_out(left_out: int) -> None:
    numbers = range(70)
    english = [f"On day {n} the {EN[n % 8].lower()}" for n in numbers]
    russian = [f"В день {n}: {RU[n % 7].lower()}" for n in numbers if not 20 <= n < 20 + left_out]
    found = align({"en": english, "ru": russian}, encoder=UseEncoder(), fast=True)
    for number, text in enumerate((english, russian)):
        assert sorted(n for link in found for n in link.sides[number]) == list(range(len(text)))


def test_fast_with_texts_of_a_passage_or_none() -> None:
    encoder = UseEncoder()
    assert [link.shape for link in align({"en": EN[:1], "ru": RU[:1]}, encoder=encoder, fast=True)]
    shapes = [link.shape for link in align({"en": [], "ru": RU}, encoder=encoder, fast=True)]
    assert shapes == ["0:1"] * len(RU)
