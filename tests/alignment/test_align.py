"""Whole alignments: edge cases, barriers, moves, and independence of the order of languages."""

from __future__ import annotations

import itertools
import json
import re
import tracemalloc
from pathlib import Path

import pytest

from parallel_texts.alignment import align
from parallel_texts.encoders import UseEncoder
from parallel_texts.errors import AlignmentError
from parallel_texts.evaluation import evaluate
from parallel_texts.model import Alignment, Division, Passage

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold" / "ntrex_zh_ru_en"

ZH = [
    "双方飞机不得越过边界。",
    "如有越界，应立即通知对方。",
    "中方负责修建机场。",
    "本协定自签字之日起生效。",
]
RU = [
    "Самолёты сторон не пересекают границу.",
    "О пересечении границы немедленно уведомляется другая сторона.",
    "Китайская сторона строит аэродром.",
    "Настоящее соглашение вступает в силу со дня подписания.",
]
EN = [
    "Aircraft of the Parties shall not cross the border.",
    "The other Party shall be notified of any crossing at once.",
    "The Chinese side builds the airfield.",
    "This Agreement enters into force on the day of signature.",
]


def article(lang: str, number: int, *texts: str) -> Division:
    key = f"a{number}"
    passages = tuple(Passage(f"{lang}.{key}.s{k}", t, lang, key) for k, t in enumerate(texts, 1))
    return Division(key, "article", str(number), "", passages)


def sides(alignment: Alignment) -> list[tuple[tuple[int, ...], ...]]:
    return [link.sides for link in alignment]


def assert_complete(alignment: Alignment) -> None:
    """Every passage of every text is in exactly one link."""
    for lang, passages in zip(alignment.languages, alignment.passages, strict=True):
        numbers = sorted(n for link in alignment for n in link[lang])
        assert numbers == list(range(len(passages)))


def test_three_languages_line_by_line() -> None:
    found = align({"zh": ZH, "ru": RU, "en": EN})
    assert sides(found) == [((n,), (n,), (n,)) for n in range(4)]
    assert all(link.confidence > 0.8 for link in found)


def test_every_order_of_languages_gives_the_same_links() -> None:
    texts = {"zh": [*ZH[:2], ZH[2] + ZH[3]], "ru": RU[1:], "en": EN}
    expected = None
    for order in itertools.permutations(texts):
        found = align({lang: texts[lang] for lang in order})
        assert_complete(found)
        assert found.languages == order
        links = {tuple(link[lang] for lang in sorted(texts)) for link in found}
        rated = sorted((link.confidence, link.score) for link in found)
        assert expected in (None, (links, rated))
        expected = links, rated


def test_omission_is_found() -> None:
    found = align({"zh": ZH, "ru": [RU[0], RU[1], RU[3]]})
    assert ((2,), ()) in sides(found)
    assert next(link for link in found if link["zh"] == (2,)).missing == ("ru",)


def test_a_pair_without_english() -> None:
    assert sides(align({"ru": RU, "zh": ZH})) == [((n,), (n,)) for n in range(4)]


def test_identical_texts() -> None:
    found = align({"en": EN, "fr": EN})
    assert sides(found) == [((n,), (n,)) for n in range(4)]


def test_traditional_against_simplified() -> None:
    traditional = [
        "雙方飛機不得越過邊界。",
        "如有越界，應立即通知對方。",
        "中方負責修建機場。",
        "本協定自簽字之日起生效。",
    ]
    assert sides(align({"zh": ZH, "zh-Hant": traditional})) == [((n,), (n,)) for n in range(4)]


def test_spelling_before_1918() -> None:
    old = [
        "Аэропланы сторонъ не пересѣкаютъ границу.",
        "О пересѣченіи границы немедленно увѣдомляется другая сторона.",
        "Китайская сторона строитъ аэродромъ.",
        "Настоящее соглашеніе вступаетъ въ силу со дня подписанія.",
    ]
    assert sides(align({"ru": old, "en": EN})) == [((n,), (n,)) for n in range(4)]


def test_mixed_scripts() -> None:
    mixed = ["МиГ-15 (米格-15) over 哈尔滨 Harbin.", "Peng Dehuai 彭德怀 Пэн Дэхуай signed."]
    plain = ["MiG-15 fighters over Harbin.", "Peng Dehuai signed the paper."]
    assert sides(align({"zh": mixed, "en": plain})) == [((0,), (0,)), ((1,), (1,))]


@pytest.mark.parametrize("empty", [[], [""]])
def test_one_side_empty(empty: list[str]) -> None:
    found = align({"zh": empty, "en": EN})
    assert_complete(found)
    assert align({"zh": [], "en": []}).links == ()


def test_one_passage_each() -> None:
    assert sides(align({"zh": [ZH[0]], "en": [EN[0]]})) == [((0,), (0,))]


def test_one_passage_to_forty() -> None:
    sentences = [f"{text[:-1]} in district {n}." for n in range(10) for text in EN]
    found = align({"en": [" ".join(sentences)], "fr": sentences})
    assert sides(found) == [((0,), tuple(range(40)))]


def test_different_texts_are_not_trusted() -> None:
    other = ["Налоговая декларация подаётся в срок.", "Ракета взлетела ночью.", "Кошка спит."]
    found = align(
        {"en": ["We sell fresh fish.", "My uncle likes opera.", "Paint it blue."], "ru": other}
    )
    assert_complete(found)
    assert max(link.confidence for link in found) < 0.4


def test_very_long_passages() -> None:
    found = align({"zh": [ZH[0] * 900, ZH[3]], "en": [EN[0] * 200, EN[3]]})
    assert sides(found) == [((0,), (0,)), ((1,), (1,))]


def test_ten_thousand_characters_keep_their_place() -> None:
    found = align({"zh": [ZH[0], (ZH[1] * 600)[:10_000], ZH[3]], "en": [EN[0], EN[1] * 200, EN[3]]})
    assert sides(found) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


def test_an_enormous_passage_takes_bounded_memory() -> None:
    enormous = ZH[0] * (13_000_000 // len(ZH[0]))
    tracemalloc.start()
    found = align({"zh": [enormous, ZH[3]], "en": [EN[0], EN[3]]}, encoder=UseEncoder())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert_complete(found)
    assert peak < 500e6


def test_fewer_than_two_texts_is_an_error() -> None:
    with pytest.raises(AlignmentError, match="two texts"):
        align({"zh": ZH})


def test_articles_in_another_order_are_moved_not_lost() -> None:
    zh = [article("zh", 1, *ZH[:2]), article("zh", 2, ZH[2]), article("zh", 3, ZH[3])]
    ru = [article("ru", 1, RU[2]), article("ru", 2, *RU[:2]), article("ru", 3, RU[3])]
    found = align({"zh": zh, "ru": ru})
    assert set(sides(found)) == {((0,), (1,)), ((1,), (2,)), ((2,), (0,)), ((3,), (3,))}
    assert any(link.moved for link in found)
    assert not next(link for link in found if link["zh"] == (3,)).moved


def test_an_article_split_in_two_is_joined() -> None:
    zh = [article("zh", 1, *ZH[:2]), article("zh", 2, ZH[2]), article("zh", 3, ZH[3])]
    ru = [article("ru", n, text) for n, text in enumerate(RU, 1)]
    assert sides(align({"zh": zh, "ru": ru})) == [((n,), (n,)) for n in range(4)]


def test_an_article_of_one_version_alone_is_an_omission() -> None:
    zh = [article("zh", 1, *ZH[:2]), article("zh", 2, "税款由商人缴纳。"), article("zh", 3, ZH[3])]
    ru = [article("ru", 1, *RU[:2]), article("ru", 3, RU[3])]
    found = align({"zh": zh, "ru": ru})
    assert ((2,), ()) in sides(found)
    assert_complete(found)


@pytest.mark.gold
def test_quality_does_not_fall() -> None:
    if not GOLD.is_dir():
        pytest.skip("no gold data beside the checkout")
    rows = [json.loads(row) for row in (GOLD / "01.links.jsonl").read_text("utf-8").splitlines()]
    texts = {
        lang: re.split("\n", (GOLD / f"01.{lang}.txt").read_text("utf-8").removesuffix("\n"))
        for lang in ("zh", "ru", "en")
    }
    found = align(texts)
    result = evaluate([tuple(tuple(row[lang]) for lang in texts) for row in rows], found)
    assert_complete(found)
    assert result.strict.f1 > 0.92


@pytest.mark.parametrize("fast", [True, False])
def test_progress_rises_to_the_end(fast: bool) -> None:
    shares: list[float] = []
    texts = {"en": ["One.", "Two."], "ru": ["Один.", "Два."], "zh": ["一。", "二。"]}
    align(texts, fast=fast, progress=shares.append)
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.5
    assert shares[-1] > 0.8
