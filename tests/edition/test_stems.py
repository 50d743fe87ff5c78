from __future__ import annotations

import pytest

from parallel_texts.edition.stems import stem, stem_rules, words
from parallel_texts.languages.words import fold

SAME = {
    "ru": [
        "самолет самолеты самолета самолетов самолетам самолетами самолетах",
        "сторона стороны стороне сторону стороной сторон сторонам сторонами",
        "договор договора договору договором договоре договоры договоров",
        "уведомлять уведомляет уведомляют уведомлял уведомление уведомления уведомлением",
        "китайский китайского китайская китайской китайские китайских китайскими",
        "аэродром аэродрома аэродромы аэродромов аэродромами",
        "обязанность обязанности обязанностью обязанностей",
    ],
    "en": [
        "notice notices noticed noticing",
        "notify notifies notified notifying",
        "party parties",
        "airfield airfields",
        "plan plans planned planning",
        "pass passes passed passing",
    ],
}
DIFFERENT = {
    "ru": [("китай", "китайский"), ("право", "правило"), ("союз", "союзник"), ("мир", "море")],
    "en": [("notice", "note"), ("air", "aircraft"), ("base", "basic"), ("bus", "busy")],
}


@pytest.mark.parametrize("lang, words", [(lang, w) for lang, sets in SAME.items() for w in sets])
def test_forms_of_a_word_have_one_stem(lang, words):
    assert len({stem(fold(word), lang) for word in words.split()}) == 1


@pytest.mark.parametrize(
    "lang, pair", [(lang, p) for lang, pairs in DIFFERENT.items() for p in pairs]
)
def test_other_words_have_another(lang, pair):
    assert stem(pair[0], lang) != stem(pair[1], lang)


def test_every_rule_shortens_or_keeps():
    for steps in stem_rules().values():
        for step in steps:
            assert all(len(becomes) <= len(ending) for ending, becomes, _ in step)


def test_chinese_goes_by_pairs_and_digits_stand_apart():
    assert list(words("1955年在赤塔")) == ["1955", "年在", "在赤", "赤塔"]
    assert list(words("年")) == ["年"]
