"""V110: which words have no counterpart."""

import numpy as np
import pytest

from parallel_texts.encoders import UseEncoder
from parallel_texts.findings import flag
from parallel_texts.findings.counterparts import features, meet
from parallel_texts.findings.stretches import unmet_stretch
from parallel_texts.findings.vectors import encode_texts, give_vectors
from parallel_texts.languages.content_words import split_words
from parallel_texts.model import Alignment, Link, Passage

RUSSIAN = "Стороны уведомляют друг друга о полётах и передают сведения о погоде."
ENGLISH = "The Parties shall notify each other of flights and communicate weather reports."
SHORTER = "The Parties shall notify each other of flights."


def test_states_of_words_add_up_to_the_text() -> None:
    encoder = UseEncoder()
    places = [[word.start for word in split_words(RUSSIAN, "ru")]]
    parts = encoder.encode_words([RUSSIAN], places)
    assert len(parts.states) == len(places[0]) + 2
    whole = encoder.pool(parts.totals())
    assert np.allclose(whole, encoder.encode([RUSSIAN]), atol=1e-4)


def test_no_text_has_no_states() -> None:
    assert encode_texts([]) == {}


@pytest.mark.parametrize("text", ["", "。", "1955", "…①"])
def test_a_side_without_content_is_compared_too(text: str) -> None:
    spoken = encode_texts([(text, "zh"), (ENGLISH, "en")])
    give_vectors(spoken.values())
    for by_vectors in (False, True):
        found = features(*meet(*spoken.values(), by_vectors=by_vectors))
        assert len(found) == 16
        assert np.isfinite(found).all()


def test_what_was_dropped_is_what_is_named() -> None:
    spoken = encode_texts([(RUSSIAN, "ru"), (SHORTER, "en")])
    give_vectors(spoken.values())
    ours, theirs = spoken.values()
    met, _ = meet(ours, theirs, by_vectors=True)
    start, end = unmet_stretch(ours, theirs, met, "ru")
    assert RUSSIAN[start:end] == "и передают сведения о погоде"


def test_words_are_less_met_where_something_is_missing() -> None:
    spoken = encode_texts([(RUSSIAN, "ru"), (SHORTER, "en"), (ENGLISH, "en")])
    russian, shorter, english = spoken.values()
    less, _ = meet(russian, shorter, by_vectors=False)
    more, _ = meet(russian, english, by_vectors=False)
    assert less.lack.mean() > more.lack.mean()


def test_words_of_a_second_passage_are_quoted_from_it() -> None:
    first = Passage("ru1", "Стороны уведомляют друг друга о полётах.", "ru")
    second = Passage("ru2", "Каждая Сторона ежемесячно передаёт другой сведения о погоде.", "ru")
    english = Passage("en1", SHORTER, "en")
    link = Link("l1", ("ru", "en"), ((0, 1), (0,)))
    alignment = Alignment(("ru", "en"), ((first, second), (english,)), (link,))
    (found,) = flag(alignment, select=["V110"])
    quoted = next(e for e in found.evidence if e.lang == "ru")
    assert quoted.passage == "ru2"
    assert quoted.text == second.text[quoted.start : quoted.end]
