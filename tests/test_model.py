import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_texts.model import Alignment, Authority, Link, Passage, Work, language_order

LANGUAGES = ("zh", "ru", "en")


def _alignment() -> Alignment:
    texts = {"zh": ["甲。", "乙。"], "ru": ["А."], "en": ["A.", "B."]}
    passages = tuple(
        tuple(Passage(f"{lang}.{i}", text, lang) for i, text in enumerate(texts[lang]))
        for lang in LANGUAGES
    )
    return Alignment(LANGUAGES, passages, (Link("l1", LANGUAGES, ((0, 1), (0,), (0, 1))),))


def test_link_reads_by_language_and_tells_its_shape():
    link = Link("l1", LANGUAGES, ((0, 1), (), (3,)))
    assert (link["zh"], link["ru"], link.shape, link.missing) == ((0, 1), (), "2:0:1", ("ru",))


def test_alignment_joins_sentences_as_the_language_does():
    alignment = _alignment()
    link = alignment.links[0]
    assert alignment.text(link, "zh") == "甲。乙。"
    assert alignment.text(link, "en") == "A. B."
    assert [p.id for p in alignment.of(link, "ru")] == ["ru.0"]


def test_results_pickle_compare_and_hash():
    alignment = _alignment()
    again = pickle.loads(pickle.dumps(alignment))
    assert again == alignment
    assert hash(again) == hash(alignment)


def test_nothing_can_be_changed():
    with pytest.raises(AttributeError):
        _alignment().links[0].score = 0.5  # type: ignore[misc]


def test_names_fall_back_to_another_language_and_then_the_id():
    party = Authority("cn", "party", (("zh", ("中国", "中方")),))
    assert (party.name("zh"), party.name("en")) == ("中国", "中国")
    assert Authority("x", "party", ()).name("en") == "x"
    assert Work("w", "memoir", (), ()).title("en") == "w"


@given(st.permutations(["zh", "ru", "en", "de"]))
def test_languages_come_in_one_order(languages):
    assert language_order(languages)[:3] == LANGUAGES
