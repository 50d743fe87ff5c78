from __future__ import annotations

import pytest

from parallel_texts.languages.names import name_likeness, palladius, pinyin, romanize


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
