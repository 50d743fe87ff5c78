import pytest

from parallel_texts.languages.content_words import split_words, starts_phrase


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("双方应立即通知对方。", "zh", ["双方", "应立即", "通知", "对方"]),
        ("Стороны уведомят друг друга за 30 дней.", "ru", ["стороны", "уведомят", "друг", "друга", "дней"]),
        ("The Parties shall notify each other.", "en", ["parties", "notify"]),
        ("", "en", []),
    ],
)  # fmt: skip
def test_words_with_content(text: str, lang: str, words: list[str]) -> None:
    found = split_words(text, lang)
    assert [word.text for word in found if word.has_content] == words
    assert all(text[w.start : w.end].lower() == w.text for w in found)


@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
def test_every_character_but_spaces_is_in_a_word(lang: str) -> None:
    text = "第1条，Parties—Сторона (a): 1955年 _x_!"
    assert "".join(w.text for w in split_words(text, lang)) == "".join(text.lower().split())


def test_phrases_begin_with_prepositions() -> None:
    begins = [w.text for w in split_words("the right of vessels to pass", "en") if starts_phrase(w, "en")]  # fmt: skip
    assert begins == ["of", "to"]
