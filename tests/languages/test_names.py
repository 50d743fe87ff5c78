from __future__ import annotations

import pytest

from parallel_texts.languages.names import (
    chinese_syllables,
    name_likeness,
    palladius,
    pinyin,
    romanize,
    wade_giles,
)


@pytest.mark.parametrize(
    ("chinese", "russian"),
    [
        ("彭德怀", "пэндэхуай"),
        ("周恩来", "чжоуэньлай"),
        ("毛泽东", "маоцзэдун"),
        ("长安", "чанъань"),
    ],
)
def test_palladius(chinese: str, russian: str) -> None:
    assert palladius(pinyin(chinese)) == russian


def test_names_meet_across_scripts() -> None:
    assert name_likeness("彭德怀", "Marshal Peng Dehuai arrived") == 1.0
    assert name_likeness("彭德怀", "Маршал Пэн Дэхуай прибыл") > 0.9
    assert name_likeness("彭德怀", "Малиновский уехал") < 0.6
    assert name_likeness("", "x") == 0.0


def test_romanize_keeps_old_letters() -> None:
    assert romanize("Пѣхота") == "pehota"


@pytest.mark.parametrize(
    ("syllables", "written"),
    [
        (("zhou", "en", "lai"), "chouenlai"),
        (("mao", "ze", "dong"), "maotsetung"),
        (("deng", "xiao", "ping"), "tenghsiaoping"),
    ],
)
def test_wade_giles(syllables: tuple[str, ...], written: str) -> None:
    assert "".join(map(wade_giles, syllables)) == written


@pytest.mark.parametrize(
    ("word", "lang", "syllables"),
    [
        ("Эньлай", "ru", ("en", "lai")),
        ("Dehuai", "en", ("de", "huai")),
        ("Te-huai", "en", ("te", "huai")),
        ("Marshal", "en", ()),
        ("Договор", "ru", ()),
    ],
)
def test_words_that_write_chinese(word: str, lang: str, syllables: tuple[str, ...]) -> None:
    assert chinese_syllables(word, lang) == syllables
