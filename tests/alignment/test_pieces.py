"""Long texts cut at certain places: nothing lost, nothing crossed, whole where nothing is certain."""

from __future__ import annotations

import itertools
import random

import pytest

from parallel_texts.alignment import align
from parallel_texts.alignment.pieces import align_pieces, cut, pieces, put_together
from parallel_texts.encoders import Encoder, load_encoder
from parallel_texts.errors import AlignmentError
from parallel_texts.model import Division, Passage

THINGS = (
    ("railway", "железная дорога"), ("bridge", "мост"), ("river", "река"), ("winter", "зима"),
    ("soldier", "солдат"), ("letter", "письмо"), ("teacher", "учитель"), ("harvest", "урожай"),
    ("factory", "завод"), ("island", "остров"), ("horse", "лошадь"), ("music", "музыка"),
    ("doctor", "врач"), ("bread", "хлеб"), ("mountain", "гора"), ("ship", "корабль"),
)  # fmt: skip
DEEDS = (
    ("was destroyed", "разрушен"), ("was shown to the minister", "показан министру"),
    ("cost too much", "стоит слишком дорого"), ("is older than the city", "старше города"),
    ("became famous", "стал знаменитым"), ("was painted green", "окрашен в зелёный цвет"),
)  # fmt: skip


def story(count: int) -> dict[str, list[str]]:
    """Return a text of so many sentences in two languages, two of Russian missing."""
    chance = random.Random(7)
    rows = [(chance.choice(THINGS), chance.choice(DEEDS), n) for n in range(count)]
    return {
        "en": [f"In year {n} the {thing[0]} {deed[0]}." for thing, deed, n in rows],
        "ru": [
            f"В {n} году: {thing[1]}, {deed[1]}." for thing, deed, n in rows if n not in (20, 90)
        ],
    }


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder("lexical", cached=False)


def test_short_texts_stay_whole() -> None:
    assert pieces({"zh": ["一"], "en": ["One."]}) == [((0, 1), (0, 1))]


def test_cuts_are_where_the_texts_answer_to_each_other(encoder: Encoder) -> None:
    texts = story(450)
    found = pieces(texts, encoder=encoder, size=200)
    assert len(found) > 2
    assert [stretch[0] for stretch in found[0]] == [0, 0]
    assert [stretch[1] for stretch in found[-1]] == [450, 448]
    for before, after in itertools.pairwise(found):
        assert [stretch[1] for stretch in before] == [stretch[0] for stretch in after]
        assert year(texts["en"][after[0][0]]) == year(texts["ru"][after[1][0]])


def year(text: str) -> str:
    return next(word.strip(":") for word in text.split() if word.strip(":").isdecimal())


def test_the_order_of_languages_changes_nothing(encoder: Encoder) -> None:
    texts = story(450)
    turned = dict(reversed(texts.items()))
    found = pieces(texts, encoder=encoder, size=200)
    assert pieces(turned, encoder=encoder, size=200) == [piece[::-1] for piece in found]


def test_nothing_is_cut_where_nothing_is_certain(encoder: Encoder) -> None:
    texts = {"en": ["The same."] * 450, "ru": ["Одно и то же."] * 450}
    assert len(pieces(texts, encoder=encoder, size=200)) == 1


def test_pieces_together_are_the_whole(encoder: Encoder) -> None:
    texts = story(200)
    together = align_pieces(texts, encoder=encoder, fast=True, size=120, work="w")
    whole = align(texts, encoder=encoder, fast=True, work="w")
    assert len(pieces(texts, encoder=encoder, size=120)) == 2
    assert together.passages == whole.passages
    assert [link.id for link in together] == [f"l{n + 1}" for n in range(len(together))]
    same = {link.sides for link in together} & {link.sides for link in whole}
    assert len(same) >= 0.98 * len(whole)


def test_divisions_are_shortened_to_a_piece() -> None:
    def division(name: str, *texts: str) -> Division:
        return Division(name, "article", "", "", tuple(Passage(t, t, "en") for t in texts))

    texts = {"en": [division("a1", "a", "b"), division("a2", "c", "d", "e")], "ru": ["1", "2"]}
    part = cut(texts, ((1, 4), (0, 1)))
    assert [[p.text for p in d.passages] for d in part["en"]] == [["b"], ["c", "d"]]
    assert [d.id for d in part["en"]] == ["a1", "a2"]
    assert [p.text for d in part["ru"] for p in d.passages] == ["1"]


def test_pieces_of_other_languages_are_refused(encoder: Encoder) -> None:
    one = align({"en": ["One."], "ru": ["Один."]}, encoder=encoder)
    two = align({"ru": ["Один."], "en": ["One."]}, encoder=encoder)
    with pytest.raises(AlignmentError, match="same languages"):
        put_together([one, two])
