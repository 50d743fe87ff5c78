from __future__ import annotations

import pytest

from edition_samples import small_alignment, small_work
from parallel_texts.edition.forms import FormTable, entries
from parallel_texts.edition.search_data import form_tables, terms
from parallel_texts.edition.stems import words
from parallel_texts.languages.lemmas import lemmas, lexicon

FORMS = [
    ("ru", "идти", "идти иду идем шел шла шли шедший"),
    ("ru", "уведомление", "уведомление уведомления уведомлением уведомлений"),
    ("ru", "уведомить", "уведомить уведомит уведомил уведомленный"),
    ("ru", "самолет", "самолет самолеты самолетами"),
    ("ru", "важный", "важный важна важнее поважнее важнейший"),
    ("ru", "человек", "человек люди людьми"),
    ("en", "go", "go goes went gone going"),
    ("en", "agreement", "agreement agreements"),
    ("en", "child", "child children"),
    ("en", "be", "be am is are was were been being"),
    ("en", "far", "far farther further"),
    ("en", "plan", "plan plans planned planning"),
]
APART = [
    ("ru", "уведомления", "уведомить"),
    ("ru", "уведомить", "уведомлять"),
    ("ru", "китай", "китайский"),
    ("ru", "право", "правило"),
    ("en", "agreement", "agree"),
    ("en", "notice", "notify"),
    ("en", "base", "basic"),
]


@pytest.mark.parametrize("lang, lemma, forms", FORMS)
def test_every_form_leads_to_the_lemma_from_any_other(lang, lemma, forms):
    for start in forms.split():
        table = FormTable(entries(lexicon([start], lang)))
        assert lemma in lemmas(start, lang)
        assert [form for form in forms.split() if lemma not in table.lemmas(form)] == []


@pytest.mark.parametrize("lang, one, other", APART)
def test_other_words_stay_apart(lang, one, other):
    table = FormTable(entries(lexicon([one, other], lang)))
    assert not set(table.lemmas(one)) & set(table.lemmas(other))
    assert not set(lemmas(one, lang)) & set(lemmas(other, lang))


def test_likely_readings_are_all_kept_and_improbable_ones_left_out():
    assert set(lemmas("шли", "ru")) == {"идти", "слать"}
    assert set(lemmas("left", "en")) == {"left", "leave"}
    assert lemmas("стали", "ru") == ("стать",)


def test_what_no_dictionary_has_stands_for_itself_and_takes_no_room():
    assert lemmas("khrushchev", "en") == ("khrushchev",)
    assert lemmas("1955", "ru") == ("1955",)
    assert entries(lexicon(["1955", "khrushchev"], "en")) == []


def test_other_languages_are_only_folded():
    assert list(terms("Zürich LÄNDER", "de")) == ["zurich", "lander"]
    assert lexicon(["zurich"], "de") == {}


def test_table_gives_back_exactly_the_lexicon():
    lexicon_ = {
        "идти": {"идти", "шел", "шли"},
        "важный": {"важный", "важнее", "поважнее"},
        "а": {"а", "б"},
        "баба": {"баба", "бабы"},
        "бабы": {"бабы"},
    }
    table = FormTable(entries(lexicon_))
    for form in set().union(*lexicon_.values()):
        assert table.lemmas(form) == sorted(x for x, forms in lexicon_.items() if form in forms)
    assert table.lemmas("важ") == table.lemmas("пошли") == table.lemmas("") == []


def test_the_table_leads_every_word_of_a_text_to_what_the_index_holds():
    work = small_work()
    alignment = small_alignment(work)
    tables = {lang: FormTable(table) for lang, table in form_tables([alignment]).items()}
    assert set(tables) == {"ru", "en"}
    for lang, table in tables.items():
        for passage in alignment.passages[alignment.languages.index(lang)]:
            for word in words(passage.text):
                assert set(lemmas(word, lang)) <= set(table.lemmas(word) or [word]), word
